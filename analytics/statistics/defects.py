"""Contacts per unit and per defect by Poisson regression with an exposure, over-dispersion in the interval.

Owns the two designs: product × month with months in common, and days of one product with the days after each release
or outage. The fit is `poisson.fit`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t

from analytics.errors import CannotTellError
from analytics.statistics.estimate import GREY_BELOW, Estimate, cannot
from analytics.statistics.poisson import Fit, fit

Floats = NDArray[np.float64]
Window = tuple[int, int]
"""First day of an event and the day after its last, counted from the first day of the data."""
LEAST_FREEDOM = 10
WEEK, BLOCK = 7, 14
"""BLOCK: days over which the scatter of daily counts is measured, about as long as what follows a release."""
LEAST_DAYS = 8 * BLOCK
YEAR = 365.25
UNIT_METHOD = (
    "Poisson regression on product and month with customers as exposure; interval from how the months of each product "
    "scatter"
)
DEFECT_METHOD = (
    "Poisson regression of days on weekday, trend, season and the days after each event; interval with the "
    "over-dispersion of 14-day sums"
)
SAME_DAYS = "Another event covers the same days: what each brought cannot be told apart."


@dataclass(frozen=True, slots=True)
class UnitRates:
    """Contacts per unit and month of each product."""

    rate: tuple[Estimate, ...]
    """Contacts per unit and month."""
    against: tuple[Estimate, ...]
    """Ratio to the rate of all products together, months alike."""
    dispersion: float
    """Variance of the counts over that of Poisson counts; 1 is no over-dispersion."""


@dataclass(frozen=True, slots=True)
class AfterDefect:
    """What came in the days of one event."""

    contacts: float
    expected: float
    """What the regression expects of those days without the event; NaN where it cannot be told."""
    ratio: Estimate
    """Contacts over expected; n is the number of contacts in those days."""
    extra: Estimate
    """Contacts beyond expected: contacts per defect."""


def unit_rates(counts: ArrayLike, units: ArrayLike) -> UnitRates:
    """Return contacts per unit from counts and units by month and product, shape (M, P); no units, no part in it.

    log μ = log units + product + month. A product below 30 contacts gets no rate. Raises CannotTellError where fewer
    than 10 degrees of freedom are left to tell the scatter.
    """
    y, u = np.asarray(counts, dtype=np.float64), np.asarray(units, dtype=np.float64)
    y = np.where(u > 0, y, 0.0)
    total = y.sum(axis=0)
    kept = np.flatnonzero(total >= GREY_BELOW)
    found, design = _two_ways(y[:, kept], u[:, kept])
    rates = [cannot(int(n), UNIT_METHOD, f"Only {int(n)} contacts; {GREY_BELOW} are needed.") for n in total]
    against = list(rates)
    for row, product in enumerate(kept):
        n = total[product]
        months = int((y[:, product] > 0).sum())
        reach = float(t.ppf(0.975, max(months - 1, 1)))
        mean = design[:, row] * found.fitted
        error = _at_least_poisson(found, mean @ design / mean.sum())
        rates[product] = _around(n / u[:, product].sum(), reach * error, n, UNIT_METHOD)
        against[product] = _against(found, u[:, kept].sum(axis=0), row, reach, n)
    return UnitRates(tuple(rates), tuple(against), max(found.dispersion, 1.0))


def after_defects(daily: ArrayLike, units: ArrayLike, windows: Sequence[Window], reported: int) -> list[AfterDefect]:
    """Return what came in the first `reported` of `windows`, the others being held constant.

    `daily` (D,) are contacts a day and `units` (D,) the exposure, > 0. Refuses per event where its days are not over,
    share all days with another, or hold fewer than 30 contacts; for all where the data are too short.
    """
    y, u = np.asarray(daily, dtype=np.float64), np.asarray(units, dtype=np.float64)
    inside = [0 <= first < last <= len(y) for first, last in windows]
    usable = list(dict.fromkeys(window for window, whole in zip(windows, inside, strict=True) if whole))
    try:
        found = _by_day(y, u, usable)
    except CannotTellError as error:
        return [_untold(y, windows[event], error.happened) for event in range(reported)]
    twice = {window for window in windows if windows.count(window) > 1}
    return [_after(y, found, usable, windows[event], windows[event] in twice) for event in range(reported)]


def _two_ways(counts: Floats, units: Floats) -> tuple[Fit, Floats]:
    """Return the fit with its design: a column per product, then one per month but the first."""
    months, products = counts.shape
    held = units > 0
    live = held & (counts.sum(axis=1) > 0)[:, None]
    month, product = np.nonzero(live)
    seen, place = np.unique(month, return_inverse=True)
    by_product = np.eye(products)[product] if products else np.zeros((0, 0))
    by_month = np.eye(len(seen))[place][:, 1:] if products > 1 else np.zeros((len(month), 0))
    freedom = len(month) - by_product.shape[1] - by_month.shape[1]
    if freedom < LEAST_FREEDOM:
        raise CannotTellError(
            f"{products} products with {GREY_BELOW} contacts or more, in {months} months, are too few to tell how much "
            "contacts per unit scatter.",
            do="Choose a longer period.",
        )
    design = np.hstack([by_product, by_month])
    return fit(design, counts[live], units[live]), design


def _against(found: Fit, units: Floats, row: int, reach: float, n: float) -> Estimate:
    products = len(units)
    if products < 2:
        return cannot(int(n), UNIT_METHOD, "There is no other product to compare with.")
    level = np.exp(found.coefficients[:products] - found.coefficients[:products].max())
    contrast = np.zeros(len(found.coefficients))
    contrast[:products] = np.eye(products)[row] - units * level / (units @ level)
    error = _at_least_poisson(found, contrast)
    return _around(level[row] * units.sum() / (units @ level), reach * error, n, UNIT_METHOD)


def _at_least_poisson(found: Fit, contrast: Floats) -> float:
    return float(np.sqrt(max(contrast @ found.robust @ contrast, contrast @ found.covariance @ contrast)))


def _by_day(y: Floats, units: Floats, windows: Sequence[Window]) -> tuple[Fit, float, int]:
    """Return the fit with the events as its last columns, the dispersion and its degrees of freedom."""
    days = np.arange(len(y))
    if len(y) < LEAST_DAYS:
        raise CannotTellError(f"Only {len(y)} days; {LEAST_DAYS} are needed to tell an event from the rest.")
    angle = 2 * np.pi * days / YEAR
    season = [turn(times * angle) for times in (1, 2) for turn in (np.sin, np.cos)] if len(y) >= YEAR else []
    slow = np.column_stack([np.ones(len(y)), days / YEAR - days.mean() / YEAR, *season])
    weekdays = np.eye(WEEK)[days % WEEK][:, 1:]
    events = np.zeros((len(y), len(windows)))
    for place, (first, last) in enumerate(windows):
        events[first:last, place] = 1.0
    freedom = len(y) // BLOCK - slow.shape[1] - events.shape[1]
    if freedom < LEAST_FREEDOM:
        raise CannotTellError(f"{len(windows)} events in {len(y)} days leave too few days without one to compare with.")
    found = fit(np.hstack([slow, weekdays, events]), y, units)
    whole = len(y) // BLOCK * BLOCK
    seen, mean = (one[-whole:].reshape(-1, BLOCK).sum(axis=1) for one in (y, found.fitted))
    scatter = float(((seen - mean) ** 2 / mean).sum()) / freedom
    return found, max(scatter, found.dispersion, 1.0), freedom


def _after(
    y: Floats, found: tuple[Fit, float, int], windows: Sequence[Window], window: Window, shared: bool
) -> AfterDefect:
    if window not in windows:
        return _untold(y, window, "The data does not hold these days whole.")
    if shared:
        return _untold(y, window, SAME_DAYS)
    fitted, dispersion, freedom = found
    place = windows.index(window) - len(windows)
    contacts = float(y[window[0] : window[1]].sum())
    if contacts < GREY_BELOW:
        return _untold(y, window, f"Only {int(contacts)} contacts in these days; {GREY_BELOW} are needed.")
    log_ratio = float(fitted.coefficients[place])
    expected = float(fitted.fitted[window[0] : window[1]].sum()) / float(np.exp(log_ratio))
    half = float(t.ppf(0.975, freedom)) * float(np.sqrt(dispersion * fitted.covariance[place, place]))
    ratio = _around(float(np.exp(log_ratio)), half, contacts, DEFECT_METHOD)
    extra, low, high = (contacts * (1.0 - 1.0 / float(one or 1.0)) for one in (ratio.value, ratio.low, ratio.high))
    return AfterDefect(contacts, expected, ratio, Estimate(extra, low, high, int(contacts), DEFECT_METHOD))


def _untold(y: Floats, window: Window, why: str) -> AfterDefect:
    contacts = float(y[max(window[0], 0) : max(window[1], 0)].sum())
    none = cannot(int(contacts), DEFECT_METHOD, why)
    return AfterDefect(contacts, float("nan"), none, none)


def _around(value: float, half: float, n: float, method: str) -> Estimate:
    """Return an estimate whose interval is even on the log scale."""
    return Estimate(float(value), float(value * np.exp(-half)), float(value * np.exp(half)), int(n), method)
