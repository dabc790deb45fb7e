"""Events that may explain demand: those of the data file and those people added, with author, time and undo."""

from datetime import date
from secrets import token_hex
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.errors import StoreError
from analytics.questions.trend import effects_of
from analytics.store import Record
from analytics.ui import cards, figure, messages, past
from analytics.ui.page import Page
from analytics.ui.text import plain, short

KIND: Final = "event"
KINDS: Final = ("release", "price", "policy", "letter", "outage", "regulation", "market", "other")
FILE: Final = "data file"
NEW: Final = ""
_FIELDS: Final = ("event_name", "event_kind", "event_first", "event_last", "event_product")
_SEEN: Final = "_event_seen"
_DROPPED: Final = "_event_dropped"


def added(page: Page) -> list[Record]:
    """Return the events people added."""
    return page.store.list(page.workspace_id, KIND) if page.edits_readable else []


def all_events(page: Page, imported: pd.DataFrame) -> pd.DataFrame:
    """Return imported and added events by day: number, started_on, ended_on, kind, name, product, source."""
    columns = ["started_on", "ended_on", "kind", "name", "product"]
    own = [_row(record) for record in added(page)]
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
    page.show(editor)


def editor(page: Page) -> None:
    """Draw the folded form that adds or changes an event."""
    folded = st.expander(
        "Add or change an event", icon=":material/edit_calendar:", key="events_edit", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        records = {record.key: record for record in added(page)}
        _take_back(page)
        key = _chosen(records)
        _catch_up(page, records.get(key))
        _form(page, key)
        if key in records:
            past.history(page, KIND, key, _words)


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


def _chosen(records: dict[str, Record]) -> str:
    if st.session_state.get("event_choice", NEW) not in {NEW, *records}:
        st.session_state["event_choice"] = NEW
    key = st.selectbox(
        "Event", [NEW, *records], key="event_choice", on_change=_load, args=(records,),
        format_func=lambda one: "A new event" if one == NEW else short(records[one].body.get("name", ""), 60),
    )  # fmt: skip
    if _SEEN not in st.session_state:
        _fill(None)
    return str(key)


def _load(records: dict[str, Record]) -> None:
    _fill(records.get(st.session_state["event_choice"]))


def _catch_up(page: Page, record: Record | None) -> None:
    """Show the author's own newer version, after an undo; somebody else's is only told when they save."""
    if record is not None and record.author == page.author and record.version != st.session_state.get(_SEEN):
        _fill(record)


def _fill(record: Record | None) -> None:
    """Put one event into the form and remember which version its author saw."""
    body = record.body if record else {}
    first = _day(body.get("started_on")) or date.today()
    values = (str(body.get("name", "")), body.get("kind", "release"), first, _day(body.get("ended_on")) or first,
              str(body.get("product", "")))  # fmt: skip
    st.session_state.update(zip(_FIELDS, values, strict=True))
    st.session_state[_SEEN] = record.version if record else None


def _form(page: Page, key: str) -> None:
    with st.form("event_form", border=False):
        st.text_input("What happened", key="event_name", max_chars=120)
        with st.container(horizontal=True):
            st.selectbox("Kind", KINDS, key="event_kind", width=160)
            st.date_input("First day", key="event_first", width=160)
            st.date_input("Last day", key="event_last", width=160)
            st.text_input("Product (optional)", key="event_product", max_chars=80, width=220)
        with st.container(horizontal=True):
            saved = st.form_submit_button("Save event", type="primary", icon=":material/save:")
            dropped = key != NEW and st.form_submit_button("Delete event", icon=":material/delete:")
    if saved:
        _save(page, key)
    if dropped:
        _drop(page, key)


def _save(page: Page, key: str) -> None:
    name, kind, first, last, product = (st.session_state[field] for field in _FIELDS)
    if not plain(name):
        raise StoreError("The event has no name.", do="Say in a few words what happened.")
    body = {"name": plain(name), "kind": kind, "started_on": str(first), "ended_on": str(max(first, last)),
            "product": plain(product)}  # fmt: skip
    page.store.put(page.workspace_id, KIND, key or token_hex(4), body, page.author, st.session_state[_SEEN])
    _start_over()


def _drop(page: Page, key: str) -> None:
    page.store.delete(page.workspace_id, KIND, key, page.author, st.session_state[_SEEN] or 0)
    st.session_state[_DROPPED] = key
    _start_over()


def _start_over() -> None:
    for field in (*_FIELDS, "event_choice", _SEEN):
        st.session_state.pop(field, None)
    st.rerun()


def _take_back(page: Page) -> None:
    dropped = st.session_state.get(_DROPPED)
    if dropped is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("The event was deleted.", width="content")
        st.button("Bring it back", icon=":material/undo:", key="event_undo", on_click=_bring_back, args=(page, dropped))


def _bring_back(page: Page, key: str) -> None:
    with messages.net("events"):
        past.undo(page, KIND, key)
        st.session_state.pop(_DROPPED, None)


def _words(record: Record) -> str:
    body = record.body
    return f"{body.get('name', '')}, {body.get('kind', '')}, from {body.get('started_on', '')}"


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
