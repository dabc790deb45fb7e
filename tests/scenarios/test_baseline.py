"""The baseline rolled forward and under stress."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.errors import ScenarioError
from analytics.scenarios.baseline import STRESSES, project, scaled, stressed
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.loyalty import Loyalty
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.staffing_plan import StaffingPlan
from analytics.scenarios.uncertainty import simulate
from tests.scenarios.build import OFFICE, company, flat

FULL = company()


def test_forecast_paths_become_a_ledger():
    paths = {cause: np.arange(1.0, 25.0) * 100 * (i + 1) for i, cause in enumerate(FULL.causes)}
    months = [f"m{t:02d}" for t in range(24)]
    ahead = project(FULL, paths, months, spread=np.full(24, 0.1))
    np.testing.assert_allclose(ahead.contacts.sum(axis=(0, 2)), np.array(list(paths.values())))
    old, new = (x.minutes.sum(axis=3) / x.contacts.sum(axis=3) for x in (FULL, ahead))
    np.testing.assert_allclose(old, new)
    assert evaluate(ahead, Scenario()).before.contacts == pytest.approx(sum(p.sum() for p in paths.values()))


def test_missing_or_short_forecasts_are_said():
    with pytest.raises(ScenarioError, match="no forecast for the cause defect"):
        project(FULL, {"none": [1], "repeat": [1]}, ["m"])
    with pytest.raises(ScenarioError, match="2 months"):
        project(FULL, {cause: [1.0] for cause in FULL.causes}, ["a", "b"])


def test_every_stress_runs_and_points_the_right_way():
    plan = Scenario("", (lever("redistribute", "m", to_channel="portal", likely=0.3), lever("remove", "r", likely=0.1)))
    base = evaluate(FULL, plan)
    found = {name: evaluate(*stressed(FULL, plan, name)) for name in STRESSES}
    assert found["volume_up"].before.contacts == pytest.approx(1.2 * base.before.contacts)
    assert found["automation"].net < base.net
    assert found["attrition"].cashable.sum() >= base.cashable.sum()
    assert found["wage"].before.cost > base.before.cost
    with pytest.raises(ScenarioError, match="volume_up"):
        stressed(FULL, plan, "volume_upp")


def test_scaling_leaves_the_original_alone():
    before = FULL.contacts.copy()
    assert scaled(FULL, 1.2).fingerprint != FULL.fingerprint
    assert np.array_equal(FULL.contacts, before)
    with pytest.raises(ValueError, match="read-only"):
        FULL.contacts[0] = 1


@pytest.mark.parametrize(
    ("change", "part"),
    [({"minutes": [-1.0]}, "negative"), ({"minutes": [1.0, 2.0]}, "length"), ({"reason": ["a", "b"]}, "lengths"),
     ({"minute_cost": {}}, "cost per minute"), ({"minute_cost": {"phone": -1.0}}, "negative"),
     ({"months": ["other"]}, "outside the months")],
)  # fmt: skip
def test_ledgers_that_cannot_be_are_said(change, part):
    columns = {"reason": ["a"], "cause": ["none"], "channel": ["phone"], "month": ["m"], "contacts": [1.0],
               "minutes": [5.0], "minute_cost": {"phone": 0.7}} | change  # fmt: skip
    names = ("reason", "cause", "channel", "month", "contacts", "minutes")
    with pytest.raises(ScenarioError, match=part):
        Ledger.from_cells(*[columns.pop(n) for n in names], **columns)


def test_rows_of_one_cell_add_up():
    ledger = Ledger.from_cells(
        ["a", "a"], ["none"] * 2, ["phone"] * 2, ["m"] * 2, [1, 2], [5, 6], minute_cost={"phone": 1.0}
    )
    assert ledger.contacts.ravel().tolist() == [3]
    assert ledger.cost.ravel().tolist() == [11]


def test_an_empty_scope_name_reaches_nothing_else():
    only = evaluate(FULL, Scenario("", (lever("remove", "r", likely=0.5, scope=Scope(channels=("email",))),)))
    phone = FULL.channels.index("phone")
    assert only.after.contacts == pytest.approx(
        FULL.contacts[:, :, phone].sum() + 0.5 * FULL.contacts[:, :, 1 - phone].sum()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"customers_first_seen": np.ones(3)},
        {"volume_spread": np.full(12, -0.1)},
        {"contacts": np.zeros((1, 1, 1, 1))},
        {"months": ()},
        {"workforce": replace(FULL.workforce, planned_hires=np.ones((2, 3)))},
    ],
)
def test_parts_that_do_not_fit_the_ledger_are_said(change):
    with pytest.raises(ScenarioError):
        replace(FULL, **change)


def test_no_rows_are_no_baseline():
    with pytest.raises(ScenarioError, match="no demand"):
        Ledger.from_cells([], [], [], [], [], [], minute_cost={})


def test_no_probability_passes_one():
    loyalty = Loyalty(0.95, 10.0, Range.constant(0.0), Range.constant(0.9), causal_share=Range.constant(1.0))
    sure = company(loyalty=loyalty, volume_spread=None)
    stay = evaluate(sure, Scenario("", (lever("value", "v", coverage=1.0),))).paths.retention_after
    assert (stay < 1).all()
    assert (stay > 0.95).all()


def test_months_without_demand_are_possible():
    ledger = flat({("x", "none", "phone"): (0.0, 0.0)}, 2, staffing=StaffingPlan(profile=OFFICE))
    result = evaluate(ledger, Scenario("", (lever("remove", "r", likely=0.5),)))
    assert result.after.contacts == 0
    assert result.after.handle_minutes == 0
    assert simulate(ledger, result.scenario, 64).net.tolist() == [0.0] * 64
