"""The chain against worked cases, then against what must hold for every scenario."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.errors import ScenarioError
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.scenario import Scenario, Settings, with_likely
from analytics.scenarios.staffing_plan import StaffingPlan, roster
from analytics.scenarios.words import assumptions, changed, chips
from analytics.scenarios.workforce import Workforce
from tests.scenarios.build import EASY_AND_HARD, company, flat, levers, scenarios

FULL = company()


def removal(share, **more):
    return lever("remove", more.pop("key", "a"), likely=share, **more)


def test_two_initiatives_with_ramp_cost_and_discount():
    ledger = flat({("x", "none", "phone"): (10_000.0, 6.0)})
    scenario = Scenario(
        "H1",
        (removal(0.4, start=3, ramp=6, one_off=60_000, running=1_000), removal(0.25, key="b", one_off=10_000)),
        Settings(discount=0.10),
    )
    result = evaluate(ledger, scenario)
    assert result.before.contacts - result.after.contacts == pytest.approx(52_500, abs=0.01)
    assert result.net == pytest.approx(166_750, abs=0.01)
    assert result.npv == pytest.approx(153_353.12, abs=0.01)
    assert result.payback == 6
    assert result.paths.contacts_after[0, 7] == pytest.approx(4_500)
    assert result.first_year + result.later == pytest.approx(result.net)
    assert result.trough == pytest.approx(-70_000)
    assert result.trough_month == 0
    assert sum(result.bridge.values()) == pytest.approx(result.net)


def deflection(**more):
    return lever(
        "redistribute", "d", to_channel="portal", induced=0.0, containment=0.65, leak_uplift=0.15, likely=0.4, **more
    )


def test_deflection_with_average_movers():
    ledger = flat({("x", "none", "phone"): (5_000.0, 8.0)}, months=1, session_fee={"portal": 0.1})
    result = evaluate(ledger, Scenario("H2", (deflection(),)))
    assert result.after.contacts == pytest.approx(3_700)
    assert result.after.minutes == pytest.approx(30_440)
    assert result.paths.sessions[0, 0] == pytest.approx(2_000)
    assert result.returned.sum() == pytest.approx(700)


def test_deflection_of_the_easy_ones_saves_less():
    cells = {("easy", "none", "phone"): (2_000.0, 5.0), ("hard", "none", "phone"): (3_000.0, 10.0)}
    ledger = flat(cells, months=1, session_fee={"portal": 0.1})
    scope = Scope(reasons=("easy",))
    result = evaluate(
        ledger, Scenario("movers", (with_likely(Scenario("", (deflection(scope=scope),)), "d", 1.0).levers[0],))
    )
    assert result.after.minutes == pytest.approx(34_025)


def test_induced_sessions_come_back_too():
    ledger = flat({("x", "none", "phone"): (1_000.0, 8.0)}, months=1, session_fee={"portal": 0.1})
    item = lever("redistribute", "d", to_channel="portal", induced=0.40, containment=0.30, leak_uplift=0.0, likely=0.6)
    result = evaluate(ledger, Scenario("more", (item,)))
    # avoided per session is containment − induced, here below zero
    assert result.before.contacts - result.after.contacts == pytest.approx((0.30 - 0.40) * 600 / 0.6)


def test_easy_fifth_removed_is_not_a_fifth_of_the_work():
    result = evaluate(flat(EASY_AND_HARD), Scenario("T2", (removal(0.5, scope=Scope(reasons=("easy",))),)))
    assert result.after.contacts / result.before.contacts - 1 == pytest.approx(-0.20)
    assert result.after.minutes / result.before.minutes - 1 == pytest.approx(-0.114, abs=5e-4)
    assert result.before.handle_minutes == pytest.approx(7.0)
    assert result.after.handle_minutes == pytest.approx(7.75)
    assert "workload −11.4 %" in changed(result)
    assert "7.00 → 7.75" in changed(result)


def test_seats_after_removing_the_easy_ones():
    one_interval = (1.0,) + (0.0,) * 335
    plan = StaffingPlan(profile=one_interval, paid_hours_week=0.5)
    weekly = 365.25 / 12 / 7
    cells = {k: (n * weekly * 100 / 10_000, h) for k, (n, h) in EASY_AND_HARD.items()}
    ledger = flat(cells, months=1, staffing=plan)
    result = evaluate(ledger, Scenario("T3", (removal(0.5, scope=Scope(reasons=("easy",))),)))
    seats, people = roster(plan, "phone", result.before.contacts, result.before.minutes)
    assert (seats.sum(), round(people, 1)) == (29, 41.4)
    seats, people = roster(plan, "phone", result.after.contacts, result.after.minutes)
    assert (seats.sum(), round(41.4286 - people, 1)) == (26, 4.3)
    released = float(result.released[0])
    assert 2.5 < released < 6.5
    assert released < 0.2 * 41.4 / 1.3


def test_easiest_go_first_within_a_reason():
    ledger = flat({("x", "none", "phone"): (1_000.0, 10.0)}, months=1, handle_spread={"x": 0.8})
    result = evaluate(ledger, Scenario("", (removal(0.4),), Settings(hardening=1.0)))
    assert result.after.minutes / result.before.minutes == pytest.approx(1 - 0.146, abs=5e-4)
    assert result.after.handle_minutes / result.before.handle_minutes == pytest.approx(1.42, abs=0.005)
    half = evaluate(ledger, Scenario("", (removal(0.4),)))
    assert half.after.minutes == pytest.approx((6_000 + result.after.minutes) / 2)


def test_repeat_lever_works_by_contacts_per_issue():
    ledger = flat({("x", "none", "phone"): (1_400.0, 5.0), ("y", "none", "phone"): (1_000.0, 5.0)}, 1,
                  contacts_per_issue={"x": 1.4})  # fmt: skip
    result = evaluate(ledger, Scenario("", (lever("repeat", "r", likely=0.5),)))
    assert result.reason_contacts[:, 0].tolist() == pytest.approx([1_200, 1_000])
    assert any("unknown for some reasons" in note for note in result.notes)


def test_repeat_lever_leaves_natural_recurrence():
    """Of 1,400 contacts 400 repeat and 100 of those are excess: ending half of the excess takes 50."""
    ledger = flat(
        {("x", "defect", "phone"): (1_400.0, 5.0)}, 1, contacts_per_issue={"x": 1.4}, excess_share={"x": 0.25}
    )
    result = evaluate(ledger, Scenario("", (lever("repeat", "r", likely=0.5),)))
    assert result.reason_contacts[:, 0].tolist() == pytest.approx([1_350])


@pytest.mark.parametrize("left", ["none", "unknown"])
def test_excess_repeats_that_stand_apart_are_all_of_them(left):
    """The 100 excess repeats are a cell already: the 1,300 contacts they were taken from hold none any more."""
    ledger = flat({("x", left, "phone"): (1_300.0, 5.0), ("x", "repeat", "phone"): (100.0, 5.0)}, 1,
                  contacts_per_issue={"x": 1.4}, excess_share={"x": 0.25})  # fmt: skip
    result = evaluate(ledger, Scenario("", (lever("repeat", "r", likely=0.5),)))
    assert result.reason_contacts[:, 0].tolist() == pytest.approx([1_350])


def test_where_no_repeat_is_excess_the_lever_does_nothing_and_says_so():
    ledger = flat({("x", "none", "phone"): (1_400.0, 5.0)}, 1, contacts_per_issue={"x": 1.4}, excess_share={"x": 0.0})
    result = evaluate(ledger, Scenario("", (lever("repeat", "r", likely=0.5),)))
    assert result.reason_contacts[:, 0].tolist() == pytest.approx([1_400])
    assert any("natural recurrence" in note for note in result.notes)


@pytest.mark.parametrize("causes", [("repeat",), ("defect", "repeat")])
def test_repeats_are_not_ended_twice(causes):
    both = (lever("repeat", "r", "Fix first time", likely=0.5), removal(0.3, scope=Scope(causes=causes)))
    with pytest.raises(ScenarioError, match="same repeat contacts"):
        evaluate(FULL, Scenario("", both))


@pytest.mark.parametrize(("overlap", "left"), [("independent", 0.504), ("nested", 0.7), ("disjoint", 0.4)])
def test_overlap_readings(overlap, left):
    items = tuple(removal(r, key=str(r)) for r in (0.3, 0.2, 0.1))
    result = evaluate(flat({("x", "none", "phone"): (1_000.0, 5.0)}, 1), Scenario("", items, Settings(overlap=overlap)))
    assert result.after.contacts == pytest.approx(1_000 * left)


def test_three_fifths_are_not_sixty_percent():
    items = tuple(removal(0.2, key=k) for k in "abc")
    result = evaluate(flat({("x", "none", "phone"): (1_000.0, 5.0)}, 1), Scenario("", items))
    assert result.after.contacts == pytest.approx(512)


def test_moving_to_an_assisted_channel():
    ledger = flat({("x", "none", "phone"): (1_000.0, 8.0), ("x", "none", "chat"): (500.0, 6.0)}, 1)
    item = lever("redistribute", "d", scope=Scope(channels=("phone",)), to_channel="chat", likely=0.5, containment=0.8,
                 induced=0.0, leak_uplift=0.0, handle_ratio=0.75)  # fmt: skip
    result = evaluate(ledger, Scenario("", (item,)))
    contacts = 1_000 + (result.paths.contacts_after[0, 0] - 1_500) + 500
    assert contacts == pytest.approx(500 + 100 + 500 + 500)
    assert result.after.minutes == pytest.approx(500 * 8 + 100 * 8 + 500 * 6 + 500 * 8 * 0.75)


def test_cashable_is_where_people_leave():
    force = Workforce(("A", "B"), (100.0, 100.0), (1.0, 0.0), (0.05, 0.30), 50_000.0, lead_months=0)
    before, after = np.array([[200.0]]), np.array([[180.0]])
    assert force.cashable(before, after, np.zeros((1, 1)))[0, 0] <= 20
    one = Workforce(
        ("A", "B"),
        (100.0, 100.0),
        (1.0, 0.0),
        (0.0, 0.3),
        50_000.0,
        lead_months=0,
        planned_hires=np.array([[5.0], [30.0]]),
    )
    assert one.cashable(before, after, np.zeros((1, 1)))[0, 0] == 5


def test_leavers_who_would_not_be_replaced_free_no_money():
    """One in ten leaves, 100 are needed, 90 with the change: 130 people shrink alike until the need is reached."""
    force = Workforce(("A",), (130.0,), (1.0,), (0.1,), 50_000.0, lead_months=0)
    before, after = np.full((1, 4), 100.0), np.full((1, 4), 90.0)
    # staff without: 117, 105.3, 100, 100; with: 117, 105.3, 94.77, 90
    cash = force.cashable(before, after, np.zeros((1, 4)))
    assert cash[0].tolist() == pytest.approx([0, 0, 5.23, 10])


def test_hires_of_the_lead_months_are_made_anyway():
    force = Workforce(("A",), (100.0,), (1.0,), (0.1,), 50_000.0, lead_months=2)
    cash = force.cashable(np.full((1, 4), 100.0), np.full((1, 4), 85.0), np.zeros((1, 4)))
    assert cash[0].tolist() == pytest.approx([0, 0, 10, 15])


@pytest.mark.parametrize(("people", "most"), [(120.0, 0.0), (100.0, 10.0)])
def test_a_season_that_comes_back_is_not_hired_for_again(people, most):
    """Nobody leaves; 100 and 110 needed in turn: 120 people never hire, 100 people hire 10 once."""
    force = Workforce(("A",), (people,), (1.0,), (0.0,), 50_000.0, lead_months=0)
    before = np.array([[100.0, 110.0] * 6])
    cash = force.cashable(before, 0.7 * before, np.zeros((1, 12)))
    assert cash.max() == pytest.approx(most)


def test_below_today_and_hires_avoided_apart():
    force = Workforce(("A",), (200.0,), (1.0,), (0.5,), 50_000.0, lead_months=0)
    before, after = np.array([[212.0]]), np.array([[187.0]])
    cash = force.cashable(before, after, np.zeros((1, 1)))
    assert [float(x[0, 0]) for x in (cash, *force.split(cash, before))] == [25, 13, 12]


def test_no_levers_give_the_baseline_bit_for_bit():
    result = evaluate(FULL, Scenario())
    p = result.paths
    for name in ("contacts", "minutes", "cost", "effort", "retention"):
        assert np.array_equal(getattr(p, f"{name}_before"), getattr(p, f"{name}_after")), name
    assert np.array_equal(p.people.before, p.people.after)
    assert result.before == result.after
    assert not p.net.any()
    assert result.payback is None
    assert changed(result).startswith("Nothing is changed")


@settings(max_examples=40, deadline=None)
@given(scenarios())
def test_buckets_add_to_the_baseline_and_nothing_is_negative(scenario):
    result = evaluate(FULL, scenario)
    for buckets, base in ((result.contact_buckets, FULL.contacts), (result.minute_buckets, FULL.minutes)):
        np.testing.assert_allclose(sum(buckets.values()), base.sum(axis=(1, 2)), rtol=1e-12)
    assert (result.paths.contacts_after >= -1e-9).all()
    assert (result.reason_contacts >= -1e-9).all()
    assert (result.paths.minutes_after >= -1e-6).all()
    assert (result.contact_buckets["removed"] >= 0).all()
    assert (result.cashable <= np.maximum(result.released, 0) + 1e-9).all()
    assert ((result.paths.retention_after > 0) & (result.paths.retention_after < 1)).all()
    assert len(assumptions(FULL, scenario)) > len(chips(scenario))


@settings(max_examples=40, deadline=None)
@given(scenarios(kinds=("remove", "repeat"), most=3), levers(kinds=("remove",)))
def test_more_removal_never_raises_workload(scenario, extra):
    assume(extra.key not in {item.key for item in scenario.levers})
    before, after = (evaluate(FULL, s).paths for s in (scenario, scenario.with_lever(extra)))
    assert (after.minutes_after <= before.minutes_after * (1 + 1e-12)).all()
    assert (after.contacts_after <= before.contacts_after * (1 + 1e-12)).all()


@settings(max_examples=25, deadline=None)
@given(st.floats(0.05, 0.9), st.floats(0.1, 1.0))
def test_removing_easy_contacts_hardens_the_rest(share, hardening):
    ledger = flat({("x", "none", "phone"): (1_000.0, 6.0)}, 1, handle_spread={"x": 0.7})
    result = evaluate(ledger, Scenario("", (removal(share),), Settings(hardening=hardening)))
    assert result.after.handle_minutes > result.before.handle_minutes


def test_removing_easy_contacts_can_raise_mean_effort_while_the_burden_falls():
    ledger = flat(EASY_AND_HARD, effort=[("easy", "phone", 2.0, 0.1), ("hard", "phone", 5.0, 0.6)])
    result = evaluate(ledger, Scenario("", (removal(0.5, scope=Scope(reasons=("easy",))),)))
    assert result.after.effort_mean > result.before.effort_mean
    assert result.after.effort_burden < result.before.effort_burden


def test_payback_must_stay_paid_back():
    ledger = flat({("x", "none", "phone"): (1_000.0, 6.0)}, months=6)
    dip = removal(0.2, one_off=500.0, running=0.0)
    late = lever("handle_time", "late", change=1.0, start=4)
    assert evaluate(ledger, Scenario("", (dip,))).payback == 1
    assert evaluate(ledger, Scenario("", (dip, late))).payback is None


def test_decay_lets_demand_grow_back():
    result = evaluate(flat({("x", "none", "phone"): (1_000.0, 6.0)}, 4), Scenario("", (removal(0.4, decay=0.5),)))
    assert result.paths.contacts_after[0].tolist() == pytest.approx([600, 800, 900, 950])


def test_transition_dip_costs_before_it_saves():
    item = removal(0.1, dip=0.3, dip_months=2)
    path = evaluate(flat({("x", "none", "phone"): (1_000.0, 6.0)}, 4), Scenario("", (item,))).paths.minutes_after[0]
    assert path.tolist() == pytest.approx([6_000 * 0.9 * 1.3] * 2 + [5_400] * 2)


def test_effort_and_value_move_retention_together():
    calm = lever("effort", "e", likely=0.5)
    value = lever("value", "v", coverage=0.3)
    gains = [evaluate(FULL, Scenario("", items)).bridge["retention"] for items in ((calm,), (value,), (calm, value))]
    assert all(gain > 0 for gain in gains)
    assert gains[2] != pytest.approx(gains[0] + gains[1], rel=1e-6)


def test_retention_is_survival_not_a_lump():
    loyalty = FULL.loyalty
    before, after = np.full((1, 12), 0.80), np.full((1, 12), 0.84)
    customers = np.zeros(12)
    customers[0] = 1_000.0
    year = float(loyalty.margin_by_month(before, after, customers).sum())
    lump = 1_000 * 0.04 * loyalty.margin * 12
    assert 1.4 < lump / year < 2.1


def test_attrition_shrinkage_and_occupancy_levers():
    base = evaluate(FULL, Scenario())
    less = evaluate(FULL, Scenario("", (lever("shrinkage", "s", change=-0.05),)))
    assert less.after.people == pytest.approx(base.after.people * 0.70 / 0.75)
    assert less.net > 0
    fewer = evaluate(FULL, Scenario("", (lever("attrition", "s", change=-0.005),)))
    assert fewer.bridge["replacement"] > 0
    busier = evaluate(FULL, Scenario("", (lever("occupancy", "s", change=0.05),)))
    assert busier.after.people < base.after.people


def test_what_a_leaver_costs_is_replacing_and_learning():
    """By hand: six months to full work cost three months of pay; .5 points fewer leavers of the people needed."""
    force = replace(FULL.workforce, replacement_cost=8_000.0, ramp_months=6.0)
    assert force.ramp_cost == pytest.approx(52_000 / 12 * 3)
    ledger = replace(FULL, workforce=force)
    found = evaluate(ledger, Scenario("", (lever("attrition", "s", change=-0.005),)))
    left = float((0.005 * found.paths.people.before[0]).sum())
    assert found.bridge["replacement"] == pytest.approx(left * (8_000 + 13_000))


def test_bad_scenarios_say_everything_at_once():
    bad = Scenario(
        "Wrong", (removal(0.2, one_off=-5.0, decay=2.0), lever("redistribute", "m", to_channel="portl", likely=0.1))
    )
    with pytest.raises(ScenarioError) as caught:
        evaluate(FULL, bad)
    for part in ("cannot be negative", "decay", "portl", "portal"):
        assert part in str(caught.value)


def test_ramp_beyond_the_horizon_is_said_not_refused():
    notes = evaluate(FULL, Scenario("", (removal(0.2, start=10, ramp=9),))).notes
    assert any("after the horizon of 12 months" in note for note in notes)


def test_reasons_the_data_do_not_have_are_said():
    notes = evaluate(FULL, Scenario("", (removal(0.2, scope=Scope(reasons=("Biling",))),))).notes
    assert any("Did you mean “Billing”" in note for note in notes)
