"""A request for a demo company: period, blocks and what is refused."""

from datetime import date

import pytest

from analytics.demo.plan import BLOCK_CUSTOMERS, Plan, add_months
from analytics.errors import AnalyticsError


def plan(**changes: object) -> Plan:
    values: dict[str, object] = {
        "contacts": 300_000, "seed": 1, "months": 24, "start_a": 13, "start_b": 13, "preset_name": "default",
    }  # fmt: skip
    return Plan(**{**values, **changes})


def test_the_default_period_is_24_whole_months_and_twenty_days() -> None:
    made = plan()
    assert (made.first_day, made.date_of(made.whole_days - 1)) == (date(2024, 11, 1), date(2026, 10, 31))
    assert made.date_of(made.days - 1) == date(2026, 11, 20)
    assert made.month_starts[:4] == (0, 30, 61, 92)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 10, 1), 1, date(2026, 11, 1)),
        (date(2026, 10, 31), -10, date(2025, 12, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 5), 0, date(2026, 12, 1)),
    ],
)
def test_months_are_added_over_the_turn_of_the_year(day: date, count: int, expected: date) -> None:
    assert add_months(day, count) == expected


def test_blocks_hold_all_customers_and_none_is_larger_than_the_bound() -> None:
    sizes = list(plan(contacts=100_000_000).block_sizes())
    assert sum(count for _, count in sizes) == plan(contacts=100_000_000).customers
    assert max(count for _, count in sizes) == BLOCK_CUSTOMERS
    assert [number for number, _ in sizes] == list(range(len(sizes)))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"contacts": 0}, "contacts"),
        ({"months": 0}, "months"),
        ({"start_a": 0}, "start_a"),
        ({"seed": -1}, "seed"),
        ({"preset_name": "hidden-dificulty"}, "hidden-difficulty"),
    ],
)
def test_an_impossible_request_is_refused_in_words(change: dict[str, object], word: str) -> None:
    with pytest.raises(AnalyticsError, match=word):
        plan(**change)
