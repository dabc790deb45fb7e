"""Funnel plot of teams: who lies beyond what chance explains, without a league table (METHODS j 4).

Owns the control limits. Teams come back in the order given; nothing here ranks them, and a team is never a person.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import GREY_BELOW, SUPPRESS_BELOW, State

Floats = NDArray[np.float64]
Place = Literal["within", "beyond 95 %", "beyond 99.8 %", "not judged"]
Z95, Z998 = float(norm.ppf(0.975)), float(norm.ppf(0.999))
WINSORISED = 0.10
"""Share of teams at each end drawn in before the spread between teams is measured (Spiegelhalter 2005)."""
LEAST_TEAMS = 10
"""Teams needed before their spread is measured; below, chance alone sets the limits."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """Teams against control limits; arrays and tuples of shape (T,), in the order given."""

    value: Floats
    """Rate per team; NaN when suppressed."""
    n: Floats
    target: float
    dispersion: float
    """Factor φ on the variance because teams differ by more than chance; at least 1."""
    low95: Floats
    high95: Floats
    low998: Floats
    high998: Floats
    place: tuple[Place, ...]
    state: tuple[State, ...]


def funnel(events: ArrayLike, n: ArrayLike, target: float | None = None) -> Funnel:
    """Return limits around `target` (default: the rate of all teams) for events of n per team, shape (T,).

    Limits p₀ ± z·√(φ·p₀(1 − p₀)/n), cut to 0..1; φ is the winsorised dispersion between teams, measured from 10 teams
    on. Teams with fewer than 30 are greyed and not judged, below 10 suppressed. Source: Spiegelhalter (2005).
    """
    k, size = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if k.shape != size.shape or np.any(k < 0) or np.any(k > size):
        raise AnalyticsError("A team has more events than contacts, or fewer than none.")
    centre = target if target is not None else float(k.sum() / size.sum()) if size.sum() > 0 else 0.0
    value = np.divide(k, size, out=np.full(size.shape, np.nan), where=size >= SUPPRESS_BELOW)
    phi = _dispersion(value, size, centre)
    low95, high95 = limits(centre, size, Z95, phi)
    low998, high998 = limits(centre, size, Z998, phi)
    state = tuple(_state(count) for count in size)
    rows = zip(value, state, low95, high95, low998, high998, strict=True)
    place = tuple(_place(float(v), s, (a, b), (c, d)) for v, s, a, b, c, d in rows)
    return Funnel(value, size, centre, phi, low95, high95, low998, high998, place, state)


def limits(target: float, n: ArrayLike, z: float, dispersion: float = 1.0) -> tuple[Floats, Floats]:
    """Return the lower and upper limit at each n; for drawing the funnel on a grid of sizes."""
    size = np.maximum(np.asarray(n, dtype=np.float64), 1.0)
    half = z * np.sqrt(dispersion * target * (1 - target) / size)
    return np.maximum(target - half, 0.0), np.minimum(target + half, 1.0)


def _dispersion(value: Floats, n: Floats, target: float) -> float:
    judged = n >= GREY_BELOW
    if judged.sum() < LEAST_TEAMS or not 0 < target < 1:
        return 1.0
    score = (value[judged] - target) / np.sqrt(target * (1 - target) / n[judged])
    low, high = np.quantile(score, [WINSORISED, 1 - WINSORISED])
    return max(1.0, float((np.clip(score, low, high) ** 2).mean()))


def _state(n: float) -> State:
    return "suppressed" if n < SUPPRESS_BELOW else "grey" if n < GREY_BELOW else "ok"


def _place(value: float, state: State, at95: tuple[float, float], at998: tuple[float, float]) -> Place:
    if state != "ok":
        return "not judged"
    if not at998[0] <= value <= at998[1]:
        return "beyond 99.8 %"
    return "within" if at95[0] <= value <= at95[1] else "beyond 95 %"
