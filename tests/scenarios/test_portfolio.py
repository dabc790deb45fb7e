"""The best set against published instances and against trying every set."""

from itertools import product
from time import perf_counter

import numpy as np
import pytest

from analytics.errors import ScenarioError
from analytics.scenarios.initiatives import Ask, Initiative, Portfolio
from analytics.scenarios.portfolio import best, next_best
from analytics.scenarios.portfolio_questions import (
    binding,
    frontier,
    marginal_budget,
    marginal_team,
    stability,
    why_infeasible,
    why_not,
)

COSTS = (120, 60, 100, 50, 60, 120)
ROWS = ((0.55, 0, 0.35), (0, 0.05, 0.50), (0, 0.20, 0.30), (0.30, 0, 0.60), (0.45, 0, 0.10), (0.45, 0.20, 0.35))
OVERLAP = Portfolio(
    tuple(
        Initiative(str(i + 1), f"Initiative {i + 1}", c, r, excludes=("4",) if i == 2 else ())
        for i, (c, r) in enumerate(zip(COSTS, ROWS, strict=True))
    ),
    np.array([[400.0, 500.0, 400.0]]),
)
ASK = Ask((200.0,))


def test_knapsack_as_published():
    weights = (23, 31, 29, 44, 53, 38, 63, 85, 89, 82)
    profits = (92, 57, 49, 68, 60, 43, 67, 84, 87, 72)
    items = tuple(Initiative(str(i), str(i), w, worth=p) for i, (w, p) in enumerate(zip(weights, profits, strict=True)))
    found = best(Portfolio(items), Ask((165.0,)))
    assert found.value == pytest.approx(309)
    assert "".join("1" if str(i) in found.keys else "0" for i in range(10)) == "1111010000"


def test_overlap_instance_and_what_adding_up_would_claim():
    found = best(OVERLAP, ASK)
    assert set(found.keys) == {"4", "6"}
    assert found.value == pytest.approx(642.0, abs=1e-6)
    second = next_best(OVERLAP, ASK, found)
    assert second.value == pytest.approx(599.0, abs=1e-6)
    assert set(second.keys) == {"2", "4", "5"}
    assert second.additive_claim == pytest.approx(805, abs=1e-6)
    assert OVERLAP.value({"2": 1, "4": 1, "5": 1}) == pytest.approx(599)


def every_set(plan: Portfolio, ask: Ask) -> float:
    values = [-np.inf]
    for flags in product((0, 1), repeat=len(plan.initiatives)):
        keys = {item.key for item, on in zip(plan.initiatives, flags, strict=True) if on}
        items = [plan.by_key(key) for key in keys]
        fits = sum(i.cost for i in items) <= ask.budget[0] and set(ask.must) <= keys
        fits &= not ask.team or sum(i.team for i in items) <= ask.team[0]
        if fits and all(not keys & set(i.excludes) and set(i.needs) <= keys for i in items):
            values.append(plan.value(dict.fromkeys(keys, 1)))
    return max(values)


def random_plan(rng: np.random.Generator, m: int, causes: int) -> Portfolio:
    items = []
    for i in range(m):
        shares = tuple((rng.uniform(0, 0.7, causes) * (rng.random(causes) < 0.6)).tolist())
        needs = (str(i - 1),) if i and rng.random() < 0.2 else ()
        excludes = (str(i - 2),) if i > 1 and rng.random() < 0.2 else ()
        items.append(Initiative(str(i), f"I{i}", float(rng.integers(10, 120)), shares, float(rng.normal(0, 20)),
                                float(rng.integers(0, 4)), excludes, needs))  # fmt: skip
    return Portfolio(tuple(items), rng.uniform(50, 600, (1, causes)))


@pytest.mark.parametrize("seed", range(25))
def test_best_set_is_the_best_of_all_sets(seed):
    rng = np.random.default_rng(seed)
    plan, ask = random_plan(rng, 7, 3), Ask((200.0,), (7.0,))
    found = best(plan, ask)
    assert found.value == pytest.approx(every_set(plan, ask), rel=1e-5, abs=1e-5)
    assert found.cost <= 200
    assert found.team <= 7


def test_phasing_starts_the_better_one_first():
    items = (
        Initiative("a", "A", 100, (0.5, 0.0)),
        Initiative("b", "B", 100, (0.0, 0.4)),
        Initiative("c", "C", 100, (0.0, 0.3), needs=("b",)),
    )
    plan = Portfolio(items, np.full((3, 2), 300.0))
    found = best(plan, Ask((100.0, 100.0, 100.0)))
    assert found.starts == {"a": 1, "b": 2, "c": 3}
    assert found.value == pytest.approx(3 * 150 + 2 * 120 + 0.3 * 180)
    hoarded = best(plan, Ask((0.0, 100.0, 0.0)))
    assert hoarded.starts == {"a": 2}


def test_twenty_initiatives_are_quick():
    rng = np.random.default_rng(11)
    plan = random_plan(rng, 20, 8)
    start = perf_counter()
    found = best(plan, Ask((500.0,), (20.0,)))
    assert perf_counter() - start < 2
    assert found.gap == 0


def test_why_not_says_what_it_would_cost():
    found = best(OVERLAP, ASK)
    reasons = {r.key: r for r in why_not(OVERLAP, ASK, found)}
    assert set(reasons) == {"1", "2", "3", "5"}
    assert reasons["2"].loss == pytest.approx(642 - 599)
    assert "push out" in reasons["2"].words
    assert all(r.loss is None or r.loss >= 0 for r in reasons.values())


@pytest.mark.parametrize(
    ("ask", "part"),
    [
        (Ask((50.0,), must=("1",)), "budget is 50"),
        (Ask((500.0,), must=("3", "4")), "exclude each other"),
        (Ask((500.0,), must=("2",), never=("2",)), "ruled out"),
    ],
)
def test_impossible_asks_are_explained(ask, part):
    assert best(OVERLAP, ask) is None
    assert part in why_infeasible(OVERLAP, ask)


def test_possible_asks_need_no_explanation():
    assert why_infeasible(OVERLAP, ASK) == ""


def test_the_next_money_and_people():
    found = best(OVERLAP, ASK)
    more = marginal_budget(OVERLAP, ASK, found, 60.0)
    assert more.gain == pytest.approx(best(OVERLAP, Ask((260.0,))).value - 642)
    assert more.adds
    team = Portfolio(
        (Initiative("a", "A", 0, (0.5,), team=3), Initiative("b", "B", 0, (0.4,), team=6)), np.array([[100.0]])
    )
    tight = Ask((10.0,), (4.0,))
    assert marginal_team(team, tight, best(team, tight)).gain == pytest.approx(20)


def test_frontier_rises_and_bends():
    points = frontier(OVERLAP, ASK)
    costs, values = np.array([p.cost for p in points]), np.array([p.value for p in points])
    assert (np.diff(values) > 0).all()
    assert (np.diff(costs) > 0).all()
    assert costs[0] == 0


def test_stability_counts_how_often_each_is_chosen():
    found = best(OVERLAP, ASK)
    sure = stability(OVERLAP, ASK, found, 0.0, 0.0, draws=5)
    assert sure.same_set == 1
    assert sure.regret == pytest.approx(0, abs=1e-6)
    shaken = stability(OVERLAP, ASK, found, draws=30)
    assert shaken.chosen["4"] > shaken.chosen["1"]
    assert 0 < shaken.same_set < 1


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Portfolio((Initiative("a", "A", -1.0),)),
        lambda: Portfolio((Initiative("a", "A", 1.0, (0.5,)),)),
        lambda: Portfolio((Initiative("a", "A", 1.0, (1.5,)),), np.ones((1, 1))),
        lambda: Portfolio((Initiative("a", "A", 1.0, needs=("z",)),)),
        lambda: Portfolio((Initiative("a", "A", 1.0), Initiative("a", "B", 1.0))),
    ],
)
def test_impossible_portfolios_are_said(bad):
    with pytest.raises(ScenarioError):
        bad()


def test_binding_limits_are_named():
    found = best(OVERLAP, ASK)
    assert "The budget binds: 30 are left" in binding(OVERLAP, ASK, found)[0]
    assert binding(OVERLAP, Ask((1_000.0,)), best(OVERLAP, Ask((1_000.0,)))) == ()
