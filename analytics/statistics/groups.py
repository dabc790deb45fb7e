"""Rates, means, ratios and differences of clustered contacts, with intervals from 32 random groups (METHODS k).

Owns the named statistics. Input is always sums by replicate group of customers, shape (G, M) for one row or
(R, G, M) for many, as the cubes hold them; the interval and the rules of size come from `jackknife`, and rare events
from Wilson at an effective n.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.statistics.estimate import GREY_BELOW, Estimate, Estimates
from analytics.statistics.jackknife import JACKKNIFE, MIN_GROUPS, checked_cells, estimates, jackknife, judged
from analytics.statistics.proportions import effective_wilson, wilson

Floats = NDArray[np.float64]
RARE_EVENTS = 10
RATE_METHOD = f"{JACKKNIFE}; Wilson below {RARE_EVENTS} events or {GREY_BELOW} observations"


def rates(sums: ArrayLike, parent_design_effect: float | None = None) -> Estimates:
    """Return proportions from (events, n) by group, shape (R, G, 2), on the logit scale.

    Fewer than 10 events or non-events: Wilson at an effective n, with the design effect of the parent (default: of
    all rows together). 10 to 29 observations: Wilson, greyed.
    """
    cells = checked_cells(sums)
    raw = jackknife(cells, _quotient, "logit")
    events, n = cells.sum(axis=1).T
    deff = design_effect(cells.sum(axis=0)) if parent_design_effect is None else parent_design_effect
    rare = (np.minimum(events, n - events) < RARE_EVENTS) | ~np.isfinite(raw.variance)
    rare_low, rare_high = effective_wilson(events, n, deff, cells.shape[1])
    low, high = np.where(rare, rare_low, raw.low), np.where(rare, rare_high, raw.high)
    small_low, small_high = wilson(events, n)
    small = n < GREY_BELOW
    with np.errstate(divide="ignore", invalid="ignore"):
        value = events / n
    low, high = np.where(small, small_low, low), np.where(small, small_high, high)
    chosen = replace(raw, value=value, low=low, high=high)
    return judged(chosen, n.astype(np.int64), RATE_METHOD, proportion=True)


def means(sums: ArrayLike) -> Estimates:
    """Return means from (Σx, n) by group, shape (R, G, 2)."""
    cells = checked_cells(sums)
    return estimates(cells, _quotient, cells[:, :, 1].sum(axis=1))


def ratios(sums: ArrayLike, n: ArrayLike) -> Estimates:
    """Return positive ratios from (numerator, denominator) by group, shape (R, G, 2), on the log scale."""
    return estimates(sums, _quotient, n, "log")


def differences(sums: ArrayLike) -> Estimates:
    """Return x₂/n₂ − x₁/n₁ from (x₁, n₁, x₂, n₂) by group, shape (R, G, 4); n is the smaller of n₁ and n₂."""
    cells = checked_cells(sums)
    return estimates(cells, _difference, np.minimum(cells[:, :, 1].sum(axis=1), cells[:, :, 3].sum(axis=1)))


def relatives(sums: ArrayLike, n: ArrayLike) -> Estimates:
    """Return (x₂/d₂) / (x₁/d₁) from (x₁, d₁, x₂, d₂) by group, shape (R, G, 4), on the log scale."""
    return estimates(sums, _relative, n, "log")


def totals(sums: ArrayLike, per: ArrayLike = 1.0) -> Estimates:
    """Return Σ counts / per from counts by group, shape (R, G); `per` (R,) or a number is known, not sampled.

    For contacts per active customer, whose number is not held by group. Log scale; n is the count itself.
    """
    counts = np.atleast_2d(np.asarray(sums, dtype=np.float64))
    base = np.broadcast_to(np.asarray(per, dtype=np.float64), (len(counts),))
    found = estimates(counts[:, :, None], lambda cells: cells[..., 0], counts.sum(axis=1), "log")
    return Estimates(
        found.value / base, found.low / base, found.high / base, found.n, found.method, found.state, found.why
    )


def rate(sums: ArrayLike, parent_design_effect: float | None = None) -> Estimate:
    """Return one proportion from (events, n) by group, shape (G, 2); see `rates`."""
    return rates(np.asarray(sums)[None], parent_design_effect)[0]


def mean(sums: ArrayLike) -> Estimate:
    """Return one mean from (Σx, n) by group, shape (G, 2)."""
    return means(np.asarray(sums)[None])[0]


def ratio(sums: ArrayLike, n: int) -> Estimate:
    """Return one ratio from (numerator, denominator) by group, shape (G, 2)."""
    return ratios(np.asarray(sums)[None], [n])[0]


def difference(sums: ArrayLike) -> Estimate:
    """Return x₂/n₂ − x₁/n₁ from (x₁, n₁, x₂, n₂) by group, shape (G, 4)."""
    return differences(np.asarray(sums)[None])[0]


def relative(sums: ArrayLike, n: int) -> Estimate:
    """Return (x₂/d₂) / (x₁/d₁) from (x₁, d₁, x₂, d₂) by group, shape (G, 4)."""
    return relatives(np.asarray(sums)[None], [n])[0]


def total(sums: ArrayLike, per: float = 1.0) -> Estimate:
    """Return Σ counts / per from counts by group, shape (G,)."""
    return totals(np.asarray(sums)[None], per)[0]


def design_effect(sums: ArrayLike) -> float:
    """Return the variance of a proportion from (events, n) by group (G, 2) over that of independent observations.

    1 where it cannot be told (no events, or fewer than 20 groups).
    """
    raw = jackknife(np.asarray(sums)[None], _quotient)
    events, n = np.asarray(sums, dtype=np.float64).sum(axis=0)
    simple = events * (n - events) / n**3 if n > 0 else 0.0
    return float(raw.variance[0] / simple) if simple > 0 and raw.held[0] >= MIN_GROUPS else 1.0


def _quotient(sums: Floats) -> Floats:
    return np.asarray(sums[..., 0] / sums[..., 1], dtype=np.float64)


def _difference(sums: Floats) -> Floats:
    return np.asarray(sums[..., 2] / sums[..., 3] - sums[..., 0] / sums[..., 1], dtype=np.float64)


def _relative(sums: Floats) -> Floats:
    return np.asarray((sums[..., 2] / sums[..., 3]) / (sums[..., 0] / sums[..., 1]), dtype=np.float64)
