"""One run of the whole chain for any number of draws: demand → people → cash → effort → retention (METHODS h).

Owns the order of the chain and the money that comes out. `evaluate` runs it once in float64, `uncertainty` for
thousands of draws in float32; both see the same formulas.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.channels import risk_months
from analytics.scenarios.demand import Demand, run_demand
from analytics.scenarios.frame import Frame, scope_mask
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever
from analytics.scenarios.money import cumulative, monthly_rate, present_value
from analytics.scenarios.month import Values
from analytics.scenarios.people import People, lever_sum, people_factor, people_of
from analytics.scenarios.sampling import FORECAST
from analytics.scenarios.scenario import Scenario

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False, slots=True)
class Paths:
    """Everything by draw and month, (draws, months) unless said otherwise. Money in the ledger's currency."""

    contacts_before: Array
    contacts_after: Array
    minutes_before: Array
    minutes_after: Array
    cost_before: Array
    """Σ minutes × κ + contacts × fee."""
    cost_after: Array
    """The same after, plus sessions; capacity view, before anything is cashed."""
    sessions: Array
    people: People | None
    labour_saving: Array
    """Labour money saved by the view in force: cashable people, or all minutes."""
    other_saving: Array
    """Fees saved minus cost of sessions."""
    replacement_saving: Array
    retention_margin: Array
    running: Array
    one_off: Array
    """(draws, months + 1), month 0 first."""
    net: Array
    """(draws, months + 1): everything, month 0 first."""
    cash: Array
    """Cumulative net, (draws, months + 1)."""
    npv: Array
    """(draws,)."""
    effort_before: Array
    """(draws, months, 3): contacts with known effort, Σ effort, high-effort contacts."""
    effort_after: Array
    retention_before: Array
    retention_after: Array


def run_paths(frame: Frame, values: Values) -> Paths:
    """Return all paths for draws of the inputs; `values` as from `sampling`."""
    dtype = frame.contacts.dtype
    values = {name: v.astype(dtype, copy=False) for name, v in values.items()}
    demand = run_demand(frame, values)
    noise = _noise(frame.ledger, values)
    before, after = _volumes(frame.total_contacts, demand.contacts, noise)
    work_before, work_after = _volumes(frame.total_minutes, demand.minutes, noise)
    people = people_of(frame, values, (before, work_before), (after, work_after))
    effort = _volumes(frame.total_effort, demand.effort, noise)
    retention = _retention(frame, values, demand)
    state = _State(values, demand, noise, (before, after), (work_before, work_after), people, effort, retention)
    return _money(frame, state)


@dataclass(frozen=True, eq=False, slots=True)
class _State:
    """Everything but money; pairs are before and after."""

    values: Values
    demand: Demand
    noise: Array
    contacts: tuple[Array, Array]
    minutes: tuple[Array, Array]
    people: People | None
    effort: tuple[Array, Array]
    retention: tuple[Array, Array, Array]


def _noise(ledger: Ledger, values: Values) -> Array:
    """Return the forecast-error factor, (draws or 1, months): one shared draw scales the whole path."""
    z = values[FORECAST]
    if not z.any():
        return np.ones((1, ledger.horizon), dtype=z.dtype)
    return np.exp(z[:, None] * ledger.volume_spread.astype(z.dtype))


def _volumes(total: Array, change: Array, noise: Array) -> tuple[Array, Array]:
    base = total.astype(change.dtype)
    return base * noise[..., None], (base + change) * noise[..., None]


def _retention(frame: Frame, values: Values, demand: Demand) -> tuple[Array, Array, Array]:
    """Return retention before and after and the added margin, (draws, months)."""
    loyalty, ledger = frame.ledger.loyalty, frame.ledger
    draws = demand.effort.shape[0]
    if loyalty is None or not ledger.customers_first_seen.size:
        none = np.zeros((draws, ledger.horizon), dtype=demand.effort.dtype)
        return none, none, none
    base = np.maximum(frame.total_effort, 1e-12).astype(demand.effort.dtype)
    change = demand.effort / base[:, :1]
    high = base[:, 2] / base[:, 0]
    new_high = np.clip(high + change[..., 2], 0, 1)
    new_low = np.clip(1 - high + change[..., 0] - change[..., 2], 0, 1 - new_high)
    cause = values["loyalty.causal_share"][:, None]
    points = [cause * values[f"loyalty.{name}"][:, None] for name in ("effort_difference", "value_difference")]
    today = np.full((1, ledger.horizon), loyalty.coverage, dtype=change.dtype)
    old = loyalty.stay_probability(high[None], 1 - high[None], today, *points)
    new = loyalty.stay_probability(new_high, new_low, today + _added_coverage(frame, values), *points)
    customers = ledger.customers_first_seen.astype(change.dtype)
    margin = loyalty.margin_by_month(old, new, customers)
    return np.broadcast_to(old, new.shape), new, margin


def _added_coverage(frame: Frame, values: Values) -> Array:
    """Return added value coverage of low-effort contacts, weighted by the scope's share of them."""
    months, draws = frame.ledger.horizon, next(iter(values.values())).size
    total = np.zeros((draws, months), dtype=frame.contacts.dtype)
    for item in frame.scenario.active:
        if item.kind == "value":
            size = values[f"{item.key}.success"] * values[f"{item.key}.coverage"]
            path = item.active(months) * _share_of_low(frame, item)
            total += size[:, None] * path.astype(total.dtype)
    return total


def _share_of_low(frame: Frame, item: Lever) -> NDArray[np.float64]:
    inside = (frame.weights[frame.levers.index(item)] > 0) if item in frame.levers else np.zeros(frame.groups)
    low = frame.effort[:, :, 0] - frame.effort[:, :, 2]
    everywhere = frame.total_effort[:, 0] - frame.total_effort[:, 2]
    if everywhere.any():
        return np.asarray((low @ inside.astype(float)) / np.maximum(everywhere, 1e-12), float)
    mask = scope_mask(frame.ledger, item.scope)
    return np.asarray(frame.ledger.contacts[mask].sum(axis=0) / np.maximum(frame.total_contacts.sum(axis=1), 1e-12))


def _costs(frame: Frame, values: Values, kind: str) -> Array:
    """Return one-off or running cost by month, (draws, months + 1), month 0 first; risk of loss is a running cost."""
    draws, months = next(iter(values.values())).size, frame.ledger.horizon
    total = np.zeros((draws, months + 1))
    first = frame.scenario.settings.one_off_at == "month0"
    for item in frame.scenario.active:
        when = np.zeros(months + 1)
        if kind == "running":
            when[1:] = item.running_months(months)
        elif first or item.start <= months:
            when[0 if first else item.start] = 1
        total += values[f"{item.key}.{kind}"][:, None] * when
        if kind == "running" and item.kind == "approval":
            total[:, 1:] += _risk(values, item)[:, None] * risk_months(frame.ledger, item)
    return total


def _risk(values: Values, item: Lever) -> Array:
    """Return the share of the amounts at stake that is lost without approval, (draws,)."""
    passes = np.clip(values[f"{item.key}.success"] * values[f"{item.key}.share"], 0, 1)
    return np.asarray(passes * values[f"{item.key}.loss"])


def _money(frame: Frame, state: _State) -> Paths:
    ledger, settings, values = frame.ledger, frame.scenario.settings, state.values
    contacts, minutes, people, retention = state.contacts, state.minutes, state.people, state.retention
    dtype = contacts[1].dtype
    kappa, fee = ledger.minute_cost.astype(dtype), ledger.contact_fee.astype(dtype)
    labour_before, fees_before = minutes[0] @ kappa, contacts[0] @ fee
    labour_after = (minutes[1] @ kappa) * people_factor(frame, values)
    fees_after = contacts[1] @ fee + state.demand.session_cost * state.noise
    labour = _labour_saving(ledger, settings.money, people, _saved(labour_before, labour_after))
    replaced = _replacement(frame, values, people, labour)
    other = _saved(fees_before, fees_after)
    one_off, running = _costs(frame, values, "one_off"), _costs(frame, values, "running")
    net = -one_off - running
    net[:, 1:] += labour.astype(float) + other + replaced + retention[2]
    return Paths(
        contacts[0].sum(axis=-1), contacts[1].sum(axis=-1), minutes[0].sum(axis=-1), minutes[1].sum(axis=-1),
        labour_before + fees_before, labour_after + fees_after, state.demand.sessions * state.noise,
        people, labour, other, replaced, retention[2], running[:, 1:], one_off, net, cumulative(net),
        present_value(net, monthly_rate(settings.discount)), *state.effort, retention[0], retention[1],
    )  # fmt: skip


def _saved(before: Array, after: Array) -> Array:
    """Return before − after; 0 where that is less than their numbers can tell apart: rounding."""
    saved, rounding = before - after, 8 * np.finfo(after.dtype).eps
    return np.where(np.abs(saved) <= rounding * np.abs(before), after.dtype.type(0), saved)


def money_view(ledger: Ledger, scenario: Scenario) -> str:
    """Return the view of labour money in force: cashable needs people and leavers to be known."""
    known = ledger.staffing is not None and ledger.workforce is not None
    return scenario.settings.money if known else "capacity"


def _labour_saving(ledger: Ledger, view: str, people: People | None, capacity: Array) -> Array:
    if view == "capacity" or people is None or ledger.workforce is None:
        return capacity
    extra = np.maximum(-people.released, 0)
    return np.asarray((people.cashable - extra) * (ledger.workforce.annual_cost / 12))


def _replacement(frame: Frame, values: Values, people: People | None, like: Array) -> Array:
    force = frame.ledger.workforce
    if force is None or people is None:
        return np.zeros_like(like)
    return np.broadcast_to(force.replacement_saving(people.before, lever_sum(frame, values, "attrition")), like.shape)
