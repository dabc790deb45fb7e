"""How causes move over time, the events that may explain it, and what came after each event (traps T12, T21)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isnan
from typing import Literal

import pandas as pd

from analytics.contract import CAUSES
from analytics.engine import Reader
from analytics.questions.demand import PER, active_months
from analytics.questions.period import data_period
from analytics.questions.repeats import immature_from
from analytics.questions.selection import Selection, add_months
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.estimate import cannot
from analytics.statistics.events import BASELINE_WEEKS, PLACEBO_METHOD, Surplus, against_other_weeks
from analytics.statistics.multiplicity import clear_differences

By = Literal["cause", "reason", "owner"]


@dataclass(frozen=True, slots=True)
class Trend:
    """Months of each line, with the events to draw on them."""

    rows: pd.DataFrame
    """month, key (the cause, reason or owner), label, contacts, contacts_per_1000 (NaN without customers), share."""
    events: pd.DataFrame
    """started_on, ended_on, kind, name, product."""
    last_full_month: date
    """Months after it are partial and not in `rows`."""


def cause_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by month, reason and root cause."""
    return reader.frame("questions/cause_months", selection.parameters())


def event_list(reader: Reader, first_day: date, last_day: date) -> pd.DataFrame:
    """Return the imported events that touch the days from `first_day` to `last_day`."""
    return reader.frame("questions/event_list", {"first_day": first_day, "last_day": last_day})


def demand_days(
    reader: Reader, selection: Selection, first_day: date, last_day: date, reasons: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return contacts customers made by day: day, contacts, has_repeat, eligible_mature; no reasons means all."""
    bound = {
        "first_day": first_day,
        "last_day": last_day,
        "segments": list(selection.segments),
        "products": list(selection.products),
        "reasons": list(reasons),
    }
    return reader.frame("questions/demand_days", bound)


def trend(
    reader: Reader, selection: Selection, taxonomy: Taxonomy, by: By = "cause", reasons: tuple[str, ...] = ()
) -> Trend:
    """Return every complete month up to the last one looked at, by root cause, reason or owner of the cause.

    Every key has a row in every month, 0 where nobody made contact. `reasons` limits it to some reasons. Shares are of
    the contacts of the month.
    """
    period = data_period(reader)
    history = selection.since(period.first_month)
    cells = cause_months(reader, history)
    whole = cells.groupby("month")["contacts"].sum().astype(float)
    cells = cells[cells["reason"].isin(reasons)] if reasons else cells
    keyed = cells.assign(key=_keys(cells, by, taxonomy))
    rows = _every_month(keyed.groupby(["month", "key"])["contacts"].sum().astype(float), history)
    customers = active_months(reader, history).set_index("month")["customers"].astype(float)
    rows = rows.assign(
        label=[_label(key, by, taxonomy) for key in rows["key"]],
        contacts_per_1000=PER * rows["contacts"] / rows["month"].map(customers),
        share=rows["contacts"] / rows["month"].map(whole),
    )
    events = event_list(reader, history.first_month, add_months(history.last_month, 1) - timedelta(days=1))
    return Trend(rows, events, period.last_full_month)


def _every_month(counts: "pd.Series[float]", history: Selection) -> pd.DataFrame:
    """Return month, key and contacts with a row for every key in every month: without one, a line hides the zero."""
    keys = counts.index.get_level_values("key").unique()
    months = pd.date_range(history.first_month, history.last_month, freq="MS")
    grid = pd.MultiIndex.from_product([months, sorted(keys)], names=["month", "key"])
    found: pd.DataFrame = counts.reindex(grid, fill_value=0.0).reset_index()
    return found


def daily_trend(reader: Reader, selection: Selection, reasons: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return day, contacts, repeat_rate (NaN where not mature) and is_mature at the locked window."""
    period = data_period(reader)
    last = add_months(selection.last_month, 1) - timedelta(days=1)
    days = demand_days(reader, selection, selection.first_month, last, reasons)
    mature = days["day"] < pd.Timestamp(immature_from(period, period.window_days))
    eligible = days["eligible_mature"].astype(float)
    rate = days["has_repeat"].astype(float) / eligible.where(mature & (eligible > 0))
    return days[["day", "contacts"]].assign(repeat_rate=rate, is_mature=mature)


def event_effects(reader: Reader, selection: Selection, days: int = 7, reasons: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return by event: contacts customers made in the `days` from its start, what the four weeks before would bring.

    Columns started_on, kind, name, observed, expected, above (the surplus), low, high, clear, why. The same weekdays of
    the four weeks before are the baseline; the interval comes from the same comparison in all other weeks, `clear` from
    looking at all events at once (false discoveries held at 10 %). What followed, not what the event caused.
    """
    last = add_months(selection.last_month, 1) - timedelta(days=1)
    return effects_of(reader, selection, event_list(reader, selection.first_month, last), days, reasons)


def effects_of(
    reader: Reader, selection: Selection, events: pd.DataFrame, days: int = 7, reasons: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Return the same for any events, also those people added; `events` hold started_on, kind and name."""
    last = add_months(selection.last_month, 1) - timedelta(days=1)
    reach = timedelta(weeks=BASELINE_WEEKS)
    daily = demand_days(reader, selection, selection.first_month - reach, last + timedelta(days=days), reasons)
    counts = daily.set_index("day")["contacts"].astype(float)
    found = [_effect(counts, pd.Timestamp(day), days) for day in events["started_on"]]
    clear = clear_differences([one.surplus for one in found])
    rows = [
        (one.contacts, one.expected, one.surplus.value, one.surplus.low, one.surplus.high, stands, one.surplus.why)
        for one, stands in zip(found, clear, strict=True)
    ]
    columns = ["observed", "expected", "above", "low", "high", "clear", "why"]
    effects = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[:5], float))
    return pd.concat([events[["started_on", "kind", "name"]].reset_index(drop=True), effects], axis=1)


def _effect(counts: "pd.Series[float]", start: pd.Timestamp, days: int) -> Surplus:
    gone = float("nan")
    if counts.empty or not counts.index.min() <= start <= counts.index.max():
        return Surplus(gone, gone, cannot(0, PLACEBO_METHOD, "The data does not hold these days."))
    every = pd.date_range(counts.index.min(), counts.index.max())
    found = against_other_weeks(counts.reindex(every, fill_value=0.0), (start - every[0]).days, days)
    return replace(found, contacts=gone) if isnan(found.expected) else found


def _keys(cells: pd.DataFrame, by: By, taxonomy: Taxonomy) -> "pd.Series[str]":
    if by != "owner":
        return cells[by].astype(str)
    pairs = cells[["reason", "cause"]].drop_duplicates()
    owners = {(r, c): taxonomy.owner(r, c) for r, c in pairs.itertuples(index=False, name=None)}
    return pd.Series(
        [owners[pair] for pair in cells[["reason", "cause"]].itertuples(index=False, name=None)], cells.index, dtype=str
    )


def _label(key: str, by: By, taxonomy: Taxonomy) -> str:
    return CAUSES.get(key, key) if by == "cause" else taxonomy.of(key).name if by == "reason" else key
