"""The baseline a scenario starts from: history rolled forward along forecasts, and the same under stress.

Owns how forecast paths by cause become a ledger of the months to come: the mix of reason and channel within a cause
and calendar month, and minutes per contact, stay as in the last twelve months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError, nearest
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]


def project(
    history: Ledger,
    paths: Mapping[str, ArrayLike],
    months: Sequence[str],
    *,
    spread: ArrayLike | None = None,
    customers_first_seen: ArrayLike | None = None,
) -> Ledger:
    """Return the ledger of the coming `months` from forecast contacts by cause (one path per cause of the ledger).

    `history` must end in the month before the first of `months`, without gaps; at least one month. `spread` is the
    forecasts' log standard deviation by month. Raises ScenarioError on a missing cause or a path of another length.
    """
    missing = [cause for cause in history.causes if cause not in paths]
    if missing:
        raise ScenarioError(f"There is no forecast for the cause {', '.join(missing)}.", do=nearest(missing[0], paths))
    size = len(months)
    lines = np.array([np.asarray(paths[cause], float) for cause in history.causes])
    if lines.shape != (len(history.causes), size) or not np.isfinite(lines).all() or (lines < 0).any():
        raise ScenarioError(f"Every forecast needs {size} months, none missing or negative.")
    contacts = _mix(history.contacts, size) * lines[None, :, None, :]
    minutes = contacts * _minutes_per_contact(history, size)
    first = np.zeros(size) if customers_first_seen is None else np.asarray(customers_first_seen, float)
    unsure = np.zeros(size) if spread is None else np.asarray(spread, float)
    return replace(
        history, months=tuple(months), contacts=_fixed(contacts), minutes=_fixed(minutes),
        customers_first_seen=_fixed(first), volume_spread=_fixed(unsure),
    )  # fmt: skip


def _last_year(values: Floats, size: int) -> Floats:
    """Return last year's values again for each month to come; with less than a year, the mean of what there is."""
    if values.shape[-1] < 12:
        return np.asarray(np.repeat(values.mean(axis=-1, keepdims=True), size, axis=-1), float)
    return np.asarray(np.take(values[..., -12:], np.arange(size) % 12, axis=-1), float)


def _mix(contacts: Floats, size: int) -> Floats:
    """Return the share of each reason and channel within a cause, by month to come."""
    seen = _last_year(contacts, size)
    year = contacts[..., -12:].sum(axis=-1, keepdims=True)
    total = seen.sum(axis=(0, 2), keepdims=True)
    usual = year / np.maximum(year.sum(axis=(0, 2), keepdims=True), 1e-12)
    return np.asarray(np.where(total > 0, seen / np.maximum(total, 1e-12), usual), float)


def _minutes_per_contact(history: Ledger, size: int) -> Floats:
    contacts, minutes = (x[..., -12:].sum(axis=-1, keepdims=True) for x in (history.contacts, history.minutes))
    return np.broadcast_to(minutes / np.maximum(contacts, 1e-12), (*minutes.shape[:-1], size))


def _fixed(values: Floats) -> Floats:
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array


def scaled(ledger: Ledger, volume: float = 1.0, wage: float = 1.0) -> Ledger:
    """Return the ledger with all contacts and minutes × `volume` and labour money × `wage`."""
    force = ledger.workforce
    return replace(
        ledger, contacts=_fixed(ledger.contacts * volume), minutes=_fixed(ledger.minutes * volume),
        minute_cost=_fixed(ledger.minute_cost * wage),
        workforce=None if force is None else replace(force, annual_cost=force.annual_cost * wage),
    )  # fmt: skip


STRESSES: Final[dict[str, str]] = {
    "volume_up": "20 % more demand",
    "volume_down": "20 % less demand",
    "wage": "wages up 8 %",
    "automation": "moved demand works half as well",
    "attrition": "10 points more attrition a year",
}
"""Code → words."""


def stressed(ledger: Ledger, scenario: Scenario, stress: str) -> tuple[Ledger, Scenario]:
    """Return ledger and scenario under one named stress; ScenarioError for an unknown name."""
    if stress not in STRESSES:
        raise ScenarioError(f"There is no stress “{stress}”.", do=nearest(stress, STRESSES))
    if stress == "automation":
        return ledger, _half_as_well(scenario)
    if stress == "attrition":
        return _leaving(ledger, 0.10 / 12), scenario
    volume = {"volume_up": 1.2, "volume_down": 0.8}.get(stress, 1.0)
    return scaled(ledger, volume, 1.08 if stress == "wage" else 1.0), scenario


def _half_as_well(scenario: Scenario) -> Scenario:
    for item in scenario.levers:
        if item.kind == "redistribute":
            r = item.success
            half = Range(r.low / 2, r.likely / 2, r.high / 2, r.shape, r.reading)
            scenario = scenario.with_lever(replace(item, success=half))
    return scenario


def _leaving(ledger: Ledger, more: float) -> Ledger:
    force = ledger.workforce
    if force is None:
        return ledger
    rates = tuple(min(rate + more, 1.0) for rate in force.monthly_attrition)
    return replace(ledger, workforce=replace(force, monthly_attrition=rates))
