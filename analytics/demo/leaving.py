"""Who leaves, and when: a monthly chance that remembers past contacts with a half-life of nine months."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.demo.frame import Array, Flags, Floats, Frame, Ints
from analytics.demo.plan import DAYS_PER_MONTH, Plan

HALF_LIFE_MONTHS: Final = 9.0
BASE_LOGIT: Final = -4.0


@dataclass(frozen=True, slots=True)
class Fate:
    """The random numbers that decide about leaving: the same in every world that is compared."""

    u: Floats
    """customer × month."""
    inside: Floats
    """Customer → part of the month at which leaving takes place."""


def draw_fate(plan: Plan, rng: np.random.Generator, count: int) -> Fate:
    """Draw one fate per customer."""
    return Fate(u=rng.random((count, plan.months + 1)), inside=rng.random(count))


def burden(plan: Plan, who: Array, t: Floats, gain: Floats, count: int) -> Floats:
    """Return customer × month: what the contacts of that month weigh at its end."""
    starts = np.array(plan.month_starts)
    month = np.clip(np.searchsorted(starts, t, side="right") - 1, 0, plan.months)
    faded = gain * 0.5 ** ((starts[month + 1] - t) / DAYS_PER_MONTH / HALF_LIFE_MONTHS)
    cells = np.bincount(who * (plan.months + 1) + month, weights=faded, minlength=count * (plan.months + 1))
    return np.asarray(cells.reshape(count, plan.months + 1))


def leaving_days(plan: Plan, customers: Frame, weights: Floats, fate: Fate) -> Floats:
    """Return the day each customer leaves; infinity while they stay."""
    starts = np.array(plan.month_starts, float)
    lengths = np.diff(starts)
    left: Floats = np.full(len(fate.inside), np.inf)
    G = np.zeros(len(left))
    for month in range(plan.months + 1):
        here = np.isinf(left) & (customers["joined_month"] < month)
        goes = here & (fate.u[:, month] < _hazard(customers, starts[month], G) * lengths[month] / DAYS_PER_MONTH)
        left[goes] = starts[month] + fate.inside[goes] * lengths[month]
        G = G * 0.5 ** (lengths[month] / DAYS_PER_MONTH / HALF_LIFE_MONTHS) + weights[:, month]
    return left


def _hazard(customers: Frame, day: float, G: Floats) -> Floats:
    tenure = np.log1p(np.maximum(0.0, day - customers["joined"]) / DAYS_PER_MONTH)
    logit = BASE_LOGIT - 0.40 * (tenure - 3) - 0.45 * customers["b2b"] + np.clip(G, -2, 2)
    return np.asarray(1 / (1 + np.exp(-logit)))


def active_counts(plan: Plan, customers: Frame, left: Floats, products: int) -> Ints:
    """Return month × segment × product: customers active in the middle of the month."""
    starts = np.array(plan.month_starts)
    counts = np.zeros((plan.months + 1, 2, products), np.int64)
    cell = customers["b2b"] * products + customers["product"]
    for month, middle in enumerate((starts[:-1] + starts[1:]) / 2):
        active: Flags = (customers["joined"] <= middle) & (left > middle)
        counts[month] = np.bincount(cell[active], minlength=2 * products).reshape(2, products)
    return counts
