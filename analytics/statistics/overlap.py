"""What several initiatives remove together when they draw on the same contacts (METHODS b, "Overlap").

Owns the value of a set of initiatives, its four readings (stand-alone, last-in, together, Shapley) and the overlap
matrix. `D` is always the baseline per cause (contacts, minutes or cost), shape (K,), and `r` the share of each
cause's remaining contacts that an initiative removes, shape (I, K), each in 0..1. The sum of stand-alone values is
never offered: it counts shared contacts twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from analytics.errors import ScenarioError
from analytics.statistics import coverage
from analytics.statistics.coverage import MODES, Floats, Mode

__all__ = [
    "MODES",
    "Attribution",
    "Mode",
    "Shares",
    "attribute",
    "in_order",
    "last_in",
    "overlap_matrix",
    "removed_value",
    "shapley",
    "shapley_of_game",
    "standalone",
    "survivors",
    "together",
    "together_range",
]

EXACT_LIMIT = 15
"""Up to this many nested or disjoint initiatives shares are exact (2^15 sets); above, by random permutations."""
PERMUTATIONS = 2_000
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Shares:
    """Credit per initiative that adds up to what all remove together; go or no-go is decided on last-in instead."""

    value: Floats
    """Credit per initiative in the unit of `D`, shape (I,)."""
    low: Floats
    high: Floats
    """95 % interval of the sampling error of the permutations; equal to `value` when exact."""
    method: str
    """“Shapley, exact” (and over how many sets) or “Shapley, … random orders”."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The readings shown side by side; there is deliberately no sum of the stand-alone values."""

    standalone: Floats
    last_in: Floats
    shapley: Shares
    together: float


def survivors(r: ArrayLike, mode: Mode = "independent") -> Floats:
    """Return the share of each cause's contacts that remain, shape (K,), when all rows of `r` (I, K) act.

    Independent: Π(1 − r); nested: 1 − max r; disjoint: 1 − min(1, Σ r). Raises ScenarioError for shares outside 0..1.
    """
    shares = coverage.checked_shares(r)
    coverage.check_mode(mode)
    return coverage.survivors(shares, mode)


def removed_value(D: ArrayLike, r: ArrayLike, subset: Iterable[int] | None = None, mode: Mode = "independent") -> float:
    """Return V(T) = Σ_k D_k (1 − survivors_k), in the unit of `D`, for the initiatives in `subset` (default: all)."""
    base, shares = coverage.inputs(D, r, mode)
    rows = shares if subset is None else shares[sorted(set(subset))]
    return float(base @ (1.0 - coverage.survivors(rows, mode)))


def standalone(D: ArrayLike, r: ArrayLike, mode: Mode = "independent") -> Floats:
    """Return V({i}) per initiative, shape (I,): what each removes if it is the only one. Never add these up."""
    base, shares = coverage.inputs(D, r, mode)
    return np.asarray(shares @ base, dtype=np.float64)


def last_in(D: ArrayLike, r: ArrayLike, mode: Mode = "independent") -> Floats:
    """Return V(all) − V(all without i) per initiative, shape (I,): the value on which go or no-go is decided."""
    base, shares = coverage.inputs(D, r, mode)
    whole = float(base @ (1.0 - coverage.survivors(shares, mode)))
    without = [base @ (1.0 - coverage.survivors(np.delete(shares, i, axis=0), mode)) for i in range(len(shares))]
    return whole - np.asarray(without, dtype=np.float64)


def together(D: ArrayLike, r: ArrayLike, mode: Mode = "independent") -> float:
    """Return V(all), in the unit of `D`: the only total."""
    return removed_value(D, r, None, mode)


def in_order(D: ArrayLike, r: ArrayLike, order: Sequence[int] | None = None, mode: Mode = "independent") -> Floats:
    """Return what each initiative adds when launched in `order` (default: as given), shape (I,), by initiative.

    Depends on the order by definition; label it so. The values add up to `together`.
    """
    base, shares = coverage.inputs(D, r, mode)
    sequence = np.arange(len(shares)) if order is None else np.asarray(order, dtype=np.intp)
    if sorted(sequence.tolist()) != list(range(len(shares))):
        raise ScenarioError("The launch order does not name every initiative once.", do="List each initiative once.")
    return coverage.marginals(base, shares, sequence, mode)


def together_range(D: ArrayLike, r: ArrayLike) -> dict[Mode, float]:
    """Return V(all) under each of the three assumptions; nested is the least, disjoint the most that can be removed."""
    return {mode: together(D, r, mode) for mode in MODES}


def shapley(
    D: ArrayLike, r: ArrayLike, mode: Mode = "independent", *, permutations: int = PERMUTATIONS, seed: int = 0
) -> Shares:
    """Return the Shapley credit per initiative, with Σ credit = together (efficiency).

    Exact for any number of independent initiatives and for up to 15 nested or disjoint ones; beyond that by random
    launch orders with an interval. Source: Shapley (1953); sampling: Castro, Gómez, Tejada (2009).
    """
    base, shares = coverage.inputs(D, r, mode)
    if mode == "independent":
        credit = _multilinear(base, shares)
        return Shares(credit, credit, credit, "Shapley, exact")
    if len(shares) <= EXACT_LIMIT:
        exact = shapley_of_game(coverage.game(base, shares, mode))
        return Shares(exact, exact, exact, f"Shapley, exact over {2 ** len(shares):,} sets")
    return _sampled(base, shares, mode, permutations, seed)


def shapley_of_game(values: ArrayLike) -> Floats:
    """Return the Shapley values, shape (m,), of any game given as v(set) for all 2^m sets in bit order, v(∅) = 0."""
    game = np.asarray(values, dtype=np.float64)
    players = len(game).bit_length() - 1
    if len(game) != 2**players or abs(game[0]) > 0:
        raise ScenarioError("A game needs a value for each of the 2^m sets, and 0 for the empty one.")
    sets = np.arange(len(game))
    size = np.bitwise_count(sets)
    weight = np.array([factorial(s) * factorial(players - s - 1) for s in range(players)]) / factorial(players)
    credit = np.zeros(players)
    for player in range(players):
        without = sets[(sets >> player) & 1 == 0]
        credit[player] = weight[size[without]] @ (game[without | (1 << player)] - game[without])
    return credit


def attribute(D: ArrayLike, r: ArrayLike, mode: Mode = "independent") -> Attribution:
    """Return stand-alone, last-in, Shapley and together for one set of initiatives."""
    return Attribution(standalone(D, r, mode), last_in(D, r, mode), shapley(D, r, mode), together(D, r, mode))


def overlap_matrix(D: ArrayLike, r: ArrayLike, mode: Mode = "independent") -> Floats:
    """Return what two initiatives both claim, V(i) + V(j) − V({i, j}), shape (I, I); the diagonal is V(i)."""
    base, shares = coverage.inputs(D, r, mode)
    if mode == "independent":
        matrix = (shares * base) @ shares.T
    elif mode == "nested":
        matrix = np.stack([np.minimum(row, shares) @ base for row in shares]) if len(shares) else np.zeros((0, 0))
    else:
        matrix = (
            np.stack([np.maximum(row + shares - 1.0, 0.0) @ base for row in shares])
            if len(shares)
            else np.zeros((0, 0))
        )
    np.fill_diagonal(matrix, shares @ base)
    return np.asarray(matrix, dtype=np.float64)


def _multilinear(base: Floats, shares: Floats) -> Floats:
    """Return ∫₀¹ r_i Π_{j≠i}(1 − t·r_j) dt · D: Owen's multilinear extension (1972), a polynomial of degree I − 1.

    Gauss–Legendre with ⌈I/2⌉ nodes integrates it exactly; nodes lie inside (0, 1), so no factor is zero.
    """
    credit = np.zeros(len(shares))
    node, weight = np.polynomial.legendre.leggauss(max(1, (len(shares) + 1) // 2))
    for t, share in zip((node + 1) / 2, weight / 2, strict=True):
        left = 1.0 - t * shares
        credit += share * ((shares * np.prod(left, axis=0) / left) @ base)
    return credit


def _sampled(base: Floats, shares: Floats, mode: Mode, permutations: int, seed: int) -> Shares:
    if permutations < 2:
        raise ScenarioError("Sharing credit by random orders needs at least 2 of them.")
    generator = np.random.default_rng(seed)
    draws = np.stack(
        [coverage.marginals(base, shares, generator.permutation(len(shares)), mode) for _ in range(permutations)]
    )
    mean = draws.mean(axis=0)
    half = _Z * draws.std(axis=0, ddof=1) / np.sqrt(permutations)
    return Shares(mean, mean - half, mean + half, f"Shapley, {permutations:,} random orders")
