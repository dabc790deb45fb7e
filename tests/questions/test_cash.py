"""Cash realised: figures one can follow by hand, no lucky selection, never more than leaving people cost."""

import pytest

from analytics.questions.cash import Begun, cash_finding, realised_cash
from analytics.statistics.estimate import Estimate, cannot


def begun(value: float, low: float, high: float, contacts: float = 700.0, promised: float | None = -0.4) -> Begun:
    return Begun("a", Estimate(value, low, high, 1_000, "did"), promised, contacts, 10.0)


def test_what_is_gone_is_counted_from_what_there_would_have_been() -> None:
    # 700 contacts are left of 1,000: 300 ended at 10 each; 40 % of 1,000 were promised
    found = realised_cash([begun(-0.3, -0.3, -0.3)], None)
    assert found.realised.value == pytest.approx(3_000)
    assert found.promised == pytest.approx(4_000)


def test_the_interval_is_that_of_the_effect() -> None:
    found = realised_cash([begun(-0.3, -0.5, 0.0)], None).realised
    assert (found.low, found.high) == pytest.approx((0.0, 7_000.0))


def test_an_initiative_without_effect_counts_too() -> None:
    worked, failed = begun(-0.3, -0.3, -0.3), begun(0.25, 0.25, 0.25, contacts=1_250.0)
    assert realised_cash([worked, failed], None).realised.value == pytest.approx(3_000 - 2_500)


def test_independent_intervals_add_as_squares() -> None:
    one = begun(0.0, -0.5, 0.0)
    found = realised_cash([one, one], None).realised
    assert found.high == pytest.approx(2**0.5 * 7_000)


def test_freed_time_is_cash_only_where_people_left() -> None:
    found = realised_cash([begun(-0.3, -0.5, -0.1)], people_left=2_000.0)
    assert (found.realised.value, found.realised.low, found.realised.high) == pytest.approx((1_000, 7_000 / 9, 1_000))
    assert "capacity" in found.note
    assert realised_cash([begun(-0.3, -0.5, -0.1)], people_left=90_000.0).note == ""
    assert "not yet cash" in realised_cash([begun(-0.3, -0.5, -0.1)], None).note


def test_what_cannot_be_judged_says_so() -> None:
    found = realised_cash([Begun("a", cannot(5, "did", "too few"), -0.3, 5.0, 10.0)], None)
    assert found.realised.value is None
    assert "cannot" in cash_finding(found, "EUR").text.lower()
    assert "initiative" in realised_cash([], None).realised.why
