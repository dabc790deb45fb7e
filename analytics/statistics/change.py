"""Change between two periods: how much is growth, rate and mix, and how small a change could have been seen.

Owns the three-way split per 1,000 active customers (METHODS, trap “denominator games”) and the interval of a change in
contacts. Contacts = active customers × Σ_s share of segment s × contacts per active customer of segment s.
"""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t

from analytics.errors import AnalyticsError, CannotTellError
from analytics.statistics.estimate import Estimate, cannot
from analytics.statistics.jackknife import GROUPS, estimates, jackknife

Floats = NDArray[np.float64]
METHOD = "change of contacts per active customer, 32 random groups of customers"
YEARLY = "mean difference from the same months a year before, t interval"
POWER = 0.80
LEAST_PAIRS = 6
Direction = Literal["falls", "rises", "unclear", "unknown"]


@dataclass(frozen=True, slots=True)
class Split:
    """A change in contacts, before to after, in parts that add up exactly."""

    before: float
    after: float
    growth: float
    """Contacts more because there are more active customers."""
    rate: float
    """Contacts more because each customer of a segment makes more."""
    mix: float
    """Contacts more because the share of segments moved."""
    per_1000_before: float
    per_1000_after: float
    rate_by_segment: Floats
    """Shape (S,): the rate part by segment, adds up to `rate`."""
    mix_by_segment: Floats
    """Shape (S,): the mix part by segment, adds up to `mix`."""

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


def split_change(
    contacts_before: ArrayLike, active_before: ArrayLike, contacts_after: ArrayLike, active_after: ArrayLike
) -> Split:
    """Return the split from contacts and active customers by segment, each of shape (S,).

    Each part is the mean over all orders of changing growth, rate and mix (Shapley), so no order is preferred and
    nothing is left over. Raises CannotTellError where a period has no active customers.
    """
    before, after = _period(contacts_before, active_before), _period(contacts_after, active_after)
    rate_before, rate_after = _fill(before[2], after[2]), _fill(after[2], before[2])
    growth, mix, rate = _three_ways(
        (before[0], after[0]), (before[1], after[1]), (np.nan_to_num(rate_before), np.nan_to_num(rate_after))
    )
    start, end = (float(np.sum(np.asarray(c, dtype=np.float64))) for c in (contacts_before, contacts_after))
    return Split(
        start, end, float(growth.sum()), float(rate.sum()), float(mix.sum()),
        1000 * start / before[0], 1000 * end / after[0], rate, mix,
    )  # fmt: skip


def relative_change(
    contacts_before: ArrayLike, contacts_after: ArrayLike, active_before: float = 1.0, active_after: float = 1.0
) -> Estimate:
    """Return (after per active / before per active) − 1 with its interval, from contacts by group, shape (G,) each.

    −0.1 means 10 % fewer contacts per active customer. n is the smaller of the two numbers of contacts.
    """
    cells = _cells(contacts_before, contacts_after)
    n = int(cells.sum(axis=(0, 1)).min())
    scale = _positive(active_before) / _positive(active_after)
    found = estimates(cells, lambda sums: sums[..., 1] / sums[..., 0] * scale, [n], "log", METHOD)[0]
    return replace(found, value=_less_one(found.value), low=_less_one(found.low), high=_less_one(found.high))


def detectable_change(contacts_before: ArrayLike, contacts_after: ArrayLike) -> float | None:
    """Return the smallest relative change that would be seen 4 times in 5, from contacts by group (G,) each.

    (t₀.₉₇₅ + t₀.₈₀) standard errors on the log scale; None where there is nothing to tell it from. Say “a change
    under x % cannot be seen”.
    """
    cells = _cells(contacts_before, contacts_after)
    if np.any(cells.sum(axis=(0, 1)) <= 0):
        return None
    raw = jackknife(cells, lambda sums: sums[..., 1] / sums[..., 0], "log")
    error = math.sqrt(float(raw.variance[0])) if np.isfinite(raw.variance[0]) else math.inf
    reach = (float(t.ppf(0.975, GROUPS - 1)) + float(t.ppf(POWER, GROUPS - 1))) * error
    return math.expm1(reach) if math.isfinite(reach) and reach < 700 else None


def year_on_year(monthly: "pd.Series[float]", months: "pd.Series[pd.Timestamp]") -> Direction:
    """Return where a monthly figure (index: first of month) moved in `months` against the same months a year before.

    By the interval of `yearly_difference`; unknown below six pairs.
    """
    found = yearly_difference(monthly, months)
    if found.value is None or found.low is None or found.high is None:
        return "unknown"
    if found.low <= 0 <= found.high:
        return "unclear"
    return "falls" if found.value < 0 else "rises"


def yearly_difference(monthly: "pd.Series[float]", months: "pd.Series[pd.Timestamp]") -> Estimate:
    """Return the mean difference of a monthly figure in `months` from the same months a year before, in its unit.

    The mean of the paired differences with its 95 % t interval, the number of months cut for what they share with the
    month before (lag-1 autocorrelation). No number below six pairs.
    """
    now = monthly.reindex(months).to_numpy(dtype=np.float64)
    ago = monthly.reindex(months - pd.DateOffset(years=1)).to_numpy(dtype=np.float64)
    gaps = (now - ago)[np.isfinite(now - ago)]
    if len(gaps) < LEAST_PAIRS:
        return cannot(len(gaps), YEARLY, f"A comparison needs {LEAST_PAIRS} months and the same months a year before.")
    middle, spread = float(gaps.mean()), float(gaps.std(ddof=1))
    rest = gaps - middle
    shared = max(float(rest[1:] @ rest[:-1] / (rest @ rest)), 0.0) if spread > 0 else 0.0
    size = max(len(gaps) * (1.0 - shared) / (1.0 + shared), 2.0)
    half = float(t.ppf(0.975, size - 1)) * spread / math.sqrt(size)
    return Estimate(middle, middle - half, middle + half, len(gaps), YEARLY)


def _period(contacts: ArrayLike, active: ArrayLike) -> tuple[float, Floats, Floats]:
    """Return active customers, segment shares and contacts per active customer; NaN for an empty segment."""
    made, base = (
        np.atleast_1d(np.asarray(contacts, dtype=np.float64)),
        np.atleast_1d(np.asarray(active, dtype=np.float64)),
    )
    if made.shape != base.shape or np.any(made < 0) or np.any(base < 0):
        raise AnalyticsError("Contacts and active customers must be given per segment and not be negative.")
    total = float(base.sum())
    if total <= 0 or np.any((base == 0) & (made > 0)):
        raise CannotTellError(
            "A segment has contacts but no active customers.", do="Map the monthly active customers per segment."
        )
    return total, base / total, np.divide(made, base, out=np.full(base.shape, np.nan), where=base > 0)


def _fill(rate: Floats, other: Floats) -> Floats:
    """A segment that exists in one period only came or went: its rate is taken as constant, so it counts as mix."""
    return np.where(np.isnan(rate), other, rate)


def _three_ways(
    total: tuple[float, float], mix: tuple[Floats, Floats], rate: tuple[Floats, Floats]
) -> tuple[Floats, Floats, Floats]:
    """Return the Shapley parts of total · mix · rate per segment; with three factors the weights are 2, 1, 1, 2."""

    def part(a: tuple[Floats, Floats], b: tuple[Floats, Floats], c: tuple[Floats, Floats]) -> Floats:
        others = 2 * b[0] * c[0] + b[0] * c[1] + b[1] * c[0] + 2 * b[1] * c[1]
        return np.asarray((a[1] - a[0]) * others / 6, dtype=np.float64)

    size = (np.full(mix[0].shape, total[0]), np.full(mix[0].shape, total[1]))
    return part(size, mix, rate), part(mix, size, rate), part(rate, size, mix)


def _cells(before: ArrayLike, after: ArrayLike) -> Floats:
    return np.stack([np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)], axis=-1)[None]


def _positive(active: float) -> float:
    if not active > 0:
        raise CannotTellError("A period has no active customers.", do="Map the monthly active customers.")
    return active


def _less_one(value: float | None) -> float | None:
    return None if value is None else value - 1.0
