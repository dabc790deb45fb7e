"""Contacts after an event: above the same weekdays, with an interval that covers."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.events import after_event, against_other_weeks, per_thousand

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


def drifting(seed: int, weeks: int = 60) -> np.ndarray:
    """Return days whose weekly level wanders by 10 %, as real demand does."""
    draw = np.random.default_rng(seed)
    level = np.exp(np.cumsum(draw.normal(0, 0.05, weeks)) * 0.5 + draw.normal(0, 0.08, weeks))
    return draw.poisson(np.repeat(level, 7) * np.tile(WEEK, weeks)).astype(float)


def test_where_weeks_drift_the_interval_from_other_weeks_covers_and_four_weeks_do_not():
    from_weeks, from_days = [], []
    for seed in range(400):
        daily = drifting(seed)
        daily[210:217] += 30
        from_weeks.append(against_other_weeks(daily, 210).surplus.covers(210))
        from_days.append(after_event(daily, 210).surplus.covers(210))
    assert 0.92 <= np.mean(from_weeks) <= 0.985
    assert np.mean(from_days) < 0.85


def test_equal_weeks_leave_only_counting_noise_and_few_weeks_refuse():
    daily = np.array(WEEK * 30, dtype=float)
    daily[140:147] += 100
    found = against_other_weeks(daily, 140).surplus
    assert found.value == pytest.approx(700)
    assert found.low > 500
    assert "other weeks" in against_other_weeks(np.array(WEEK * 8, dtype=float), 28).surplus.why
    assert against_other_weeks(daily, 3).surplus.state == "cannot"
    assert against_other_weeks(daily, 140, 10).surplus.covers(700)
