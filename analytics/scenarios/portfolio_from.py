"""Levers of a scenario as initiatives of a portfolio, so that the What-if and the Portfolio speak of the same demand.

An approximation, to be said beside the result: ramps enter as the mean share over the horizon, and the value of
demand is its cost by the capacity view. `evaluate` gives the full chain for the set that is chosen.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.frame import compile_frame, effort_sums, lever_weights
from analytics.scenarios.initiatives import Initiative, Portfolio
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever
from analytics.scenarios.overlap import lever_credits
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]


def portfolio_of(
    ledger: Ledger, scenario: Scenario, *, periods: int = 1, team: Mapping[str, float] | None = None,
    excludes: Mapping[str, tuple[str, ...]] | None = None, needs: Mapping[str, tuple[str, ...]] | None = None,
) -> Portfolio:  # fmt: skip
    """Return the active levers as initiatives; `team`, `excludes` and `needs` are by lever key.

    Removal draws on shared demand (groups of cells that the levers treat alike); every other kind brings its
    stand-alone net value. One-off cost comes out of the budget, running cost out of the value.
    """
    removal = [item for item in scenario.active if item.kind in ("remove", "repeat")]
    frame = compile_frame(ledger, scenario.only([item.key for item in removal]), detail=False)
    cost = ledger.cost.reshape(-1, ledger.horizon)
    group_cost = np.zeros((frame.groups, ledger.horizon))
    np.add.at(group_cost, frame.group, cost[frame.cells])
    alone = _alone(ledger, scenario)
    items = [
        Initiative(
            item.key, item.name, item.one_off.likely, _shares(item, frame.weights, group_cost, frame.levers),
            _worth(item, ledger.horizon, alone), (team or {}).get(item.key, 0.0),
            (excludes or {}).get(item.key, ()), (needs or {}).get(item.key, ()),
        )
        for item in scenario.active
    ]  # fmt: skip
    return Portfolio(tuple(items), np.repeat(group_cost.sum(axis=1)[None] / periods, periods, axis=0))


def _alone(ledger: Ledger, scenario: Scenario) -> dict[str, float]:
    others = [item for item in scenario.active if item.kind not in ("remove", "repeat")]
    return {item.key: lever_credits(ledger, scenario.only([item.key])).total + item.one_off.likely for item in others}


def _shares(item: Lever, weights: Floats, cost: Floats, order: tuple[Lever, ...]) -> tuple[float, ...]:
    if item not in order:
        return tuple(0.0 for _ in cost)
    active: Floats = item.active(cost.shape[1]) * item.success.likely * item.range("share").likely
    mean: Floats = cost @ np.clip(active, 0, 1) / np.maximum(cost.sum(axis=1), 1e-12)
    return tuple(float(x) for x in (weights[order.index(item)] * mean).ravel())


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
