"""Funnel limits: published shape, no ranking, chance and overdispersion."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.funnel import funnel, limits


def test_limits_at_one_hundred_by_hand():
    low, high = limits(0.2, 100, 1.959964)
    assert (float(low), float(high)) == (pytest.approx(0.2 - 1.959964 * 0.04), pytest.approx(0.2 + 1.959964 * 0.04))
    assert float(limits(0.01, 5, 3.09)[0]) == 0


def test_teams_keep_their_order_and_the_far_one_is_beyond():
    found = funnel([20, 60, 21, 27], [100, 100, 100, 100], target=0.2)
    assert found.place == ("within", "beyond 99.8 %", "within", "within")
    assert found.value == pytest.approx([0.2, 0.6, 0.21, 0.27])
    assert funnel([29], [100], target=0.2).place == ("beyond 95 %",)


def test_small_teams_are_greyed_or_hidden_and_never_judged():
    found = funnel([9, 20, 500], [9, 20, 1000])
    assert found.state == ("suppressed", "grey", "ok")
    assert found.place[:2] == ("not judged", "not judged")
    assert np.isnan(found.value[0])


def test_chance_alone_puts_one_in_twenty_beyond():
    generator = np.random.default_rng(11)
    places = [funnel(generator.binomial(200, 0.3, 8), np.full(8, 200), 0.3).place for _ in range(300)]
    beyond = np.mean([p != "within" for row in places for p in row])
    assert 0.03 <= beyond <= 0.07


def test_real_spread_between_teams_widens_the_limits():
    generator = np.random.default_rng(12)
    n = np.full(40, 400)
    spread = funnel(generator.binomial(n, generator.beta(30, 70, 40)), n)
    even = funnel(generator.binomial(n, 0.3), n)
    assert spread.dispersion > 2 > even.dispersion >= 1
    assert spread.high95[0] - spread.low95[0] > even.high95[0] - even.low95[0]


def test_no_teams_no_contacts_and_impossible_counts():
    assert funnel([], []).place == ()
    assert funnel([0, 0], [0, 0]).state == ("suppressed", "suppressed")
    with pytest.raises(AnalyticsError, match="more events"):
        funnel([3], [2])
