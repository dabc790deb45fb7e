"""What a page may be trusted with is said before it is shown."""

from pathlib import Path

import pytest

from analytics.errors import CannotTellError
from analytics.questions.imports import import_rejects
from analytics.questions.readiness import (
    page_state,
    quality,
    readiness,
    refuse_reasons,
    refuse_repeats,
)
from tests.questions.cubes import JAN, MAR, reader_of


def minimal(tmp_path: Path, identified: int = 0, reason: str = "billing"):
    filled = {"reason": 100, "customer_id": identified, "handle_seconds": 50}
    rows = [
        {"table_name": "contacts", "column_name": name, "month": JAN, "rows": 100, "filled": count}
        for name, count in filled.items()
    ]
    demand = [{"month": MAR, "contacts": 100, "identified": identified, "reason": reason}]
    return reader_of(tmp_path, coverage=rows, demand_reason_channel=demand)


def test_three_columns_say_what_is_missing_and_what_it_unlocks(tmp_path: Path) -> None:
    answers = readiness(minimal(tmp_path))
    states = {(one.page, one.question): one for one in answers}
    assert states["Remove", "Generators by reason"].state == "yes"
    repeats = states["Remove", "Repeat contacts"]
    assert (repeats.state, repeats.missing) == ("no", "contacts.customer_id is not loaded")
    assert repeats.unlocks
    assert states["Overview", "Cost to serve"].state == "limited"
    assert page_state(answers, "Overview") == "limited"


def test_too_few_known_customers_refuse_repeats_in_words(tmp_path: Path) -> None:
    known = quality(minimal(tmp_path, identified=60))
    with pytest.raises(CannotTellError, match="40 % of contacts have no customer"):
        refuse_repeats(known)


def test_enough_known_customers_pass(tmp_path: Path) -> None:
    refuse_repeats(quality(minimal(tmp_path, identified=70)))


def test_reasons_that_say_nothing_refuse_a_ranking(tmp_path: Path) -> None:
    with pytest.raises(CannotTellError, match="100 % of contacts have a reason that says nothing"):
        refuse_reasons(quality(minimal(tmp_path, reason=" Other ")))


def test_rejects_come_in_pages(tmp_path: Path) -> None:
    rows = [{"table_name": "contacts", "file": "a.csv", "line": line, "outcome": "rejected"} for line in range(5)]
    found = import_rejects(reader_of(tmp_path, rejects=rows), ("rejected",), limit=2, offset=2)
    assert found["line"].tolist() == [2, 3]
