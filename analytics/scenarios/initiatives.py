"""Initiatives, what may be spent, and the true value of any set of them: overlap counted once (METHODS h)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ScenarioError, nearest

Floats = NDArray[np.float64]
_MOST_SHARE: Final = 0.9999


@dataclass(frozen=True, slots=True)
class Initiative:
    """One thing that can be funded once."""

    key: str
    name: str
    cost: float
    """Taken from the budget of the period it starts in; ≥ 0."""
    shares: tuple[float, ...] = ()
    """Share of each cause's remaining value it removes, in [0, 1), in the order of the causes."""
    worth: float = 0.0
    """Value that overlaps with nothing, over the whole horizon; may be below 0 (running cost)."""
    team: float = 0.0
    """People of the change team it takes in the period it starts in."""
    excludes: tuple[str, ...] = ()
    """Keys that cannot be done together with it."""
    needs: tuple[str, ...] = ()
    """Keys that must be done before or with it."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What may be spent. One entry per period; one period = no phasing."""

    budget: tuple[float, ...]
    team: tuple[float, ...] = ()
    """Change-team people by period; empty = no limit."""
    must: tuple[str, ...] = ()
    """Keys that have to be done."""
    never: tuple[str, ...] = ()
    carry_over: bool = True
    """Whether budget left in a period can be spent later."""

    @property
    def periods(self) -> int:
        """Number of periods."""
        return len(self.budget)


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """A best set."""

    keys: tuple[str, ...]
    starts: dict[str, int]
    """Period each starts in, 1 = first."""
    value: float
    """True value with overlap, over the horizon."""
    additive_claim: float
    """What adding stand-alone values would claim: shown only as the error it would be."""
    cost: float
    team: float
    gap: float
    """Largest value any set could still have above this one."""


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """Start decisions a search found: x (initiatives × periods), its true value, and what a better one could add."""

    x: Floats
    value: float
    gap: float


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Initiatives on the value of causes. `values` is (periods, causes): value of all demand of a cause by period."""

    initiatives: tuple[Initiative, ...]
    values: Floats = field(default_factory=lambda: np.zeros((1, 0)))

    def __post_init__(self) -> None:
        keys = [item.key for item in self.initiatives]
        for item in self.initiatives:
            _check(item, keys, self.values.shape[1])
        if len(set(keys)) < len(keys) or (self.values < 0).any():
            raise ScenarioError("Initiatives need different keys, and the value of a cause cannot be negative.")

    @property
    def shares(self) -> Floats:
        """(initiatives, causes)."""
        rows = [np.minimum(item.shares, _MOST_SHARE) for item in self.initiatives]
        return np.array(rows, float).reshape(len(rows), self.values.shape[1])

    @property
    def scale(self) -> float:
        """All value there is: what tolerances are measured by; above 0."""
        return max(float(self.values.sum()) + sum(abs(item.worth) for item in self.initiatives), 1e-9)

    def by_key(self, key: str) -> Initiative:
        """Return one initiative; ScenarioError if there is none."""
        found = {item.key: item for item in self.initiatives}
        if key not in found:
            raise ScenarioError(f"There is no initiative “{key}”.", do=nearest(key, found))
        return found[key]

    def value(self, starts: dict[str, int]) -> float:
        """Return the true value of initiatives with their start periods: overlap counted once, late starts less."""
        x = np.zeros((len(self.initiatives), self.values.shape[0]))
        for i, item in enumerate(self.initiatives):
            if item.key in starts:
                x[i, starts[item.key] - 1] = 1
        return true_value(self, x)


def _check(item: Initiative, keys: Sequence[str], causes: int) -> None:
    if len(item.shares) != causes:
        raise ScenarioError(f"“{item.name}” gives {len(item.shares)} shares for {causes} causes.")
    if item.cost < 0 or item.team < 0:
        raise ScenarioError(f"“{item.name}”: cost and people cannot be negative.")
    if any(not 0 <= r <= 1 for r in item.shares):
        raise ScenarioError(f"“{item.name}”: a share of a cause must be 0 to 1.")
    for other in (*item.excludes, *item.needs):
        if other not in keys:
            raise ScenarioError(f"“{item.name}” names “{other}”, which is not there.", do=nearest(other, keys))


def true_value(plan: Portfolio, x: Floats) -> float:
    """Return the value of start decisions x (initiatives × periods), overlap counted once."""
    running = np.cumsum(x, axis=1)
    left = np.exp(running.T @ np.log1p(-plan.shares))
    worth = np.array([item.worth for item in plan.initiatives])
    return float((plan.values * (1 - left)).sum() + worth @ (x @ remaining_horizon(plan)))


def remaining_horizon(plan: Portfolio) -> Floats:
    """Return the share of the horizon left from each period on."""
    periods = plan.values.shape[0]
    return np.asarray(1 - np.arange(periods) / periods, float)
