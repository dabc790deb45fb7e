"""One month of a scenario: survivors of removal, what moves, and the handle time of the rest (METHODS h).

Works on the groups of a `Frame` for any number of draws at once; shares are of the baseline of each group.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.channels import approval_share, routes_of
from analytics.scenarios.frame import Frame
from analytics.scenarios.hardening import Hardening
from analytics.scenarios.landing import completion
from analytics.scenarios.levers import Lever

Array = NDArray[np.floating]
Values = Mapping[str, Array]
"""Parameter key “lever.parameter” → one value per draw, shape (draws,)."""


@dataclass(frozen=True, eq=False, slots=True)
class Moved:
    """What one redistribution lever does to the groups it reaches, as shares of their baseline, (draws, columns)."""

    lever: Lever
    columns: NDArray[np.intp]
    """Groups it reaches."""
    contacts: Array
    minutes: Array
    returned: Array
    returned_minutes: Array
    sessions: Array
    """Sessions in the other channel, per baseline contact."""


@dataclass(frozen=True, eq=False, slots=True)
class Shares:
    """Every group in one month, as shares of its baseline, (draws, groups)."""

    left: Array
    """Contacts left after removal."""
    left_minutes: Array
    moved: tuple[Moved, ...]
    contacts_change: Array
    """Change of assisted contacts in the own channel, leaks included."""
    minutes_change: Array
    """Change of their minutes, after every change of handle time."""


@dataclass(frozen=True, eq=False, slots=True)
class Month:
    """One month of one block of draws: how far every lever stands, and the draws of its inputs."""

    frame: Frame
    hard: Hardening
    values: Values
    number: int
    active: Mapping[str, float]
    """a(t) by lever key."""
    dips: NDArray[np.float64]
    """Extra handle time by lever."""

    @property
    def state(self) -> tuple[float, ...]:
        """Months with equal state have equal shares."""
        return (*self.active.values(), *self.dips)

    def effect(self, item: Lever, name: str) -> Array:
        """Return a(t)·σ·value, clipped to [0, 1], (draws, 1)."""
        return effect(self.values, item, name, self.active[item.key])

    def value(self, item: Lever, name: str) -> Array:
        """Return the values of one parameter, (draws, 1)."""
        return value_of(self.values, item, name)

    def scope(self, lever_index: int) -> Array:
        """Return 1 for each group the lever reaches, else 0."""
        return np.asarray(self.frame.weights[lever_index] > 0, dtype=self.frame.contacts.dtype)


def value_of(values: Values, item: Lever, name: str) -> Array:
    """Return the values of one parameter over the draws as a column, (draws, 1)."""
    return values[f"{item.key}.{name}"][:, None]


def effect(values: Values, item: Lever, name: str, active: float, cap: float = 1.0) -> Array:
    """Return a(t)·σ·value, clipped to [0, cap], (draws, 1)."""
    raw = active * value_of(values, item, "success") * value_of(values, item, name)
    return np.asarray(np.clip(raw, 0.0, cap))


def survivors(month: Month) -> Array:
    """Return S per draw and group after all removal levers, by the overlap setting (METHODS b)."""
    frame = month.frame
    removal = [(i, item) for i, item in enumerate(frame.levers) if item.kind in ("remove", "repeat")]
    acting = [(i, effect) for i, item in removal if (effect := month.effect(item, "share")).any()]
    mode = frame.scenario.settings.overlap
    if mode == "independent" and any(frame.masks[i] for i, _ in acting):
        return _independent(frame, acting)
    draws = next(iter(month.values.values())).shape[0]
    one = np.ones((draws, frame.groups), dtype=frame.contacts.dtype)
    shares = [effect * frame.weights[i].astype(effect.dtype) for i, effect in acting]
    if not shares or mode == "independent":
        return one
    return np.asarray(one - (np.maximum.reduce(shares) if mode == "nested" else np.minimum(sum(shares), 1)))


def _independent(frame: Frame, acting: list[tuple[int, Array]]) -> Array:
    """Return Π(1 − r) by one matrix product of logarithms: lever × strength against group."""
    pairs = [(effect[:, 0] * level, mask) for i, effect in acting for level, mask in frame.masks[i]]
    with np.errstate(divide="ignore"):
        logs = np.log1p(-np.stack([share for share, _ in pairs], axis=1))
    # e^−60 of a reason is nothing, and keeps 0 × −∞ out of the product
    left = np.maximum(logs, -60).astype(frame.contacts.dtype) @ np.stack([mask for _, mask in pairs])
    return np.asarray(np.exp(left, out=left))


def month_shares(month: Month) -> Shares:
    """Return all shares of one month."""
    left = survivors(month)
    minutes = month.hard.minutes(left, slice(None))
    kept, work = left, minutes
    moved: list[Moved] = []
    for i, item in enumerate(month.frame.levers):
        if item.kind in _MOVES and month.active[item.key] > 0:
            kept, work = (kept, work) if moved else (kept.copy(), work.copy())
            moved.append(_MOVES[item.kind](month, item, np.flatnonzero(month.frame.weights[i]), (kept, work)))
    for step in moved:
        kept[:, step.columns] += step.returned
        work[:, step.columns] += step.returned_minutes
    for i in range(len(month.frame.levers)):
        work = _handle_time(month, i, work)
        if month.frame.levers[i].kind == "approval" and month.active[month.frame.levers[i].key] > 0:
            work = _approvals(month, i, work)
    return Shares(left, minutes, tuple(moved), kept - 1, work - 1)


def _move(month: Month, item: Lever, columns: NDArray[np.intp], kept: tuple[Array, Array]) -> Moved:
    """Move the next easiest share of what is left, in place; sessions, leaks and induced demand as METHODS h."""
    left, minutes = kept[0][:, columns], kept[1][:, columns]
    after = left * (1 - month.effect(item, "share"))
    after_minutes = month.hard.minutes(after, columns)
    gone, gone_minutes = left - after, minutes - after_minutes
    kept[0][:, columns], kept[1][:, columns] = after, after_minutes
    tries = 1 / (1 - month.value(item, "induced"))
    leak = tries * (1 - np.minimum(month.value(item, "containment"), _most_contained(month, item)))
    uplift = 1 + month.value(item, "leak_uplift")
    return Moved(item, columns, gone, gone_minutes, gone * leak, gone_minutes * leak * uplift, gone * tries)


def _most_contained(month: Month, item: Lever) -> float:
    """Return the cap on containment: what self-service completes today, until its gap is closed."""
    ledger = month.frame.ledger
    found = completion(ledger, item.scope) if item.to_channel in ledger.session_fee else None
    return 1.0 if found is None else found


def _close(month: Month, item: Lever, columns: NDArray[np.intp], kept: tuple[Array, Array]) -> Moved:
    """Send a share of whatever is left along the routes; who gives up or complains stays, so that it saves nothing."""
    gone = month.effect(item, "share") * (1 - month.value(item, "lost")) if routes_of(item) else 0.0
    left, minutes = (x[:, columns] for x in kept)
    moved, work = np.asarray(left * gone), np.asarray(minutes * gone)
    kept[0][:, columns] -= moved
    kept[1][:, columns] -= work
    none = np.zeros_like(moved)
    return Moved(item, columns, moved, work, none, none, moved)


_MOVES: Final[dict[str, Callable[[Month, Lever, NDArray[np.intp], tuple[Array, Array]], Moved]]] = {
    "redistribute": _move, "close": _close,
}  # fmt: skip


def _approvals(month: Month, i: int, work: Array) -> Array:
    """Take away the minutes of approvals that are no longer asked for, at most all there are."""
    item = month.frame.levers[i]
    per_minute = approval_share(item)
    saved = month.effect(item, "share") * month.value(item, "minutes") * work.dtype.type(per_minute)
    return _scaled(work, np.asarray(1 - np.minimum(saved, 1)), month.scope(i))


def _handle_time(month: Month, i: int, work: Array) -> Array:
    item, dip = month.frame.levers[i], float(month.dips[i])
    active = month.active[item.key] if item.kind == "handle_time" else 0.0
    if not (active or dip):
        return work
    factor = np.ones_like(month.value(item, "success"))
    if active > 0:
        factor += np.maximum(active * month.value(item, "success") * month.value(item, "change"), -0.95)
    if dip:
        # a lever that is switched off in a draw (σ = 0) brings no transition either
        factor *= 1 + dip * (month.value(item, "success") > 0).astype(factor.dtype)
    return _scaled(work, factor, month.scope(i))


def _scaled(work: Array, factor: Array, scope: Array) -> Array:
    """Return work × factor inside the scope, with one new array and no more."""
    if scope.all():
        return np.asarray(work * factor)
    scaled = (factor - 1) * scope
    scaled += 1
    scaled *= work
    return np.asarray(scaled)


def months_of(frame: Frame, values: Values) -> list[Month]:
    """Return every month of the horizon for one block of draws."""
    months, dtype = frame.ledger.horizon, frame.contacts.dtype
    hard = Hardening(frame.spread, frame.scenario.settings.hardening, exact=dtype == np.float64)
    active = {item.key: item.active(months) for item in frame.levers}
    dips = np.array([item.dipping(months) for item in frame.levers]).reshape(len(frame.levers), months)
    return [
        Month(frame, hard, values, t, {key: float(path[t]) for key, path in active.items()}, dips[:, t])
        for t in range(months)
    ]
