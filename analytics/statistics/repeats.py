"""Repeat contacts: three different rates, never mixed, for every window from 1 to 30 days (METHODS a).

Owns the window arithmetic of the cubes: a contact is an interval of windows [first, last] in which a statement about
it holds, kept as differences, so one prefix sum gives all 30 windows. Also natural recurrence against excess repeats.
The flags on which the cubes rest have an independent reference in `issues`.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import Estimate, Estimates, cannot
from analytics.statistics.proportions import proportions

Floats = NDArray[np.float64]
WINDOWS = 30
MOST_UNIDENTIFIED = 0.30
MOST_OTHER = 0.40
RECURRENCE = "same-reason contacts in days N+1 to 3N, exact Poisson interval"
EXCESS = "repeat rate beyond natural recurrence"


@dataclass(frozen=True, slots=True)
class WindowRates:
    """The three rates for windows of 1 to W days; row w of each is the window of w + 1 days."""

    repeat_rate: Estimates
    """Of mature contacts, the share followed by another about the same issue (forward: quality of resolution)."""
    repeat_share: Estimates
    """Of all contacts, the share that repeats an earlier one (backward: workload)."""
    first_contact_resolution: Estimates
    """Of issues whose first contact is mature, the share that needed one contact."""


def differences_of_intervals(
    first: ArrayLike, last: ArrayLike, weight: ArrayLike = 1.0, windows: int = WINDOWS
) -> Floats:
    """Return difference array, shape (windows,), of contacts counting for windows first..last (days, inclusive)."""
    begin = np.maximum(np.asarray(first, dtype=np.int64), 1)
    end = np.minimum(np.asarray(last, dtype=np.int64), windows)
    weights = np.broadcast_to(np.asarray(weight, dtype=np.float64), begin.shape)
    holds = begin <= end
    plus = np.bincount(begin[holds] - 1, weights[holds], minlength=windows + 1)
    minus = np.bincount(end[holds], weights[holds], minlength=windows + 1)
    return np.asarray((plus - minus)[:windows], dtype=np.float64)


def by_window(differences: ArrayLike) -> Floats:
    """Return the totals per window from difference arrays with windows on the last axis, ascending from 1 day."""
    return np.asarray(np.cumsum(np.asarray(differences, dtype=np.float64), axis=-1), dtype=np.float64)


def window_rates(
    *,
    mature: ArrayLike,
    has_repeat: ArrayLike,
    observed: ArrayLike,
    is_repeat: ArrayLike,
    issues: ArrayLike,
    single_contact_issues: ArrayLike,
    design_effect: float | None = None,
) -> WindowRates:
    """Return the three rates from difference arrays, each of shape (W,).

    `observed` counts contacts at least W days after the start of the data, the base of `is_repeat`. `design_effect`
    widens the Wilson intervals for contacts of the same customers; None means independent.
    """
    pairs = ((has_repeat, mature), (is_repeat, observed), (single_contact_issues, issues))
    rates = (proportions(by_window(events), by_window(n), design_effect) for events, n in pairs)
    return WindowRates(*rates)


def natural_recurrence(events: int, contact_days: float) -> Estimate:
    """Return h₀, same-reason contacts per contact and day in days N+1 to 3N after a contact, when nothing failed.

    `contact_days` is the follow-up of those still without a repeat. Exact Poisson interval (Garwood 1936).
    """
    if contact_days <= 0:
        return cannot(events, RECURRENCE, "No contact has been followed beyond the window yet.")
    low = float(gammaincinv(events, 0.025)) if events else 0.0
    high = float(gammaincinv(events + 1, 0.975))
    return Estimate(events / contact_days, low / contact_days, high / contact_days, events, RECURRENCE)


def excess_share(rate: float, hazard: float, window_days: int) -> float:
    """Return q = 1 − (1 − rate)·e^(h₀·N): the repeat rate that natural recurrence does not explain.

    Subtracting 1 − e^(−h₀·N) instead would understate q by the factor e^(−h₀·N).
    """
    return 1.0 - (1.0 - rate) * math.exp(hazard * window_days)


def excess_repeat(rate: Estimate, recurrence: Estimate, window_days: int) -> Estimate:
    """Return q with an interval that carries the uncertainty of both inputs (delta method); floored at 0."""
    if rate.value is None or recurrence.value is None:
        reason = rate.why if rate.value is None else recurrence.why
        return cannot(rate.n, EXCESS, reason or "The repeat rate or the natural recurrence is missing.")
    q = excess_share(rate.value, recurrence.value, window_days)
    growth = math.exp(recurrence.value * window_days)
    if rate.half_width is None or recurrence.half_width is None:
        return Estimate(max(q, 0.0), None, None, rate.n, EXCESS, rate.state, rate.why)
    spread = growth * math.hypot(rate.half_width, (1 - rate.value) * window_days * recurrence.half_width)
    return Estimate(max(q, 0.0), max(q - spread, 0.0), max(q + spread, 0.0), rate.n, EXCESS, rate.state, rate.why)


def refusal(contacts: int, identified: int, other: int) -> str:
    """Return why no repeat rate may be shown (METHODS j 3) and what to collect; empty when it may."""
    if contacts == 0:
        return "There are no contacts in this selection."
    if identified == 0:
        return "No contact has a known customer: map customer_id on Sources."
    unknown, collected = (contacts - identified) / contacts, other / contacts
    if unknown > MOST_UNIDENTIFIED:
        return f"{unknown * 100:.0f} % of contacts have no customer: identify them before reading repeats."
    if collected > MOST_OTHER:
        return f"{collected * 100:.0f} % of contacts have the reason “other”: code reasons more finely first."
    return ""


def contacts_per_issue(contacts: int, issues: int) -> float | None:
    """Return the mean number of contacts an issue took, measured; None without issues."""
    if contacts < issues:
        raise AnalyticsError("There are more issues than contacts.")
    return contacts / issues if issues else None


__all__ = [
    "WindowRates",
    "by_window",
    "contacts_per_issue",
    "differences_of_intervals",
    "excess_repeat",
    "excess_share",
    "natural_recurrence",
    "refusal",
    "window_rates",
]
