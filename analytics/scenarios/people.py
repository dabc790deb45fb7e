"""People by draw and month: required before and after, released, cashable; and the levers that move them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.frame import Frame
from analytics.scenarios.month import Values
from analytics.scenarios.staffing_plan import people_model

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False, slots=True)
class People:
    """People by draw and month, (draws, months)."""

    before: Array
    after: Array
    released: Array
    """Capacity released, before − after; below 0 = more people are needed."""
    cashable: Array
    below_today: Array
    hires_avoided: Array


def lever_sum(frame: Frame, values: Values, kind: str) -> Array:
    """Return the summed change of one people setting, (draws, months)."""
    draws, months = next(iter(values.values())).size, frame.ledger.horizon
    total = np.zeros((draws, months), dtype=frame.contacts.dtype)
    for item in frame.scenario.active:
        if item.kind == kind:
            size = values[f"{item.key}.success"] * values[f"{item.key}.change"]
            total += size[:, None] * item.active(months).astype(total.dtype)
    return total


def people_factor(frame: Frame, values: Values) -> Array:
    """Return people needed relative to today's shrinkage."""
    plan = frame.ledger.staffing
    shrinkage = plan.shrinkage if plan is not None else 0.0
    change = lever_sum(frame, values, "shrinkage")
    return np.asarray((1 - shrinkage) / (1 - np.clip(shrinkage + change, 0, 0.95)))


def people_of(frame: Frame, values: Values, before: tuple[Array, Array], after: tuple[Array, Array]) -> People | None:
    """Return people from (contacts, minutes) before and after, (draws, months, channels); None without a plan."""
    model, force = people_model(frame.ledger), frame.ledger.workforce
    if model is None:
        return None
    base = model.required(*before)
    same = not frame.groups and before[0].shape == after[0].shape
    need = base if same else model.required(*after)
    need = need * people_factor(frame, values) * waiting_factor(frame, values, model.grids.keys())
    released = base - need
    if force is None:
        none = np.zeros_like(released)
        return People(np.broadcast_to(base, need.shape), need, released, none, none, none)
    cashable = force.cashable(base, need, lever_sum(frame, values, "attrition"))
    below, avoided = force.split(cashable, base)
    return People(np.broadcast_to(base, need.shape), need, released, cashable, below, avoided)


def waiting_factor(frame: Frame, values: Values, live: object) -> Array:
    """Return people relative to today's occupancy for the share of work that can wait."""
    change = lever_sum(frame, values, "occupancy")
    plan = frame.ledger.staffing
    if plan is None or not change.any():
        return np.ones((1, 1), dtype=change.dtype)
    waiting = [c for c, name in enumerate(frame.ledger.channels) if name not in live]  # type: ignore[operator]
    share = frame.total_minutes[:, waiting].sum(axis=1) / np.maximum(frame.total_minutes.sum(axis=1), 1e-12)
    ratio = plan.occupancy / np.clip(plan.occupancy + change, 0.05, 1.0)
    return np.asarray(1 + share.astype(change.dtype) * (ratio - 1))
