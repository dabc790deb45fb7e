"""Two aims at once: the sets of which no other is better for both money and customers (FEATURES row 18, T22).

With up to 22 initiatives in one period every set is looked at, so that the frontier is exact. With more, the best sets
for several weights of the two aims are taken: each of them is on the frontier, points in its hollows are not found.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.initiatives import Ask, Choice, Portfolio
from analytics.scenarios.portfolio import best, choice_of, tries_every_set
from analytics.scenarios.portfolio_sets import allowed_sets, every_value, members_of, sets_of

Floats = NDArray[np.float64]
_SAME: Final = 1e-9
"""Share of all there is below which two sets count as equal."""
WEIGHTS: Final = (0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0)


@dataclass(frozen=True, eq=False, slots=True)
class Point:
    """One set on the frontier."""

    choice: Choice
    """With its value in money."""
    spared: float
    """What customers are spared by the same set."""


def frontier(plan: Portfolio, spared: Portfolio, ask: Ask) -> tuple[Point, ...]:
    """Return the sets no other allowed set beats in both; most money first, most spared last; empty if none fits.

    `plan` and `spared` hold the same initiatives in the same order (`spared_of`), one period.
    """
    decisions = _exact(plan, spared, ask) if tries_every_set(plan) else _weighted(plan, spared, ask)
    return tuple(Point(choice_of(plan, x), spared.value(_starts(plan, x))) for x in decisions)


def _exact(plan: Portfolio, spared: Portfolio, ask: Ask) -> list[Floats]:
    sets = sets_of(plan)
    money, other = (sets.values + allowed_sets(sets, ask)).ravel(), every_value(spared).ravel()
    places = np.flatnonzero(np.isfinite(money))
    places = places[np.lexsort((sets.cost.ravel()[places], -other[places], -money[places]))]
    return [members_of(sets, int(place)) for place in places[_rises(other[places], _SAME * spared.scale)]]


def _rises(values: Floats, least: float) -> NDArray[np.bool_]:
    """Return where a value is above all before it by more than `least`."""
    before = np.concatenate([[-np.inf], np.maximum.accumulate(values)])[: values.size]
    return np.asarray(values > before + least)


def _weighted(plan: Portfolio, spared: Portfolio, ask: Ask) -> list[Floats]:
    found = [best(_joint(plan, spared, weight), ask) for weight in WEIGHTS]
    sets = {one.keys: one for one in found if one is not None}
    rows = [(plan.value(one.starts), spared.value(one.starts), one) for one in sets.values()]
    rows.sort(key=lambda row: (-row[0], -row[1]))
    kept = _rises(np.array([row[1] for row in rows], float), _SAME * spared.scale)
    return [_decisions(plan, row[2]) for row, keep in zip(rows, kept, strict=True) if keep]


def _joint(plan: Portfolio, spared: Portfolio, weight: float) -> Portfolio:
    """Return one portfolio whose value is (1 − weight) money + weight spared, both as parts of all there is."""
    scales = ((1 - weight) / plan.scale, weight / spared.scale)
    items = tuple(
        replace(a, shares=(*a.shares, *b.shares), worth=scales[0] * a.worth + scales[1] * b.worth)
        for a, b in zip(plan.initiatives, spared.initiatives, strict=True)
    )
    return Portfolio(items, np.hstack([scales[0] * plan.values, scales[1] * spared.values]))


def _starts(plan: Portfolio, x: Floats) -> dict[str, int]:
    return {item.key: int(row.argmax()) + 1 for item, row in zip(plan.initiatives, x, strict=True) if row.any()}


def _decisions(plan: Portfolio, choice: Choice) -> Floats:
    return np.array([[float(item.key in choice.starts)] for item in plan.initiatives])
