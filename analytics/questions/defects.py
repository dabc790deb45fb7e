"""Contacts per unit and per defect: which product makes contacts by its defects, and what each release brought.

The contract has no defect reports and no faulty units: active customers of a product stand for its units, a release or
outage of the events for a defect. Contacts are those customers made whose issue began with the cause “defect”.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.demand import PER
from analytics.questions.period import data_period
from analytics.questions.selection import Selection, add_months
from analytics.questions.spread import Floats, floats
from analytics.statistics.defects import WEEK, AfterDefect, UnitRates, Window, after_defects, unit_rates
from analytics.statistics.estimate import Estimate, number
from analytics.statistics.multiplicity import clear_differences

NOT_GIVEN: Final = "not given"
EVERY: Final = "all products"
DEFECTS: Final = ("release", "outage")
"""Kinds of event that stand for a defect; the others are held constant."""
LONGEST: Final = 60
"""Days of an event that are looked at; a price change of a year is no event of days."""
MOST_PRODUCTS: Final = 30
NO_DEFECTS: Final = "No contact has a defect as its cause."
NO_UNITS: Final = "How many customers have each product is not known."


@dataclass(frozen=True, slots=True)
class PerUnit:
    """Products with the contacts their defects make per 1,000 customers and month."""

    rows: pd.DataFrame
    """product, customers (mean), contacts, contacts_a_year, per_1000, low, high, against_all, against_low,
    against_high, clear, why; highest rate first."""
    every_1000: float
    """All products together, contacts per 1,000 customers and month."""
    dispersion: float
    """How many times more the months scatter than counts alone would."""
    left_out: float
    """Contacts caused by defects of products that are not named, or without known customers."""


def defect_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return product, month, contacts caused by defects, and active customers."""
    return reader.frame("questions/defect_months", selection.parameters())


def defect_days(reader: Reader, selection: Selection, first_day: date, last_day: date) -> pd.DataFrame:
    """Return product, day and contacts caused by defects, for days with any."""
    days = {"first_day": first_day, "last_day": last_day}
    chosen = {"segments": list(selection.segments), "products": list(selection.products)}
    return reader.frame("questions/defect_days", days | chosen)


def contacts_per_unit(reader: Reader, selection: Selection) -> PerUnit:
    """Return products by contacts per 1,000 customers and month; the 30 with most contacts.

    Raises CannotTellError where no contact has a defect as its cause, customers are not known by product, or the months
    are too few.
    """
    rows = defect_months(reader, selection)
    if not len(rows) or rows["contacts"].sum() <= 0:
        raise CannotTellError(NO_DEFECTS, do="Map cause on Sources, or label contacts under Label audit.")
    counts, units = (rows.pivot_table(index="month", columns="product", values=name, aggfunc="sum", fill_value=0.0)
                     for name in ("contacts", "customers"))  # fmt: skip
    known = [name for name in counts.columns if name != NOT_GIVEN and units[name].sum() > 0]
    if not known:
        raise CannotTellError(NO_UNITS, do="Load active_customers with product on Sources.")
    largest = counts[known].sum().sort_values(ascending=False, kind="stable").index[:MOST_PRODUCTS]
    held, base = counts[largest].to_numpy(dtype=np.float64), units[largest].to_numpy(dtype=np.float64)
    found = unit_rates(held, base)
    inside = np.where(base > 0, held, 0.0)
    table = _unit_rows([str(name) for name in largest], inside, base, found, selection.months)
    return PerUnit(table, PER * inside.sum() / base.sum(), found.dispersion, float(rows["contacts"].sum() - held.sum()))


def contacts_per_defect(reader: Reader, selection: Selection, events: pd.DataFrame) -> pd.DataFrame:
    """Return what came in the days of each release and outage beyond what the regression expects without it.

    `events` hold started_on, ended_on, kind, name, product ('' is all). Columns started_on, kind, name, product, days,
    observed, expected, ratio, low, high, extra, extra_low, extra_high, per_1000 (of the customers then), clear, why.
    All days of the data up to the last month looked at; a coincidence in time, not an effect. Raises CannotTellError
    where no contact has a defect as its cause.
    """
    first, last = _days(reader, selection)
    daily = defect_days(reader, selection, first, last)
    if not len(daily):
        raise CannotTellError(NO_DEFECTS, do="Map cause on Sources, or label contacts under Label audit.")
    units = defect_months(reader, selection.since(data_period(reader).first_month))
    known = events[_reaches(events, selection)].reset_index(drop=True)
    defects = known[known["kind"].isin(DEFECTS)]
    found = [_of_product(daily, units, known, str(name), first, last) for name in sorted(set(defects["product"]))]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=[*_EVENT, *_AFTER, "per_1000", "why"])
    logs = [_log(*ends) for ends in rows[["ratio", "low", "high"]].itertuples(index=False, name=None)]
    return rows.assign(clear=list(clear_differences(logs))).sort_values("started_on", kind="stable", ignore_index=True)


_EVENT: Final = ["started_on", "kind", "name", "product", "days"]
_ENDS: Final = ["started_on", "ended_on"]
_AFTER: Final = ["observed", "expected", "ratio", "low", "high", "extra", "extra_low", "extra_high"]


def _unit_rows(names: list[str], counts: Floats, units: Floats, found: UnitRates, months: int) -> pd.DataFrame:
    rate, against = found.rate, found.against
    logs = [_log(one.value, one.low, one.high) for one in against]
    rows = [
        (name, units[:, p][units[:, p] > 0].mean(), counts[:, p].sum(), counts[:, p].sum() * MONTHS_A_YEAR / months,
         *(_or_nan(end, PER) for end in (rate[p].value, rate[p].low, rate[p].high)),
         *(_or_nan(end) for end in (against[p].value, against[p].low, against[p].high)), rate[p].why)
        for p, name in enumerate(names)
    ]  # fmt: skip
    columns = ["product", "customers", "contacts", "contacts_a_year", "per_1000", "low", "high", "against_all",
               "against_low", "against_high", "why"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).assign(clear=list(clear_differences(logs)))
    return table.sort_values("per_1000", ascending=False, kind="stable", ignore_index=True)


def _of_product(  # noqa: PLR0917
    daily: pd.DataFrame, units: pd.DataFrame, events: pd.DataFrame, product: str, first: date, last: date
) -> pd.DataFrame:  # fmt: skip
    every = pd.date_range(first, last)
    rows = daily if product == "" else daily[daily["product"] == product]
    counts = rows.groupby("day")["contacts"].sum().reindex(every, fill_value=0.0)
    customers = _customers(units, product, every)
    mine = events[events["product"].isin({product, ""}) | (product == "")]
    own = (mine["product"] == product) & mine["kind"].isin(DEFECTS)
    ordered = pd.concat([mine[own], mine[~own]])
    windows = [_window(start, end, first) for start, end in zip(*(ordered[name] for name in _ENDS), strict=True)]
    found = after_defects(counts, np.where(np.isnan(customers), 1.0, customers), windows, int(own.sum()))
    told = ordered.head(len(found)).reset_index(drop=True)
    days = [last_day - first_day for first_day, last_day in windows[: len(found)]]
    after = pd.DataFrame([_after(one) for one in found], columns=_AFTER)
    then = [_mean(customers, window) for window in windows[: len(found)]]
    return pd.concat([told[["started_on", "kind", "name"]], after], axis=1).assign(
        product=product or EVERY, days=days, per_1000=PER * after["extra"] / then, why=[one.ratio.why for one in found]
    )[[*_EVENT, *_AFTER, "per_1000", "why"]]


def _customers(units: pd.DataFrame, product: str, every: pd.DatetimeIndex) -> Floats:
    """Return active customers a day; NaN throughout where they are not known for every month of the days."""
    rows = units if product == "" else units[units["product"] == product]
    by_month = rows.groupby("month")["customers"].sum()
    months = every.to_period("M").to_timestamp()
    held = floats(months.to_series().map(by_month))
    return held if held.all() else np.full(len(every), np.nan)


def _days(reader: Reader, selection: Selection) -> tuple[date, date]:
    return data_period(reader).first_month, add_months(selection.last_month, 1) - timedelta(days=1)


def _reaches(events: pd.DataFrame, selection: Selection) -> "pd.Series[bool]":
    if not selection.products:
        return pd.Series(True, index=events.index)
    return events["product"].isin({*selection.products, ""})


def _window(started: pd.Timestamp, ended: pd.Timestamp, first: date) -> Window:
    begin = (started - pd.Timestamp(first)).days
    return begin, begin + min(max((ended - started).days + 1, WEEK), LONGEST)


def _after(one: AfterDefect) -> tuple[float, ...]:
    ends = [end for held in (one.ratio, one.extra) for end in (held.value, held.low, held.high)]
    return (one.contacts, one.expected, *(_or_nan(end) for end in ends))


def _log(value: float | None, low: float | None, high: float | None) -> Estimate:
    """Return a ratio with its interval as a difference from zero on the log scale."""
    ends = [number(float(np.log(end))) if end is not None and end > 0 else None for end in (value, low, high)]
    return Estimate(ends[0], ends[1], ends[2], 0, "log of a ratio")


def _mean(values: Floats, window: Window) -> float:
    held = values[max(window[0], 0) : max(window[1], 0)]
    return float(held.mean()) if len(held) else float("nan")


def _or_nan(value: float | None, factor: float = 1.0) -> float:
    return float("nan") if value is None else factor * value
