"""The form that adds, changes, deletes and brings back an event; whoever is second to save is told."""

from datetime import date
from secrets import token_hex
from typing import Final

import streamlit as st

from analytics.errors import StoreError
from analytics.store import Record
from analytics.ui import messages, past
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import plain, short

KIND: Final = "event"
KINDS: Final = ("release", "price", "policy", "letter", "outage", "regulation", "market", "other")
NEW: Final = ""
_FIELDS: Final = ("event_name", "event_kind", "event_first", "event_last", "event_product")
_SEEN: Final = "_event_seen"
_DROPPED: Final = "_event_dropped"


def added(page: Page) -> list[Record]:
    """Return the events people added."""
    return page.store.list(page.workspace_id, KIND) if page.edits_readable else []


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
            saved = st.form_submit_button("Save event", type=emphasis(), icon=":material/save:")
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
