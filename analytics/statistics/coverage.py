"""What a set of initiatives covers of each cause, under the three ways coverage can meet (METHODS b, "Overlap").

Kernels of `overlap`, apart so that the readings of one ledger share one definition of the survivors. Inputs are
checked once, by `inputs`; the other functions trust them.
"""

from collections.abc import Iterator
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError, nearest

Floats = NDArray[np.float64]
Mode = Literal["independent", "nested", "disjoint"]
"""How coverage meets: by chance (product), the larger contains the smaller (maximum), or never (capped sum)."""

MODES: tuple[Mode, ...] = get_args(Mode)
_CELLS = 4_000_000


def survivors(shares: Floats, mode: Mode) -> Floats:
    """Return the remaining share per cause, shape (K,), for shares (I, K)."""
    if mode == "independent":
        left = np.prod(1.0 - shares, axis=0)
    elif mode == "nested":
        left = 1.0 - np.max(shares, axis=0, initial=0.0)
    else:
        left = 1.0 - np.minimum(1.0, shares.sum(axis=0))
    return np.asarray(left, dtype=np.float64)


def game(base: Floats, shares: Floats, mode: Mode) -> Floats:
    """Return V for all 2^I sets in bit order; causes come in blocks so that memory stays bounded."""
    sets = 2 ** len(shares)
    values = np.zeros(sets)
    for block in _blocks(len(base), max(1, _CELLS // sets)):
        values += (1.0 - survivors_of_sets(shares[:, block], mode)) @ base[block]
    values[0] = 0.0
    return values


def survivors_of_sets(shares: Floats, mode: Mode) -> Floats:
    """Return the survivors of every set, shape (2^I, K), each set built from the one without its highest member."""
    table = np.full((2 ** len(shares), shares.shape[1]), 1.0 if mode == "independent" else 0.0)
    for i, share in enumerate(shares):
        known = table[: 1 << i]
        table[1 << i : 2 << i] = (
            known * (1.0 - share)
            if mode == "independent"
            else np.maximum(known, share)
            if mode == "nested"
            else known + share
        )
    return table if mode == "independent" else 1.0 - np.minimum(1.0, table)


def marginals(base: Floats, shares: Floats, order: NDArray[np.intp], mode: Mode) -> Floats:
    """Return what each initiative adds in `order`, shape (I,), indexed by initiative."""
    rows = shares[order]
    if mode == "independent":
        covered = 1.0 - np.cumprod(1.0 - rows, axis=0)
    elif mode == "nested":
        covered = np.maximum.accumulate(rows, axis=0)
    else:
        covered = np.minimum(1.0, np.cumsum(rows, axis=0))
    added = np.empty(len(shares))
    added[order] = np.diff(covered @ base, prepend=0.0)
    return added


def _blocks(length: int, size: int) -> Iterator[slice]:
    return (slice(start, start + size) for start in range(0, length, size))


def inputs(D: ArrayLike, r: ArrayLike, mode: Mode) -> tuple[Floats, Floats]:
    """Return the baseline (K,) and shares (I, K) as floats; raises ScenarioError when they cannot be."""
    check_mode(mode)
    base, shares = np.asarray(D, dtype=np.float64), checked_shares(r)
    if base.ndim != 1 or shares.shape[1] != len(base):
        raise ScenarioError(
            f"The removal shares cover {shares.shape[1]} causes, the baseline {base.size}.",
            do="Give one share per initiative and cause.",
        )
    if not np.all(np.isfinite(base)) or np.any(base < 0):
        raise ScenarioError("The baseline holds a negative or missing value.", do="Give contacts, minutes or cost ≥ 0.")
    return base, shares


def checked_shares(r: ArrayLike) -> Floats:
    """Return `r` as a table of floats in 0..1; raises ScenarioError otherwise."""
    shares = np.asarray(r, dtype=np.float64)
    if shares.ndim != 2:
        raise ScenarioError("Removal shares must form a table of initiatives by causes.")
    if not np.all((shares >= 0.0) & (shares <= 1.0)):
        raise ScenarioError("A removal share lies outside 0 to 1.", do="Give each share between 0 and 100 %.")
    return shares


def check_mode(mode: str) -> None:
    """Raise ScenarioError, naming the nearest, when `mode` is none of `MODES`."""
    if mode not in MODES:
        raise ScenarioError(f"Overlap “{mode}” is unknown.", do=nearest(mode, MODES))
