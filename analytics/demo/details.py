"""The working side of a contact: handle time, waits, hand-overs, approvals, codes and notes."""

from typing import Final

import numpy as np

from analytics.demo.channels import HANDLE_SECONDS, LIVE
from analytics.demo.clock import weekdays
from analytics.demo.frame import Array, Floats, Frame, size, stack, take
from analytics.demo.plan import Plan
from analytics.demo.policies import add_policy
from analytics.demo.reasons import CAUSE_CODES, NONE, REASONS, REPEAT
from analytics.demo.workforce import TEAMS
from analytics.demo.world import World

VALUE_SECONDS: Final = 45
MISCODED: Final = 0.08
UNKNOWN_CAUSE: Final = 0.02
_CAUSE_FACTOR: Final = np.array([1.05, 1.15, 1.20, 0.90, 1.0, 1.0, 1.0])
_SIGMA: Final = np.array([reason.handle_sigma for reason in REASONS])
_SPECIALIST: Final = np.array([reason.specialist for reason in REASONS])
FOLLOW_UP, LEG = 1, 2


def add_details(plan: Plan, world: World, rng: np.random.Generator, contacts: Frame) -> Frame:
    """Return contacts with every operational column, planned follow-ups and transfer legs included as own rows."""
    rows = {**contacts, "extra": np.zeros(size(contacts), np.int64)}
    rows["transfers"] = _transfers(rng, rows)
    rows = stack([rows, _follow_ups(plan, rng, rows), _legs(rng, rows)])
    rows = take(rows, np.argsort(rows["t"], kind="stable"))
    rows["true_cause"] = _true_cause(rows)
    rows = add_policy(rng, rows)
    rows["handle"] = _handle_seconds(world, rng, rows)
    rows["wait"] = _wait_seconds(plan, rng, rows)
    rows["closed"] = _closed(rng, rows)
    rows["guided"] = rng.random(size(rows)) < 0.25 + 0.15 * (rows["team"] % 2)
    return {**rows, **_codes(rng, rows), "text": rng.integers(0, NOTES, size(rows))}


NOTES: Final = 6


def _transfers(rng: np.random.Generator, rows: Frame) -> Array:
    chance = _SPECIALIST[rows["reason"]] + 0.10 * (rows["cause"] == CAUSE_CODES.index("process"))
    first = ~rows["abandoned"] & (rng.random(size(rows)) < chance)
    return np.asarray(first.astype(np.int64) + (first & (rng.random(size(rows)) < 0.2)))


def _follow_ups(plan: Plan, rng: np.random.Generator, rows: Frame) -> Frame:
    """Return agreed call-backs: company-initiated steps that are no sign of failure."""
    made = take(rows, (rows["attempt"] == 1) & ~rows["abandoned"] & (rng.random(size(rows)) < 0.02))
    t = np.floor(made["t"]) + rng.integers(2, 5, size(made)) + rng.uniform(9 / 24, 17 / 24, size(made))
    return take(_extra(made, t, FOLLOW_UP), t < plan.days)


def _legs(rng: np.random.Generator, rows: Frame) -> Frame:
    made = take(rows, (rows["transfers"] > 0) & LIVE[rows["channel"]] & (rng.random(size(rows)) < 0.25))
    legs = _extra(made, made["t"] + rng.uniform(4, 12, size(made)) / 1440, LEG)
    return {**legs, "team": (legs["team"] + 1) % (len(TEAMS) - 1)}


def _extra(rows: Frame, t: Floats, kind: int) -> Frame:
    none = np.zeros(size(rows), bool)
    blank = {"enhanced": none, "answered": none, "repeated": none, "gain": np.zeros(size(rows))}
    return {**rows, **blank, "t": t, "extra": np.full(size(rows), kind), "transfers": np.zeros(size(rows), np.int64)}


def _true_cause(rows: Frame) -> Array:
    """Return the cause of each contact: a repeat of an issue without negative cause is itself the failure."""
    again = (rows["attempt"] > 1) & (rows["cause"] == NONE)
    return np.where(again, REPEAT, rows["cause"])


def _handle_seconds(world: World, rng: np.random.Generator, rows: Frame) -> Array:
    typical = HANDLE_SECONDS[rows["channel"]] * world.handle_factor[rows["reason"]] * _CAUSE_FACTOR[rows["cause"]]
    worked = typical * np.exp(_SIGMA[rows["reason"]] * rng.normal(0, 1, size(rows)))
    worked = np.where(rows["extra"] > 0, 0.5 * worked, worked) + VALUE_SECONDS * rows["enhanced"]
    worked += 70 * rows["transfers"] + 0.25 * rows["approval_wait"]
    return np.asarray(np.rint(np.clip(worked, 15, 4 * 3600)).astype(np.int64))


def _wait_seconds(plan: Plan, rng: np.random.Generator, rows: Frame) -> Array:
    busy = 1 + 0.6 * (weekdays(plan.first_weekday, rows["t"]) == 0)
    mean = np.where(rows["channel"] == 5, 240, 70) * busy
    wait = rng.exponential(mean) + rows["abandoned"] * (90 + rng.exponential(150, size(rows)))
    return np.asarray(np.rint(wait).astype(np.int64))


def _closed(rng: np.random.Generator, rows: Frame) -> Floats:
    live = (rows["wait"] + rows["handle"] * ~rows["abandoned"]) / 86_400
    later = rng.lognormal(-1.6, 0.9, size(rows)) + rows["handle"] / 86_400
    return np.asarray(rows["t"] + np.where(LIVE[rows["channel"]], live, later))


def _codes(rng: np.random.Generator, rows: Frame) -> Frame:
    """Return the causes as agents coded them: 8 % wrong, by confusions that cancel out within a reason."""
    coded = rows["true_cause"].copy()
    for reason in range(len(REASONS)):
        for first in (True, False):
            mine = np.flatnonzero((rows["reason"] == reason) & ((rows["attempt"] == 1) == first))
            _confuse(rng, coded, mine)
    count = size(rows)
    negative = (coded != NONE) & (rng.random(count) < 0.12)
    return {
        "coded": coded,
        "cause_missing": rng.random(count) < UNKNOWN_CAUSE,
        "second_cause": np.where(negative, rng.integers(0, 4, count), -1),
    }


def _confuse(rng: np.random.Generator, coded: Array, mine: Array) -> None:
    """Shuffle the codes of enough of the contacts `mine` that 8 % end up wrong; shares stay as they are."""
    if not len(mine):
        return
    shares = np.bincount(coded[mine], minlength=len(CAUSE_CODES)) / len(mine)
    variety = float(1 - shares @ shares)
    picked = mine[rng.random(len(mine)) < min(0.6, MISCODED / max(1e-9, variety))]
    coded[picked] = rng.permutation(coded[picked])
