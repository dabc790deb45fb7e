"""Demand under a scenario, over all months and draws: remove, redistribute, handle time of the rest (METHODS h).

Everything is kept as a change to the baseline, so no lever leaves the baseline untouched bit for bit.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.channels import routes_of
from analytics.scenarios.frame import Frame
from analytics.scenarios.landing import landing
from analytics.scenarios.month import Month, Moved, Shares, Values, month_shares, months_of

Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False, slots=True)
class Demand:
    """Changes to the baseline by draw and month."""

    contacts: Array
    """Change of contacts, (draws, months, channels)."""
    minutes: Array
    sessions: Array
    """Self-service sessions, (draws, months)."""
    session_cost: Array
    effort: Array
    """Change of (contacts with known effort, Σ effort, high-effort contacts), (draws, months, 3)."""


def run_demand(frame: Frame, values: Values) -> Demand:
    """Return demand for all draws; months in which every lever stands alike are computed once."""
    months, (draws,) = frame.ledger.horizon, next(iter(values.values())).shape
    dtype = frame.contacts.dtype
    out = [np.zeros((months, draws, k), dtype=dtype) for k in (len(frame.ledger.channels),) * 2 + (1, 1, 3)]
    if frame.groups:
        for at in _blocks(draws, frame.groups):
            _run_block(frame, {k: v[at] for k, v in values.items()}, [x[:, at] for x in out])
    contacts, minutes, sessions, cost, effort = (np.moveaxis(x, 0, 1) for x in out)
    return Demand(contacts, minutes, sessions[..., 0], cost[..., 0], effort)


def _blocks(draws: int, groups: int) -> list[slice]:
    size = max(64, min(draws, 60_000 // max(groups, 1)))
    return [slice(i, min(i + size, draws)) for i in range(0, draws, size)]


def _run_block(frame: Frame, values: Values, out: list[Array]) -> None:
    seen: dict[tuple[float, ...], Shares] = {}
    for month in months_of(frame, values):
        if month.state not in seen:
            seen[month.state] = month_shares(month)
        _write_month(month, seen[month.state], [x[month.number] for x in out])


def _write_month(month: Month, shares: Shares, out: list[Array]) -> None:
    contacts, minutes, _, _, effort = out
    frame, t = month.frame, month.number
    contacts += shares.contacts_change @ frame.contacts[t]
    minutes += shares.minutes_change @ frame.minutes[t]
    effort += shares.contacts_change @ frame.effort[t]
    for step in shares.moved:
        (_reroute if step.lever.kind == "close" else _land)(month, step, out)
    still_high: Array | None = None
    for i, item in enumerate(frame.levers):
        if item.kind == "effort" and month.active[item.key] > 0:
            still_high = _relieve(month, i, shares, still_high, effort)
        if item.kind == "value" and month.active[item.key] > 0:
            minutes += _value_minutes(month, i, shares)


def _land(month: Month, step: Moved, out: list[Array]) -> None:
    """Add moved demand to where it goes: sessions in self-service, contacts in another assisted channel."""
    contacts, minutes, sessions, cost, _ = out
    ledger, target = month.frame.ledger, step.lever.to_channel
    volume, work = (x[month.number][step.columns].sum(axis=1) for x in (month.frame.contacts, month.frame.minutes))
    tries = step.sessions @ volume
    if target in ledger.channels:
        c = ledger.channels.index(target)
        per_session = month.value(step.lever, "handle_ratio")[:, 0] / (1 - month.value(step.lever, "induced")[:, 0])
        contacts[:, c] += tries
        minutes[:, c] += (step.minutes @ work) * per_session
        return
    sessions[:, 0] += tries
    cost[:, 0] += tries * tries.dtype.type(ledger.session_fee.get(target, 0.0))


def _reroute(month: Month, step: Moved, out: list[Array]) -> None:
    """Add the demand of a closed channel to the others, with the handle time and the effort it has there."""
    contacts, minutes, _, _, effort = out
    frame, scope = month.frame, step.lever.scope
    volume, work = (x[month.number][step.columns].sum(axis=1) for x in (frame.contacts, frame.minutes))
    many, busy = step.contacts @ volume, step.minutes @ work
    asked = step.contacts @ frame.effort[month.number][step.columns, 0]
    for channel, part in routes_of(step.lever).items():
        if channel not in frame.ledger.channels:
            continue
        c, there = frame.ledger.channels.index(channel), landing(frame.ledger, scope, channel)
        share = many.dtype.type(part)
        contacts[:, c] += many * share
        minutes[:, c] += busy * (share * many.dtype.type(there.handle_ratio))
        if there.effort_mean == there.effort_mean:
            figures = (1.0, there.effort_mean, there.high_effort_share)
            effort += (asked * share)[:, None] * np.asarray(figures, dtype=effort.dtype)


def _relieve(month: Month, i: int, shares: Shares, before: Array | None, effort: Array) -> Array:
    """Turn a share of the high-effort contacts still high into low-effort ones; returns the share still high."""
    item = month.frame.levers[i]
    still = np.ones_like(shares.left) if before is None else before
    after = still * (1 - month.effect(item, "share") * month.scope(i))
    ended = ((1 + shares.contacts_change) * (still - after)) @ month.frame.effort[month.number][:, 2]
    effort[:, 2] -= ended
    effort[:, 1] -= ended * month.value(item, "points")[:, 0]
    return np.asarray(after)


def _value_minutes(month: Month, i: int, shares: Shares) -> Array:
    """Return the extra minutes of low-effort contacts that now add value, (draws, channels)."""
    item, effort = month.frame.levers[i], month.frame.effort[month.number]
    low_share = 1 - effort[:, 2] / np.maximum(effort[:, 0], 1e-12)
    low = month.frame.contacts[month.number] * (month.scope(i) * low_share)[:, None]
    added = month.effect(item, "coverage") * month.value(item, "extra_minutes")
    return np.asarray(((1 + shares.contacts_change) @ low) * added)
