"""The repeat rate week by week; weeks that could not be followed for the whole window have none (METHODS a)."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.engine import Reader
from analytics.questions.identified import too_few_identified
from analytics.questions.period import data_period
from analytics.questions.repeats import immature_from
from analytics.questions.selection import Selection, add_months
from analytics.questions.trend import demand_days
from analytics.statistics.proportions import proportions

WEEK = 7


@dataclass(frozen=True, slots=True)
class RepeatWeeks:
    """Whole weeks of the selection at the locked window."""

    rows: pd.DataFrame
    """week (its first day), contacts, mature, repeat_rate (0–1, NaN where not mature or fewer than ten), low, high."""
    immature_from: date
    """First day whose contacts could not be followed for the whole window."""
    last_day: date
    """Last day looked at."""


def repeat_weeks(reader: Reader, selection: Selection) -> RepeatWeeks:
    """Return the repeat rate by whole week, Monday to Sunday, with Wilson's interval."""
    period = data_period(reader)
    last = add_months(selection.last_month, 1) - timedelta(days=1)
    cut = immature_from(period, period.window_days)
    days = demand_days(reader, selection, selection.first_month, last)
    rows = _weeks(days, selection.first_month, last)
    mature = rows["week"] + pd.Timedelta(days=WEEK) <= pd.Timestamp(cut)
    told = mature & (not too_few_identified(reader, selection))
    counted = rows["eligible_mature"].where(told, 0.0)
    shown = proportions(rows["has_repeat"].where(told, 0.0), counted)
    table = pd.DataFrame(
        {
            "week": rows["week"], "contacts": rows["contacts"], "mature": counted, "repeat_rate": shown.value,
            "low": shown.low, "high": shown.high,
        }
    )  # fmt: skip
    return RepeatWeeks(table, cut, last)


def _weeks(days: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    at = pd.to_datetime(days["day"])
    week = at - pd.to_timedelta(at.dt.day_of_week, unit="D")
    sums = days.assign(week=week).groupby("week")[["contacts", "has_repeat", "eligible_mature"]].sum().astype(float)
    begin, latest = pd.Timestamp(first), pd.Timestamp(last) - pd.Timedelta(days=WEEK - 1)
    every = pd.date_range(begin + pd.Timedelta(days=(-begin.day_of_week) % WEEK), latest, freq=f"{WEEK}D", name="week")
    rows: pd.DataFrame = sums.reindex(every, fill_value=0.0).reset_index()
    return rows
