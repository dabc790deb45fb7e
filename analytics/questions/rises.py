"""Since when customers come more often about a reason, and about which product (feature 28)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.demand import PER, active_months
from analytics.questions.period import data_period
from analytics.questions.selection import Selection, add_months
from analytics.questions.spread import Floats
from analytics.statistics.multiplicity import discoveries
from analytics.statistics.rise import rise

WHOLE: Final = ""
"""Stands for all products together."""
COLUMNS = ["product", "week", "first", "last", "before", "after", "p_value", "clear", "why"]


@dataclass(frozen=True, slots=True)
class Rises:
    """Weeks of one reason and the upward step found in them."""

    weeks: pd.DataFrame
    """week (Monday), contacts, rate (as `per_customers` says), level (before and from the step on)."""
    rows: pd.DataFrame
    """By product, WHOLE first: week of the step (NaT where none can be told) with the first and last it may be, rates
    before and after, p_value, clear (stands although every product was looked at), why it cannot be told."""
    per_customers: bool
    """Rates are contacts a week per 1,000 active customers; else contacts a week."""


def reason_weeks(reader: Reader, selection: Selection, reason: str, first_day: date, last_day: date) -> pd.DataFrame:
    """Return week, product and contacts customers made about `reason`; weeks without any are left out."""
    filters = selection.parameters()
    bound = {"first_day": first_day, "last_day": last_day, "reason": reason}
    return reader.frame("questions/reason_weeks", bound | {name: filters[name] for name in ("segments", "products")})


def rises(reader: Reader, selection: Selection, reason: str) -> Rises:
    """Return since when `reason` comes more often: over all whole weeks up to the last month looked at, by product."""
    history = selection.since(data_period(reader).first_month)
    weeks = _whole_weeks(history)
    last_day = weeks[-1].date() + timedelta(days=6) if len(weeks) else history.first_month
    cells = reason_weeks(reader, selection, reason, history.first_month, last_day)
    wide = cells.pivot_table(index="week", columns="product", values="contacts", aggfunc="sum", observed=True)
    wide.index = pd.to_datetime(wide.index)
    wide = wide.reindex(weeks, fill_value=0.0).fillna(0.0).astype(float)
    customers = _customers(reader, history, weeks)
    exposure = customers / PER if customers is not None else np.ones(len(weeks))
    order = wide.sum().sort_values(ascending=False, kind="stable").index
    series = {WHOLE: wide.sum(axis=1)} | ({name: wide[name] for name in order} if len(order) > 1 else {})
    rows = _rows(series, exposure)
    return Rises(_weeks(series[WHOLE], exposure, rows.iloc[0]), rows, customers is not None)


def _whole_weeks(history: Selection) -> pd.DatetimeIndex:
    """Return the Mondays of the weeks that lie within the months."""
    end = pd.Timestamp(add_months(history.last_month, 1)) - pd.Timedelta(days=7)
    return pd.date_range(pd.Timestamp(history.first_month), end, freq="W-MON")


def _customers(reader: Reader, history: Selection, weeks: pd.DatetimeIndex) -> Floats | None:
    known = active_months(reader, history).set_index("month")["customers"].astype(float)
    known.index = pd.to_datetime(known.index)
    found: Floats = np.asarray(known.reindex(weeks.to_period("M").to_timestamp()), dtype=np.float64)
    return found if len(found) and bool(np.all(found > 0)) else None


def _rows(series: "dict[str, pd.Series[float]]", exposure: Floats) -> pd.DataFrame:
    found = {str(name): rise(counts.to_numpy(dtype=np.float64), exposure) for name, counts in series.items()}
    told = {name: one.p_value for name, one in found.items() if one.week is not None}
    clear = dict(zip(told, discoveries(list(told.values())).tolist(), strict=True))
    mondays = next(iter(series.values())).index

    def monday(place: int | None) -> Any:
        return pd.NaT if place is None else mondays[place]

    rows = [
        (name, monday(one.week), monday(one.first), monday(one.last), one.before, one.after, one.p_value,
         clear.get(name, False), one.why)
        for name, one in found.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(("week", "first", "last"), "datetime64[us]"))


def _weeks(counts: "pd.Series[float]", exposure: Floats, step: "pd.Series[Any]") -> pd.DataFrame:
    rate = counts.to_numpy(dtype=np.float64) / exposure
    level = np.where(counts.index < step["week"], step["before"], step["after"]) if step["clear"] else np.nan
    return pd.DataFrame({"week": counts.index, "contacts": counts.to_numpy(), "rate": rate, "level": level})
