"""Seats for live queues: Erlang B and C, the fewest seats that hold a service level, rostered people.

Owns the steady-state arithmetic of one interval and its sum over a week. Patience (Erlang A) is in
`staffing_patience`, chat and backlogs in `staffing_async`. Formulas: METHODS g. All functions broadcast over arrays.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from analytics.errors import ScenarioError

Floats = NDArray[np.float64]

HALF_HOUR_SECONDS: Final = 1800.0
_SEARCH_LIMIT: Final = 20_000


@dataclass(frozen=True, slots=True)
class ServiceTarget:
    """What a live queue must hold in every interval."""

    service_level: float = 0.80
    """Share of offered contacts answered within `within_seconds`, in (0, 1)."""
    within_seconds: float = 20.0
    occupancy_cap: float = 0.85
    """Largest share of seat time that may be busy, in (0, 1]."""
    min_seats: int = 0
    """Seats kept even where nothing arrives."""

    def __post_init__(self) -> None:
        if not 0 < self.service_level < 1:
            raise ScenarioError(f"A service level of {self.service_level:g} cannot be staffed.", do="Use 0.5 to 0.99.")
        if not 0 < self.occupancy_cap <= 1:
            raise ScenarioError(f"An occupancy cap of {self.occupancy_cap:g} is not a share.", do="Use 0.5 to 1.")
        if self.within_seconds < 0 or self.min_seats < 0:
            raise ScenarioError("Seconds to answer and least seats cannot be negative.")


@dataclass(frozen=True, slots=True)
class QueueState:
    """How a queue with given seats runs; arrays broadcast from the inputs."""

    wait_probability: Floats
    service_level: Floats
    mean_wait_seconds: Floats
    occupancy: Floats


def load(contacts: ArrayLike, handle_seconds: ArrayLike, interval_seconds: float = HALF_HOUR_SECONDS) -> Floats:
    """Return offered load in Erlangs: contacts per interval × handle time ÷ interval (METHODS g)."""
    return np.asarray(np.asarray(contacts, float) * np.asarray(handle_seconds, float) / interval_seconds, float)


def erlang_b(seats: ArrayLike, erlangs: ArrayLike) -> Floats:
    """Return the blocking probability for integer `seats` and offered load, by the stable recursion (METHODS g)."""
    n, a = np.broadcast_arrays(np.asarray(seats, int), np.asarray(erlangs, float))
    blocking = np.ones(a.shape)
    for k in range(1, int(n.max(initial=0)) + 1):
        offered = a * blocking
        blocking = np.where(k <= n, offered / (k + offered), blocking)
    return blocking


def erlang_c(seats: ArrayLike, erlangs: ArrayLike) -> Floats:
    """Return P(wait > 0); 1 where seats ≤ load, 0 where nothing arrives (METHODS g)."""
    n, a = np.broadcast_arrays(np.asarray(seats, float), np.asarray(erlangs, float))
    return _wait_from_blocking(n, a, erlang_b(n.astype(int), a))


def _wait_from_blocking(n: Floats, a: Floats, blocking: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        wait = n * blocking / (n - a * (1 - blocking))
    return np.where(a <= 0, 0.0, np.where(n <= a, 1.0, wait))


def _level(n: Floats, a: Floats, wait: Floats, handle: Floats, within: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        level = 1 - wait * np.exp(-np.maximum(n - a, 0) * within / handle)
    return np.where(a <= 0, 1.0, np.where(n <= a, 0.0, level))


def queue_state(
    seats: ArrayLike, contacts: ArrayLike, handle_seconds: ArrayLike, within_seconds: float = 20.0
) -> QueueState:
    """Return waiting, service level, mean wait and occupancy per half-hour (Erlang C, METHODS g).

    Seats ≤ load gives P(wait) 1, service level 0 and an infinite wait; it never raises.
    """
    n, a, handle = np.broadcast_arrays(
        np.asarray(seats, float), load(contacts, handle_seconds), np.asarray(handle_seconds, float)
    )
    wait = erlang_c(n, a)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_wait = np.where(a <= 0, 0.0, np.where(n <= a, np.inf, wait * handle / (n - a)))
        occupancy = np.where(a <= 0, 0.0, np.minimum(a / n, 1.0))
    return QueueState(wait, _level(n, a, wait, handle, within_seconds), mean_wait, occupancy)


def seats_needed(
    contacts: ArrayLike, handle_seconds: ArrayLike, target: ServiceTarget | None = None
) -> NDArray[np.int64]:
    """Return the fewest whole seats per half-hour that hold service level and occupancy cap (METHODS g)."""
    target = target or ServiceTarget()
    crossing, erlangs = _crossing(contacts, handle_seconds, target)
    by_level = np.ceil(np.round(crossing, 9))
    by_occupancy = np.ceil(np.round(erlangs / target.occupancy_cap, 9))
    return np.maximum(np.maximum(by_level, by_occupancy), target.min_seats).astype(np.int64)


def seats_interpolated(contacts: ArrayLike, handle_seconds: ArrayLike, target: ServiceTarget | None = None) -> Floats:
    """Return seats as a continuous, monotone function of volume and handle time, for sliders (METHODS g).

    Between the last whole number that fails and the first that holds the service level, the level is read as
    linear; whole seats are this value rounded up. Rosters use `seats_needed`.
    """
    target = target or ServiceTarget()
    crossing, erlangs = _crossing(contacts, handle_seconds, target)
    return np.maximum(np.maximum(crossing, erlangs / target.occupancy_cap), float(target.min_seats))


def _crossing(contacts: ArrayLike, handle_seconds: ArrayLike, target: ServiceTarget) -> tuple[Floats, Floats]:
    """Return where the service level crosses its target on the seat axis, and the load; 0 where nothing arrives."""
    volume, handle = np.broadcast_arrays(np.asarray(contacts, float), np.asarray(handle_seconds, float))
    _refuse_impossible(volume, handle)
    a = load(volume, handle)
    flat = _crossing_flat(a.ravel(), handle.ravel(), target)
    return flat.reshape(a.shape), a


def _crossing_flat(a: Floats, handle: Floats, target: ServiceTarget) -> Floats:
    result = np.zeros(a.shape)
    open_ = np.flatnonzero(a > 0)
    a, handle = a[open_], handle[open_]
    blocking, below = np.ones(a.shape), np.zeros(a.shape)
    for k in range(1, _SEARCH_LIMIT):
        if not open_.size:
            return result
        offered = a * blocking
        blocking = offered / (k + offered)
        if k <= a.min():
            continue
        n = np.full(a.shape, float(k))
        level = _level(n, a, _wait_from_blocking(n, a, blocking), handle, target.within_seconds)
        done = level >= target.service_level
        result[open_[done]] = k - 1 + (target.service_level - below[done]) / (level[done] - below[done])
        more = ~done
        open_, a, handle, blocking, below = open_[more], a[more], handle[more], blocking[more], level[more]
    raise ScenarioError(f"More than {_SEARCH_LIMIT:,} seats would be needed.", do="Check volume and handle time.")


def _refuse_impossible(volume: Floats, handle: Floats) -> None:
    if not (np.isfinite(volume).all() and np.isfinite(handle).all()):
        raise ScenarioError("Contacts or handle time are missing for some intervals.", do="Fill or drop them.")
    if (volume < 0).any() or (handle < 0).any():
        raise ScenarioError("Contacts and handle time cannot be negative.", do="Check the arrival profile.")


def rostered_people(seats: ArrayLike, paid_hours: float, shrinkage: float, interval_hours: float = 0.5) -> float:
    """Return people on the roster: Σ seats × interval hours ÷ (paid hours per person × (1 − shrinkage)).

    `paid_hours` is per person over the span of `seats`. Shrinkage divides, once (METHODS g).
    """
    if not 0 <= shrinkage < 1 or paid_hours <= 0:
        raise ScenarioError("Shrinkage must be at least 0 and below 1, and paid hours above 0.")
    return float(np.sum(np.asarray(seats, float)) * interval_hours / (paid_hours * (1 - shrinkage)))


def positions(seats: ArrayLike, shrinkage: float) -> NDArray[np.int64]:
    """Return whole rostered positions behind whole seats of one interval: ⌈seats ÷ (1 − shrinkage)⌉."""
    return np.ceil(np.round(np.asarray(seats, float) / (1 - shrinkage), 9)).astype(np.int64)


def square_root_wait(beta: ArrayLike) -> Floats:
    """Return P(wait) in the Halfin–Whitt limit, seats ≈ load + β√load: [1 + βΦ(β)/φ(β)]⁻¹ (METHODS g)."""
    b = np.asarray(beta, float)
    return np.asarray(1 / (1 + b * norm.cdf(b) / norm.pdf(b)), float)


def square_root_seats(erlangs: ArrayLike, beta: float) -> Floats:
    """Return the rule-of-thumb seats load + β√load, a check beside the search, never its replacement."""
    a = np.asarray(erlangs, float)
    return np.asarray(a + beta * np.sqrt(a), float)
