"""Trying every set at once against a plain loop over sets, and against the proof by cuts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.scenarios.initiatives import Ask, Initiative, Portfolio
from analytics.scenarios.portfolio import best, is_quick_again, next_best, solver, tries_every_set
from analytics.scenarios.portfolio_cuts import by_cuts
from analytics.scenarios.portfolio_sets import every_value
from tests.scenarios.test_portfolio import random_plan


def plain_loop(plan: Portfolio, ask: Ask) -> dict[frozenset[str], float]:
    """Value of every allowed set, the slow way."""
    found = {}
    for number in range(2 ** len(plan.initiatives)):
        items = [item for i, item in enumerate(plan.initiatives) if number >> i & 1]
        keys = frozenset(item.key for item in items)
        fits = sum(i.cost for i in items) <= ask.budget[0] and (
            not ask.team or sum(i.team for i in items) <= ask.team[0]
        )
        ruled = set(ask.must) <= keys and not keys & set(ask.never)
        if fits and ruled and all(not keys & set(i.excludes) and set(i.needs) <= keys for i in items):
            found[keys] = plan.value(dict.fromkeys(keys, 1))
    return found


@st.composite
def questions(draw) -> tuple[Portfolio, Ask]:
    seed, count = draw(st.integers(0, 2**32)), draw(st.integers(0, 8))
    plan = random_plan(np.random.default_rng(seed), count, draw(st.integers(0, 4)))
    keys = [item.key for item in plan.initiatives]
    one = st.lists(st.sampled_from(keys), max_size=1) if keys else st.just([])
    budget, team = draw(st.integers(0, 600)), draw(st.one_of(st.none(), st.integers(0, 12)))
    limit = () if team is None else (float(team),)
    return plan, Ask((float(budget),), limit, must=tuple(draw(one)), never=tuple(draw(one)))


@settings(max_examples=120, deadline=None)
@given(questions())
def test_best_and_next_best_are_those_of_a_plain_loop(asked):
    plan, ask = asked
    every = plain_loop(plan, ask)
    found = best(plan, ask)
    if not every:
        assert found is None
        return
    assert found.value == pytest.approx(max(every.values()), abs=1e-9 * plan.scale)
    assert found.value == plan.value(found.starts)
    every.pop(frozenset(found.keys))
    second = next_best(plan, ask, found)
    if not every:
        assert second is None
        return
    assert second.value == pytest.approx(max(every.values()), abs=1e-9 * plan.scale)
    assert set(second.keys) != set(found.keys)


@settings(max_examples=60, deadline=None)
@given(questions())
def test_the_table_holds_the_value_of_each_set(asked):
    plan, _ = asked
    values = every_value(plan)
    split = len(plan.initiatives) // 2
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            number = row | column << split
            keys = [item.key for i, item in enumerate(plan.initiatives) if number >> i & 1]
            assert values[row, column] == pytest.approx(plan.value(dict.fromkeys(keys, 1)), abs=1e-9 * plan.scale)


@pytest.mark.parametrize("seed", range(8))
def test_larger_ones_agree_with_the_proof_by_cuts(seed):
    rng = np.random.default_rng(seed)
    plan, ask = random_plan(rng, 12, 6), Ask((350.0,), (12.0,))
    tried, proven = best(plan, ask), by_cuts(plan, ask)
    assert tried.value == pytest.approx(proven.value, abs=2e-6 * plan.scale)
    second, other = next_best(plan, ask, tried), by_cuts(plan, ask, frozenset(tried.keys))
    assert second.value == pytest.approx(other.value, abs=2e-6 * plan.scale)


def test_of_equals_the_cheapest_is_chosen():
    same = (0.5,)
    items = (
        Initiative("dear", "Dear", 90.0, same, excludes=("cheap",)),
        Initiative("cheap", "Cheap", 40.0, same),
        Initiative("idle", "Idle", 5.0, (0.0,)),
        Initiative("free", "Free", 0.0, (0.0,)),
    )
    found = best(Portfolio(items, np.array([[100.0]])), Ask((200.0,)))
    assert found.keys == ("cheap",)


def test_a_sum_in_another_order_does_not_break_the_budget():
    items = tuple(Initiative(str(i), str(i), cost, worth=1.0) for i, cost in enumerate((0.1, 0.2, 0.3, 0.1)))
    assert len(best(Portfolio(items), Ask((0.7,))).keys) == 4


def test_drawn_plans_are_solved_as_if_asked_anew():
    rng = np.random.default_rng(5)
    plan, ask = random_plan(rng, 9, 5), Ask((300.0,), (9.0,))
    solve = solver(plan, ask)
    for factor in (0.3, 1.0, 2.5):
        drawn = Portfolio(plan.initiatives, plan.values * factor)
        assert solve(drawn).keys == best(drawn, ask).keys
        assert solve(drawn).value == best(drawn, ask).value


def test_many_or_phased_initiatives_are_left_to_the_cuts():
    many = Portfolio(tuple(Initiative(str(i), str(i), 10.0 + i, worth=1.0 + i % 3) for i in range(23)))
    assert not tries_every_set(many)
    assert not is_quick_again(many)
    assert best(many, Ask((60.0,))).value == pytest.approx(by_cuts(many, Ask((60.0,))).value)
    phased = Portfolio((Initiative("a", "A", 10.0, (0.5,)),), np.full((2, 1), 100.0))
    assert not tries_every_set(phased)
    again = solver(phased, Ask((0.0, 10.0)))
    assert again(phased).starts == {"a": 2}


def test_twenty_dense_initiatives_leave_time_for_a_hundred_draws():
    assert is_quick_again(random_plan(np.random.default_rng(1), 20, 64))
    assert not is_quick_again(random_plan(np.random.default_rng(1), 20, 65))
