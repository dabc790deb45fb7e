"""The answer to one ask: best set, next best, why not the others, what binds, what more would buy, how stable it is.

Pure: baseline, candidates and inputs in, values out; each answer is kept by its inputs.
"""

from dataclasses import dataclass, replace
from typing import Final

from analytics.scenarios.initiatives import Ask, Choice, Portfolio
from analytics.scenarios.levers import Lever
from analytics.scenarios.overlap import lever_credits, share_by_grade
from analytics.scenarios.portfolio import best, next_best
from analytics.scenarios.portfolio_from import portfolio_of
from analytics.scenarios.portfolio_questions import (
    Marginal,
    Stability,
    WhyNot,
    binding,
    frontier,
    marginal_budget,
    marginal_team,
    stability,
    why_infeasible,
    why_not,
)
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.ui import cached
from analytics.ui.portfolio_candidates import Candidate
from analytics.ui.portfolio_inputs import Inputs
from analytics.ui.portfolio_kept import EXCLUDES, NEEDS
from analytics.ui.what_if_basis import Baseline

NAME: Final = "Best set"
MORE_MONEY: Final = 100_000.0
MORE_PEOPLE: Final = 5.0
DRAWS: Final = 100


@dataclass(frozen=True, eq=False, slots=True)
class Asked:
    """One question to the optimiser."""

    plan: Portfolio
    ask: Ask
    scenario: Scenario
    """Everything that has a cost, as levers of the what-if."""
    key: str
    """Of kept answers: everything the answer depends on."""
    work: tuple[tuple[str, int], ...] = ()
    """Months of work by key, of those the backlog says."""


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """The best set and everything said beside it; values are of the months ahead, after running cost."""

    choice: Choice
    low: float
    high: float
    """Value of the same set with all effects at their low or high end."""
    last_in: dict[str, float]
    """What would be missing without one, by key."""
    runner_up: Choice | None
    left_out: tuple[WhyNot, ...]
    binds: tuple[str, ...]
    money: Marginal
    people: Marginal | None
    """None where the change team has no limit."""
    grades: dict[str, float]
    """Share of the value by evidence grade."""

    @property
    def ordered(self) -> tuple[str, ...]:
        """Keys of the best set, largest last-in value first."""
        return tuple(sorted(self.choice.keys, key=lambda key: -self.last_in[key]))


def asked(base: Baseline, offered: tuple[Candidate, ...], inputs: Inputs) -> Asked:
    """Return plan and ask of everything that has a cost."""
    cost = dict(inputs.cost)
    levers = [replace(one.lever, on=True, one_off=Range.constant(cost[one.key])) for one in offered if one.key in cost]
    scenario = Scenario(NAME, tuple(levers))
    ask = Ask(
        (inputs.budget,), () if inputs.team is None else (inputs.team,), inputs.ruled("Must"), inputs.ruled("Never")
    )
    key = f"portfolio {base.generation} {base.fingerprint} {scenario!r} {inputs!r}"
    return Asked(cached.answer(f"{key} plan", lambda: _plan(base, scenario, inputs)), ask, scenario, key, inputs.work)


def _plan(base: Baseline, scenario: Scenario, inputs: Inputs) -> Portfolio:
    return portfolio_of(
        base.ledger, scenario, team=dict(inputs.people), excludes=inputs.linked(EXCLUDES), needs=inputs.linked(NEEDS)
    )


def answered(base: Baseline, question: Asked) -> Answer | None:
    """Return the answer; None when nothing allowed fits."""
    return cached.answer(f"{question.key} answer", lambda: _answer(base, question))


def _answer(base: Baseline, question: Asked) -> Answer | None:
    plan, ask = question.plan, question.ask
    choice = best(plan, ask)
    if choice is None:
        return None
    chosen = question.scenario.only(choice.keys)
    low, high = (_at_end(base, chosen, end) for end in ("low", "high"))
    return Answer(
        choice, low, high, {key: _last_in(plan, choice, key) for key in choice.keys}, next_best(plan, ask, choice),
        why_not(plan, ask, choice), binding(plan, ask, choice), marginal_budget(plan, ask, choice, MORE_MONEY),
        marginal_team(plan, ask, choice, MORE_PEOPLE) if ask.team else None,
        share_by_grade(lever_credits(base.ledger, chosen), chosen) if chosen.levers else {},
    )  # fmt: skip


def _last_in(plan: Portfolio, choice: Choice, key: str) -> float:
    others = {other: start for other, start in choice.starts.items() if other != key}
    return choice.value - plan.value(others)


def _at_end(base: Baseline, chosen: Scenario, end: str) -> float:
    if not chosen.levers:
        return 0.0
    plan = portfolio_of(base.ledger, replace(chosen, levers=tuple(set_to_end(item, end) for item in chosen.levers)))
    return plan.value(dict.fromkeys((item.key for item in chosen.levers), 1))


def set_to_end(item: Lever, end: str) -> Lever:
    """Return a lever with its share at its low or high end for certain."""
    return item.with_range("share", Range.constant(getattr(item.range("share"), end)))


def infeasible(question: Asked) -> str:
    """Return in words why nothing fits."""
    return cached.answer(f"{question.key} why", lambda: why_infeasible(question.plan, question.ask))


def budgets(question: Asked) -> tuple[Choice, ...]:
    """Return the best set for each of a dozen budgets."""
    return cached.answer(f"{question.key} frontier", lambda: frontier(question.plan, question.ask))


def sureness(question: Asked, choice: Choice) -> Stability:
    """Return how often each initiative is in the best set when values and effects are off."""
    return cached.answer(
        f"{question.key} stability", lambda: stability(question.plan, question.ask, choice, draws=DRAWS)
    )
