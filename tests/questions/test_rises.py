"""Since when a reason comes more often: days in, the week of the step out."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from analytics.questions.rises import WHOLE, reason_weeks, rises
from analytics.questions.selection import Selection
from tests.questions.cubes import Row, reader_of

FIRST, LAST = date(2024, 1, 1), date(2025, 3, 1)
FACTS = {"first_month": "2024-01-01", "first_full_month": "2024-01-01", "first_at": "2024-01-01T00:00:00"}
STEP = date(2024, 10, 7)
ALL = Selection(FIRST, LAST)


def days(product: str, before: int, after: int, reason: str = "billing") -> list[Row]:
    """Return a row a day up to 31 March 2025, with a step on Monday, 7 October 2024."""
    every = (FIRST + timedelta(days=number) for number in range(456))
    return [
        {"day": day, "segment": "all", "product": product, "reason": reason, "contacts": 99,
         "made_by_customers": (before if day < STEP else after) + day.toordinal() % 3}
        for day in every
    ]  # fmt: skip


def test_the_week_of_a_step_is_told_for_the_product_that_has_it(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, FACTS, daily=[*days("Fibre", 5, 9), *days("Mobile", 6, 6), *days("Fibre", 1, 90, "x")])
    found = rises(reader, ALL, "billing")
    assert not found.per_customers
    rows = found.rows.set_index("product")
    assert list(rows.index) == [WHOLE, "Fibre", "Mobile"]
    assert rows.loc[WHOLE, "week"] == rows.loc["Fibre", "week"] == pd.Timestamp(STEP)
    assert rows["clear"].tolist() == [True, True, False]
    assert rows.loc["Fibre", ["before", "after"]].tolist() == pytest.approx([42, 70], abs=0.3)
    levels = found.weeks.set_index("week")["level"]
    assert levels[pd.Timestamp(STEP) - pd.Timedelta(days=7)] == rows.loc[WHOLE, "before"]
    assert levels[pd.Timestamp(STEP)] == rows.loc[WHOLE, "after"]


def test_twice_the_customers_explain_twice_the_contacts(tmp_path: Path) -> None:
    months = pd.date_range("2024-01-01", "2025-03-01", freq="MS").date
    active = [{"month": month, "customers": 1000 if month < date(2024, 10, 1) else 2000} for month in months]
    reader = reader_of(tmp_path, FACTS, daily=days("Fibre", 9, 19), active=active)
    found = rises(reader, ALL, "billing")
    assert found.per_customers
    assert found.rows.iloc[0]["after"] < 1.15 * found.rows.iloc[0]["before"]


def test_only_whole_weeks_and_contacts_customers_made_count(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, FACTS, daily=days("Fibre", 5, 9))
    weeks = reason_weeks(reader, ALL, "billing", FIRST, date(2024, 1, 14))
    assert weeks["contacts"].tolist() == [sum(5 + (FIRST + timedelta(days=n)).toordinal() % 3 for n in part)
                                          for part in (range(7), range(7, 14))]  # fmt: skip
    assert rises(reader, ALL, "billing").weeks["week"].max() == pd.Timestamp("2025-03-24")


def test_a_reason_nobody_asks_about_or_few_weeks_are_refused_in_words(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, FACTS, daily=days("Fibre", 5, 9))
    nothing = rises(reader, ALL, "unheard of").rows
    assert len(nothing) == 1
    assert "contacts; 100 are needed" in nothing.iloc[0]["why"]
    short = rises(reader, Selection(FIRST, date(2024, 2, 1)), "billing").rows
    assert "weeks; 26 are needed" in short.iloc[0]["why"]
