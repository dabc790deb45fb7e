"""Steps of the bridge add up, in the stated order, in every draw."""

import numpy as np
import pytest

from analytics.scenarios.bridge import money_bands, pillar_bands, pillar_steps
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.levers import GROUPS, Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import simulate
from tests.scenarios.build import company

FULL = company()
ALL_FOUR = Scenario(
    "All four",
    (
        lever("value", "v", coverage=Range(0.05, 0.1, 0.2), one_off=10_000.0),
        lever("remove", "r", scope=Scope(("Billing",)), share=Range(0.1, 0.3, 0.5), one_off=50_000.0),
        lever("redistribute", "m", scope=Scope(("Billing",)), likely=0.3, to_channel="portal"),
        lever("handle_time", "h", change=Range(-0.2, -0.1, 0.0)),
    ),
)


def test_pillars_add_to_the_total_in_the_stated_order():
    steps = pillar_steps(FULL, ALL_FOUR)
    assert tuple(steps) == GROUPS == ("remove", "redistribute", "restructure", "value")
    assert sum(steps.values()) == pytest.approx(evaluate(FULL, ALL_FOUR).net)
    first = evaluate(FULL, ALL_FOUR.only(["r"]))
    assert steps["remove"] == pytest.approx(first.net)
    alone = evaluate(FULL, ALL_FOUR.only(["m"])).net
    assert steps["redistribute"] < alone


def test_ranges_by_pillar_and_by_money():
    draws = simulate(FULL, ALL_FOUR)
    pillars, money = pillar_bands(draws), money_bands(draws)
    for parts in (pillars, money):
        assert sum(b.mean for b in parts.values()) == pytest.approx(float(draws.net.mean()), rel=1e-4)
    assert money["one_off"].p10 == money["one_off"].p90 == pytest.approx(-60_000)


def test_no_levers_no_steps():
    assert set(pillar_steps(FULL, Scenario()).values()) == {0.0}


def test_contacts_by_pillar():
    steps = pillar_steps(FULL, ALL_FOUR, "contacts")
    saved = evaluate(FULL, ALL_FOUR)
    assert sum(steps.values()) == pytest.approx(saved.before.contacts - saved.after.contacts)
    assert steps["restructure"] == pytest.approx(0, abs=1e-6)


def test_people_if_nobody_is_replaced():
    path = FULL.workforce.without_hiring(12)
    assert path[0] == pytest.approx(28 * 0.98 + 19 * 0.99)
    assert (np.diff(path) < 0).all()
