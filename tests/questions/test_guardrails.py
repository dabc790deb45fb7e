"""What stands behind guardrails: sums by month and reason, and the comparison drawn from them."""

from datetime import date
from pathlib import Path

import pytest

from analytics.errors import CannotTellError
from analytics.questions.guardrails import (
    GUARDRAILS,
    effort_months,
    guarded,
    guardrail_months,
    repeat_months,
)
from analytics.questions.initiatives import read_initiative
from analytics.questions.selection import Selection
from tests.questions.cubes import FEB, JAN, MAR, reader_of
from tests.questions.world import world

QUARTER = Selection(JAN, MAR)


def test_sums_are_kept_apart_by_month_and_reason(tmp_path: Path) -> None:
    cells = [
        {"month": JAN, "channel": channel, "reason": reason, "contacts": 4, "wait_seconds": 60, "wait_known": 3,
         "abandoned": 1, "abandoned_known": 2, "handle_seconds": 100, "handle_seconds_squared": 5000,
         "handle_known": 2}
        for channel in ("phone", "chat") for reason in ("billing", "returns")
    ] + [{"month": FEB, "reason": "billing", "contacts": 9}]  # fmt: skip
    found = guardrail_months(reader_of(tmp_path, demand_reason_channel=cells), QUARTER)
    assert found["contacts"].tolist() == [8, 8, 9], "channels are added up"
    row = found.iloc[0]
    assert (row["wait_seconds"], row["wait_known"], row["abandoned"], row["abandoned_known"]) == (120, 6, 2, 4)
    assert (row["handle_seconds"], row["handle_seconds_squared"], row["handle_known"]) == (200, 10_000, 4)


def test_repeats_and_answers_are_added_over_groups(tmp_path: Path) -> None:
    cells = [{"month": JAN, "reason": "billing", "replicate_group": group, "eligible_mature": 10, "has_repeat": 2,
              "issues": 8, "single_issues": 6} for group in (1, 2)]  # fmt: skip
    answers = [{"month": JAN, "reason": "billing", "effort": score, "answers": 5, "replicate_group": 1}
               for score in (4, 5, 7)]  # fmt: skip
    reader = reader_of(tmp_path, groups_reason=cells, effort=answers)
    assert repeat_months(reader, QUARTER).iloc[0, 2:].tolist() == [20, 4, 16, 12]
    assert effort_months(reader, QUARTER).iloc[0, 2:].tolist() == [15, 10]


def test_an_initiative_is_watched_against_reasons_it_does_not_touch() -> None:
    reader = world()
    period = Selection(date(2023, 1, 1), date(2024, 12, 1))
    for metric in GUARDRAILS:
        found = guarded(reader, period, metric, ("billing error",), date(2024, 3, 1))
        assert found.metric == metric
        assert found.found.controls <= 5
        assert found.months_after[0] == date(2024, 3, 1)
    waited = guarded(reader, period, "wait", ("billing error",), date(2024, 3, 1))
    assert waited.found.change.low < waited.found.change.value < waited.found.change.high
    assert waited.all_before == pytest.approx(60, rel=0.2)


def test_what_cannot_be_compared_is_refused_in_words() -> None:
    reader = world(300)
    period = Selection(date(2023, 1, 1), date(2024, 12, 1))
    with pytest.raises(CannotTellError, match="months since the launch"):
        guarded(reader, period, "wait", ("billing error",), date(2024, 11, 1))
    with pytest.raises(CannotTellError, match="Nothing about the reasons"):
        guarded(reader, period, "wait", ("no such reason",), date(2024, 3, 1))


def test_the_closed_list_is_what_an_initiative_may_name() -> None:
    assert read_initiative("a", {"name": "A", "guardrail": "wait"}).guardrail == "wait"
    with pytest.raises(Exception, match="guardrail"):
        read_initiative("a", {"name": "A", "guardrail": "luck"})
