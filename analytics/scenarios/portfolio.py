"""Which initiatives to fund: the exact best set under budget, change-team and logic, with overlap (METHODS h).

Chooses the way: every set is tried where that is possible (`portfolio_sets`), else tangent cuts prove the optimum
(`portfolio_cuts`). Why-not, frontier and stability are in `portfolio_questions`.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ScenarioError
from analytics.scenarios.initiatives import Ask, Choice, Found, Portfolio, true_value
from analytics.scenarios.portfolio_cuts import by_cuts
from analytics.scenarios.portfolio_sets import MOST, allowed_sets, every_value, picked, sets_of

_QUICK: Final = 2**26
"""Sets times causes."""


def best(plan: Portfolio, ask: Ask) -> Choice | None:
    """Return the best set; None when nothing allowed fits (see `why_infeasible`).

    Up to 22 initiatives in one period every set is tried; else it is proven to 1e-6 of all value.
    """
    return _search(plan, ask, None)


def next_best(plan: Portfolio, ask: Ask, chosen: Choice) -> Choice | None:
    """Return the best set that is not `chosen` (another period for the same initiatives does not count)."""
    return _search(plan, ask, frozenset(chosen.keys))


def tries_every_set(plan: Portfolio) -> bool:
    """Return whether the optimum comes from trying every set rather than from cuts."""
    return plan.values.shape[0] == 1 and len(plan.initiatives) <= MOST


def is_quick_again(plan: Portfolio) -> bool:
    """Return whether a hundred draws of values and shares are solved in about a second."""
    return tries_every_set(plan) and 2 ** len(plan.initiatives) * plan.values.shape[1] <= _QUICK


def solver(plan: Portfolio, ask: Ask) -> Callable[[Portfolio], Choice | None]:
    """Return what finds the best set of plans that differ from `plan` in values and shares only, quickly again."""
    if not tries_every_set(plan):
        return lambda drawn: best(drawn, ask)
    sets = sets_of(plan)
    allowed, table = allowed_sets(sets, ask), np.empty_like(sets.values)

    def solve(drawn: Portfolio) -> Choice | None:
        held = np.add(every_value(drawn, table), allowed, out=table)
        return _choice(drawn, _tried(drawn, picked(sets, held)))

    return solve


def choice_of(plan: Portfolio, x: NDArray[np.float64]) -> Choice:
    """Return start decisions x (initiatives × periods) as a choice, with its true value."""
    found = _choice(plan, _tried(plan, x))
    assert found is not None
    return found


def _search(plan: Portfolio, ask: Ask, without: frozenset[str] | None) -> Choice | None:
    if ask.periods != plan.values.shape[0]:
        raise ScenarioError(f"The budget has {ask.periods} periods, the values {plan.values.shape[0]}.")
    if not tries_every_set(plan):
        return _choice(plan, by_cuts(plan, ask, without))
    sets = sets_of(plan)
    return _choice(plan, _tried(plan, picked(sets, sets.values + allowed_sets(sets, ask, without))))


def _tried(plan: Portfolio, x: NDArray[np.float64] | None) -> Found | None:
    return None if x is None else Found(x, true_value(plan, x), 0.0)


def _choice(plan: Portfolio, found: Found | None) -> Choice | None:
    if found is None:
        return None
    rows = [(item, int(found.x[i].argmax()) + 1) for i, item in enumerate(plan.initiatives) if found.x[i].any()]
    alone = sum(plan.value({item.key: start}) for item, start in rows)
    return Choice(
        tuple(item.key for item, _ in rows), {item.key: start for item, start in rows}, found.value, alone,
        sum(item.cost for item, _ in rows), sum(item.team for item, _ in rows), found.gap,
    )  # fmt: skip
