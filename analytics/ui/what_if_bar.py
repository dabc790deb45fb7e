"""The bar above a what-if: which scenario this is, undo, redo, reset, save."""

from dataclasses import replace

import streamlit as st

from analytics.errors import AnalyticsError
from analytics.scenarios.scenario import Scenario
from analytics.ui import messages, scenarios, what_if_state
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_state import State, Work


def bar(page: Page, base: Baseline, work: Work) -> None:
    """Draw the bar."""
    with st.container(horizontal=True, vertical_alignment="center", key="what_if_bar"):
        st.caption(_where(work, base), width="stretch")
        st.button("Undo", icon=":material/undo:", key="what_if_undo", disabled=not work.can_undo, on_click=_undo)
        st.button("Redo", icon=":material/redo:", key="what_if_redo", disabled=not work.can_redo, on_click=_redo)
        st.button("Reset", icon=":material/restart_alt:", key="what_if_reset", on_click=_reset,
                  disabled=not work.scenario.active, help="Back to the baseline; Undo brings it back")  # fmt: skip
        with st.popover("Save", icon=":material/save:", key="what_if_save_box", type="primary"):
            _save_form(page, base, work)


def _where(work: Work, base: Baseline) -> str:
    record = work.record
    lock = f"baseline {base.fingerprint[:6]}, data to {base.last_month}"
    if record is None:
        return f"Scenario **{md(work.scenario.name)}** · not saved · {lock}"
    state = "changed since" if work.is_changed else "as saved"
    when = record.at[:16].replace("T", " ")
    return f"Scenario **{md(work.scenario.name)}** · {state}, version {record.version} by {md(record.author.shown)}, " \
           f"{when} UTC · {lock}"  # fmt: skip


def _undo() -> None:
    what_if_state.keep(what_if_state.undone(what_if_state.working()))
    what_if_state.redraw()


def _redo() -> None:
    what_if_state.keep(what_if_state.redone(what_if_state.working()))
    what_if_state.redraw()


def _reset() -> None:
    work = what_if_state.working()
    what_if_state.change(replace(work.scenario, levers=()))
    what_if_state.redraw()


def _save_form(page: Page, base: Baseline, work: Work) -> None:
    with st.form("what_if_save_form", border=False):
        name = st.text_input("Name", work.scenario.name, max_chars=scenarios.NAME_LENGTH)
        pressed = st.form_submit_button("Save", type="primary")
    if pressed:
        _save(page, base, work, name)


def _save(page: Page, base: Baseline, work: Work, name: str) -> None:
    try:
        state = scenarios.named(work.state, name)
        named = replace(work, past=(*work.past[: work.place], state), place=work.place)
        record = scenarios.save(page.store, page.workspace_id, named, base, page.author)
    except AnalyticsError as error:
        messages.problem(error)
        return
    what_if_state.keep(replace(named, record=record, saved=state))
    st.rerun()


def begin(page: Page, scenario: Scenario, state: State) -> None:
    """Start on another scenario; the one before stays in its own record or in the address."""
    what_if_state.keep(Work(page.workspace_id, (replace(state, scenario=scenario),)))
