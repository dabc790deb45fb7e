"""Proportions of independent observations: Wilson, differences by Newcombe, and Wilson at an effective n.

Owns intervals for counts that are independent (one answer per customer). Contacts of one customer are not: for those
use `groups`. statsmodels' score interval for a difference is not used: for 56/70 against 48/80 it returns 0.3440 as
upper end where Miettinen–Nurminen is 0.3382 (METHODS 0.2).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, t

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import Estimate, Estimates, cannot, rule_for, suppressed

Floats = NDArray[np.float64]
Z = float(norm.ppf(0.975))
WILSON = "Wilson interval"
NEWCOMBE = "difference of two proportions, Newcombe interval"


def wilson(events: ArrayLike, n: ArrayLike, z: float = Z) -> tuple[Floats, Floats]:
    """Return low and high of Wilson's interval, same shape as the inputs; NaN where n is 0.

    n may be fractional (an effective n). Source: Wilson (1927); Newcombe (1998), method 3.
    """
    k, size = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if np.any(k < 0) or np.any(k > size):
        raise AnalyticsError("There are more events than observations, or fewer than none.")
    whole = np.where(size > 0, size, np.nan)
    p = k / whole
    centre = (p + z**2 / (2 * whole)) / (1 + z**2 / whole)
    half = z / (1 + z**2 / whole) * np.sqrt(p * (1 - p) / whole + z**2 / (4 * whole**2))
    low = np.where(k == 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(k == size, 1.0, np.minimum(centre + half, 1.0))
    return np.where(size > 0, low, np.nan), np.where(size > 0, high, np.nan)


def proportion(events: int, n: int) -> Estimate:
    """Return events / n with Wilson's interval, greyed below 30 and suppressed below 10."""
    state, why = rule_for(n, single_proportion=True)
    if state == "suppressed":
        return suppressed(n, WILSON)
    low, high = wilson(events, n)
    return Estimate(events / n, float(low), float(high), n, WILSON, state, why)


def newcombe(events: int, n: int, other_events: int, other_n: int) -> tuple[float, float]:
    """Return low and high of events/n − other_events/other_n. Source: Newcombe (1998), Stat. Med. 17, method 10."""
    p, q = events / n, other_events / other_n
    low, high = wilson([events, other_events], [n, other_n])
    below = np.hypot(p - low[0], high[1] - q)
    above = np.hypot(high[0] - p, q - low[1])
    return float(p - q - below), float(p - q + above)


def difference(events: int, n: int, other_events: int, other_n: int) -> Estimate:
    """Return the difference of two independent proportions; needs 30 observations on each side."""
    least = min(n, other_n)
    state, why = rule_for(least)
    if state == "suppressed":
        return suppressed(least, NEWCOMBE)
    if state == "cannot":
        return cannot(least, NEWCOMBE, why)
    low, high = newcombe(events, n, other_events, other_n)
    return Estimate(events / n - other_events / other_n, low, high, n + other_n, NEWCOMBE)


def effective_n(n: ArrayLike, design_effect: ArrayLike, groups: int = 32) -> Floats:
    """Return n / max(1, deff) · (1.96 / t)², the n at which Wilson is wide enough for clustered rare events.

    `design_effect` is borrowed from the parent level; t has groups − 1 degrees of freedom (METHODS k).
    """
    widening = (Z / float(t.ppf(0.975, groups - 1))) ** 2
    size = np.asarray(n, dtype=np.float64) / np.maximum(1.0, np.asarray(design_effect, dtype=np.float64))
    return np.asarray(size * widening, dtype=np.float64)


def effective_wilson(
    events: ArrayLike, n: ArrayLike, design_effect: ArrayLike, groups: int = 32
) -> tuple[Floats, Floats]:
    """Return Wilson's interval for events / n at the effective n (METHODS k, rare events)."""
    k, size = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    small = effective_n(size, design_effect, groups)
    share = np.divide(k, size, out=np.zeros(np.broadcast(k, size).shape), where=size > 0)
    return wilson(np.minimum(share * small, small), small)


def proportions(events: ArrayLike, n: ArrayLike, design_effect: float | None = None) -> Estimates:
    """Return events / n row by row, shape (R,), with Wilson's interval and the rules of size.

    With a `design_effect` (contacts of the same customers) the interval is Wilson's at the effective n.
    """
    k, size = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    low, high = wilson(k, size) if design_effect is None else effective_wilson(k, size, design_effect)
    rules = [rule_for(int(count), single_proportion=True) for count in size]
    hidden = np.array([state == "suppressed" for state, _ in rules], dtype=np.bool_)
    value = np.divide(k, size, out=np.full(size.shape, np.nan), where=size > 0)
    states, why = tuple(state for state, _ in rules), tuple(reason for _, reason in rules)
    shown = [np.where(hidden, np.nan, column) for column in (value, low, high)]
    method = WILSON if design_effect is None else f"{WILSON}, n divided by the design effect"
    return Estimates(shown[0], shown[1], shown[2], size.astype(np.int64), method, states, why)
