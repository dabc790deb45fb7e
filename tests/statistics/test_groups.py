"""Random groups: agrees with the classical interval, covers the truth, refuses what it cannot carry."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.errors import AnalyticsError
from analytics.statistics import groups
from analytics.statistics.jackknife import estimates, jackknife

SPREAD = np.array([[40.0 + g % 5, 100.0] for g in range(32)])


def clustered_sums(customers: int, rows: int, generator: np.random.Generator, success: tuple[float, float], each=2.4):
    """Events and contacts by group (rows, 32, 2): gamma–Poisson contacts, success differing by customer."""
    contacts = generator.poisson(generator.gamma(0.8, each / 0.8, (rows, customers)))
    events = generator.binomial(contacts, generator.beta(*success, (rows, customers)))
    group = generator.integers(0, 32, customers)
    member = np.eye(32)[group]
    return np.stack([events @ member, contacts @ member], axis=2)


def naive_covers(sums, truth):
    events, n = sums.sum(axis=1).T
    half = 1.96 * np.sqrt(events / n * (1 - events / n) / n)
    return np.mean(np.abs(events / n - truth) <= half)


@settings(deadline=None)
@given(arrays(float, 32, elements=st.floats(-1e3, 1e3)))
def test_mean_with_one_observation_per_group_is_the_classical_interval(values):
    found = groups.mean(np.column_stack([values, np.ones(32)]))
    half = stats.t.ppf(0.975, 31) * values.std(ddof=1) / np.sqrt(32)
    assert found.value == pytest.approx(values.mean(), abs=1e-9)
    assert found.half_width == pytest.approx(half, abs=1e-6)


@settings(deadline=None)
@given(arrays(float, (32, 2), elements=st.integers(1, 1000).map(float)), st.permutations(range(32)))
def test_the_numbering_of_groups_does_not_matter(sums, order):
    first, second = groups.ratio(sums, 99), groups.ratio(sums[list(order)], 99)
    assert (first.low, first.high) == pytest.approx((second.low, second.high), rel=1e-9)


def test_many_rows_equal_one_by_one():
    sums = np.stack([SPREAD, SPREAD[:, ::-1] * [1, 1] + [[0, 200]] * 32])
    many = groups.rates(sums, 1.5)
    for row, one in zip(many, sums, strict=True):
        assert row == groups.rate(one, 1.5)


def test_total_has_the_variance_of_a_sum():
    counts = np.arange(100.0, 132.0)
    found = jackknife(counts[None, :, None], lambda cells: cells[..., 0])
    assert found.variance[0] == pytest.approx(32 * counts.var(ddof=1))
    per = groups.total(counts, per=2.0)
    assert per.value == pytest.approx(counts.sum() / 2)
    assert per.low < per.value < per.high


def test_difference_of_a_period_with_itself_is_zero_without_width():
    found = groups.difference(np.hstack([SPREAD, SPREAD]))
    assert (found.value, found.half_width) == (pytest.approx(0), pytest.approx(0))
    assert groups.relative(np.hstack([SPREAD, SPREAD]), 3200).value == pytest.approx(1)


def test_any_statistic_of_sums_is_possible():
    found = estimates(SPREAD[None], lambda cells: cells[..., 0] ** 2 / cells[..., 1], [3200])[0]
    assert found.state == "ok" and found.low < found.value < found.high


def test_fewer_than_twenty_groups_give_a_value_but_no_interval():
    sums = SPREAD.copy()
    sums[19:] = 0
    found = groups.rate(sums)
    assert (found.state, found.low) == ("grey", None)
    assert found.value == pytest.approx(sums[:, 0].sum() / 1900)
    assert "19 of 32" in found.why
    assert groups.mean(sums).low is None


@pytest.mark.parametrize(("n", "state"), [(0, "suppressed"), (9, "suppressed"), (12, "grey"), (29, "grey")])
def test_small_rates_are_greyed_with_wilson(n, state):
    sums = np.zeros((32, 2))
    sums[:n, 1] = 1
    sums[: n // 3, 0] = 1
    found = groups.rate(sums)
    assert found.state == state
    assert (found.low is None) == (state == "suppressed")


def test_small_means_are_refused_in_words():
    sums = np.zeros((32, 2))
    sums[:25, 1] = 1
    found = groups.mean(sums)
    assert (found.state, found.value) == ("cannot", None)
    assert "25 observations" in found.why


def test_no_events_are_not_zero_width():
    sums = np.column_stack([np.zeros(32), np.full(32, 10.0)])
    found = groups.rate(sums, parent_design_effect=1.6)
    assert (found.value, found.low) == (0, 0)
    assert 0.005 < found.high < 0.05
    everything = groups.rate(sums[:, [1, 1]], 1.6)
    assert everything.high == 1 and everything.low > 0.95


def test_all_events_in_one_group_still_have_an_interval():
    sums = np.column_stack([np.zeros(32), np.full(32, 20.0)])
    sums[4, 0] = 15
    found = groups.rate(sums)
    assert 0 < found.low < found.value < found.high < 1


def test_rare_rows_borrow_the_design_effect_of_all_rows():
    clustered = np.zeros((32, 2))
    clustered[:, 1], clustered[::4, 0] = 100, 60
    rare = np.column_stack([np.zeros(32), np.full(32, 10.0)])
    together = groups.rates(np.stack([clustered, rare]))
    assert together[1].high > groups.rate(rare, 1.0).high


def test_empty_rows_and_broken_shapes():
    empty = groups.rates(np.zeros((2, 32, 2)))
    assert {row.state for row in empty} == {"suppressed"}
    assert len(groups.rates(np.zeros((0, 32, 2)))) == 0
    with pytest.raises(AnalyticsError, match="rows × groups × measures"):
        jackknife(np.zeros((32, 2)), lambda cells: cells[..., 0])
    with pytest.raises(AnalyticsError, match="not finite"):
        groups.rate(np.full((32, 2), np.nan))


@pytest.mark.parametrize("customers", [300, pytest.param(2000, marks=pytest.mark.slow)])
def test_covers_the_truth_where_the_naive_interval_does_not(customers):
    generator = np.random.default_rng(20)
    covered, naive, blocks = [], [], 10
    for _ in range(blocks):
        sums = clustered_sums(customers, 200, generator, (1.6, 0.8))
        found = groups.rates(sums)
        covered.append(np.mean((found.low <= 2 / 3) & (found.high >= 2 / 3)))
        naive.append(naive_covers(sums, 2 / 3))
    assert 0.935 <= np.mean(covered) <= 0.97
    assert np.mean(naive) < 0.91


def test_rare_events_are_covered_at_small_n():
    generator = np.random.default_rng(3)
    found = groups.rates(clustered_sums(150, 2000, generator, (0.3, 9.7), each=0.8), parent_design_effect=1.25)
    shown = ~np.isnan(found.low)
    covered = ((found.low <= 0.03) & (found.high >= 0.03))[shown]
    assert shown.mean() > 0.9
    assert covered.mean() >= 0.93
