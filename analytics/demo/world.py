"""What is the same for all customers of one demo company: reasons in numbers, the calendar, events, initiatives.

Owns the intensity table (reason × day) from which issues are drawn.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.demo.frame import Array, Floats, Ints
from analytics.demo.plan import DAYS_PER_MONTH, Plan, add_months
from analytics.demo.reasons import CAUSE_CODES, FIT, INDEX, INITIATIVE_A, INITIATIVE_B, NONE, REASONS

ISSUES_PER_MONTH: Final = 0.272
"""Issues per active customer and month that would exist without self-service."""
WEEKDAYS: Final = np.array([1.25, 1.10, 1.00, 0.98, 0.95, 0.42, 0.30])
EFFECT_A, RAMP_A = -0.30, 3
SPIKE_B = 0.25
SEASON_PEAK: Final = 9
"""October: homes are moved into and schools have begun."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated that moves demand for some reasons."""

    day: int
    days: int
    kind: str
    name: str
    product: str
    reasons: tuple[str, ...]
    factor: float
    """Demand on the first day relative to without; fades linearly over `days`."""


@dataclass(frozen=True, slots=True)
class World:
    """Everything customers share."""

    volume: Floats
    """Share of issues by reason; sums to 1."""
    difficulty: Floats
    """δ by reason, volume-weighted mean 0."""
    handle_factor: Floats
    causes: Floats
    """reason × cause: probabilities of the true cause of an issue, before the fit of the customer."""
    intensity: Floats
    """reason × day: issues per active customer of average frailty."""
    month_of_day: Ints
    events: tuple[Event, ...]


def make_world(plan: Plan) -> World:
    """Draw what customers share. Depends on the seed only through streams of its own."""
    rng = plan.stream(0, 0)
    volume = _volume(rng)
    difficulty = _difficulty(rng, volume)
    events = make_events(plan)
    months = np.repeat(np.arange(plan.months + 1), np.diff(plan.month_starts))
    intensity = volume[:, None] * _month_factors(plan, rng)[:, months] * _day_factors(plan)[None, :]
    return World(
        volume=volume,
        difficulty=difficulty,
        handle_factor=np.exp(0.35 * difficulty + rng.normal(0, 0.12, len(volume))),
        causes=_causes(),
        intensity=intensity * _event_factors(plan, events) * ISSUES_PER_MONTH / DAYS_PER_MONTH,
        month_of_day=months,
        events=events,
    )


def _volume(rng: np.random.Generator) -> Floats:
    sizes = np.sort(np.exp(rng.normal(0, 0.8, len(REASONS))))[::-1]
    return np.asarray(sizes / sizes.sum())


def _difficulty(rng: np.random.Generator, volume: Floats) -> Floats:
    order = np.argsort(np.argsort([reason.difficulty for reason in REASONS], kind="stable"), kind="stable")
    drawn = np.sort(rng.normal(0, 0.8, len(REASONS)))[order]
    return np.asarray(drawn - volume @ drawn)


def _causes() -> Floats:
    table = np.zeros((len(REASONS), len(CAUSE_CODES)))
    table[:, :FIT] = np.array([reason.causes for reason in REASONS]) / 100
    table[:, NONE] = 1 - table.sum(axis=1)
    return table


def initiative_path(plan: Plan) -> Floats:
    """Return the factor initiative A puts on its reason in each month: 1 before, 0.70 after the ramp."""
    since = np.arange(plan.months + 1) - (plan.start_a - 1) + 1
    return np.asarray(1 + EFFECT_A * np.clip(since / RAMP_A, 0, 1))


def _month_factors(plan: Plan, rng: np.random.Generator) -> Floats:
    """Return reason × month: season, drift, noise and initiatives."""
    months = np.arange(plan.months + 1)
    calendar = np.array([add_months(plan.first_day, int(m)).month - 1 for m in months])
    season = 1 + 0.12 * np.cos(2 * np.pi * (calendar - SEASON_PEAK) / 12)
    own = rng.normal(0, 0.10, (len(REASONS), 12))[:, calendar]
    drift = rng.normal(0, 0.03, len(REASONS))[:, None] * (months / 12)[None, :]
    noise = rng.normal(0, 0.03, (len(REASONS), len(months)))
    factors = season * np.exp(own + drift + noise)
    factors[INITIATIVE_A] *= initiative_path(plan)
    factors[INITIATIVE_B, max(0, plan.start_b - 3) : plan.start_b - 1] *= 1 + SPIKE_B
    return np.asarray(factors)


def _day_factors(plan: Plan) -> Floats:
    rng = plan.stream(0, 1)
    weekday = (plan.first_weekday + np.arange(plan.days)) % 7
    return np.asarray((WEEKDAYS / WEEKDAYS.mean())[weekday] * rng.gamma(100, 0.01, plan.days))


def _event_factors(plan: Plan, events: tuple[Event, ...]) -> Floats:
    factors = np.ones((len(REASONS), plan.days))
    for event in events:
        rows = [INDEX[name] for name in event.reasons]
        span = min(event.days, plan.days - event.day)
        fade = 1 + (event.factor - 1) * (1 - np.arange(span) / event.days)
        factors[rows, event.day : event.day + span] *= fade
    return factors


def make_events(plan: Plan) -> tuple[Event, ...]:
    """Return the dated events inside the period, in order of time."""
    share = plan.whole_days / 731
    dated = [
        Event(int(day * share), days, kind, name, product, tuple(reasons.split("; ")), factor)
        for day, days, kind, name, product, reasons, factor in _EVENTS
    ]
    return tuple(sorted((event for event in dated if event.day < plan.days), key=lambda event: event.day))


_EVENTS: Final = (
    (96, 2, "outage", "Core switch failure", "Fibre", "No connection", 6.0),
    (340, 2, "outage", "Cable cut on the coast", "Cable", "No connection; TV channel missing", 5.0),
    (598, 3, "outage", "Power loss at the data centre", "Fibre", "No connection; App problem", 5.0),
    (470, 40, "price", "Yearly price change", "", "Price change; Cancel contract", 2.2),
    (463, 14, "letter", "Letter on the price change", "", "Letter not understood", 2.0),
    (60, 10, "letter", "Yearly statement, first year", "", "Letter not understood; Bill explanation", 1.4),
    (425, 10, "letter", "Yearly statement, second year", "", "Letter not understood; Bill explanation", 1.4),
    (150, 12, "release", "Customer app 5.0", "", "App problem; Password reset", 1.8),
    (395, 12, "release", "Customer app 5.4", "", "App problem", 1.5),
    (545, 14, "release", "Smart-home hub 2.1", "Smart home", "Smart-home pairing", 2.0),
    (280, 1, "policy", "Credit above 50 needs approval", "", "Credit or compensation", 1.0),
)


def codes_from(probabilities: Floats, uniforms: Floats) -> Array:
    """Return one code per row: `probabilities` is row × code, `uniforms` one number per row."""
    edges = np.cumsum(probabilities, axis=1)[:, :-1]
    return np.asarray((uniforms[:, None] > edges).sum(axis=1))
