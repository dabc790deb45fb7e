"""One estimate: a value with its interval, its n, how it was computed and whether it may be shown (METHODS j).

Owns the honesty rules by size: below 10 nothing is shown, 10 to 29 only a greyed proportion with its Wilson interval,
from 30 on everything. Estimators decide by `rule_for` and build results with the functions here, so that a screen
never has to know a threshold.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
State = Literal["ok", "grey", "suppressed", "cannot"]
"""ok: show; grey: show greyed, with `why`; suppressed: too few to show; cannot: not computable, see `why`."""

SUPPRESS_BELOW = 10
GREY_BELOW = 30
IMPRECISE_HALF_WIDTH = 0.25
"""Half-width over value from which an estimate is tagged “imprecise”."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and what may be said about it; `value` is None when suppressed or not computable."""

    value: float | None
    low: float | None
    high: float | None
    """Ends of the 95 % interval; None when there is no interval, and `why` says the reason."""
    n: int
    """Observations behind the value (contacts, sessions, answers; the caller's label says which)."""
    method: str
    """How value and interval were computed, in words for a reader."""
    state: State = "ok"
    why: str = ""
    """Why the value is grey, suppressed or missing, and what to do; empty when ok."""

    @property
    def shown(self) -> bool:
        """Whether there is a value to show."""
        return self.value is not None

    @property
    def half_width(self) -> float | None:
        """Half the length of the interval, in the unit of the value."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2.0

    @property
    def imprecise(self) -> bool:
        """Whether the half-width exceeds 25 % of the value (METHODS j 2); true for a zero value with any width."""
        half = self.half_width
        return self.value is not None and half is not None and half > IMPRECISE_HALF_WIDTH * abs(self.value)

    def covers(self, truth: float) -> bool:
        """Whether the interval contains `truth`; false without an interval."""
        return self.low is not None and self.high is not None and self.low <= truth <= self.high

    def scaled(self, factor: float) -> "Estimate":
        """Return the same estimate in another unit, e.g. per 1,000; `factor` must be positive."""
        return replace(
            self, value=_times(self.value, factor), low=_times(self.low, factor), high=_times(self.high, factor)
        )


@dataclass(frozen=True, slots=True)
class Estimates:
    """Many estimates of one kind as arrays of shape (R,); NaN stands where `Estimate` has None."""

    value: Floats
    low: Floats
    high: Floats
    n: NDArray[np.int64]
    method: str
    state: tuple[State, ...]
    why: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of rows R."""
        return len(self.value)

    def __getitem__(self, row: int) -> Estimate:
        """Return one row as an `Estimate`."""
        return Estimate(
            number(self.value[row]),
            number(self.low[row]),
            number(self.high[row]),
            int(self.n[row]),
            self.method,
            self.state[row],
            self.why[row],
        )

    def __iter__(self) -> Iterator[Estimate]:
        """Yield the rows as `Estimate`."""
        return (self[row] for row in range(len(self)))


def rule_for(n: int, *, single_proportion: bool = False) -> tuple[State, str]:
    """Return the state and reason that n observations allow (METHODS j 1); ok comes with an empty reason."""
    if n < SUPPRESS_BELOW:
        return "suppressed", f"Fewer than {SUPPRESS_BELOW} observations are never shown."
    if n >= GREY_BELOW:
        return "ok", ""
    if single_proportion:
        return "grey", f"Only {n} observations: read it as a rough figure (30 are needed)."
    return "cannot", f"Only {n} observations; this figure needs at least {GREY_BELOW}."


def suppressed(n: int, method: str) -> Estimate:
    """Return the estimate that shows nothing because n is below 10."""
    return Estimate(None, None, None, n, method, "suppressed", rule_for(0)[1])


def cannot(n: int, method: str, why: str) -> Estimate:
    """Return the estimate that says why there is none."""
    return Estimate(None, None, None, n, method, "cannot", why)


def number(value: float) -> float | None:
    """Return a finite float, or None."""
    return float(value) if np.isfinite(value) else None


def wider(first: Estimate, second: Estimate) -> Estimate:
    """Return the one with the wider interval; an estimate without an interval counts as wider than any.

    For proportions of which more than 20 % of the contacts come from customers with several (METHODS a).
    """
    ours, theirs = first.half_width, second.half_width
    if theirs is None:
        return second
    return first if ours is None or ours >= theirs else second


def complementary_suppression(counts: ArrayLike) -> NDArray[np.bool_]:
    """Return which cells of a cross-table (R, C) to hide so that no hidden count follows from the margins.

    Counts of 1 to 9 are hidden; a row or column with exactly one hidden cell hides its smallest other count too,
    until nothing changes. Zeros stay: they are hidden only as partners of last resort.
    """
    table = np.asarray(counts, dtype=np.float64)
    hidden = (table > 0) & (table < SUPPRESS_BELOW)
    while True:
        before = int(hidden.sum())
        for view, mask in ((table, hidden), (table.T, hidden.T)):
            _hide_partners(view, mask)
        if int(hidden.sum()) == before:
            return hidden


def _hide_partners(table: Floats, hidden: NDArray[np.bool_]) -> None:
    for row in np.flatnonzero(hidden.sum(axis=1) == 1):
        open_cells = np.flatnonzero(~hidden[row])
        if open_cells.size:
            order = np.where(table[row, open_cells] > 0, table[row, open_cells], np.inf)
            hidden[row, open_cells[int(np.argmin(order))]] = True


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor
