"""Contacts: every issue brought to a person, attempt by attempt, until it is solved or given up.

Owns how a contact goes (`outcomes`), so that the same contact can be asked what it would have been in another
channel: same customer, same random numbers.
"""

from typing import Final

import numpy as np

from analytics.demo.channels import EFFORT, REPEATED, RESOLVED, next_channel
from analytics.demo.clock import to_open_hours
from analytics.demo.frame import Array, Flags, Floats, Frame, expit, size, stack, take
from analytics.demo.plan import Plan
from analytics.demo.workforce import Workforce

MAX_ATTEMPTS: Final = 8
REPEAT_UNRESOLVED, REPEAT_RESOLVED = 0.60, 0.05
RECURRENCE_PER_DAY: Final = 0.0025
RECURRENCE_DAYS: Final = 30.0
"""A solved reason may naturally come back to the same customer for this long."""


def outcomes(
    contacts: Frame, channel: Array | None = None, repeated: Flags | None = None
) -> tuple[Flags, Flags, Array]:
    """Return (resolved, repeated information, effort 1–7), with channel or repetition forced if given."""
    channel = contacts["channel"] if channel is None else channel
    D, repeat = contacts["D"], contacts["attempt"] > 1
    logit = 1.15 - 0.55 * D - 0.25 * (contacts["attempt"] - 1) + RESOLVED[channel] + contacts["agent_effect"]
    resolved = contacts["u_resolved"] < expit(logit)
    if repeated is None:
        chance = np.where(contacts["switched"], 0.65, np.where(repeat | contacts["leaked"], 0.35, 0.10))
        repeated = contacts["u_repeated"] < chance
    base = 2.9 + 0.75 * D + 0.45 * repeat + 0.35 * contacts["leaked"] + 0.8 * ~resolved + EFFORT[channel]
    felt = base * (1 + REPEATED[channel] * repeated) + 1.05 * contacts["z_effort"]
    return resolved, repeated, np.clip(np.rint(felt), 1, 7).astype(np.int64)


def open_chain(issues: Frame, *, leaked: bool, kind: int) -> Frame:
    """Return the first contact of each issue. `kind`: 0 own need, 1 natural recurrence, 2 induced by outreach."""
    count = size(issues)
    kept = {name: issues[name] for name in ("who", "reason", "t", "b2b", "D", "cause", "channel")}
    return {
        **kept,
        "session": issues["session"] if leaked else np.full(count, -1),
        "induced": issues.get("induced", np.zeros(count, bool)),
        "leaked": np.full(count, leaked),
        "kind": np.full(count, kind),
        "attempt": np.ones(count, np.int64),
        "switched": np.zeros(count, bool),
    }


def run_chains(plan: Plan, force: Workforce, rng: np.random.Generator, first: Frame, next_issue: int) -> Frame:
    """Return all contacts of the chains that `first` opens; issues are numbered from `next_issue`."""
    wave = {**first, "issue": next_issue + np.arange(size(first))}
    waves = []
    for _ in range(MAX_ATTEMPTS):
        wave = handle(force, rng, take(wave, wave["t"] < plan.days))
        waves.append(wave)
        wave = _again(plan, rng, wave)
    return stack(waves)


def handle(force: Workforce, rng: np.random.Generator, wave: Frame) -> Frame:
    """Let agents take one wave of contacts: draws first, outcomes from them."""
    count = size(wave)
    team, agent, effect = force.assign(rng, wave["channel"], wave["t"])
    drawn = {
        **wave,
        "team": team,
        "agent": agent,
        "agent_effect": effect,
        "u_resolved": rng.random(count),
        "u_repeated": rng.random(count),
        "z_effort": rng.normal(0, 1, count),
    }
    resolved, repeated, effort = outcomes(drawn)
    return {**drawn, "resolved": resolved, "repeated": repeated, "effort": effort}


def _again(plan: Plan, rng: np.random.Generator, wave: Frame) -> Frame:
    """Return the next attempts: most of the unsolved come back, few of the solved."""
    chance = np.where(wave["resolved"], REPEAT_RESOLVED, REPEAT_UNRESOLVED)
    back = take(wave, rng.random(size(wave)) < chance)
    gap = rng.lognormal(0.9, 0.7, size(back))
    channel = next_channel(rng, back["channel"], back["D"], back["b2b"])
    return {
        **{name: back[name] for name in ("who", "reason", "b2b", "D", "cause", "session", "induced", "kind", "issue")},
        "t": to_open_hours(rng, plan.first_weekday, back["t"], back["t"] + gap, back["b2b"]),
        "leaked": np.zeros(size(back), bool),
        "attempt": back["attempt"] + 1,
        "switched": channel != back["channel"],
        "channel": channel,
    }


def recurrences(plan: Plan, rng: np.random.Generator, contacts: Frame) -> Frame:
    """Return new issues that naturally follow an issue: same customer and reason, constant hazard for 30 days."""
    first = take(contacts, contacts["attempt"] == 1)
    delay: Floats = rng.exponential(1 / RECURRENCE_PER_DAY, size(first))
    back = take(first, delay < RECURRENCE_DAYS)
    wished = back["t"] + delay[delay < RECURRENCE_DAYS]
    channel = next_channel(rng, back["channel"], back["D"], back["b2b"])
    return {**back, "t": to_open_hours(rng, plan.first_weekday, back["t"], wished, back["b2b"]), "channel": channel}
