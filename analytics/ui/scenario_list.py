"""Saved scenarios as a list: open, copy, delete with undo; each with author and time."""

from dataclasses import replace

import streamlit as st

from analytics.errors import AnalyticsError
from analytics.store import Record
from analytics.ui import messages, scenarios, what_if_state
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import baseline
from analytics.ui.what_if_state import Work

DELETED = "_scenario_deleted"
"""The scenario deleted last in this session, until it is brought back or another is deleted."""


def saved(page: Page) -> list[Record]:
    """Return every saved scenario, newest first."""
    return sorted(page.store.list(page.workspace_id, scenarios.KIND), key=lambda record: record.at, reverse=True)


def draw(page: Page, work: Work, held: list[Record]) -> None:
    """Draw the list, and what was deleted a moment ago."""
    _deleted(page)
    if not held:
        st.caption("Nothing is saved yet. Save keeps this scenario with its baseline, your name and the time.")
    for record in held:
        _row(page, work, record)


def _row(page: Page, work: Work, record: Record) -> None:
    mine = work.record is not None and work.record.key == record.key
    with st.container(horizontal=True, vertical_alignment="center", key=f"scenario_{record.key}"):
        when = record.at[:16].replace("T", " ")
        st.markdown(
            f"**{md(scenarios.name_of(record))}**{' · open' if mine else ''}  \n:small[version {record.version} · "
            f"{md(record.author.shown)} · {when} UTC]", width="stretch",
        )  # fmt: skip
        args = (page, record)
        st.button("Open", key=f"scenario_open_{record.key}", on_click=open_saved, args=args)
        st.button("", icon=":material/content_copy:", key=f"scenario_copy_{record.key}", on_click=copy, args=args,
                  help="Copy")  # fmt: skip
        st.button("", icon=":material/delete:", key=f"scenario_delete_{record.key}", on_click=delete, args=args,
                  help="Delete; it can be brought back")  # fmt: skip


def _deleted(page: Page) -> None:
    gone: Record | None = st.session_state.get(DELETED)
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f"“{md(scenarios.name_of(gone))}” is deleted.", width="stretch")
        st.button("Undo delete", key="scenario_undelete", icon=":material/undo:", on_click=bring_back, args=(page,))


def open_saved(page: Page, record: Record) -> None:
    """Work on a saved scenario; what was on the screen before can be undone to."""
    with messages.net("open scenario"):
        found, before = scenarios.opened(record), what_if_state.current()
        kept = before.past[: before.place + 1] if before is not None else ()
        state, asked = found.state, before.asked if before is not None else ()
        what_if_state.keep(Work(page.workspace_id, (*kept, state), len(kept), record, state, found.said, asked))


def copy(page: Page, record: Record) -> None:
    """Work on a copy, which is not saved until somebody saves it."""
    open_saved(page, record)
    work = what_if_state.working()
    state = scenarios.named(work.state, f"{work.scenario.name} (copy)")
    past = (*work.past[: work.place], state)
    what_if_state.keep(replace(work, past=past, record=None, saved=None))


def delete(page: Page, record: Record) -> None:
    """Delete a scenario in the version that was seen; it can be brought back."""
    try:
        st.session_state[DELETED] = page.store.delete(
            page.workspace_id, scenarios.KIND, record.key, page.author, record.version
        )
    except AnalyticsError as error:
        what_if_state.say(str(error))
        return
    work = what_if_state.working()
    if work.record is not None and work.record.key == record.key:
        what_if_state.keep(replace(work, record=None, saved=None))


def bring_back(page: Page) -> None:
    """Undo the last delete."""
    gone: Record = st.session_state[DELETED]
    try:
        page.store.restore(page.workspace_id, scenarios.KIND, gone.key, gone.version, page.author, gone.version)
    except AnalyticsError as error:
        what_if_state.say(str(error))
        return
    del st.session_state[DELETED]


def rebase(page: Page, record: Record) -> None:
    """Lock the scenario to the data of today: a new version with the same levers."""
    work = what_if_state.working()
    try:
        new = page.store.put(
            page.workspace_id, scenarios.KIND, record.key, scenarios.body(work.state, baseline(page, work.basis)),
            page.author, record.version,
        )  # fmt: skip
    except AnalyticsError as error:
        what_if_state.say(str(error))
        return
    what_if_state.keep(replace(work, record=new, saved=work.state))
