"""From cells of customers to the sentence: what is counted, what is filtered, what is said."""

from pathlib import Path
from typing import Any

import pytest

from analytics.engine import Reader
from analytics.questions.experience import value
from analytics.questions.loyalty import cells_of, loyalty_cells, loyalty_groups, retention_gap
from analytics.questions.selection import Selection
from analytics.questions.value_words import hidden_factor_words, value_finding
from analytics.statistics.lift import Cells
from tests.questions.cubes import JAN, MAR, reader_of

QUARTER = Selection(JAN, MAR)
COUNTS = ("customers", "stayed")
KNOWN = [{"month": JAN, "contacts": 9_600, "value_enhanced": 100, "value_known": 300, "replicate_group": group}
         for group in range(32)]  # fmt: skip


def row(enhanced: bool, customers: int, stayed: int, **more: Any) -> dict[str, Any]:
    """Return equal customers in every replicate group; `more` says how they differ from the others."""
    return {"effort": 3, "resolved": True, "tenure_band": 2, "value_enhanced": enhanced, "customers": customers,
            "stayed": stayed} | more  # fmt: skip


def tables(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the tables the model would write for these customers; each row is a cell of its own."""
    return {
        "loyalty_cells": [{"cell": number} | {k: v for k, v in one.items() if k not in ("product", *COUNTS)}
                          for number, one in enumerate(rows)],
        "loyalty_index": [{"cell": number, "replicate_group": group}
                          | {k: v for k, v in one.items() if k in ("product", *COUNTS)}
                          for number, one in enumerate(rows) for group in range(32)],
    }  # fmt: skip


def cells(reader: Reader, chosen: Selection = QUARTER) -> Cells:
    return cells_of(loyalty_cells(reader, chosen), loyalty_groups(reader, chosen))


def test_cells_hold_every_customer_once_and_unknown_is_a_value_of_its_own(tmp_path: Path) -> None:
    rows = [row(True, 3, 2), row(False, 5, 3), row(False, 7, 4, resolved=None, effort=5)]
    found = cells(reader_of(tmp_path, **tables(*rows)))
    assert found.customers.sum() == 32 * 15
    assert found.stayed.sum(axis=1).tolist() == [32 * 2, 32 * 3, 32 * 4]
    assert found.treated.tolist() == [True, False, False]
    assert found.design.shape == (3, 3), "a constant, effort 5, and resolution not known"


def test_the_period_does_not_matter_but_segment_and_product_do(tmp_path: Path) -> None:
    rows = [row(True, 3, 2, segment="a"), row(False, 5, 3, segment="b", product="x")]
    reader = reader_of(tmp_path, **tables(*rows))
    counted = [int(cells(reader, chosen).customers.sum()) for chosen in (
        Selection(MAR, MAR), Selection(JAN, MAR, segments=("a",)), Selection(JAN, MAR, products=("x",)),
        Selection(JAN, MAR, segments=("a",), products=("x",)))]  # fmt: skip
    assert counted == [32 * 8, 32 * 3, 32 * 5, 0]


def test_equal_customers_are_compared_with_each_other(tmp_path: Path) -> None:
    """80 % against 70 % at little effort, 50 % against 40 % at much: 10 points, though the raw gap is larger."""
    rows = [row(True, 40, 32), row(False, 20, 14), row(True, 10, 5, effort=6), row(False, 40, 16, effort=6)]
    found = retention_gap(reader_of(tmp_path, **tables(*rows)), QUARTER)
    assert found.gap.value == pytest.approx(0.10, abs=1e-6)
    assert found.raw == pytest.approx(37 / 50 - 30 / 60)
    assert found.gap.n == 32 * 110


def test_the_sentence_claims_an_association_and_shows_the_raw_gap(tmp_path: Path) -> None:
    rows = [row(True, 40, 32), row(False, 40, 28)]
    said = value_finding(value(reader_of(tmp_path, groups_total=KNOWN, **tables(*rows)), QUARTER))
    assert said.state == "better"
    assert "stayed 10.0 points more often over 12 months than similar customers" in said.text
    assert "association, not proof. The raw gap of 10.0" in said.text


def test_how_strong_a_hidden_factor_would_have_to_be_is_said(tmp_path: Path) -> None:
    """All groups alike, so the interval is the gap itself: .8 against .7 stayed."""
    rows = [row(True, 40, 32), row(False, 40, 28)]
    found = value(reader_of(tmp_path, groups_total=KNOWN, **tables(*rows)), QUARTER)
    alone, limit = found.hidden_factor or (0.0, 0.0)
    assert alone == pytest.approx(8 / 7 + (8 / 7 / 7) ** 0.5, abs=1e-4)
    assert limit == pytest.approx(alone, abs=1e-2)
    assert "would have to go 1.5 times as often" in hidden_factor_words(found)


def test_without_anybody_followed_it_says_what_is_missing(tmp_path: Path) -> None:
    found = value(reader_of(tmp_path, groups_total=KNOWN), QUARTER)
    assert found.retention_gap.value is None
    assert "day they left" in found.retention_gap.why
    assert value_finding(found).state == "cannot"
    assert hidden_factor_words(found) == ""
