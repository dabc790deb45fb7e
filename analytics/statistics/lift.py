"""How much more often customers stay after a value-enhancing contact: doubly robust weighting (METHODS e).

One estimand: the difference in probability to stay if all comparable customers had been value-enhanced at their index
contact against none, at equal effort, resolution, repetition, tenure, segment and channel. Rows are cells of equal
customers with counts, so the work does not grow with customers. Interval: influence summed by random group
(METHODS k). Sources: Robins, Rotnitzky and Zhao (1994); overlap by Crump et al. (2009); E-value: VanderWeele and
Ding (2017).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from analytics.errors import CannotTellError
from analytics.statistics import logit
from analytics.statistics.estimate import Estimate, cannot
from analytics.statistics.jackknife import MIN_GROUPS

Floats = NDArray[np.float64]
LEAST_ARM, LEAST_EVENTS, LEAST_EFFECTIVE = 100, 10, 50
OVERLAP = (0.03, 0.97)
"""Probabilities of value enhancement within which customers have a counterpart; the others are left out and counted."""
LEAST_COMPARED = 0.90
CLIP = (0.02, 0.98)
METHOD = "doubly robust (two logits), 32 random groups of customers; association, not proof"


@dataclass(frozen=True, slots=True)
class Cells:
    """Customers by cell: one row per combination of what is adjusted for and whether value was enhanced."""

    design: Floats
    """What is adjusted for, with a constant, shape (n, k)."""
    treated: NDArray[np.bool_]
    """Whether the cell's customers were value-enhanced, (n,)."""
    customers: Floats
    """By replicate group, (n, G)."""
    stayed: Floats
    """Of these, (n, G)."""


@dataclass(frozen=True, slots=True)
class Lift:
    """Adjusted difference beside the raw one."""

    gap: Estimate
    """Difference in the share that stayed, adjusted, in [−1, 1]; n: customers compared."""
    raw: float | None
    """The same without any adjustment."""
    compared: float
    """Share of the customers who had a counterpart and were compared."""
    stay: tuple[float, float] | None = None
    """Adjusted shares that stayed: value-enhanced, not."""
    followed: int = 0
    """Customers followed for 12 months, comparable or not."""


def lift(cells: Cells) -> Lift:
    """Return the adjusted difference, or the reason there is none."""
    raw, followed = _raw(cells), int(cells.customers.sum())
    why = _too_few(cells)
    if not why:
        try:
            return replace(_adjusted(cells, raw), followed=followed)
        except CannotTellError as error:
            why = str(error)
    return Lift(cannot(followed, METHOD, why), raw, 0.0, followed=followed)


@dataclass(frozen=True, slots=True)
class Arms:
    """Who was treated, who stayed, and how often each row counts."""

    treated: Floats
    """0 or 1, (n,)."""
    stayed: Floats
    """Share that stayed in [0, 1], (n,)."""
    weight: Floats
    """Customers, (n,)."""


def aipw(arms: Arms, outcome: Floats, propensity: Floats, clip: tuple[float, float] = CLIP) -> tuple[Floats, Floats]:
    """Return the influence values of staying if treated and if not, each (n,); their weighted means are the estimates.

    `outcome` and `propensity` are the designs (n, k) of the logits: one per arm for who stays, one for who is treated.
    """
    treated, stayed, weight = arms.treated, arms.stayed, arms.weight
    score = np.clip(logit.predict(propensity, logit.fit(propensity, treated, weight)), *clip)
    with_, without = (
        logit.predict(outcome, logit.fit(outcome, stayed, weight * arm)) for arm in (treated, 1 - treated)
    )
    return (
        with_ + treated * (stayed - with_) / score,
        without + (1 - treated) * (stayed - without) / (1 - score),
    )


def _adjusted(cells: Cells, raw: float | None) -> Lift:
    score, compared, kept = _overlapping(cells)
    customers, stayed = kept.customers, kept.stayed
    weight = customers.sum(axis=1)
    why = _not_comparable(compared, kept.treated, score, weight)
    if why:
        return Lift(cannot(int(weight.sum()), METHOD, why), raw, compared)
    arms = Arms(kept.treated.astype(np.float64), stayed.sum(axis=1) / weight, weight)
    with_, without = aipw(arms, kept.design, kept.design)
    means = float(weight @ with_ / weight.sum()), float(weight @ without / weight.sum())
    gap = means[0] - means[1]
    # a cell's influence is linear in how many of it stayed, so that groups of customers add up exactly
    clipped = np.clip(score, *CLIP)
    slope = arms.treated / clipped - (1 - arms.treated) / (1 - clipped)
    level = with_ - without - gap - slope * arms.stayed
    return Lift(_interval(gap, level @ customers + slope @ stayed, customers.sum(axis=0)), raw, compared, means)


def _overlapping(cells: Cells) -> tuple[Floats, float, Cells]:
    """Return propensities, the share of customers with a counterpart, and the cells of these."""
    everybody = cells.customers.sum(axis=1)
    arm = cells.treated.astype(np.float64)
    score = logit.predict(cells.design, logit.fit(cells.design, arm, everybody))
    inside = (score >= OVERLAP[0]) & (score <= OVERLAP[1]) & (everybody > 0)
    design = cells.design[inside]
    design = design[:, (np.ptp(design, axis=0) > 0) | (design == 1).all(axis=0)] if len(design) else design
    kept = Cells(design, cells.treated[inside], cells.customers[inside], cells.stayed[inside])
    return score[inside], float(everybody[inside].sum() / everybody.sum()), kept


def _interval(gap: float, by_group: Floats, customers: Floats) -> Estimate:
    held, n = int((customers > 0).sum()), int(customers.sum())
    if held < MIN_GROUPS:
        return Estimate(gap, None, None, n, METHOD, "grey", f"No interval: only {held} customer groups hold data.")
    error = float(np.sqrt(held / (held - 1) * (by_group**2).sum())) / n
    half = float(student.ppf(0.975, held - 1)) * error
    return Estimate(gap, gap - half, gap + half, n, METHOD)


def _raw(cells: Cells) -> float | None:
    arms = [cells.treated, ~cells.treated]
    n = [float(cells.customers[arm].sum()) for arm in arms]
    if min(n) == 0:
        return None
    stayed = [float(cells.stayed[arm].sum()) for arm in arms]
    return stayed[0] / n[0] - stayed[1] / n[1]


def _too_few(cells: Cells) -> str:
    for name, arm in (("with", cells.treated), ("without", ~cells.treated)):
        n, stayed = float(cells.customers[arm].sum()), float(cells.stayed[arm].sum())
        if n < LEAST_ARM:
            return f"Only {n:,.0f} {name} value enhancement were followed for 12 months; {LEAST_ARM} are needed."
        if min(stayed, n - stayed) < LEAST_EVENTS:
            return f"Fewer than {LEAST_EVENTS} customers {name} value enhancement left, or stayed."
    return ""


def _not_comparable(compared: float, treated: NDArray[np.bool_], score: Floats, weight: Floats) -> str:
    if compared < LEAST_COMPARED:
        return f"Only {compared:.0%} of the customers have a counterpart who was treated otherwise."
    for arm, chance in ((treated, score), (~treated, 1 - score)):
        inverse = weight[arm] / chance[arm]
        effective = inverse.sum() ** 2 / (inverse**2 / weight[arm]).sum() if arm.any() else 0.0
        if effective < LEAST_EFFECTIVE:
            return f"The comparison rests on the weight of {effective:.0f} customers; {LEAST_EFFECTIVE} are needed."
    return ""
