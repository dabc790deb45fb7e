"""Issues and self-service: what customers need help with, and which of it they try to solve themselves."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.demo.channels import channel_draw
from analytics.demo.clock import time_of_day, to_open_hours
from analytics.demo.customers import DOOR_TO_DOOR
from analytics.demo.frame import Floats, Frame, expit, size, stack, take
from analytics.demo.plan import Plan
from analytics.demo.reasons import FIT, REASONS
from analytics.demo.world import World, codes_from

INDUCED_SHARE: Final = 0.30
"""Share of sessions whose customer would not have made contact."""
FIT_SHARE: Final = 0.15
"""Share of issues of customers won at the door that come from having won them this way."""
GIVE_UP: Final = 0.10
OTHER_REASON: Final = 0.02
LEAK_DAYS: Final = 1.6
OUTCOMES: Final = ("completed", "abandoned", "escalated")
CONTAINED, LEAKED, GAVE_UP = 0, 1, 2
_COMPLETED: Final = np.array([0.98, 0.35, 0.25])


@dataclass(frozen=True, slots=True)
class Demand:
    """Needs of one block, split into those brought to a person at once and those tried in self-service."""

    direct: Frame
    sessions: Frame
    """`fate` is what truly happened; `outcome` is what the surface reports."""


def make_demand(plan: Plan, world: World, block: int, customers: Frame) -> Demand:
    """Draw all issues of a block as if nobody left; leaving cuts them later."""
    rng = plan.stream(2, block)
    real = _issues(plan, world, rng, customers, 1.0)
    extra = _issues(plan, world, rng, customers, INDUCED_SHARE / (1 - INDUCED_SHARE))
    starts = rng.random(size(real)) < start_probability(real)
    extra = take(extra, rng.random(size(extra)) < start_probability(extra))
    real["induced"], extra["induced"] = np.zeros(size(real), bool), np.ones(size(extra), bool)
    sessions = stack([take(real, starts), extra])
    return Demand(take(real, ~starts), _finish_sessions(rng, sessions))


def start_probability(issues: Frame) -> Floats:
    """Return the probability that an issue is first tried in self-service."""
    return expit(0.2 - 0.9 * issues["D"] - 0.2 * issues["b2b"])


def _issues(plan: Plan, world: World, rng: np.random.Generator, customers: Frame, scale: float) -> Frame:
    months = []
    for month in range(plan.months + 1):
        first, last = plan.month_starts[month], plan.month_starts[month + 1]
        frailty = scale * customers["frailty"] * (customers["joined_month"] <= month)
        months.append(_month_of_issues(rng, world.intensity[:, first:last], frailty, first))
    issues = stack(months)
    issues["t"] = issues["t"] + time_of_day(rng, customers["b2b"][issues["who"]])
    here = issues["t"] > customers["joined"][issues["who"]]
    return describe_issues(plan, world, rng, customers, take(issues, here))


def _month_of_issues(rng: np.random.Generator, intensity: Floats, frailty: Floats, first: int) -> Frame:
    """Draw who has an issue, with which reason and on which day, from the reason × day table of one month."""
    cells = np.cumsum(intensity.ravel())
    who = np.repeat(np.arange(len(frailty)), rng.poisson(frailty * cells[-1]))
    cell = np.searchsorted(cells, rng.random(len(who)) * cells[-1], side="right")
    reason, day = np.divmod(np.minimum(cell, len(cells) - 1), intensity.shape[1])
    return {"who": who, "reason": reason, "t": (first + day).astype(float)}


def describe_issues(plan: Plan, world: World, rng: np.random.Generator, customers: Frame, issues: Frame) -> Frame:
    """Return issues (`who`, `reason`, `t`) with difficulty, true cause and the channel the customer would use."""
    who, reason = issues["who"], issues["reason"]
    hidden = rng.normal(0, 1, len(who)) * plan.preset.hidden_difficulty
    cause = codes_from(world.causes[reason], rng.random(len(who)))
    misfit = (customers["acquisition"][who] == DOOR_TO_DOOR) & (rng.random(len(who)) < FIT_SHARE)
    D, b2b = world.difficulty[reason] + hidden, customers["b2b"][who]
    return {
        **issues,
        "b2b": b2b,
        "D": D,
        "cause": np.where(misfit, FIT, cause),
        "channel": channel_draw(rng, D, b2b),
    }


def _finish_sessions(rng: np.random.Generator, sessions: Frame) -> Frame:
    count = size(sessions)
    induced = sessions["induced"]
    logit = 1.10 - 0.8 * sessions["D"] + np.where(induced, 0.6, -0.55)
    contained = rng.random(count) < expit(logit)
    gave_up = rng.random(count) < GIVE_UP
    fate = np.where(contained, CONTAINED, np.where(gave_up, GAVE_UP, LEAKED))
    completed = rng.random(count) < _COMPLETED[fate]
    failed = np.where((fate == LEAKED) & (rng.random(count) < 0.5), 2, 1)
    return {
        **sessions,
        "session": np.arange(count),
        "surface": rng.choice(4, count, p=(0.42, 0.30, 0.16, 0.12)),
        "fate": fate,
        "outcome": np.where(completed, 0, failed),
        "identified": rng.random(count) >= 0.10,
    }


def leaks(plan: Plan, block: int, sessions: Frame) -> Frame:
    """Return the contacts that follow sessions which did not solve the issue."""
    rng = plan.stream(3, block)
    leaked = take(sessions, sessions["fate"] == LEAKED)
    count = size(leaked)
    other = rng.random(count) < OTHER_REASON
    leaked["reason"] = np.where(other, rng.integers(0, len(REASONS), count), leaked["reason"])
    wished = leaked["t"] + rng.exponential(LEAK_DAYS, count)
    leaked["t"] = to_open_hours(rng, plan.first_weekday, leaked["t"], wished, leaked["b2b"])
    return leaked
