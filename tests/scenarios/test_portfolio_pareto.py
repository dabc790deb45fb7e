"""Money against what customers are spared: the frontier against a plain loop, the amounts against the what-if."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.initiatives import Ask, Initiative, Portfolio
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.portfolio import best
from analytics.scenarios.portfolio_from import knows_effort, portfolio_of, spared_of
from analytics.scenarios.portfolio_pareto import _weighted, frontier
from analytics.scenarios.scenario import Scenario
from tests.scenarios.build import company
from tests.scenarios.test_portfolio import random_plan
from tests.scenarios.test_portfolio_sets import plain_loop

BILLING = lever("remove", "b", "Billing", scope=Scope(("Billing",)), share=0.3, ramp=0, one_off=100.0)
AGAIN = lever("remove", "c", "Billing again", scope=Scope(("Billing",)), share=0.5, ramp=3, one_off=100.0)
QUICKER = lever("handle_time", "h", change=-0.05, one_off=10.0)
EASIER = lever("effort", "e", share=0.2, points=1.0, one_off=10.0)


def spared_twin(plan: Portfolio, seed: int) -> Portfolio:
    """The same initiatives with other shares of other amounts."""
    random = np.random.default_rng(seed)
    items = [
        replace(item, shares=tuple(random.uniform(0, 0.9, 2)), worth=float(random.normal(0, 5)))
        for item in plan.initiatives
    ]
    return Portfolio(tuple(items), random.uniform(0, 100, (1, 2)))


@st.composite
def questions(draw) -> tuple[Portfolio, Portfolio, Ask]:
    seed = draw(st.integers(0, 2**32))
    plan = random_plan(np.random.default_rng(seed), draw(st.integers(0, 7)), draw(st.integers(0, 3)))
    return plan, spared_twin(plan, seed), Ask((float(draw(st.integers(0, 600))),))


@settings(max_examples=100, deadline=None)
@given(questions())
def test_no_allowed_set_beats_a_point_in_both_and_every_set_is_matched_by_one(asked) -> None:
    plan, spared, ask = asked
    points = frontier(plan, spared, ask)
    rows = [(value, spared.value(dict.fromkeys(keys, 1))) for keys, value in plain_loop(plan, ask).items()]
    assert bool(points) == bool(rows)
    slack = 1e-7 * max(plan.scale, spared.scale)
    for point in points:
        assert point.choice.cost <= ask.budget[0] + 1e-6
        assert point.spared == pytest.approx(spared.value(point.choice.starts))
        worse = [(m, s) for m, s in rows if m > point.choice.value + slack and s > point.spared + slack]
        assert worse == []
    for money, other in rows:
        assert any(one.choice.value >= money - slack and one.spared >= other - slack for one in points)
    assert [one.spared for one in points] == sorted(one.spared for one in points)
    assert [one.choice.value for one in points] == sorted((one.choice.value for one in points), reverse=True)


@settings(max_examples=25, deadline=None)
@given(questions())
def test_weights_find_points_of_the_frontier_and_both_its_ends(asked) -> None:
    plan, spared, ask = asked
    points = frontier(plan, spared, ask)
    found = [(plan.value(s), spared.value(s)) for s in ({i.key: 1 for i, on in zip(plan.initiatives, x, strict=True)
                                                         if on} for x in _weighted(plan, spared, ask))]  # fmt: skip
    assert bool(found) == bool(points)
    slack = 1e-5 * max(plan.scale, spared.scale)
    for money, other in found:
        assert not any(p.choice.value > money + slack and p.spared > other + slack for p in points)
    if points:
        assert found[0][0] == pytest.approx(points[0].choice.value, abs=slack)
        assert found[-1][1] == pytest.approx(points[-1].spared, abs=slack)


def test_more_initiatives_than_sets_can_be_tried_are_answered_by_weights() -> None:
    items = tuple(Initiative(f"i{n}", f"I{n}", 10.0, worth=float(30 - n)) for n in range(24))
    plan = Portfolio(items)
    spared = Portfolio(tuple(replace(item, worth=float(n)) for n, item in enumerate(items)))
    points = frontier(plan, spared, Ask((50.0,)))
    assert points[0].choice.value == pytest.approx(30 + 29 + 28 + 27 + 26)
    assert points[-1].spared == pytest.approx(23 + 22 + 21 + 20 + 19)
    assert len(points) >= 2


def test_the_first_point_is_the_best_set_and_the_last_spares_most() -> None:
    ledger, scenario = company(), Scenario("s", (BILLING, AGAIN, QUICKER, EASIER))
    plan = portfolio_of(ledger, scenario)
    spared, ask = spared_of(ledger, scenario, plan), Ask((110.0,))
    points = frontier(plan, spared, ask)
    assert points[0].choice.value == pytest.approx(best(plan, ask).value)
    assert points[-1].spared == pytest.approx(best(spared, ask).value)


@pytest.mark.parametrize("item", [BILLING, AGAIN, EASIER])
def test_what_one_lever_spares_is_what_the_what_if_says(item) -> None:
    ledger, scenario = company(), Scenario("s", (item,))
    assert knows_effort(ledger)
    spared = spared_of(ledger, scenario, portfolio_of(ledger, scenario))
    paths = evaluate(ledger, scenario).paths
    high = float((paths.effort_before - paths.effort_after)[0, :, 2].sum())
    assert high > 0
    assert spared.value({item.key: 1}) == pytest.approx(high, rel=1e-4)


def test_without_surveys_contacts_are_what_is_spared() -> None:
    ledger = company(effort=())
    ledger = replace(ledger, effort_mean=np.zeros((0, 0)), high_effort_share=np.zeros((0, 0)))
    scenario = Scenario("s", (BILLING,))
    assert not knows_effort(ledger)
    spared = spared_of(ledger, scenario, portfolio_of(ledger, scenario))
    billing = ledger.contacts[ledger.reasons.index("Billing")].sum()
    assert spared.value({"b": 1}) == pytest.approx(0.3 * billing)
