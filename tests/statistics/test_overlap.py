"""Overlap of initiatives: published games (B2, B3), the axioms of Shapley, and hostile input."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.errors import ScenarioError
from analytics.statistics import coverage, overlap
from analytics.statistics.overlap import MODES

MODE = st.sampled_from(MODES)
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 4)).flatmap(
    lambda s: st.tuples(
        arrays(float, s[1], elements=st.floats(0, 1e4)),
        arrays(float, s, elements=st.floats(0, 1)),
    )
)


def test_three_initiatives_on_one_cause_match_b2():
    D, r = [1000.0], [[0.30], [0.20], [0.10]]
    assert overlap.together(D, r) == pytest.approx(496, abs=1e-9)
    assert overlap.shapley(D, r).value == pytest.approx([257, 162, 77], abs=1e-9)
    assert overlap.in_order(D, r) == pytest.approx([300, 140, 56], abs=1e-9)
    assert overlap.last_in(D, r)[2] == pytest.approx(56, abs=1e-9)
    assert overlap.standalone(D, r) == pytest.approx([300, 200, 100], abs=1e-9)


def test_airport_game_matches_b3():
    costs = np.array([8.0, 11.0, 13.0, 18.0])
    game = [max((costs[i] for i in range(4) if s >> i & 1), default=0.0) for s in range(16)]
    assert overlap.shapley_of_game(game) == pytest.approx([2, 3, 4, 9], abs=1e-9)
    assert overlap.shapley([18.0], (costs / 18)[:, None], "nested").value == pytest.approx([2, 3, 4, 9], abs=1e-9)


def test_three_fifths_is_not_sixty_percent():
    assert overlap.together([100.0], [[0.2]] * 3) == pytest.approx(48.8)
    assert overlap.together([100.0], [[0.2]] * 3, "disjoint") == pytest.approx(60)
    assert overlap.together([100.0], [[0.2]] * 3, "nested") == pytest.approx(20)


def test_never_more_than_everything_is_removed():
    assert overlap.together([100.0], [[0.7], [0.6]], "disjoint") == pytest.approx(100)
    assert overlap.last_in([100.0], [[1.0], [1.0]]) == pytest.approx([0, 0])


@settings(deadline=None, max_examples=60)
@given(TABLES, MODE)
def test_credit_adds_up_and_equals_the_mean_over_all_orders(table, mode):
    D, r = table
    credit = overlap.shapley(D, r, mode)
    orders = [overlap.in_order(D, r, order, mode) for order in permutations(range(len(r)))]
    scale = max(1.0, float(D.sum()))
    assert credit.value.sum() / scale == pytest.approx(overlap.together(D, r, mode) / scale, abs=1e-9)
    assert credit.value / scale == pytest.approx(np.mean(orders, axis=0) / scale, abs=1e-9)
    assert np.array_equal(credit.low, credit.high)


@settings(deadline=None, max_examples=40)
@given(TABLES, MODE)
def test_equal_initiatives_get_equal_credit_and_idle_ones_none(table, mode):
    D, r = table
    doubled = np.vstack([r, r[:1], np.zeros_like(r[:1])])
    credit = overlap.shapley(D, doubled, mode).value
    assert credit[0] == pytest.approx(credit[-2], abs=1e-7)
    assert credit[-1] == pytest.approx(0, abs=1e-7)


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_nested_is_least_disjoint_most(table):
    D, r = table
    span = overlap.together_range(D, r)
    slack = 1e-9 * (1 + D.sum())
    assert span["nested"] <= span["independent"] + slack
    assert span["independent"] <= span["disjoint"] + slack


@settings(deadline=None, max_examples=40)
@given(TABLES, MODE)
def test_overlap_matrix_is_what_both_claim(table, mode):
    D, r = table
    matrix = overlap.overlap_matrix(D, r, mode)
    for i in range(len(r)):
        assert matrix[i, i] == pytest.approx(overlap.removed_value(D, r, [i], mode), abs=1e-6)
        for j in set(range(len(r))) - {i}:
            pair = overlap.removed_value(D, r, [i, j], mode)
            assert matrix[i, j] == pytest.approx(matrix[i, i] + matrix[j, j] - pair, abs=1e-6)


@pytest.mark.parametrize("mode", ["nested", "disjoint"])
def test_random_orders_agree_with_exact_within_their_interval(mode):
    generator = np.random.default_rng(5)
    D, r = generator.uniform(10, 100, 6), generator.uniform(0, 0.5, (16, 6))
    sampled = overlap.shapley(D, r, mode, permutations=400)
    exact = overlap.shapley_of_game(coverage.game(D, r, mode))
    assert sampled.value.sum() == pytest.approx(overlap.together(D, r, mode), abs=1e-9)
    wide = 2 * (sampled.high - sampled.low) / 2 + 1e-9
    assert np.all(np.abs(sampled.value - exact) <= wide)
    assert "random orders" in sampled.method


@pytest.mark.parametrize("initiatives", [1, 2, 7, 12])
def test_independent_credit_is_exact_against_all_sets(initiatives):
    generator = np.random.default_rng(initiatives)
    D, r = generator.uniform(10, 100, 5), generator.uniform(0, 1, (initiatives, 5))
    r[0, 0] = 1.0
    credit = overlap.shapley(D, r)
    assert credit.value == pytest.approx(overlap.shapley_of_game(coverage.game(D, r, "independent")), abs=1e-9)


def test_forty_independent_initiatives_are_exact_and_add_up():
    generator = np.random.default_rng(40)
    D, r = generator.uniform(10, 100, 30), generator.uniform(0, 0.4, (40, 30))
    credit = overlap.shapley(D, r)
    assert credit.value.sum() == pytest.approx(overlap.together(D, r), rel=1e-12)
    assert np.array_equal(credit.low, credit.high)
    sampled = overlap._sampled(D, r, "independent", 300, 0)
    assert np.all(np.abs(sampled.value - credit.value) <= 2 * (sampled.high - sampled.low))


def test_same_seed_same_credit():
    r = np.full((16, 2), 0.1)
    r[3] = 0.4
    first, second = (overlap.shapley([5.0, 7.0], r, "nested", permutations=50, seed=9) for _ in range(2))
    assert np.array_equal(first.value, second.value)


def test_no_initiative_removes_nothing():
    assert overlap.together([10.0], np.zeros((0, 1))) == 0
    assert overlap.shapley([10.0], np.zeros((0, 1))).value.shape == (0,)
    assert overlap.survivors(np.zeros((0, 3))) == pytest.approx([1, 1, 1])
    assert overlap.overlap_matrix([10.0], np.zeros((0, 1)), "disjoint").shape == (0, 0)


def test_attribution_holds_the_four_readings():
    reading = overlap.attribute([1000.0], [[0.30], [0.20], [0.10]])
    assert (reading.together, reading.last_in[2]) == (pytest.approx(496), pytest.approx(56))
    assert not hasattr(reading, "sum")


@pytest.mark.parametrize(
    ("D", "r", "mode", "words"),
    [
        ([1.0], [[1.2]], "independent", "outside 0 to 1"),
        ([1.0], [[float("nan")]], "independent", "outside 0 to 1"),
        ([1.0, 2.0], [[0.1]], "independent", "covers? 1 causes"),
        ([-1.0], [[0.1]], "independent", "negative"),
        ([1.0], [0.1], "independent", "table of initiatives"),
        ([1.0], [[0.1]], "nest", "nested"),
    ],
)
def test_impossible_input_is_refused_in_words(D, r, mode, words):
    with pytest.raises(ScenarioError, match=words):
        overlap.together(D, r, mode)


def test_an_order_that_forgets_an_initiative_is_refused():
    with pytest.raises(ScenarioError, match="launch order"):
        overlap.in_order([1.0], [[0.1], [0.2]], [0, 0])
    with pytest.raises(ScenarioError, match="each of the 2"):
        overlap.shapley_of_game([0.0, 1.0, 2.0])
    with pytest.raises(ScenarioError, match="at least 2"):
        overlap.shapley([1.0], np.full((16, 1), 0.1), "nested", permutations=1)
