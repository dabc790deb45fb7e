"""Events that may explain demand: those of the data file and those people added, with author, time and undo."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.questions.trend import effects_of
from analytics.store import Record
from analytics.ui import cards, figure, remove_event_form
from analytics.ui.page import Page

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
    cards.section(
        "Events on the trend",
        "Contacts in the 7 days from each event above the same weekdays of the four weeks before. What followed an "
        "event is not proof that the event caused it, and a surplus this short has no interval.",
    )
    if len(events):
        _table(page, events)
    else:
        st.caption("No event is known yet: releases, price changes, letters and outages explain most jumps.")
    page.show(remove_event_form.editor)


def _row(record: Record) -> dict[str, object]:
    body = record.body
    return {
        "started_on": body.get("started_on"), "ended_on": body.get("ended_on") or body.get("started_on"),
        "kind": body.get("kind", "other"), "name": body.get("name", ""), "product": body.get("product", ""),
        "source": f"{record.author.shown}, {record.at[:16].replace('T', ' ')} UTC",
    }  # fmt: skip


def _table(page: Page, events: pd.DataFrame) -> None:
    inside = events[events["started_on"].between(pd.Timestamp(page.period.first_month), _end(page))]
    history = page.filters.since(page.period.first_month)
    shown = inside.reset_index(drop=True)
    if len(shown):
        effects = effects_of(page.reader, history, shown)
        shown = shown.assign(**{name: effects[name].to_numpy() for name in ("observed", "expected", "above")})
    shown = pd.concat([shown, events[~events["number"].isin(inside["number"])]]).sort_values("number")
    shown = shown.rename(
        columns={"observed": "contacts_7_days", "expected": "expected_7_days", "above": "above_expected"}
    )
    st.dataframe(shown, hide_index=True, key="events", column_config=_COLUMNS, alt="Events with what followed each")
    figure.drawer(
        shown, "events", "Expected: the same weekdays of the four weeks before the event, seven days' worth. Above: "
        "what came beyond that. Empty where the data does not hold those days.",
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
}  # fmt: skip
