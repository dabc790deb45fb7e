"""Every set of up to 22 initiatives at once: what each is worth, and which of them may be (METHODS h).

What is left of a cause multiplies, so the initiatives are split into two halves: the values of all sets are one product
of what the sets of each half leave, Σ V_k − Σ V_k · left(a)_k · left(b)_k. The best of them is the optimum because
every set was tried. A table of sets has the shape (sets of the first half, sets of the second half).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.initiatives import Ask, Initiative, Portfolio

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MOST: Final = 22
"""Initiatives of which every set is tried: four million sets, 34 MB for each table of amounts."""
_SAME: Final = 1e-12
"""Share of all value below which two sets are worth the same."""
_BLOCK: Final = 16
_AT_ONCE: Final = 400_000
"""Rows of a block and products of a block: so few that one thread does it; several threads wait for each other for
longer than they work where other sessions compute."""
_ROUNDING: Final = 1e-9
"""Share of a limit by which a sum may pass it: what adding in another order can change."""


@dataclass(frozen=True, eq=False, slots=True)
class Sets:
    """All sets of a plan's initiatives."""

    plan: Portfolio
    values: Floats
    cost: Floats
    team: Floats
    holds: tuple[Flags, ...]
    """By initiative, which sets hold it: (sets, 1) for the first half, (1, sets) for the second."""
    logic: Flags
    """Sets that break no exclusion and lack no prerequisite."""


@lru_cache(maxsize=2)
def sets_of(plan: Portfolio) -> Sets:
    """Return the tables of a plan; kept for the questions that follow on the same plan."""
    items = plan.initiatives
    first, second = _halves(len(items))
    holds = _holds(first, second)
    cost, team = (_sums(first, second, [getattr(item, name) for item in items]) for name in ("cost", "team"))
    return Sets(plan, every_value(plan), cost, team, holds, _logic(items, holds, cost.shape))


def every_value(plan: Portfolio, out: Floats | None = None) -> Floats:
    """Return the true value of every set, overlap counted once; written into `out` where a table is given."""
    first, second = _halves(len(plan.initiatives))
    logs, split = np.log1p(-plan.shares), first.shape[1]
    worth = np.array([item.worth for item in plan.initiatives], float)
    left = np.exp(first @ logs[:split]) * -plan.values[0]
    one, other = np.ones((len(first), 1)), np.ones((len(second), 1))
    rows = np.hstack([left, (first @ worth[:split] + plan.values.sum())[:, None], one])
    columns = np.hstack([np.exp(second @ logs[split:]), other, (second @ worth[split:])[:, None]])
    table = np.empty((len(rows), len(columns))) if out is None else out
    _multiply(rows, columns, table)
    return table


def allowed_sets(sets: Sets, ask: Ask, without: frozenset[str] | None = None) -> Floats:
    """Return 0 for every set within the limits and the rules and −∞ for every other; `without` is one set ruled out."""
    allowed = sets.logic & (sets.cost <= _up_to(ask.budget[0]))
    if ask.team:
        allowed &= sets.team <= _up_to(ask.team[0])
    for item, held in zip(sets.plan.initiatives, sets.holds, strict=True):
        if item.key in ask.must:
            allowed &= held
        if item.key in ask.never:
            allowed &= ~held
    if without is not None:
        allowed &= _without(sets, without)
    return np.where(allowed, 0.0, -np.inf)


def picked(sets: Sets, held: Floats) -> Floats | None:
    """Return the set with the most `held` as start decisions (initiatives × 1); None when all are −∞, not allowed.

    Of equals the cheapest, then the smallest, then the one of the first initiatives.
    """
    top = float(held.max())
    if top == -np.inf:
        return None
    equals = np.flatnonzero(held >= top - _SAME * sets.plan.scale)
    cost = sets.cost.ravel()[equals]
    equals = equals[cost <= _up_to(float(cost.min()))]
    return members_of(sets, int(equals[np.bitwise_count(equals).argmin()]))


def members_of(sets: Sets, number: int) -> Floats:
    """Return one set, by its place in the flat tables, as start decisions (initiatives × 1)."""
    shape = sets.values.shape
    place = np.unravel_index(number, shape)
    return np.array([np.broadcast_to(held, shape)[place] for held in sets.holds], float).reshape(-1, 1)


def _halves(count: int) -> tuple[Floats, Floats]:
    """Return the members (0 or 1) of every set of the first and of the second half: (sets, initiatives) each."""
    sizes = (count // 2, count - count // 2)
    first, second = (np.arange(2**size)[:, None] >> np.arange(size) & 1 for size in sizes)
    return first.astype(float), second.astype(float)


def _multiply(rows: Floats, columns: Floats, out: Floats) -> None:
    """Write rows · columnsᵀ into `out`, block by block."""
    height, causes = min(_BLOCK, len(rows)), rows.shape[1]
    stack, table = rows.reshape(-1, height, causes), out.reshape(-1, height, len(columns))
    width = max(_AT_ONCE // (height * causes), _BLOCK)
    for start in range(0, len(columns), width):
        part = slice(start, start + width)
        np.matmul(stack, columns[part].T, out=table[:, :, part])


def _holds(first: Floats, second: Floats) -> tuple[Flags, ...]:
    return (*(column[:, None] > 0 for column in first.T), *(column[None, :] > 0 for column in second.T))


def _sums(first: Floats, second: Floats, amounts: list[float]) -> Floats:
    split, each = first.shape[1], np.array(amounts, float)
    return np.asarray((first @ each[:split])[:, None] + (second @ each[split:])[None, :], float)


def _logic(items: tuple[Initiative, ...], holds: tuple[Flags, ...], shape: tuple[int, ...]) -> Flags:
    held = {item.key: holding for item, holding in zip(items, holds, strict=True)}
    sound = np.ones(shape, np.bool_)
    for item in items:
        for other in item.excludes:
            sound &= ~(held[item.key] & held[other])
        for other in item.needs:
            sound &= ~held[item.key] | held[other]
    return sound


def _without(sets: Sets, keys: frozenset[str]) -> Flags:
    """Return every set but the one of exactly these keys."""
    same = np.ones(sets.cost.shape, np.bool_)
    for item, holding in zip(sets.plan.initiatives, sets.holds, strict=True):
        same &= holding if item.key in keys else ~holding
    return ~same


def _up_to(limit: float) -> float:
    return limit + _ROUNDING * abs(limit)
