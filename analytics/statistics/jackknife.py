"""Intervals for any statistic of clustered contacts, from 32 random groups of customers (METHODS k).

Owns the delete-a-group jackknife; `groups` names the usual statistics. Input is always sums by replicate group, shape
(R, G, M); θ₍g₎ is the statistic without group g and Var = (G−1)/G · Σ(θ₍g₎ − θ)². Gives no interval, and says why,
where fewer than 20 groups hold data or fewer than 30 observations stand behind the value. Source: Kott (2001).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from scipy.stats import t

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import GREY_BELOW, Estimates, State, rule_for

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]
"""From sums (..., M) to the statistic (...); must not care how many leading axes there are."""
Scale = Literal["identity", "log", "logit"]

GROUPS = 32
MIN_GROUPS = 20
JACKKNIFE = "32 random groups of customers, delete-a-group jackknife"
_TO: dict[Scale, Callable[[Floats], Floats]] = {"identity": np.asarray, "log": np.log, "logit": logit}
_FROM: dict[Scale, Callable[[Floats], Floats]] = {"identity": np.asarray, "log": np.exp, "logit": expit}


@dataclass(frozen=True, slots=True)
class Jackknife:
    """Raw result before the rules of size: arrays of shape (R,)."""

    value: Floats
    low: Floats
    high: Floats
    variance: Floats
    """Variance of the statistic on the chosen scale."""
    held: NDArray[np.int64]
    """Groups that hold any data."""


def jackknife(sums: ArrayLike, statistic: Statistic, scale: Scale = "identity") -> Jackknife:
    """Return statistic and 95 % interval for each row of `sums` (R, G, M), without any rule of size.

    Sums without a group are scaled by G / (G − 1), so that totals and rates over a fixed base are right as well.
    """
    cells = checked_cells(sums)
    groups = cells.shape[1]
    total = cells.sum(axis=1)
    without = (total[:, None, :] - cells) * (groups / (groups - 1))
    with np.errstate(all="ignore"):
        centre = _TO[scale](np.asarray(statistic(total), dtype=np.float64))
        leave_out = _TO[scale](np.asarray(statistic(without), dtype=np.float64))
        variance = (groups - 1) / groups * ((leave_out - centre[:, None]) ** 2).sum(axis=1)
        held = np.any(cells != 0, axis=2).sum(axis=1).astype(np.int64)
        half = t.ppf(0.975, np.maximum(held - 1, 1)) * np.sqrt(variance)
        back = _FROM[scale]
        return Jackknife(back(centre), back(centre - half), back(centre + half), variance, held)


def estimates(
    sums: ArrayLike, statistic: Statistic, n: ArrayLike, scale: Scale = "identity", method: str = JACKKNIFE
) -> Estimates:
    """Return any statistic of sums (R, G, M) with interval and state; `n` (R,) counts the observations behind it."""
    raw = jackknife(sums, statistic, scale)
    return judged(raw, _counts(n, len(raw.value)), method)


def judged(raw: Jackknife, n: NDArray[np.int64], method: str = JACKKNIFE, *, proportion: bool = False) -> Estimates:
    """Return `raw` with the rules of size applied: what may not be shown is NaN, with the reason in words."""
    held = raw.held
    rules = [_rule(int(count), int(groups), proportion) for count, groups in zip(n, held, strict=True)]
    states = tuple(state for state, _ in rules)
    gone = np.array([state in ("suppressed", "cannot") for state in states], dtype=np.bool_)
    bare = gone | ((held < MIN_GROUPS) & ((n >= GREY_BELOW) | (not proportion)))
    low, high = np.where(bare, np.nan, raw.low), np.where(bare, np.nan, raw.high)
    return Estimates(np.where(gone, np.nan, raw.value), low, high, n, method, states, tuple(why for _, why in rules))


def _rule(n: int, held: int, proportion: bool) -> tuple[State, str]:
    state, why = rule_for(n, single_proportion=proportion)
    if state != "ok" or held >= MIN_GROUPS:
        return state, why
    return "grey", f"No interval: only {held} of {GROUPS} customer groups hold data, {MIN_GROUPS} are needed."


def _counts(n: ArrayLike, rows: int) -> NDArray[np.int64]:
    return np.broadcast_to(np.asarray(n), (rows,)).astype(np.int64)


def checked_cells(sums: ArrayLike) -> Floats:
    """Return `sums` as floats (R, G, M); raises AnalyticsError for another shape or missing values."""
    cells = np.asarray(sums, dtype=np.float64)
    if cells.ndim != 3 or cells.shape[1] < 2:
        raise AnalyticsError("Sums by customer group must have the shape rows × groups × measures.")
    if not np.all(np.isfinite(cells)):
        raise AnalyticsError("A sum by customer group is missing or not finite.")
    return cells
