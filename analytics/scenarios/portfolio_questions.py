"""Questions about a best set: why not this one, what would more money do, how sure is the choice (METHODS h, T22)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.initiatives import Ask, Choice, Initiative, Portfolio
from analytics.scenarios.portfolio import best, solver

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why one initiative is not in the best set."""

    key: str
    words: str
    loss: float | None
    """Value lost by the best set that must contain it; None when no allowed set does."""


def why_not(plan: Portfolio, ask: Ask, chosen: Choice) -> tuple[WhyNot, ...]:
    """Return, for each initiative left out, what forcing it in would cost, in words."""
    return tuple(_reason(plan, ask, chosen, item) for item in plan.initiatives if item.key not in chosen.keys)


def _reason(plan: Portfolio, ask: Ask, chosen: Choice, item: Initiative) -> WhyNot:
    if item.key in ask.never:
        return WhyNot(item.key, f"“{item.name}” is ruled out.", None)
    forced = best(plan, replace(ask, must=(*ask.must, item.key)))
    if forced is None:
        return WhyNot(item.key, f"“{item.name}” does not fit: {why_infeasible(plan, ask, item.key)}", None)
    loss = chosen.value - forced.value
    out = [plan.by_key(key).name for key in chosen.keys if key not in forced.keys]
    added = plan.value({**chosen.starts, item.key: 1}) - chosen.value
    instead = f" It would push out {', '.join(f'“{name}”' for name in out)}." if out else ""
    words = f"With “{item.name}” the best set is worth {_amount(loss)} less.{instead}"
    if added == 0:
        words = f"“{item.name}” adds nothing to what the others already remove."
    elif added < 0:
        words = f"“{item.name}” costs more to run than the others leave it to save ({_amount(added)} last in)."
    return WhyNot(item.key, words, loss)


def _amount(value: float) -> str:
    return f"{value:,.0f}".replace("-", "−")


def why_infeasible(plan: Portfolio, ask: Ask, *keys: str) -> str:
    """Return in words which limit stops a set with these (and the musts) from being possible; empty if it is."""
    wanted = tuple(dict.fromkeys((*ask.must, *keys)))
    if best(plan, replace(ask, must=wanted)) is not None:
        return ""
    needed = _with_needs(plan, wanted)
    said = [*_clashes(plan, needed), *_ruled_out(plan, ask, needed), *_short(plan, ask, needed)]
    return " ".join(said) or "together with everything that must be done it breaks the limits of a single period."


def _with_needs(plan: Portfolio, keys: Sequence[str]) -> tuple[str, ...]:
    found = list(keys)
    for key in found:
        found.extend(other for other in plan.by_key(key).needs if other not in found)
    return tuple(found)


def _clashes(plan: Portfolio, keys: Sequence[str]) -> list[str]:
    pairs = combinations([plan.by_key(key) for key in keys], 2)
    return [
        f"“{a.name}” and “{b.name}” exclude each other." for a, b in pairs if b.key in a.excludes or a.key in b.excludes
    ]


def _ruled_out(plan: Portfolio, ask: Ask, keys: Sequence[str]) -> list[str]:
    return [f"“{plan.by_key(key).name}” is needed but ruled out." for key in keys if key in ask.never]


def _short(plan: Portfolio, ask: Ask, keys: Sequence[str]) -> list[str]:
    cost = sum(plan.by_key(key).cost for key in keys)
    said = [f"{_amount(cost)} are needed, the budget is {_amount(sum(ask.budget))}."] if cost > sum(ask.budget) else []
    if ask.team:
        biggest = max((plan.by_key(key) for key in keys), key=lambda item: item.team)
        total = sum(plan.by_key(key).team for key in keys)
        if biggest.team > max(ask.team) or total > sum(ask.team):
            said.append(f"{total:g} people of the change team are needed, {sum(ask.team):g} are there.")
    return said


def binding(plan: Portfolio, ask: Ask, chosen: Choice) -> tuple[str, ...]:
    """Return in words which limits stop the cheapest or smallest initiative left out; empty if none does."""
    out = [item for item in plan.initiatives if item.key not in chosen.keys and item.key not in ask.never]
    money, people = sum(ask.budget) - chosen.cost, sum(ask.team) - chosen.team
    said = []
    if out and min(item.cost for item in out) > money:
        said.append(f"The budget binds: {_amount(money)} are left, the cheapest initiative left out costs more.")
    if out and ask.team and min(item.team for item in out) > people:
        said.append(f"The change team binds: {people:g} people are left, the smallest initiative left out needs more.")
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Marginal:
    """What the next piece of a limit is worth."""

    amount: float
    gain: float
    adds: tuple[str, ...]
    drops: tuple[str, ...]


def marginal_budget(plan: Portfolio, ask: Ask, chosen: Choice, amount: float = 100_000.0) -> Marginal:
    """Return what `amount` more in the first period buys; gain excludes the money itself."""
    return _marginal(plan, replace(ask, budget=(ask.budget[0] + amount, *ask.budget[1:])), chosen, amount)


def marginal_team(plan: Portfolio, ask: Ask, chosen: Choice, people: float = 5.0) -> Marginal:
    """Return what that many more change-team people in every period buy."""
    return _marginal(plan, replace(ask, team=tuple(t + people for t in ask.team)), chosen, people)


def _marginal(plan: Portfolio, ask: Ask, chosen: Choice, amount: float) -> Marginal:
    more = best(plan, ask)
    if more is None:
        return Marginal(amount, 0.0, (), ())
    adds, drops = (tuple(k for k in a.keys if k not in b.keys) for a, b in ((more, chosen), (chosen, more)))
    return Marginal(amount, max(more.value - chosen.value, 0.0), adds, drops)


def frontier(plan: Portfolio, ask: Ask, steps: int = 12) -> tuple[Choice, ...]:
    """Return best sets for budgets from nothing to everything: cost against value, dominated points dropped."""
    everything = sum(item.cost for item in plan.initiatives)
    points: list[Choice] = []
    for share in np.linspace(0, 1, steps):
        spread = tuple(everything * share / ask.periods for _ in range(ask.periods))
        found = best(plan, replace(ask, budget=spread))
        if found is not None and (not points or found.value > points[-1].value + 1e-9):
            points.append(found)
    return tuple(points)


@dataclass(frozen=True, slots=True)
class Stability:
    """How often each initiative is in the best set over draws of values and shares."""

    chosen: dict[str, float]
    same_set: float
    """Share of draws in which the whole set is the best one."""
    regret: float
    """Mean value lost in a draw by having chosen this set rather than the best one for that draw."""


def stability(
    plan: Portfolio, ask: Ask, chosen: Choice, value_spread: float = 0.2, share_spread: float = 0.3,
    *, draws: int = 100, seed: int = 0,
) -> Stability:  # fmt: skip
    """Return stability under lognormal noise on values and shares (sd of log); the spreads are assumptions."""
    random = np.random.Generator(np.random.PCG64(seed))
    solve = solver(plan, ask)
    counts, same, regret = dict.fromkeys((i.key for i in plan.initiatives), 0.0), 0.0, 0.0
    for _ in range(draws):
        drawn = _disturbed(plan, random, value_spread, share_spread)
        found = solve(drawn)
        if found is None:
            continue
        for key in found.keys:
            counts[key] += 1 / draws
        same += (set(found.keys) == set(chosen.keys)) / draws
        regret += max(found.value - drawn.value(chosen.starts), 0.0) / draws
    return Stability(counts, same, regret)


def _disturbed(plan: Portfolio, random: np.random.Generator, values: float, shares: float) -> Portfolio:
    noisy = plan.values * np.exp(random.normal(0, values, plan.values.shape[1]))
    items = [
        replace(
            item, shares=tuple(np.minimum(np.array(item.shares) * np.exp(random.normal(0, shares)), 0.9999).tolist())
        )
        for item in plan.initiatives
    ]
    return Portfolio(tuple(items), noisy)
