"""Kaplan–Meier against the published 6-MP arm (A6), the day grid, and what it refuses."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.survival import clustered_event_rate, curve_of_counts, day_grid, event_rate, kaplan_meier

EVENTS = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
SIX_MP = ([*EVENTS, *CENSORED], [True] * 9 + [False] * 12)


def test_six_mp_arm_matches_the_published_curve_a6():
    curve = kaplan_meier(*SIX_MP)
    published = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    for week, survival in published.items():
        assert curve.at(week)[0] == pytest.approx(survival, abs=1e-4)
    assert curve.at(5)[0] == 1
    assert curve.at(35)[0] == pytest.approx(0.4482, abs=1e-4)


def test_log_log_interval_matches_r_survfit():
    # R: summary(survfit(Surv(time, cens) ~ 1, conf.type = "log-log")) on the 6-MP arm, weeks 6 and 23
    curve = kaplan_meier(*SIX_MP)
    assert curve.at(6)[1:] == pytest.approx((0.6197, 0.9516), abs=1e-3)
    assert curve.at(23)[1:] == pytest.approx((0.1881, 0.6801), abs=1e-3)


def test_counts_per_day_give_the_same_curve():
    from_rows = kaplan_meier(*SIX_MP)
    day = np.arange(1, 36)
    counts = curve_of_counts(day, [EVENTS.count(d) for d in day], [CENSORED.count(d) for d in day])
    for week in (6, 7, 22, 35):
        assert counts.at(week) == pytest.approx(from_rows.at(week))


def test_gaps_round_up_to_whole_days_and_at_least_one():
    assert day_grid([0.0, 0.01, 1.0, 6.5, 7.0, 7.01]).tolist() == [1, 1, 1, 7, 7, 8]
    assert day_grid([7.000000000001]).tolist() == [7]


def test_without_censoring_it_is_the_plain_share():
    found = event_rate(kaplan_meier([3] * 12 + [9] * 28, [True] * 40), 7)
    assert found.value == pytest.approx(12 / 40)
    assert found.low < 0.3 < found.high


def test_nobody_repeats_and_everybody_repeats():
    none = event_rate(kaplan_meier([8] * 40, [False] * 40), 7)
    every = event_rate(kaplan_meier([1] * 40, [True] * 40), 7)
    assert (none.value, every.value) == (0, 1)


def test_young_or_few_contacts_are_refused_in_words():
    young = event_rate(kaplan_meier([3] * 40, [False] * 40), 7)
    assert (young.state, young.value) == ("cannot", None)
    assert "7 days" in young.why
    assert event_rate(kaplan_meier([9] * 20, [False] * 20), 7).state == "cannot"
    assert event_rate(kaplan_meier([], []), 7).state == "suppressed"


def test_days_out_of_order_are_refused():
    with pytest.raises(AnalyticsError, match="ascend"):
        curve_of_counts([2, 1], [1, 1], [0, 0])


def test_groups_of_customers_give_the_same_rate_and_a_wider_interval_when_customers_differ():
    generator = np.random.default_rng(2)
    gap = generator.integers(1, 15, (32, 60))
    failing = generator.random((32, 60)) < generator.beta(1, 3, (32, 1))
    seen = failing & (gap <= 7)
    follow = np.where(seen, gap, np.minimum(generator.integers(3, 40, (32, 60)), 7))
    events = np.stack([np.bincount(f[s], minlength=8)[1:] for f, s in zip(follow, seen, strict=True)])
    censored = np.stack([np.bincount(f[~s], minlength=8)[1:] for f, s in zip(follow, seen, strict=True)])
    clustered = clustered_event_rate(events, censored)
    plain = event_rate(kaplan_meier(follow.ravel(), seen.ravel()), 7)
    assert clustered.value == pytest.approx(plain.value, abs=1e-12)
    assert clustered.half_width > plain.half_width
    assert clustered.n == plain.n == 1920
