"""Levers of a scenario as initiatives of a portfolio, so that the What-if and the Portfolio speak of the same demand.

An approximation, to be said beside the result: ramps enter as the mean share over the horizon, and the value of
demand is its cost by the capacity view. `evaluate` gives the full chain for the set that is chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.frame import Frame, compile_frame, effort_sums, lever_weights
from analytics.scenarios.initiatives import Initiative, Portfolio
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever
from analytics.scenarios.overlap import lever_credits
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]
REMOVING: Final = ("remove", "repeat")
"""Kinds of lever that draw on shared demand."""
_HIGH_EFFORT: Final = 2
"""Place of high-effort contacts among the sums of effort."""


def portfolio_of(
    ledger: Ledger, scenario: Scenario, *, periods: int = 1, team: Mapping[str, float] | None = None,
    excludes: Mapping[str, tuple[str, ...]] | None = None, needs: Mapping[str, tuple[str, ...]] | None = None,
) -> Portfolio:  # fmt: skip
    """Return the active levers as initiatives; `team`, `excludes` and `needs` are by lever key.

    Removal draws on shared demand (groups of cells that the levers treat alike); every other kind brings its
    stand-alone net value. One-off cost comes out of the budget, running cost out of the value.
    """
    shared = _shared(ledger, scenario, ledger.cost)
    others = {
        item.key: lever_credits(ledger, scenario.only([item.key])).total + item.one_off.likely
        for item in _not_removing(scenario)
    }
    items = [
        Initiative(
            item.key, item.name, item.one_off.likely, shared.shares(item), _worth(item, ledger.horizon, others),
            (team or {}).get(item.key, 0.0), (excludes or {}).get(item.key, ()), (needs or {}).get(item.key, ()),
        )
        for item in scenario.active
    ]  # fmt: skip
    return Portfolio(tuple(items), np.repeat(shared.amounts.sum(axis=1)[None] / periods, periods, axis=0))


def spared_of(ledger: Ledger, scenario: Scenario, plan: Portfolio) -> Portfolio:
    """Return the same initiatives with what customers are spared as their value, one period, running cost left out.

    Spared = high-effort contacts over the horizon where effort is known of any contact, else contacts. `plan` is
    `portfolio_of` of the same scenario: costs, people and rules come from it.
    """
    shared = _shared(
        ledger, scenario, effort_sums(ledger)[..., _HIGH_EFFORT] if knows_effort(ledger) else ledger.contacts
    )
    others = {item.key: _spared_alone(ledger, scenario.only([item.key])) for item in _not_removing(scenario)}
    items = [
        replace(plan.by_key(item.key), shares=shared.shares(item), worth=others.get(item.key, 0.0))
        for item in scenario.active
    ]
    return Portfolio(tuple(items), shared.amounts.sum(axis=1)[None])


def knows_effort(ledger: Ledger) -> bool:
    """Return whether customers' effort is known of any contact."""
    return bool(effort_sums(ledger)[..., 0].any())


def _spared_alone(ledger: Ledger, scenario: Scenario) -> float:
    paths = evaluate(ledger, scenario).paths
    if not knows_effort(ledger):
        return float(paths.contacts_before[0].sum() - paths.contacts_after[0].sum())
    return float((paths.effort_before - paths.effort_after)[0, :, _HIGH_EFFORT].sum())


def _not_removing(scenario: Scenario) -> list[Lever]:
    return [item for item in scenario.active if item.kind not in REMOVING]


@dataclass(frozen=True, eq=False, slots=True)
class _Shared:
    """What removal draws on: `amounts` (groups of cells that the levers treat alike, months)."""

    frame: Frame
    amounts: Floats

    def shares(self, item: Lever) -> tuple[float, ...]:
        """Return the share of each group's amount that a lever removes; nothing for kinds that do not remove."""
        if item not in self.frame.levers:
            return tuple(0.0 for _ in self.amounts)
        active: Floats = item.active(self.amounts.shape[1]) * item.success.likely * item.range("share").likely
        mean: Floats = self.amounts @ np.clip(active, 0, 1) / np.maximum(self.amounts.sum(axis=1), 1e-12)
        return tuple(float(x) for x in (self.frame.weights[self.frame.levers.index(item)] * mean).ravel())


def _shared(ledger: Ledger, scenario: Scenario, amounts: Floats) -> _Shared:
    removal = [item.key for item in scenario.active if item.kind in REMOVING]
    frame = compile_frame(ledger, scenario.only(removal), detail=False)
    grouped = np.zeros((frame.groups, ledger.horizon))
    np.add.at(grouped, frame.group, amounts.reshape(-1, ledger.horizon)[frame.cells])
    return _Shared(frame, grouped)


def _worth(item: Lever, horizon: int, alone: Mapping[str, float]) -> float:
    if item.key in alone:
        return alone[item.key]
    return -item.running.likely * float(item.running_months(horizon).sum())


def prefill(ledger: Ledger, top: int = 5) -> tuple[tuple[str, str, float], ...]:
    """Return the costliest (reason, cause, share of all cost) cells, costliest first: what levers start from."""
    cost = ledger.cost.sum(axis=(2, 3))
    order = np.argsort(-cost, axis=None)[:top]
    total = max(float(cost.sum()), 1e-12)
    places = [np.unravel_index(int(i), cost.shape) for i in order]
    return tuple((ledger.reasons[k], ledger.causes[u], float(cost[k, u]) / total) for k, u in places if cost[k, u] > 0)


def reach(ledger: Ledger, item: Lever) -> dict[str, float]:
    """Return what a lever can touch at all over the horizon: contacts, minutes, cost and contacts with known effort."""
    weight = lever_weights(ledger, item)[..., None]
    known = effort_sums(ledger)[..., 0]
    parts = {"contacts": ledger.contacts, "minutes": ledger.minutes, "cost": ledger.cost, "known_effort": known}
    return {name: float((values * weight).sum()) for name, values in parts.items()}
