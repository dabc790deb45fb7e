"""Since when something happens more often: one upward step in a series of counts, and how sure its date is.

Two rates, before and from week k on, fitted by Poisson likelihood with exposure (Hinkley 1970 for the likelihood of a
change point). The p-value is that of the largest gain over all k, from series of the same weeks in blocks of a quarter
put together anew: slow swings and seasons count as chance, and a step has to stand out from them. The range holds
every week whose likelihood, divided by the dispersion, is at least a twentieth of the best (Royall 1997).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError

Floats = NDArray[np.float64]
LEAST_SIDE = 4
"""Fewest weeks on each side of a step."""
LEAST_WEEKS = 26
LEAST_EVENTS = 100
BLOCK = 13
"""Neighbouring weeks drawn together."""
DRAWS = 999
TWENTIETH = 2 * float(np.log(20))


@dataclass(frozen=True, slots=True)
class Rise:
    """The most likely upward step; `week` is its first place in the series, None where none can be told."""

    week: int | None
    first: int | None
    """Earliest and latest place the step may have, by the likelihood range."""
    last: int | None
    before: float
    """Events per exposure before and from the step on."""
    after: float
    p_value: float
    why: str = ""


def rise(events: ArrayLike, exposure: ArrayLike = 1.0, seed: int = 0) -> Rise:
    """Return the upward step of weekly counts (W,) with exposure (W,) or a number; AnalyticsError on bad input."""
    counts = np.asarray(events, dtype=np.float64)
    base = np.broadcast_to(np.asarray(exposure, dtype=np.float64), counts.shape)
    if counts.ndim != 1 or np.any(counts < 0) or np.any(~(base > 0)):
        raise AnalyticsError("A series needs counts of at least 0 and exposures above 0.")
    if len(counts) < LEAST_WEEKS:
        return _untold(f"Only {len(counts)} weeks; {LEAST_WEEKS} are needed.")
    if counts.sum() < LEAST_EVENTS:
        return _untold(f"Only {counts.sum():,.0f} contacts; {LEAST_EVENTS} are needed.")
    gains = _gains(counts[None], base)[0]
    best = int(gains.argmax())
    if gains[best] <= 0:
        return _untold("No week has more after it than before.")
    place = best + LEAST_SIDE
    before, after = (float(counts[part].sum() / base[part].sum()) for part in (slice(place), slice(place, None)))
    expected = base * np.where(np.arange(len(counts)) < place, before, after)
    expected = np.maximum(expected, 1e-12)
    dispersion = max(float(((counts - expected) ** 2 / expected).sum() / (len(counts) - 2)), 1.0)
    inside = np.flatnonzero(gains >= gains[best] - TWENTIETH * dispersion) + LEAST_SIDE
    p_value = _p_value(
        float(gains[best]), counts / (base * counts.sum() / base.sum()), base, float(counts.sum() / base.sum()), seed
    )
    return Rise(place, int(inside[0]), int(inside[-1]), before, after, p_value)


def _gains(counts: Floats, base: Floats) -> Floats:
    """Return twice the gain in log-likelihood of an upward step at each place, (B, W - 2 LEAST_SIDE + 1)."""
    sides = slice(LEAST_SIDE - 1, counts.shape[1] - LEAST_SIDE)
    earlier, time = np.cumsum(counts, axis=1)[:, sides], np.cumsum(base)[sides]
    whole, all_time = counts.sum(axis=1, keepdims=True), base.sum()
    later, rest = whole - earlier, all_time - time
    gain = _entropy(earlier, time) + _entropy(later, rest) - _entropy(whole, all_time)
    return np.asarray(np.where(later / rest > earlier / time, 2 * gain, 0.0))


def _entropy(counts: Floats, time: Floats) -> Floats:
    return np.asarray(counts * np.log(np.maximum(counts, 1e-300) / time))


def _p_value(gain: float, ratios: Floats, base: Floats, rate: float, seed: int) -> float:
    """Return how often a series without a step shows as large a gain; residual ratios are drawn in blocks."""
    weeks = len(ratios)
    drawn = np.random.default_rng(seed).integers(0, weeks, (DRAWS, -(-weeks // BLOCK)))
    places = (drawn[:, :, None] + np.arange(BLOCK)).reshape(DRAWS, -1)[:, :weeks] % weeks
    again = _gains(base * rate * ratios[places] / max(float(ratios.mean()), 1e-12), base)
    return float((1 + (again.max(axis=1) >= gain).sum()) / (1 + DRAWS))


def _untold(why: str) -> Rise:
    return Rise(None, None, None, float("nan"), float("nan"), float("nan"), why)
