"""What one demo company is asked to be: size, period, seed and preset; and how it is cut into blocks."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from analytics.errors import AnalyticsError, nearest

LAST_MONTH: Final = date(2026, 10, 1)
PARTIAL_DAYS: Final = 20
"""Days of the incomplete month after the last whole one."""
BLOCK_CUSTOMERS: Final = 20_000
"""Customers at the start in one block; bounds memory, whatever the number of contacts."""
CONTACTS_PER_CUSTOMER_MONTH: Final = 0.2388
"""Rows written per customer at the start and month, measured on this generator: turns a size into customers."""
DAYS_PER_MONTH: Final = 30.4375


@dataclass(frozen=True, slots=True)
class Preset:
    """What a preset changes in how the company behaves."""

    hidden_difficulty: float = 0.0
    """Standard deviation of difficulty inside a reason that no column shows."""
    answers_depend_on_effort: float = 0.0
    """Change of the log-odds of answering a survey per point of effort."""
    value_effect: float = 1.0
    """Multiplies the effect of value enhancement on staying."""


PRESETS: Final = {
    "default": Preset(),
    "hidden-difficulty": Preset(hidden_difficulty=0.35),
    "effort-nonresponse": Preset(answers_depend_on_effort=0.10),
    "no-value-effect": Preset(value_effect=0.0),
}
"""Ready-made variants of the company by name."""


def add_months(day: date, count: int) -> date:
    """Return the first day of the month `count` months after that of `day`."""
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked request for one demo company."""

    contacts: int
    seed: int
    months: int
    start_a: int
    start_b: int
    preset_name: str
    last_month: date = LAST_MONTH
    preset: Preset = field(init=False)

    def __post_init__(self) -> None:
        _check(self)
        object.__setattr__(self, "preset", PRESETS[self.preset_name])

    @property
    def first_day(self) -> date:
        """First day of the first month."""
        return add_months(self.last_month, 1 - self.months)

    @property
    def first_weekday(self) -> int:
        """Weekday of the first day, Monday = 0."""
        return self.first_day.weekday()

    @property
    def month_starts(self) -> tuple[int, ...]:
        """Day number of each month's first day, the incomplete month included, and the end of the data."""
        firsts = [(add_months(self.first_day, m) - self.first_day).days for m in range(self.months + 1)]
        return (*firsts, firsts[-1] + PARTIAL_DAYS)

    @property
    def days(self) -> int:
        """Days of data, the incomplete month included."""
        return self.month_starts[-1]

    @property
    def whole_days(self) -> int:
        """Days in whole months."""
        return self.month_starts[-2]

    @property
    def customers(self) -> int:
        """Customers on the first day."""
        months = self.months + PARTIAL_DAYS / DAYS_PER_MONTH
        return max(200, round(self.contacts / (CONTACTS_PER_CUSTOMER_MONTH * months)))

    def date_of(self, day: int) -> date:
        """Return the calendar date of day number `day`."""
        return self.first_day + timedelta(days=day)

    def block_sizes(self) -> Iterator[tuple[int, int]]:
        """Yield (block number, customers at the start) for each block."""
        for block in range((self.customers + BLOCK_CUSTOMERS - 1) // BLOCK_CUSTOMERS):
            yield block, min(BLOCK_CUSTOMERS, self.customers - block * BLOCK_CUSTOMERS)

    def stream(self, *key: int) -> np.random.Generator:
        """Return the random stream of `key`: the same whatever was drawn before it."""
        return np.random.default_rng(np.random.SeedSequence([self.seed, *key]))


def _check(plan: Plan) -> None:
    if plan.preset_name not in PRESETS:
        raise AnalyticsError(f"There is no preset “{plan.preset_name}”.", do=nearest(plan.preset_name, PRESETS))
    for name, value, low, high in (
        ("contacts", plan.contacts, 1_000, 1_000_000_000),
        ("seed", plan.seed, 0, 2**63),
        ("months", plan.months, 1, 120),
        ("start_a", plan.start_a, 1, 121),
        ("start_b", plan.start_b, 1, 121),
    ):
        if not low <= value <= high:
            raise AnalyticsError(f"{name} is {value:,}.", do=f"Give a whole number from {low:,} to {high:,}.")


def month_length(day: date) -> int:
    """Return the number of days in the month of `day`."""
    return monthrange(day.year, day.month)[1]
