"""The numbers with the key press: known answers, and steps that add up to the result."""

import numpy as np
import pytest

from analytics.charts import what_if as charts
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, Settings
from analytics.scenarios.uncertainty import simulate
from analytics.ui.what_if_numbers import numbers
from analytics.ui.what_if_quick import quick
from tests.scenarios.build import EASY_AND_HARD, company, flat

LEVERS = (
    lever("remove", "r", "Billing", scope=Scope(("Billing",)), share=Range(0.1, 0.3, 0.4), running=500.0),
    lever("redistribute", "m", "Delivery", scope=Scope(("Delivery",)), to_channel="portal", share=Range(0.1, 0.2, 0.3)),
    lever("handle_time", "h", change=Range(-0.1, -0.05, 0.0), grade="B"),
    lever("value", "v", coverage=Range(0.05, 0.1, 0.2), extra_minutes=2.0),
)


def test_a_fifth_less_contacts_all_easy_is_a_ninth_less_work() -> None:
    """Half of the easy ones go: contacts −20 %, workload −11.4 % (8,000 of 70,000 minutes)."""
    ledger = flat(EASY_AND_HARD, contact_fee={"phone": 0.0})
    half = lever("remove", "r", scope=Scope(("easy",)), share=0.5)
    found = quick(ledger, Scenario("T2", (half,)))
    assert found.contacts_change.p50 == pytest.approx(-0.2, abs=1e-6)
    saved = found.yearly(found.paths.cost_after - found.paths.cost_before).p50
    assert saved / found.yearly(found.paths.cost_before).p50 == pytest.approx(-8000 / 70000, abs=1e-6)


def test_the_steps_add_up_to_the_result_at_certain_values() -> None:
    sure = tuple(item.with_range(name, Range.constant(r.likely)) for item in LEVERS for name, r in [item.parameters[0]])
    sure = tuple(item.with_range("induced", Range.constant(0.2)).with_range("containment", Range.constant(0.6))
                 .with_range("leak_uplift", Range.constant(0.1)) if item.kind == "redistribute" else item
                 for item in sure)  # fmt: skip
    from dataclasses import replace

    ledger = replace(company(), volume_spread=np.zeros(12), loyalty=None)
    found = quick(ledger, Scenario("all", sure))
    assert [one.step for one in found.steps] == ["removed", "moved", "harder", "restructure", "value", "programme"]
    assert sum(one.cost for one in found.steps) == pytest.approx(found.cost_change.p50, rel=1e-4)
    assert all(one.low <= one.cost + 1 for one in found.steps)


def test_few_draws_tell_the_same_as_many() -> None:
    ledger, scenario = company(), Scenario("all", LEVERS)
    few, many = quick(ledger, scenario), simulate(ledger, scenario)
    spread = float(np.std(many.net))
    assert float(np.median(few.paths.net.sum(axis=1))) == pytest.approx(float(np.median(many.net)), abs=0.2 * spread)


def test_a_chance_to_pay_off_needs_a_cost() -> None:
    """Levers that cost nothing would pay off for certain: that is not told, and what a sum leaves out is said."""
    free = lever("remove", "f", "Free", scope=Scope(("Billing",)), share=Range(0.1, 0.3, 0.4))
    ledger, last = company(), "Oct 2027"

    def told(*levers: object) -> tuple[str, str]:
        shown = numbers(quick(ledger, Scenario("s", levers)), last, "EUR")[-1]
        assert shown.label == "Chance to pay off"
        return shown.value, " ".join(shown.notes)

    value, why = told(free)
    assert value == "–"
    assert "no lever has a cost yet" in why
    value, why = told(LEVERS[0], free)
    assert value.endswith("%")
    assert "1 of 2 levers have no cost yet" in why
    assert told(LEVERS[0])[1].endswith("no target is set")
    assert told() == ("–", "no lever is set")


def test_random_removal_has_no_harder_mix() -> None:
    found = quick(company(), Scenario("r", LEVERS[:1], Settings(hardening=0.0)))
    steps = {one.step: one.cost for one in found.steps}
    assert steps["harder"] == pytest.approx(0.0, abs=1.0)


def test_without_levers_nothing_differs_in_any_draw() -> None:
    found = quick(company(), Scenario())
    assert found.steps == ()
    assert (found.contacts_change.p10, found.contacts_change.p90) == (0.0, 0.0)


def test_measured_steps_are_solid_and_assumed_ones_hatched() -> None:
    found = quick(company(), Scenario("all", LEVERS))
    fig = charts.bridge(found.steps, 1e6, (9e5, 9.5e5, 1e6), "EUR", dark=False).to_dict()
    shapes = dict(zip([one.step for one in found.steps], fig["data"][2]["marker"]["pattern"]["shape"], strict=True))
    assert shapes["restructure"] == ""
    assert shapes["removed"] == shapes["harder"] == "/"


@pytest.mark.parametrize(("value", "words"), [(746_432, "746,000"), (13_200_000, "13.2 M"), (1_234_567, "1.23 M"),
                                              (0.0, "0"), (86.4, "86")])  # fmt: skip
def test_totals_keep_three_digits(value: float, words: str) -> None:
    assert charts.exact(value) == words


def steps_of(*costs: float) -> list[charts.Step]:
    names = ["removed", "harder"][: len(costs)]
    return [charts.Step(name, "x", cost, cost, cost, sum(costs[:place]), assumed=False)
            for place, (name, cost) in enumerate(zip(names, costs, strict=True))]  # fmt: skip


def test_the_axis_is_cut_only_where_steps_are_small_beside_the_total() -> None:
    begin, end = charts.span(steps_of(-14_000.0, 4_000.0), 719_000.0, (705_000.0, 709_000.0, 712_000.0))
    assert 600_000 < begin < 705_000
    assert end > 719_000
    assert charts.span(steps_of(-500_000.0), 719_000.0, (200_000.0, 219_000.0, 240_000.0))[0] == 0
    assert charts.span([], 343_375.2149, (343_375.2148, 343_375.2149, 343_375.2153))[0] == 0, "rounding is no step"
    assert charts.span(steps_of(), 719_000.0, (719_000.0,) * 3)[0] == 0


def test_every_bar_of_the_bridge_stands_on_one_axis_and_a_cut_is_marked() -> None:
    rows = steps_of(-14_000.0, 4_000.0)
    fig = charts.bridge(rows, 719_000.0, (705_000.0, 709_000.0, 712_000.0), "EUR", dark=False).to_dict()
    assert {trace.get("xaxis", "x") for trace in fig["data"]} == {"x"}
    assert fig["data"][2]["base"] == [719_000.0, 705_000.0]
    assert len(fig["layout"]["shapes"]) == 4
    uncut = charts.bridge(steps_of(-500_000.0), 719_000.0, (219_000.0,) * 3, "EUR", dark=False).to_dict()
    assert not uncut["layout"]["shapes"]
