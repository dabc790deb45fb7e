"""The same levers in a harder world: what is counted by hand, and which stress breaks what."""

import pytest

from analytics.scenarios.baseline import STRESSES
from analytics.scenarios.levers import lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, Settings
from analytics.scenarios.stress import broken, under_stress, verdict
from tests.scenarios.build import company, flat

FULL = company()


def results(scenario: Scenario, ledger=FULL):
    return {one.code: one for one in under_stress(ledger, scenario, 256)}


def test_a_fifth_more_demand_is_a_fifth_more_cost_saved_where_nothing_is_uncertain():
    ledger = flat({("x", "none", "phone"): (1_000.0, 6.0)})
    found = results(Scenario("", (lever("remove", "r", likely=0.1),), Settings(money="capacity")), ledger)
    # a year of 1,000 contacts a month at 6 × 0.7 + 0.5 costs 56,400; a tenth of it is saved
    assert found["planned"].cost_without == pytest.approx(56_400)
    assert found["planned"].net.p50 == pytest.approx(5_640)
    assert found["volume_up"].net.p50 == pytest.approx(1.2 * 5_640)
    assert found["volume_down"].net.p50 == pytest.approx(0.8 * 5_640)
    assert found["wage"].net.p50 == pytest.approx(12 * 100 * (6 * 0.7 * 1.08 + 0.5), rel=1e-6)
    assert found["automation"].why_unchanged
    assert "cannot tell" in found["attrition"].why_unchanged


def test_a_target_that_only_holds_as_planned_is_broken_by_less_demand_and_by_half_an_automation():
    ledger = flat({("x", "none", "phone"): (1_000.0, 6.0)}, session_fee={"portal": 0.1})
    levers = (lever("redistribute", "m", to_channel="portal", likely=0.4, containment=0.8, induced=0.0, leak_uplift=0.0,
                    one_off=5_000.0),)  # fmt: skip
    plan = Scenario("", levers, Settings(money="capacity", target=11_000.0))
    found = results(plan, ledger)
    assert found["planned"].reached == 1.0
    assert {one.code for one in broken(found.values())} == {"volume_down", "automation"}
    assert verdict(found["planned"], found["automation"], target=True) == "breaks: target missed"
    assert verdict(found["planned"], found["volume_up"], target=True) == "holds"


def test_what_is_not_paid_back_any_more_is_said():
    ledger = flat({("x", "none", "phone"): (1_000.0, 6.0)})
    plan = Scenario("", (lever("remove", "r", likely=0.1, one_off=5_000.0),), Settings(money="capacity"))
    found = results(plan, ledger)
    assert found["planned"].paid_back == 11
    assert found["volume_down"].paid_back is None
    assert verdict(found["planned"], found["volume_down"], target=False) == "breaks: gain missed and not paid back"


def test_the_full_company_is_stressed_in_every_way_and_shares_its_draws():
    plan = Scenario("", (lever("remove", "r", share=Range(0.1, 0.2, 0.3)),))
    first, again = results(plan), results(plan)
    assert tuple(first) == ("planned", *STRESSES)
    assert first == again
    assert first["volume_up"].needed.p50 > first["planned"].needed.p50 > first["volume_down"].needed.p50
    assert first["volume_up"].contacts.p50 == pytest.approx(first["planned"].contacts.p50, abs=1e-6)
    assert first["attrition"].cashable.p50 >= first["planned"].cashable.p50
