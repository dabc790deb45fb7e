"""Ranges of a result: thousands of draws in float32, P10–P50–P90, chance of the target (METHODS h).

The headline is the median of the draws, not the path at the likely values. P10s of parts do not add to the P10 of
the sum. Draws are keyed by seed and parameter name, so two scenarios differ only where they differ.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError
from analytics.scenarios.check import problems
from analytics.scenarios.frame import compile_frame
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.money import payback_month
from analytics.scenarios.paths import Paths, run_paths
from analytics.scenarios.ranges import Range
from analytics.scenarios.sampling import sample, uncertain
from analytics.scenarios.scenario import Scenario

Array = NDArray[np.floating]
DRAWS: Final = 4096


@dataclass(frozen=True, slots=True)
class Band:
    """P10, P50, P90 of one number and how exact they are."""

    p10: float
    p50: float
    p90: float
    mean: float
    error: float
    """Monte-Carlo standard error of the median."""

    @property
    def rounded(self) -> tuple[float, float, float]:
        """P10, P50, P90 to two significant digits: more would be false precision."""
        return two_digits(self.p10), two_digits(self.p50), two_digits(self.p90)


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability over draws and its Monte-Carlo standard error."""

    share: float
    error: float


@dataclass(frozen=True, eq=False, slots=True)
class Draws:
    """All draws of one scenario."""

    ledger: Ledger
    scenario: Scenario
    values: Mapping[str, Array]
    """Input draws by key, (draws,)."""
    ranges: Mapping[str, Range]
    paths: Paths
    seed: int

    @property
    def net(self) -> Array:
        """Undiscounted net value over the horizon, (draws,)."""
        return np.asarray(self.paths.net.sum(axis=1))

    @property
    def npv(self) -> Array:
        """Net present value, (draws,)."""
        return self.paths.npv

    @property
    def contacts_saved(self) -> Array:
        """Contacts no longer handled over the horizon, (draws,)."""
        return np.asarray((self.paths.contacts_before - self.paths.contacts_after).sum(axis=1, dtype=float))

    @property
    def people_released(self) -> Array | None:
        """Capacity released in the last month, in people, (draws,); None without a staffing plan."""
        return None if self.paths.people is None else self.paths.people.released[:, -1]

    @property
    def people_cashable(self) -> Array | None:
        """People really not paid any more in the last month, (draws,)."""
        return None if self.paths.people is None else self.paths.people.cashable[:, -1]

    def chance(self, target: float | None = None) -> Chance | None:
        """Return the chance that the net value reaches the target; None when no target is set."""
        goal = self.scenario.settings.target if target is None else target
        return None if goal is None else chance(self.net >= goal)

    def chance_of_payback(self, within: int) -> Chance:
        """Return the chance that cash is back, and stays back, within that many months.

        A draw in which cash never goes below zero has nothing to pay back and counts as back from the start.
        """
        month = payback_month(self.paths.cash)
        never_out = (self.paths.cash >= -1e-9).all(axis=-1)
        return chance(never_out | (np.nan_to_num(month, nan=np.inf) <= within))


def simulate(ledger: Ledger, scenario: Scenario, draws: int = DRAWS, *, seed: int | None = None) -> Draws:
    """Return all draws; give two scenarios one `seed` to compare them. Raises ScenarioError as `evaluate` does."""
    wrong = [p.words for p in problems(ledger, scenario) if p.blocking]
    if wrong:
        raise ScenarioError(" ".join(wrong), where=f"Scenario “{scenario.name}”")
    values = sample(ledger, scenario, draws, seed)
    frame = compile_frame(ledger, scenario, detail=False, dtype=np.float32)
    used = scenario.seed if seed is None else seed
    return Draws(ledger, scenario, values, uncertain(ledger, scenario), run_paths(frame, values), used)


def band(values: ArrayLike) -> Band:
    """Return P10, P50, P90, mean and the standard error of the median (from order statistics)."""
    x = np.sort(np.asarray(values, float))
    n = x.size
    half = np.sqrt(n) / 2
    low, high = (int(np.clip(round(n / 2 + sign * half), 0, n - 1)) for sign in (-1, 1))
    p10, p50, p90 = (_quantile(x, q) for q in (0.1, 0.5, 0.9))
    return Band(p10, p50, p90, float(x.mean()), float(x[high] - x[low]) / 2)


def _quantile(ordered: NDArray[np.float64], q: float) -> float:
    """Return a linear quantile of sorted values; `np.quantile` takes ten times as long for a few hundred of them."""
    below, part = divmod((ordered.size - 1) * q, 1)
    low, high = float(ordered[int(below)]), float(ordered[min(int(below) + 1, ordered.size - 1)])
    if np.isnan(ordered[-1]):
        return np.nan
    return low + (high - low) * part if part else low


def month_bands(values: ArrayLike) -> NDArray[np.float64]:
    """Return P10, P50, P90 by month, shape (3, months), of draws (draws, months)."""
    return np.asarray(np.quantile(np.asarray(values), (0.1, 0.5, 0.9), axis=0), float)


def chance(hits: ArrayLike) -> Chance:
    """Return a probability and its standard error from flags over draws."""
    flags = np.asarray(hits, float)
    p = float(flags.mean())
    return Chance(p, float(np.sqrt(p * (1 - p) / flags.size)))


def two_digits(value: float) -> float:
    """Return the value to two significant digits."""
    return float(f"{value:.2g}") if np.isfinite(value) else value


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two scenarios on common draws: first minus second."""

    difference: Band
    chance_first_better: Chance
    identical: bool
    """Whether no draw differs at all."""


def compare(ledger: Ledger, first: Scenario, second: Scenario, draws: int = DRAWS) -> Comparison:
    """Return the difference in net value, computed per draw under the first scenario's seed."""
    one, two = (simulate(ledger, s, draws, seed=first.seed).net for s in (first, second))
    gap = one - two
    return Comparison(band(gap), chance(gap > 0), bool((gap == 0).all()))
