"""What a contact leaves behind: value enhancement, survey answers, and the pull towards leaving."""

from typing import Final

import numpy as np

from analytics.demo.channels import ANSWERS, LIVE, VALUE
from analytics.demo.frame import Array, Flags, Floats, Frame, expit, size, take
from analytics.demo.plan import DAYS_PER_MONTH, Plan

ACTIVITY_SHARES: Final = (0.30, 0.20, 0.18, 0.17, 0.15)
THETA: Final = np.array([0.34, 0.24, 0.44, 0.0, 0.30])
"""Pull to stay by activity: educate, advise, goal, validate (none at all), anticipate."""
SECOND_ACTIVITY: Final = 0.30
ABANDONED_UNSOLVED: Final = 0.10


def add_experience(plan: Plan, rng: np.random.Generator, contacts: Frame, customers: Frame) -> Frame:
    """Return contacts with abandonment, value enhancement, answers and `gain`, the push towards leaving."""
    count = size(contacts)
    tenure = np.log1p(np.maximum(0, contacts["t"] - customers["joined"][contacts["who"]]) / DAYS_PER_MONTH)
    abandoned = LIVE[contacts["channel"]] & ~contacts["resolved"] & (rng.random(count) < ABANDONED_UNSOLVED)
    enhanced = ~abandoned & (rng.random(count) < expit(_value_logit(contacts, tenure)))
    first = rng.choice(5, count, p=ACTIVITY_SHARES)
    second = np.where(rng.random(count) < SECOND_ACTIVITY, rng.choice(5, count, p=ACTIVITY_SHARES), first)
    answered = ~abandoned & (rng.random(count) < expit(_answer_logit(plan, contacts, tenure)))
    drawn = {**contacts, "abandoned": abandoned, "first": first, "second": second, "tenure": tenure}
    return {**drawn, "enhanced": enhanced, "answered": answered, "gain": gain(plan, drawn, enhanced)}


def gain(plan: Plan, contacts: Frame, enhanced: Flags) -> Floats:
    """Return what each contact adds to the log-odds of leaving, with value enhancement as given."""
    pull = THETA[contacts["first"]] + THETA[contacts["second"]] * (contacts["second"] != contacts["first"])
    strain = 0.14 * (contacts["effort"] - 3) + 0.40 * ~contacts["resolved"]
    return np.asarray(strain - plan.preset.value_effect * pull * enhanced)


def _value_logit(contacts: Frame, tenure: Floats) -> Floats:
    logit = -2.25 - 0.35 * (contacts["effort"] - 3) + 0.9 * contacts["resolved"]
    return np.asarray(logit + 0.30 * (tenure - 3) + 0.5 * contacts["b2b"] + VALUE[contacts["channel"]])


def _answer_logit(plan: Plan, contacts: Frame, tenure: Floats) -> Floats:
    logit = -2.35 + 0.55 * ~contacts["resolved"] + 0.35 * contacts["b2b"] + 0.10 * (tenure - 3)
    leaning = plan.preset.answers_depend_on_effort * (contacts["effort"] - 3)
    return np.asarray(logit + ANSWERS[contacts["channel"]] + leaning)


def survey_rows(rng: np.random.Generator, contacts: Frame) -> Frame:
    """Return one row per answered survey: effort, satisfaction, recommendation, value, preference."""
    rows = take(contacts, contacts["answered"])
    count = size(rows)
    mood = 4.6 - 0.38 * (rows["effort"] - 1) - 0.7 * ~rows["resolved"] + 0.35 * rows["enhanced"]
    loyal = 9.0 - 0.45 * (rows["effort"] - 1) - 0.9 * ~rows["resolved"] + 0.9 * rows["enhanced"]
    value = 4.0 + 1.3 * rows["enhanced"] + 0.3 * rows["resolved"] - 0.15 * (rows["effort"] - 3)
    return {
        **rows,
        "delay": rng.exponential(0.6, count),
        "csat": _whole(mood + rng.normal(0, 0.8, count), 1, 5),
        "nps": _whole(loyal + rng.normal(0, 2.0, count), 0, 10),
        "nps_missing": rng.random(count) < 0.12,
        "value_ability": _whole(value + rng.normal(0, 1.1, count), 1, 7),
        "value_confidence": _whole(value + 0.3 + rng.normal(0, 1.1, count), 1, 7),
        "value_missing": rng.random(count) < 0.08,
        "preference": np.where(rng.random(count) < 0.55, rng.choice(4, count), 4),
    }


def _whole(values: Floats, low: int, high: int) -> Array:
    return np.clip(np.rint(values), low, high).astype(np.int64)
