"""Draws agree with the central result, repeat byte for byte, and differ only where scenarios differ."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.frame import compile_frame
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.overlap import (
    launch_values,
    lever_credits,
    overlap_range,
    removal_worths,
    share_by_grade,
    share_credit,
)
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, Settings
from analytics.scenarios.sensitivity import measure_first, partial_information, perfect_information, tornado
from analytics.scenarios.uncertainty import band, compare, month_bands, simulate, two_digits
from tests.scenarios.build import company, flat, scenarios

FULL = company()
BILLING = lever("remove", "bill", "Fix billing", scope=Scope(("Billing",)), share=Range(0.2, 0.4, 0.6), grade="B",
                one_off=Range(1e5, 2e5, 3e5), start=2, ramp=3)  # fmt: skip
MOVE = lever(
    "redistribute", "move", "Portal", scope=Scope(("Delivery",)), share=Range(0.1, 0.3, 0.5), to_channel="portal"
)
PLAN = Scenario("Plan", (BILLING, MOVE), Settings(target=0.0))


@settings(max_examples=20, deadline=None)
@given(scenarios())
def test_draws_at_fixed_values_are_the_central_result(scenario):
    fixed = {key: r.likely for key, r in simulate(FULL, scenario, 2).ranges.items()}
    draws = simulate(FULL, scenario, 2)
    from analytics.scenarios.frame import compile_frame
    from analytics.scenarios.paths import run_paths

    frame = compile_frame(FULL, scenario, detail=False, dtype=np.float32)
    paths = run_paths(frame, {k: np.full(3, v) for k, v in fixed.items()})
    central = evaluate(FULL, scenario)
    np.testing.assert_allclose(paths.contacts_after[1], central.paths.contacts_after[0], rtol=2e-5, atol=0.05)
    # the hardening of what is left is fitted in draws: at most 4 % of the minutes of one reason
    np.testing.assert_allclose(paths.minutes_after[1], central.paths.minutes_after[0], rtol=0.02)
    assert draws.npv.shape == (2,)


@pytest.mark.parametrize("channels", [1, 4, 7])
@pytest.mark.parametrize("draws", [200, 4_096])
def test_without_levers_no_draw_gains_or_loses(channels, draws):
    """From four channels on, the same sums come out differently by rounding, which no chance may be read from."""
    names = [f"channel {number}" for number in range(channels)]
    prices = {"minute_cost": {name: 0.3 + 0.07 * n for n, name in enumerate(names)},
              "contact_fee": {name: 0.1 + 0.03 * n for n, name in enumerate(names)}}  # fmt: skip
    cells = {("Billing", "defect", name): (631.7 + 97.3 * n, 3.1 + 1.7 * n) for n, name in enumerate(names)}
    found = simulate(flat(cells, volume_spread=np.linspace(0.05, 0.3, 12), **prices), Scenario(), draws)
    assert not found.net.any()
    assert not found.npv.any()


def test_same_seed_same_bytes():
    one, two = simulate(FULL, PLAN), simulate(FULL, PLAN)
    assert one.npv.tobytes() == two.npv.tobytes()
    assert one.paths.contacts_after.tobytes() == two.paths.contacts_after.tobytes()
    assert simulate(FULL, PLAN, seed=9).npv.tobytes() != one.npv.tobytes()


@settings(max_examples=15, deadline=None)
@given(scenarios(most=3))
def test_a_scenario_equals_itself_in_every_draw(scenario):
    renamed = replace(scenario, name="copy")
    assert compare(FULL, scenario, renamed, draws=256).identical


def test_no_levers_change_nothing_in_any_draw():
    draws = simulate(FULL, Scenario(), 512)
    assert np.array_equal(draws.paths.contacts_before, draws.paths.contacts_after)
    assert not draws.net.any()


def test_constants_are_constant():
    ledger = company(volume_spread=None, loyalty=None)
    draws = simulate(ledger, Scenario("", (lever("remove", "a", likely=0.3),)), 256)
    assert np.ptp(draws.npv) == 0


@settings(max_examples=15, deadline=None)
@given(scenarios())
def test_no_draw_is_impossible(scenario):
    paths = simulate(FULL, scenario, 256).paths
    assert (paths.contacts_after >= -0.05).all()
    assert ((paths.retention_after > 0) & (paths.retention_after < 1)).all()
    assert (paths.people.cashable <= np.maximum(paths.people.released, 0) + 1e-3).all()


def test_common_draws_make_differences_sharp():
    more = PLAN.with_lever(replace(BILLING, one_off=Range(1.5e5, 2.5e5, 3.5e5)))
    common = compare(FULL, more, PLAN).difference
    apart = simulate(FULL, more).net - simulate(FULL, PLAN, seed=77).net
    assert common.p90 - common.p10 < 0.6 * float(np.ptp(np.quantile(apart, [0.1, 0.9])))


def test_bands_chance_and_rounding():
    draws = simulate(FULL, PLAN)
    found = band(draws.net)
    assert found.p10 < found.p50 < found.p90
    assert 0 < found.error < (found.p90 - found.p10) / 20
    assert draws.chance().share == pytest.approx(float((draws.net >= 0).mean()))
    assert simulate(FULL, PLAN.with_settings(target=None), 64).chance() is None
    assert month_bands(draws.paths.contacts_after).shape == (3, 12)
    assert found.rounded[1] == two_digits(found.p50)
    assert two_digits(1234.5) == 1200
    assert 0 <= draws.chance_of_payback(12).share <= 1


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=300))
def test_a_band_has_the_linear_quantiles(values):
    found = band(values)
    expected = np.quantile(values, (0.1, 0.5, 0.9))
    assert (found.p10, found.p50, found.p90) == pytest.approx(tuple(expected), rel=1e-12, abs=1e-6)


def test_a_band_of_something_unknown_is_unknown():
    assert np.isnan(band([1.0, np.nan, 2.0]).p10)


def test_a_moved_slider_shares_its_cells_and_another_scope_does_not():
    ledger = company()
    first, moved, other = (
        compile_frame(ledger, Scenario("", (lever("remove", "a", "A", likely=share, scope=scope),)), detail=False)
        for share, scope in ((0.2, Scope()), (0.3, Scope()), (0.2, Scope((ledger.reasons[0],))))
    )
    assert first.contacts is moved.contacts
    assert first.cells.size != other.cells.size
    assert moved.levers[0].range("share").likely == 0.3
    with pytest.raises(ValueError, match="read-only"):
        first.contacts += 1


def test_tornado_has_the_widest_first_and_agrees_with_ranks():
    bars = tornado(simulate(FULL, PLAN))
    assert [b.size for b in bars] == sorted((b.size for b in bars), reverse=True)
    cost = next(b for b in bars if b.key == "bill.one_off")
    assert cost.at_p10 - cost.at_p90 == pytest.approx(2e5, rel=1e-4)
    assert cost.rank_correlation < 0
    assert "Fix billing" in cost.words


def test_value_of_information_finds_the_input_that_decides():
    rng = np.random.default_rng(4)
    x, noise = rng.normal(size=8000), rng.normal(size=8000)
    options = np.stack([x * 100, np.zeros(8000)], axis=1)
    value, flips = partial_information(x, options)
    # E[max(100 Z, 0)] = 100 ÷ √(2π)
    assert value == pytest.approx(100 / np.sqrt(2 * np.pi), rel=0.05)
    assert flips == pytest.approx(0.5, abs=0.05)
    assert partial_information(noise, options)[0] < 3
    assert value <= perfect_information(options) + 1e-6


def test_measure_first_is_zero_when_the_decision_is_clear():
    worths = measure_first(simulate(FULL, Scenario("", (replace(BILLING, one_off=Range(1, 2, 3)),))))
    assert all(w.value == pytest.approx(0, abs=2_000) for w in worths)


def test_shapley_of_overlapping_removal():
    volume, shares = np.array([1000.0]), np.array([[0.3], [0.2], [0.1]])
    found = share_credit(["a", "b", "c"], removal_worths(volume, shares))
    assert found.total == pytest.approx(496, abs=1e-9)
    assert [c.shapley for c in found.players] == pytest.approx([257, 162, 77], abs=0.5)
    assert sum(c.shapley for c in found.players) == pytest.approx(found.total, abs=1e-9)
    assert found.players[2].last_in == pytest.approx(56)
    assert [c.stand_alone for c in found.players] == pytest.approx([300, 200, 100])
    sequential = np.diff([0, *(removal_worths(volume, shares)(np.tri(3, dtype=bool)))])
    assert sequential == pytest.approx([300, 140, 56])
    assert overlap_range(volume, shares) == pytest.approx({"independent": 496, "nested": 300, "disjoint": 600})


def test_shapley_of_the_airport_game():
    costs = np.array([8, 11, 13, 18.0])
    found = share_credit(list("abcd"), lambda members: (members * costs).max(axis=1))
    assert [c.shapley for c in found.players] == pytest.approx([2, 3, 4, 9], abs=1e-9)


def test_sampled_shapley_covers_the_exact_one():
    rng = np.random.default_rng(2)
    volume, shares = rng.uniform(100, 900, 5), rng.uniform(0, 0.5, (16, 5))
    found = share_credit([str(i) for i in range(16)], removal_worths(volume, shares))
    assert not found.exact
    assert sum(c.shapley for c in found.players) == pytest.approx(found.total)
    exact = share_credit([str(i) for i in range(15)], removal_worths(volume, shares[:15]))
    assert exact.exact


def test_lever_credit_adds_up_and_splits_by_grade():
    found = lever_credits(FULL, PLAN)
    assert sum(c.shapley for c in found.players) == pytest.approx(found.total, abs=1e-6)
    assert found.total == pytest.approx(evaluate(FULL, PLAN).net, rel=0.02)
    grades = share_by_grade(found, PLAN)
    assert sum(grades.values()) == pytest.approx(1)
    assert grades["A"] == 0
    volume = lever_credits(FULL, PLAN, "contacts")
    assert volume.total > 0


def test_hardening_in_draws_is_close_to_exact():
    ledger = flat({("x", "none", "phone"): (1_000.0, 6.0)}, 1, handle_spread={"x": 0.8})
    for share in (0.1, 0.4, 0.7):
        scenario = Scenario("", (lever("remove", "a", likely=share),), Settings(hardening=1.0))
        exact = evaluate(ledger, scenario).after.minutes
        assert simulate(ledger, scenario, 2).paths.minutes_after[0, 0] == pytest.approx(exact, abs=0.002 * 6_000)


def test_people_grid_is_close_to_the_exact_seats():
    from analytics.scenarios.staffing_plan import people_model

    model = people_model(FULL)
    grid, plan = model.grids["phone"], FULL.staffing
    for volume, handle in ((500.0, 400.0), (1_500.0, 500.0), (2_300.0, 300.0)):
        exact = plan.seats_by_interval("phone", volume, handle, whole=False).sum() * 0.5 / (37.5 * 0.7)
        read = grid.read(np.array([volume]), np.array([handle]))[0]
        assert read == pytest.approx(exact, rel=0.005)


def test_launch_order_gives_the_first_its_whole_value():
    late = Scenario("", (replace(BILLING, key="late", start=6), replace(BILLING, start=1)))
    values = launch_values(FULL, late)
    assert tuple(values) == ("bill", "late")
    assert sum(values.values()) == pytest.approx(lever_credits(FULL, late).total)
    assert values["bill"] == pytest.approx(lever_credits(FULL, late.only(["bill"])).total)


def test_what_never_costs_anything_is_paid_back_from_the_start():
    free = Scenario("", (lever("remove", "free", share=Range(0.1, 0.2, 0.3)),), Settings(money="capacity"))
    draws = simulate(flat({("x", "none", "phone"): (1_000.0, 5.0)}), free, 64)
    assert (draws.net > 0).all()
    assert draws.chance_of_payback(1).share == 1.0
