"""Which causes weigh most, how much the first few add up to, and which ranks would survive a resample (METHODS b).

Owns ordering and rank stability. A rank is only claimed where resampling the 32 groups of customers keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import GREY_BELOW

Floats = NDArray[np.float64]
RESAMPLES = 500
TOP = 5
CLEAR_ORDER = 0.90
"""Share of resamples in which a cause must outweigh the next for the order to be claimed (METHODS j 2)."""


@dataclass(frozen=True, slots=True)
class Pareto:
    """Causes by weight, heaviest first; arrays of shape (R,) in that order."""

    order: NDArray[np.intp]
    """Input row of each place."""
    weight: Floats
    share: Floats
    cumulative: Floats
    greyed: NDArray[np.bool_]
    """Fewer than 30 contacts: shown greyed, not ranked."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How often ranks hold over resamples of the customer groups; arrays of shape (R,) in input order."""

    in_top: Floats
    """Share of resamples in which the cause is among the first `top`."""
    beats_next: Floats
    """Share of resamples in which it outweighs the cause one place below; 1 for the last."""
    top: int
    resamples: int
    seed: int

    @property
    def clear(self) -> NDArray[np.bool_]:
        """Whether the order against the next may be claimed."""
        return self.beats_next >= CLEAR_ORDER


def pareto(weight: ArrayLike, contacts: ArrayLike) -> Pareto:
    """Return causes by `weight` (cost, contacts, minutes or effort), shape (R,); ties keep the input order."""
    weights, n = np.asarray(weight, dtype=np.float64), np.asarray(contacts, dtype=np.float64)
    if weights.shape != n.shape or weights.ndim != 1 or np.any(weights < 0):
        raise AnalyticsError("Weights must not be negative, and each cause needs its number of contacts.")
    order = np.argsort(-weights, kind="stable")
    total = weights.sum()
    share = weights[order] / total if total > 0 else np.zeros_like(weights)
    return Pareto(order, weights[order], share, np.cumsum(share), n[order] < GREY_BELOW)


def rank_stability(by_group: ArrayLike, top: int = TOP, resamples: int = RESAMPLES, seed: int = 0) -> Stability:
    """Return how stable the ranks of `by_group` (R, G) are when the G groups are drawn again with replacement."""
    cells = np.asarray(by_group, dtype=np.float64)
    if cells.ndim != 2:
        raise AnalyticsError("Weights by customer group must have the shape causes × groups.")
    rows, groups = cells.shape
    draws = np.random.default_rng(seed).multinomial(groups, np.full(groups, 1 / groups), size=resamples)
    totals = draws @ cells.T
    places = np.argsort(np.argsort(-totals, axis=1, kind="stable"), axis=1, kind="stable")
    return Stability(
        (places < top).mean(axis=0), _beats_next(cells.sum(axis=1), totals), min(top, rows), resamples, seed
    )


def by_label(weight: ArrayLike, labels: Sequence[str]) -> dict[str, float]:
    """Return the sum of `weight` per label (owner function, negative cause), heaviest first."""
    values = np.asarray(weight, dtype=np.float64)
    names, place = np.unique(np.asarray(labels, dtype=np.str_), return_inverse=True)
    sums = np.bincount(place, values, minlength=len(names)) if len(names) else values
    return {str(names[i]): float(sums[i]) for i in np.argsort(-sums, kind="stable")}


def _beats_next(weight: Floats, totals: Floats) -> Floats:
    order = np.argsort(-weight, kind="stable")
    share = np.ones(len(weight))
    share[order[:-1]] = (totals[:, order[:-1]] > totals[:, order[1:]]).mean(axis=0)
    return share
