"""Retention and margin: one joint logit of effort and value, turned into survival, each customer once (METHODS h).

Levers move effort first; value is drawn given low effort. Probabilities come out of a logit, so none passes 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from analytics.errors import ScenarioError
from analytics.scenarios.levers import Grade
from analytics.scenarios.ranges import Range

Floats = NDArray[np.floating]


def causal_share_range() -> Range:
    """Return λ for an association: 0 with chance .3, else PERT(0, .25, .6) (METHODS h)."""
    return Range(0.0, 0.25, 0.6, reading="limits", spike=0.3)


@dataclass(frozen=True, slots=True)
class Loyalty:
    """How effort and value go with staying, and what staying is worth."""

    retention: float
    """Share of customers resolved with low effort who stay 12 months, in (0, 1)."""
    margin: float
    """Contribution margin per customer and month (not revenue)."""
    effort_difference: Range
    """Points of 12-month retention lost with high effort, as a share ≥ 0 (0.05 = 5 points)."""
    value_difference: Range
    """Points gained when a low-effort contact adds value, beyond resolution and effort."""
    coverage: float = 0.0
    """Share of low-effort contacts that add value today."""
    causal_share: Range = causal_share_range()  # noqa: RUF009 - an immutable value
    """λ: share of the associations that is cause; `Range.constant(1)` for experiments only."""
    effect_months: int = 12
    """Months after the contact in which the hazard differs; afterwards it is as before."""
    renewals_due: float = float("inf")
    """Customers who can leave within the horizon at all: the cap on customers counted."""
    grade: Grade = "C"

    def __post_init__(self) -> None:
        if not 0 < self.retention < 1 or not 0 <= self.coverage <= 1:
            raise ScenarioError("Retention and coverage are shares between 0 and 1.")

    def ranges(self) -> dict[str, Range]:
        """Return the uncertain inputs by name."""
        return {
            "effort_difference": self.effort_difference,
            "value_difference": self.value_difference,
            "causal_share": self.causal_share.within(0.0, 1.0),
        }

    def stay_probability(
        self, high: Floats, low: Floats, coverage: Floats, effort_points: Floats, value_points: Floats
    ) -> Floats:
        """Return P(stay 12 months) over all customers of the baseline.

        `high` and `low`: share of them with a high- or low-effort contact; the rest needed no contact and stays
        like low effort without value. `coverage`: share of low-effort contacts that add value. Points are causal
        differences at the baseline retention.
        """
        base = float(logit(self.retention))
        hurt = logit(np.clip(self.retention - effort_points, 1e-6, 1 - 1e-6)) - base
        gain = logit(np.clip(self.retention + value_points, 1e-6, 1 - 1e-6)) - base
        stay, effort, value = expit(base), expit(base + hurt), expit(base + gain)
        return np.asarray(stay + high * (effort - stay) + low * np.clip(coverage, 0, 1) * (value - stay))

    def margin_by_month(self, before: Floats, after: Floats, customers: Floats) -> Floats:
        """Return added margin per month from retention before and after, shape (draws, months).

        `customers` (months,) holds each customer in the month of the first contact; a cohort keeps the changed
        hazard for `effect_months`, then loses customers as before: Σ n·[S₁ − S₀]·margin.
        """
        capped = customers * min(1.0, self.renewals_due / max(float(customers.sum()), 1e-12))
        months = capped.size
        old, new = (-np.log(np.clip(p, 1e-6, 1.0)) / 12 for p in (before, after))
        total = np.zeros(np.broadcast_shapes(old.shape, new.shape), dtype=new.dtype)
        for s in np.flatnonzero(capped):
            age = np.arange(1, months - s + 1, dtype=new.dtype)
            changed = np.minimum(age, self.effect_months)
            survival = np.exp(-old[:, s, None] * age)
            total[:, s:] += capped[s] * survival * np.expm1((old - new)[:, s, None] * changed)
        return np.asarray(total * self.margin)
