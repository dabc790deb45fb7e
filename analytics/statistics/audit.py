"""Audit of assigned labels: what share is right once a sample has been labelled by hand (METHODS b).

Owns the seeded drawing of the sample, the confusion table and the post-stratified share. Post-stratifying on the
assigned label (PPV and NPV) is used instead of Rogan–Gladen, whose interval on 50 labels spreads 16–47 % for a true
30 %. A share is called corrected from 200 labels on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError, nearest
from analytics.statistics.estimate import SUPPRESS_BELOW, Estimate, cannot

Floats = NDArray[np.float64]
PER_SIDE = 25
CORRECTED_FROM = 200
BOOTSTRAP = 2_000
METHOD = "post-stratified on the assigned label, bootstrap of the audit"
_PRIOR = 0.5
"""Jeffreys; without it a sample without a single error would have an interval of width zero."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Contacts drawn for labelling."""

    ids: tuple[str, ...]
    predicted: tuple[bool, ...]
    """Whether the app holds the contact for avoidable."""
    weights: tuple[float, ...]
    """Contacts that each drawn one stands for."""
    seed: int
    short: str
    """What the pool could not give, in words; empty when 25 + 25 were drawn."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """Labels by hand against labels assigned: counts of shape (A, T)."""

    assigned: tuple[str, ...]
    true: tuple[str, ...]
    counts: NDArray[np.int64]

    @property
    def labelled(self) -> int:
        """Contacts labelled by hand."""
        return int(self.counts.sum())

    @property
    def agreement(self) -> float | None:
        """Share labelled as assigned, over the drawn sample (not weighted to the population)."""
        same = sum(int(self.counts[a, self.true.index(name)]) for a, name in enumerate(self.assigned))
        return same / self.labelled if self.labelled else None


def draw(
    ids: Sequence[str], predicted: ArrayLike, seed: int, per_side: int = PER_SIDE, stands_for: ArrayLike | None = None
) -> Sample:
    """Return up to `per_side` contacts held for avoidable and as many not, in a mixed order fixed by `seed`.

    `stands_for` says how many contacts each of the pool stands for (default: one). The chance of being drawn is in
    proportion to it, so that every drawn contact of a side weighs the same.
    """
    flags = np.asarray(predicted, dtype=np.bool_)
    volume = np.ones(len(flags)) if stands_for is None else np.asarray(stands_for, dtype=np.float64)
    if not len(ids) == len(flags) == len(volume):
        raise AnalyticsError("Each contact of the pool needs to be held for avoidable or not, and what it stands for.")
    generator = np.random.default_rng(seed)
    sides = [np.flatnonzero(flags == side) for side in (True, False)]
    drawn = [_drawn(generator, side, volume[side], per_side) for side in sides]
    weights = {
        bool(flags[one[0]]): float(volume[side].sum() / len(one))
        for side, one in zip(sides, drawn, strict=True)
        if len(one)
    }
    rows = generator.permutation(np.concatenate(drawn))
    return Sample(
        tuple(ids[row] for row in rows),
        tuple(bool(flags[row]) for row in rows),
        tuple(weights[bool(flags[row])] for row in rows),
        seed,
        _short(len(sides[0]), len(sides[1]), per_side),
    )


def _drawn(generator: np.random.Generator, side: NDArray[np.int64], volume: Floats, per_side: int) -> NDArray[np.int64]:
    if not len(side):
        return side
    return generator.choice(side, min(per_side, len(side)), replace=False, p=volume / volume.sum())


def confusion(assigned: Sequence[str], true: Sequence[str], classes: Sequence[str]) -> Confusion:
    """Return the table of `assigned` against `true` labels, one pair per labelled contact."""
    if len(assigned) != len(true):
        raise AnalyticsError("Each labelled contact needs an assigned and a true label.")
    names = tuple(classes)
    unknown = sorted({*assigned, *true} - set(names))
    if unknown:
        raise AnalyticsError(f"“{unknown[0]}” is not a class.", do=nearest(unknown[0], names))
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    for given, found in zip(assigned, true, strict=True):
        counts[names.index(given), names.index(found)] += 1
    return Confusion(names, names, counts)


def corrected_share(assigned_share: ArrayLike, table: Confusion, of: str, seed: int = 0) -> Estimate:
    """Return the true share of class `of`; refuses in words below 200 labels (see `rough_share` for those).

    share = Σ_a p̂_a · P(true = of | assigned = a); for two classes that is p̂·PPV + (1 − p̂)(1 − NPV).
    """
    if table.labelled < CORRECTED_FROM:
        more = CORRECTED_FROM - table.labelled
        why = f"{table.labelled} of {CORRECTED_FROM} labels: label {more} more before the share is called corrected."
        return cannot(table.labelled, METHOD, why)
    return _share(assigned_share, table, of, seed)


def rough_share(assigned_share: ArrayLike, table: Confusion, of: str, seed: int = 0) -> Estimate:
    """Return the same share from fewer labels, greyed and never to be called corrected."""
    found = _share(assigned_share, table, of, seed)
    if found.state != "ok" or table.labelled >= CORRECTED_FROM:
        return found
    why = f"Rough: {table.labelled} labels. From {CORRECTED_FROM} on the share counts as corrected."
    return Estimate(found.value, found.low, found.high, found.n, found.method, "grey", why)


def _share(assigned_share: ArrayLike, table: Confusion, of: str, seed: int) -> Estimate:
    shares = np.asarray(assigned_share, dtype=np.float64)
    if of not in table.true:
        raise AnalyticsError(f"“{of}” is not a class.", do=nearest(of, table.true))
    if shares.shape != (len(table.assigned),) or np.any(shares < 0) or abs(shares.sum() - 1) > 1e-6:
        raise AnalyticsError("The assigned shares must be one per class and add up to 100 %.")
    rows = table.counts.sum(axis=1)
    thin = [name for name, n, p in zip(table.assigned, rows, shares, strict=True) if p > 0 and n < SUPPRESS_BELOW]
    if thin:
        why = f"Fewer than {SUPPRESS_BELOW} labels among those assigned “{thin[0]}”."
        return cannot(table.labelled, METHOD, why)
    hits = table.counts[:, table.true.index(of)]
    value = float(shares @ np.divide(hits, rows, out=np.zeros(len(rows)), where=rows > 0))
    draws = _bootstrap(hits, rows, seed) @ shares
    low, high = np.quantile(draws, [0.025, 0.975])
    return Estimate(value, min(float(low), value), max(float(high), value), table.labelled, METHOD)


def _bootstrap(hits: NDArray[np.int64], rows: NDArray[np.int64], seed: int) -> Floats:
    """Return draws of P(true = of | assigned), shape (draws, A): the Bayesian bootstrap of each row of the table."""
    generator = np.random.default_rng(seed)
    return np.asarray(generator.beta(hits + _PRIOR, rows - hits + _PRIOR, (BOOTSTRAP, len(rows))), dtype=np.float64)


def _short(held: int, others: int, per_side: int) -> str:
    if min(held, others) >= per_side:
        return ""
    return f"The pool holds {held:,} contacts held for avoidable and {others:,} others; {per_side} of each are wanted."
