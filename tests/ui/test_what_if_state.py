"""Undo and redo of the what-if, its panel of levers, and what an address can and cannot carry."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import ScenarioError, StoreError
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.workforce import Workforce
from analytics.store import Author, Record
from analytics.ui import scenarios
from analytics.ui.scenario_compare import BASIS_WORDS, basis_difference
from analytics.ui.what_if_basis import Basis
from analytics.ui.what_if_details import applied
from analytics.ui.what_if_panel import judged_range, main_likely, set_to
from analytics.ui.what_if_settings import leaver_words
from analytics.ui.what_if_state import State, Work, changed, redone, undone

ITEM = lever("remove", "r", "Billing", scope=Scope(("Billing",)), share=Range(0.1, 0.3, 0.4))


def begun() -> Work:
    return Work("w", (State(Scenario("Baseline"), Basis()),))


def at(share: float) -> Scenario:
    return Scenario("Fix", (set_to(ITEM, share),))


def test_a_change_can_be_undone_and_redone() -> None:
    work = changed(begun(), at(0.2))
    assert undone(work).scenario == Scenario("Baseline")
    assert redone(undone(work)).scenario == at(0.2)


def test_a_change_after_undo_takes_the_other_way() -> None:
    work = changed(undone(changed(begun(), at(0.2))), at(0.5))
    assert not work.can_redo
    assert undone(work).scenario == Scenario("Baseline")


def test_one_slider_is_one_step_two_sliders_are_two() -> None:
    work = changed(changed(begun(), at(0.2), "slider a"), at(0.3), "slider a")
    assert undone(work).scenario == Scenario("Baseline")
    assert undone(changed(work, at(0.4), "slider b")).scenario == at(0.3)


def test_the_same_again_is_no_step() -> None:
    work = changed(begun(), at(0.2))
    assert changed(work, at(0.2)) is work


@given(st.lists(st.floats(0.01, 0.9), max_size=8))
def test_undo_as_often_as_changed_is_the_beginning(shares: list[float]) -> None:
    work = begun()
    for share in shares:
        work = changed(work, at(share))
    for _ in shares:
        work = undone(work)
    assert work.scenario == Scenario("Baseline")


@given(st.floats(0.01, 0.95))
def test_a_lever_moved_off_and_on_keeps_the_shape_of_its_range(share: float) -> None:
    moved = set_to(ITEM, share)
    assert main_likely(moved) == pytest.approx(share)
    assert moved.range("share").low <= share <= moved.range("share").high
    off = set_to(moved, 0)
    assert main_likely(off) == 0
    assert off.range("share") == moved.range("share")


def test_a_form_with_low_above_likely_is_refused_in_words() -> None:
    given_ = {"share": (0.5, 0.2, 0.6), "grade": "C", "start": 1, "ramp": 0, "decay": 0.0, "one_off": 0.0,
              "running": 0.0}  # fmt: skip
    with pytest.raises(ScenarioError, match=r"low value 0\.5 is above the likely value 0\.2"):
        applied(ITEM, given_)
    with pytest.raises(ScenarioError, match="must be 0 to"):
        applied(ITEM, {**given_, "share": (0.2, 0.5, 1.4)})


def record(**body: object) -> Record:
    return Record("w", "scenario", "fix-1", 1, body, Author("Ana"), "2026-11-01T10:00:00+00:00")


@pytest.mark.parametrize("work", [
    Work("w", (State(at(0.35), Basis(24, attrition=0.3)),)),
    Work("w", (State(at(0.35), Basis(ramp=4.5, replacement=3_000.0)),)),
    Work("w", (State(at(0.35), Basis(24)),), 0, record(), State(at(0.2), Basis(24))),
    Work("w", (State(at(0.2), Basis(36)),), 0, record(), State(at(0.2), Basis(12))),
])  # fmt: skip
def test_an_address_restores_exactly_the_same(work: Work) -> None:
    held = work.record
    if held is not None and work.saved is not None:
        body = {"scenario": scenarios.to_plain(work.saved.scenario), "basis": scenarios.basis_plain(work.saved.basis)}
        held = replace(held, body=body)
    found = scenarios.from_address(scenarios.address(work), held)
    assert found.said == ()
    assert (found.state.scenario, found.state.basis) == (work.scenario, work.basis)


@pytest.mark.parametrize(("plain", "words"), [
    ({"months": 13}, "cannot have months"), ({"mnths": 12}, "not known"), ({"attrition": 7}, "cannot have attrition"),
    ({"ramp": 99}, "cannot have ramp"), ({"ramp": -1}, "cannot have ramp"),
    ({"retention": [2, 0, 0]}, "cannot have retention"), ("x", "could not be read"), ({"months": True}, "cannot have"),
])  # fmt: skip
def test_an_impossible_basis_is_said_and_left_out(plain: object, words: str) -> None:
    basis, said = scenarios.read_basis(plain)
    assert basis == Basis()
    assert words in said[0]


def test_every_part_of_the_basis_is_named_where_two_scenarios_differ() -> None:
    assert set(BASIS_WORDS) == {field.name for field in fields(Basis)}
    assert basis_difference(Basis(ramp=4), Basis(24)) == "months to come, months until full work"


def test_the_range_of_attrition_is_the_widest_while_it_is_judged() -> None:
    item = lever("attrition", "attrition", grade="D")
    assert judged_range(item, -0.01) == Range(-0.015, -0.01, 0.0)
    measured = judged_range(replace(item, grade="A"), -0.01)
    assert (measured.low, measured.likely, measured.high) == pytest.approx((-0.011, -0.01, -0.009))


def test_what_a_leaver_costs_is_said_in_its_parts() -> None:
    force = Workforce(("all",), (20.0,), (1.0,), (0.02,), 48_000.0, 3_000.0, ramp_months=6.0)
    assert leaver_words(force, "EUR") == (
        "Applied now: each leaver costs 3,000 to replace and 12,000 EUR while the new one learns "
        "(half the work on average)."
    )
    assert "not entered" in leaver_words(replace(force, replacement_cost=0.0, ramp_months=0.0), "EUR")


def test_a_record_that_is_no_scenario_opens_as_the_baseline_and_says_so() -> None:
    found = scenarios.opened(record(scenario=[1, 2]))
    assert not found.state.scenario.levers
    assert "not a scenario" in found.said[0]


def test_an_older_version_is_taken_over_and_said() -> None:
    plain = scenarios.to_plain(at(0.2)) | {"version": 1}
    found = scenarios.opened(record(scenario=plain))
    assert "older version (1)" in found.said[-1]


def test_a_scenario_without_a_name_is_refused() -> None:
    with pytest.raises(StoreError, match="needs a name"):
        scenarios.named(begun().state, "  ")
