"""Load of the change team by month: what is counted, from when, for how long, and what nobody has said."""

from datetime import date
from typing import Any

import pytest

from analytics.errors import AnalyticsError
from analytics.questions.initiatives import Initiative, read_initiative
from analytics.questions.scope import Scope
from analytics.questions.team_load import team_load

FIRST = date(2025, 1, 1)


def one(key: str, **more: Any) -> Initiative:
    return Initiative(key, key, Scope(), **more)


def test_people_stay_for_the_months_of_work() -> None:
    found = team_load([
        one("planned", people=2.0, ramp=3, start="2025-03"),
        one("at once", people=1.5, ramp=1, work_months=4),
        one("running", people=4.0, ramp=6, start="2024-10"),
        one("over", people=9.0, ramp=2, start="2024-10"),
        one("at its turn", people=3.0, ramp=0),
        one("later", people=5.0, ramp=2, start="2026-02"),
    ], FIRST, 6)  # fmt: skip
    assert found.rows["planned"].tolist() == [4, 4, 6, 2, 2, 0]
    assert found.rows["at_once"].tolist() == [4.5, 1.5, 1.5, 1.5, 0, 0]
    assert found.rows["people"].tolist() == [8.5, 5.5, 7.5, 3.5, 2, 0]
    assert found.told == ("planned", "at once", "running", "at its turn", "later")
    assert found.undated == 2


def test_unknown_is_not_zero() -> None:
    found = team_load([one("nobody said"), one("none", people=0.0), one("done", start="2023-01")], FIRST)
    assert found.unknown == ("nobody said",), "work that ended needs no answer"
    assert found.told == ("none",)
    assert found.rows["people"].sum() == 0
    assert found.undated == 0


def test_a_record_from_before_the_field_reads_as_not_known() -> None:
    made = read_initiative("old", {"name": "Old", "ramp": 5, "scope": {}})
    assert (made.people, made.work_months, made.work) == (None, None, 5)
    assert read_initiative("old", made.body()) == made


@pytest.mark.parametrize("wrong", [{"people": -1}, {"work_months": 0}, {"work_months": 37}])
def test_what_cannot_be_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(AnalyticsError, match="change team needs 0 or more people for 1 to 36 months"):
        read_initiative("a", {"name": "A", "scope": {}, **wrong})
