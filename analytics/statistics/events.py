"""Contacts in the days after an event (release, bill, letter, outage) above what those weekdays bring anyway.

Owns the surplus and its interval, where there is no holdout: a coincidence in time, worded as such. With a holdout use
`effects`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import GREY_BELOW, Estimate, cannot

Floats = NDArray[np.float64]
WEEK = 7
BASELINE_WEEKS = 4
LEAST_WEEKS = 12
METHOD = "contacts above the mean of the same weekdays in the four weeks before"


PLACEBO_METHOD = f"{METHOD}; interval from the same comparison in all other weeks"


@dataclass(frozen=True, slots=True)
class Surplus:
    """Contacts after an event against the same weekdays before it."""

    contacts: float
    """Contacts in the days after."""
    expected: float
    """What those weekdays brought on average in the four weeks before."""
    surplus: Estimate
    """Contacts above expectation; n is the number of contacts after the event."""


def after_event(daily: ArrayLike, day: int, days: int = WEEK) -> Surplus:
    """Return the surplus in days day..day+days−1 of `daily` contacts, shape (D,); `day` is the index of the event.

    The variance is that of counts times the dispersion of the baseline days around their weekday means (at least 1),
    21 degrees of freedom. Refuses without four weeks before or before the days are over.
    """
    counts = np.asarray(daily, dtype=np.float64)
    if counts.ndim != 1 or days < 1 or not 0 <= day < len(counts) or np.any(counts < 0):
        raise AnalyticsError("The event lies outside the daily contacts, or they are negative.")
    span = BASELINE_WEEKS * WEEK
    after = counts[day : day + days]
    n = int(after.sum())
    if day < span or day + days > len(counts):
        why = f"Needs {span} days before the event and {days} full days after it."
        return Surplus(float(n), float("nan"), cannot(n, METHOD, why))
    weekday = counts[day - span : day].reshape(BASELINE_WEEKS, WEEK)
    return _surplus(after, weekday, n)


def against_other_weeks(daily: ArrayLike, day: int, days: int = WEEK) -> Surplus:
    """Return the surplus of `after_event` with an interval from doing the same in every other week of `daily` (D,).

    Weeks drift by more than the days of four weeks scatter, so the interval takes the root mean square of the log
    ratios that other weeks show, without those that touch the event. Refuses where fewer than 12 weeks are left.
    """
    plain = after_event(daily, day, days)
    if plain.surplus.value is None:
        return plain
    counts = np.asarray(daily, dtype=np.float64)
    ratios = _other_weeks(counts, day, days)
    n = plain.surplus.n
    if len(ratios) < LEAST_WEEKS:
        why = f"Only {len(ratios)} other weeks to compare with; {LEAST_WEEKS} are needed."
        return Surplus(plain.contacts, plain.expected, cannot(n, PLACEBO_METHOD, why))
    spread = max(float(np.sqrt((ratios**2).mean())), plain.expected**-0.5)
    reach = float(t.ppf(0.975, len(ratios))) * spread
    low, high = (plain.contacts - plain.expected * float(np.exp(sign * reach)) for sign in (1, -1))
    found = Estimate(plain.surplus.value, low, high, n, PLACEBO_METHOD)
    return Surplus(plain.contacts, plain.expected, found)


def per_thousand(surplus: Estimate, sent: int) -> Estimate:
    """Return the surplus per 1,000 messages sent."""
    return surplus.scaled(1000 / sent) if sent > 0 else cannot(surplus.n, surplus.method, "Nothing was sent.")


def _other_weeks(counts: Floats, day: int, days: int) -> Floats:
    """Return log of contacts over expectation in other weeks, without those that hold or follow the event."""
    span = BASELINE_WEEKS * WEEK
    starts = np.arange(day % WEEK, len(counts) - days + 1, WEEK)
    starts = starts[(starts >= span) & ((starts <= day - days) | (starts >= day + days + span))]
    total, (weeks, rest) = np.concatenate([[0.0], np.cumsum(counts)]), divmod(days, WEEK)
    observed = total[starts + days] - total[starts]
    before = starts[:, None] - WEEK * np.arange(1, BASELINE_WEEKS + 1)
    expected = weeks * (total[starts] - total[starts - span]) + (total[before + rest] - total[before]).sum(axis=1)
    held = (observed > 0) & (expected > 0)
    return np.asarray(np.log(observed[held] / (expected[held] / BASELINE_WEEKS)))


def _surplus(after: Floats, baseline: Floats, n: int) -> Surplus:
    usual = baseline.mean(axis=0)
    expected = usual[np.arange(len(after)) % WEEK]
    total = float(expected.sum())
    if baseline.sum() < GREY_BELOW:
        why = f"Only {int(baseline.sum())} contacts in the four weeks before; {GREY_BELOW} are needed."
        return Surplus(float(n), total, cannot(n, METHOD, why))
    freedom = baseline.size - WEEK
    residual = (baseline - usual) ** 2 / np.maximum(usual, 1e-9)
    dispersion = max(1.0, float(residual.sum()) / freedom)
    repeats = np.bincount(np.arange(len(after)) % WEEK, minlength=WEEK)
    variance = dispersion * float((usual * (repeats + repeats**2 / BASELINE_WEEKS)).sum())
    half, value = float(t.ppf(0.975, freedom)) * np.sqrt(variance), float(after.sum()) - total
    return Surplus(float(n), total, Estimate(value, value - half, value + half, n, METHOD))
