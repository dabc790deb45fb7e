"""Ordering of causes and how stable it is under resampling of customer groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.statistics.pareto import by_label, pareto, rank_stability


def test_heaviest_first_with_cumulative_share():
    found = pareto([10, 60, 30], [50, 29, 80])
    assert found.order.tolist() == [1, 2, 0]
    assert found.cumulative == pytest.approx([0.6, 0.9, 1.0])
    assert found.greyed.tolist() == [True, False, False]


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=20))
def test_shares_fall_and_add_up(weights):
    found = pareto(weights, np.full(len(weights), 100))
    assert np.all(np.diff(found.weight) <= 0)
    assert found.share.sum() == pytest.approx(1 if sum(weights) > 0 else 0)


def test_clear_ranks_are_stable_and_equal_ones_are_not():
    generator = np.random.default_rng(2)
    by_group = np.vstack([np.full(32, 100.0), generator.normal(20, 6, (6, 32)).clip(0), np.full(32, 1.0)])
    found = rank_stability(by_group, top=3)
    assert found.in_top[0] == 1 and found.in_top[-1] == 0
    assert found.in_top.sum() == pytest.approx(3)
    assert found.clear[0] and not found.clear[1:6].all()
    assert (found.resamples, found.top) == (500, 3)


def test_same_seed_same_stability():
    by_group = np.random.default_rng(1).gamma(2.0, size=(5, 32))
    assert np.array_equal(rank_stability(by_group, 2, seed=4).in_top, rank_stability(by_group, 2, seed=4).in_top)


def test_one_cause_and_none():
    assert rank_stability(np.ones((1, 32))).in_top.tolist() == [1.0]
    assert rank_stability(np.ones((0, 32))).in_top.shape == (0,)
    assert pareto([], []).share.shape == (0,)


def test_sums_by_owner():
    assert by_label([5, 1, 7], ["billing", "product", "product"]) == {"product": 8.0, "billing": 5.0}
    assert by_label([], []) == {}


def test_broken_input_is_refused():
    with pytest.raises(AnalyticsError, match="negative"):
        pareto([-1], [3])
    with pytest.raises(AnalyticsError, match="causes × groups"):
        rank_stability(np.ones(32))
