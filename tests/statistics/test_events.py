"""Contacts after an event: above the same weekdays, with an interval that covers."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.events import after_event, per_thousand

WEEK = [120, 110, 100, 100, 90, 40, 30]


def test_surplus_is_against_the_same_weekdays():
    daily = np.array(WEEK * 6, dtype=float)
    assert after_event(daily, 28).surplus.value == pytest.approx(0)
    daily[28:31] += 50
    found = after_event(daily, 28)
    assert (found.surplus.value, found.expected, found.contacts) == (pytest.approx(150), pytest.approx(590), 740)
    assert after_event(daily, 28, days=3).expected == pytest.approx(330)
    # the third day is the weekday that had 170 once and 120 three times
    assert after_event(daily, 33, days=3).expected == pytest.approx(40 + 30 + 132.5)


def test_interval_covers_the_planted_surplus():
    generator = np.random.default_rng(17)
    for dispersion, days in ((1.0, 7), (3.0, 7), (2.0, 14)):
        covered = []
        for _ in range(600):
            level = np.array(WEEK * 6, dtype=float)
            level[28 : 28 + days] += 20
            daily = (
                generator.poisson(level)
                if dispersion == 1
                else generator.negative_binomial(level / (dispersion - 1), 1 / dispersion)
            )
            covered.append(after_event(daily, 28, days).surplus.covers(20 * days))
        assert 0.92 <= np.mean(covered) <= 0.985


def test_per_thousand_sent():
    daily = np.array(WEEK * 6, dtype=float)
    daily[28:31] += 50
    found = after_event(daily, 28).surplus
    assert per_thousand(found, 30_000).value == pytest.approx(5)
    assert per_thousand(found, 0).state == "cannot"


@pytest.mark.parametrize(("day", "words"), [(10, "28 days before"), (40, "7 full days")])
def test_too_early_and_too_late_are_refused(day, words):
    found = after_event(np.array(WEEK * 6), day)
    assert (found.surplus.state, found.surplus.value) == ("cannot", None)
    assert words in found.surplus.why


def test_quiet_reasons_and_broken_input():
    assert after_event(np.zeros(42), 28).surplus.state == "cannot"
    with pytest.raises(AnalyticsError, match="outside"):
        after_event(np.zeros(42), 42)
    with pytest.raises(AnalyticsError, match="negative"):
        after_event(np.full(42, -1.0), 28)
