"""Events that may explain demand: those of the data file and those people added, with author, time and undo."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.questions.trend import effects_of
from analytics.questions.words import whole
from analytics.store import Record
from analytics.ui import cards, figure, remove_event_form
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, short

FILE: Final = "data file"


def all_events(page: Page, imported: pd.DataFrame) -> pd.DataFrame:
    """Return imported and added events by day: number, started_on, ended_on, kind, name, product, source."""
    columns = ["started_on", "ended_on", "kind", "name", "product"]
    own = [_row(record) for record in remove_event_form.added(page)]
    written = pd.DataFrame(own, columns=[*columns, "source"])
    both = [frame for frame in (imported[columns].assign(source=FILE), written) if len(frame)]
    if not both:
        return written.assign(number=[])
    rows = pd.concat(both, ignore_index=True)
    rows = rows.assign(started_on=pd.to_datetime(rows["started_on"]), ended_on=pd.to_datetime(rows["ended_on"]))
    rows = rows.sort_values(["started_on", "name"], kind="stable").reset_index(drop=True)
    return rows.assign(number=rows.index + 1)[["number", *columns, "source"]]


def listed(page: Page, events: pd.DataFrame) -> None:
    """Draw every event with what followed it, and the way to add, change and take back."""
    rows = followed(page, events) if len(events) else events
    cards.section(
        title(rows),
        "Contacts customers made in the 7 days from each event above the same weekdays of the four weeks before, with "
        "the interval that the same comparison has in other weeks. What followed an event is not proof that it caused "
        "it.",
    )
    if len(events):
        _table(page, rows)
    else:
        st.caption("No event is known yet: releases, price changes, letters and outages explain most jumps.")
    page.show(remove_event_form.editor)


def title(rows: pd.DataFrame) -> str:
    """Return the event followed by clearly more contacts than usual; no order among those whose intervals overlap."""
    if not len(rows) or rows["above_expected"].isna().all():
        return "Events on the trend"
    clear = rows[rows["clear"].eq(True) & (rows["above_expected"] > 0)].sort_values("above_expected", ascending=False)
    if clear.empty:
        return "After no event came clearly more contacts than usual"
    first = clear.iloc[0]
    ends = f"{whole(first['low'])} to {whole(first['high'])}"
    others = f"; {len(clear) - 1} more events stand out" if len(clear) > 1 else ""
    more = whole(first["above_expected"])
    return f"After “{short(first['name'], 40)}” came {more} more contacts than usual ({ends}){others}"


def followed(page: Page, events: pd.DataFrame) -> pd.DataFrame:
    """Return the events by number with contacts_7_days, expected_7_days, above_expected, low, high, clear and why."""
    inside = events[events["started_on"].between(pd.Timestamp(page.period.first_month), _end(page))]
    history = page.filters.since(page.period.first_month)
    named = list(inside[["started_on", "name"]].itertuples(index=False, name=None))
    effects = page.kept(
        f"after events {named!r}", lambda: effects_of(page.reader, history, inside.reset_index(drop=True))
    )
    shown = inside.reset_index(drop=True).join(effects[[*_LONGER, "low", "high", "clear", "why"]])
    shown = pd.concat([shown, events[~events["number"].isin(inside["number"])]]).sort_values("number")
    return shown.rename(columns=_LONGER)


def _row(record: Record) -> dict[str, object]:
    body = record.body
    return {
        "started_on": body.get("started_on"), "ended_on": body.get("ended_on") or body.get("started_on"),
        "kind": body.get("kind", "other"), "name": body.get("name", ""), "product": body.get("product", ""),
        "source": f"{record.author.shown}, {record.at[:16].replace('T', ' ')} UTC",
    }  # fmt: skip


def _table(page: Page, shown: pd.DataFrame) -> None:
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=NOT_KNOWN,
        key="events",
        column_config=_COLUMNS,
        alt="Events with what followed each",
    )
    figure.drawer(
        shown, "events", "Contacts customers made: not those the company started, nor legs of transferred "
        "ones. Expected: the same weekdays of the four weeks before the event, seven days' worth. Above: "
        "what came beyond that; low to high: 95 % interval from the same comparison in all other weeks. Clear: stands "
        "although all events were looked at (false discoveries held at 10 %). Empty where the data does not hold them.",
        looked_at=page.looked_at, invented=page.info.invented,
    )  # fmt: skip


def _end(page: Page) -> pd.Timestamp:
    return pd.Timestamp(page.filters.last_month) + pd.offsets.MonthEnd(1)


_LONGER: Final = {"observed": "contacts_7_days", "expected": "expected_7_days", "above": "above_expected"}
_COLUMNS: Final[dict[str, Any]] = {
    "number": st.column_config.NumberColumn("No.", width="small"),
    "started_on": st.column_config.DateColumn("From", format="D MMM YYYY"),
    "ended_on": st.column_config.DateColumn("Until", format="D MMM YYYY"),
    "kind": "Kind", "name": "What happened", "product": "Product", "source": "Known from",
    "contacts_7_days": st.column_config.NumberColumn("Contacts in 7 days", format="%d"),
    "expected_7_days": st.column_config.NumberColumn("Expected", format="%.0f"),
    "above_expected": st.column_config.NumberColumn("Above", format="%.0f"),
    "low": st.column_config.NumberColumn("Low", format="%.0f"),
    "high": st.column_config.NumberColumn("High", format="%.0f"),
    "clear": st.column_config.CheckboxColumn("Clear"), "why": "Why not",
}  # fmt: skip
