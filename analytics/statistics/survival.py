"""Time to the next contact about the same issue, on a grid of whole days (METHODS a, "Tail").

Owns Kaplan–Meier, for the freshest repeat rate: contacts near the end of the data count for as long as they were seen
instead of being dropped. Gaps and censoring are both rounded up to whole days, so an event at exactly N days counts
and one censored on the day of an event was still at risk.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import Estimate, cannot, rule_for, suppressed
from analytics.statistics.jackknife import estimates
from analytics.statistics.proportions import Z

Floats = NDArray[np.float64]
CLUSTERED = "Kaplan–Meier, 32 random groups of customers"
METHOD = "Kaplan–Meier, Greenwood log-log interval"


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve: arrays of shape (D,), one entry per day with an event or a censoring."""

    day: Floats
    at_risk: Floats
    events: Floats
    survival: Floats
    low: Floats
    high: Floats
    """95 % interval of `survival`."""

    def at(self, day: float) -> tuple[float, float, float]:
        """Return survival, low and high at `day`; 1 before the first day."""
        known = int(np.searchsorted(self.day, day, side="right")) - 1
        if known < 0:
            return 1.0, 1.0, 1.0
        return float(self.survival[known]), float(self.low[known]), float(self.high[known])


def day_grid(days: ArrayLike) -> Floats:
    """Return gaps or follow-up times in days rounded up to whole days, at least 1.

    Below a millisecond is rounding of the difference of two times, so exactly 7 days stay 7.
    """
    exact = np.round(np.asarray(days, dtype=np.float64), 8)
    return np.asarray(np.maximum(np.ceil(exact), 1.0))


def kaplan_meier(days: ArrayLike, observed: ArrayLike) -> Curve:
    """Return the curve of durations, shape (n,), `observed` telling events from censoring.

    Source: Kaplan and Meier (1958); interval on the log(−log) scale, Kalbfleisch and Prentice.
    """
    duration, event = np.asarray(days, dtype=np.float64), np.asarray(observed, dtype=np.bool_)
    grid, place = np.unique(duration, return_inverse=True)
    return curve_of_counts(
        grid, np.bincount(place[event], minlength=len(grid)), np.bincount(place[~event], minlength=len(grid))
    )


def curve_of_counts(day: ArrayLike, events: ArrayLike, censored: ArrayLike) -> Curve:
    """Return the curve from counts of events and censorings per day, each of shape (D,), days ascending."""
    grid, happened, lost = (np.asarray(values, dtype=np.float64) for values in (day, events, censored))
    if np.any(np.diff(grid) <= 0) or np.any(happened < 0) or np.any(lost < 0):
        raise AnalyticsError("Days must ascend and counts must not be negative.")
    leaving = happened + lost
    at_risk = leaving.sum() - np.concatenate([[0.0], np.cumsum(leaving)[:-1]]) if len(grid) else leaving
    hazard = np.divide(happened, at_risk, out=np.zeros_like(happened), where=at_risk > 0)
    survival = np.cumprod(1.0 - hazard)
    low, high = _log_log(survival, happened, at_risk)
    return Curve(grid, at_risk, happened, survival, low, high)


def event_rate(curve: Curve, day: int) -> Estimate:
    """Return 1 − S(day): the share with an event within `day` days, for an incomplete follow-up.

    Independent observations are assumed; for contacts of the same customers see `clustered_event_rate`. Refuses when
    nobody was followed for `day` days.
    """
    n = int(curve.at_risk[0]) if len(curve.at_risk) else 0
    state, why = rule_for(n)
    if state == "suppressed":
        return suppressed(n, METHOD)
    if curve.day[-1] < day and curve.survival[-1] > 0:
        return cannot(n, METHOD, f"No contact has been followed for {day} days yet.")
    if state == "cannot":
        return cannot(n, METHOD, why)
    survival, low, high = curve.at(day)
    return Estimate(1 - survival, 1 - high, 1 - low, n, METHOD)


def clustered_event_rate(events: ArrayLike, censored: ArrayLike) -> Estimate:
    """Return 1 − S(N) with an interval from groups of customers: counts per group and day 1..N, shape (G, N).

    `censored` at day N holds those followed longer than N days as well.
    """
    cells = np.stack([np.asarray(events, dtype=np.float64), np.asarray(censored, dtype=np.float64)], axis=-1)
    groups, days, _ = cells.shape

    def failed(sums: Floats) -> Floats:
        table = sums.reshape(*sums.shape[:-1], days, 2)
        leaving = table.sum(axis=-1)
        at_risk = np.flip(np.cumsum(np.flip(leaving, axis=-1), axis=-1), axis=-1)
        hazard = np.divide(table[..., 0], at_risk, out=np.zeros_like(at_risk), where=at_risk > 0)
        return np.asarray(1.0 - np.prod(1.0 - hazard, axis=-1), dtype=np.float64)

    return estimates(cells.reshape(1, groups, -1), failed, [int(cells.sum())], "logit", CLUSTERED)[0]


def _log_log(survival: Floats, events: Floats, at_risk: Floats) -> tuple[Floats, Floats]:
    left = at_risk * (at_risk - events)
    greenwood = np.cumsum(np.divide(events, left, out=np.zeros_like(events), where=left > 0))
    inner = (survival > 0) & (survival < 1)
    log = np.log(np.where(inner, survival, 0.5))
    half = Z * np.sqrt(greenwood) / np.abs(log)
    low = np.where(inner, np.exp(log * np.exp(half)), survival)
    high = np.where(inner, np.exp(log * np.exp(-half)), survival)
    return low, high
