"""The bar above a what-if: which scenario this is, undo, redo, reset, what it rests on, save."""

from dataclasses import replace

import streamlit as st

from analytics.errors import AnalyticsError, ConflictError
from analytics.store import Record
from analytics.ui import messages, scenario_compare, scenario_list, scenarios, what_if_settings, what_if_state
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_state import Work

CONFLICT = "_what_if_conflict"
"""Words about who saved first, until the reader has chosen what to do."""


def bar(page: Page, base: Baseline, work: Work) -> None:
    """Draw the bar, and beneath it what the reader must decide: a conflict, or data that changed."""
    with st.container(horizontal=True, vertical_alignment="center", key="what_if_bar"):
        st.caption(_where(work, base), width="stretch")
        if work.basis.published or any(item.published for item in work.scenario.active):
            st.badge("Rests on a published claim", icon=":material/menu_book:", color="gray")
        st.button("Undo", icon=":material/undo:", key="what_if_undo", disabled=not work.can_undo, on_click=_undo)
        st.button("Redo", icon=":material/redo:", key="what_if_redo", disabled=not work.can_redo, on_click=_redo)
        st.button("Reset", icon=":material/restart_alt:", key="what_if_reset", on_click=_reset,
                  disabled=not work.scenario.active, help="Back to the baseline; Undo brings it back")  # fmt: skip
        _box(
            "Basis",
            "tune",
            str(hash((work.basis, work.scenario.settings))),
            lambda: what_if_settings.form(page, base, work),
        )
        _box("Scenarios", "folder_open", _seen(work), lambda: _folder(page, work))
        with st.popover("Save", icon=":material/save:", key=f"what_if_save_box_{_seen(work)}", type=emphasis()):
            _save_form(page, base, work)
    _conflict(page, base)
    _drift(page, base, work)


def _seen(work: Work) -> str:
    """Return what changes when a scenario is saved or opened, so that the box it was done in closes."""
    return f"{work.record.key}_{work.record.version}" if work.record is not None else "new"


def _box(name: str, icon: str, serial: str, inside: "what_if_settings.Drawing") -> None:
    """Draw a button whose content is only made when it is opened; another `serial` closes it."""
    box = st.popover(name, icon=f":material/{icon}:", key=f"what_if_box_{name.lower()}_{serial}", on_change="rerun")
    if box.open:
        with box, messages.net(f"What-if: {name}"):
            inside()


def _where(work: Work, base: Baseline) -> str:
    record = work.record
    lock = f"baseline {base.fingerprint[:6]}, data to {base.last_month}"
    if record is None:
        return f"Scenario **{md(work.scenario.name)}** · not saved · {lock}"
    state = "changed since" if work.is_changed else "as saved"
    when = record.at[:16].replace("T", " ")
    return (
        f"Scenario **{md(work.scenario.name)}** · {state}, version {record.version} by {md(record.author.shown)}, "
        f"{when} UTC · {lock}"
    )


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


def _folder(page: Page, work: Work) -> None:
    held = scenario_list.saved(page)
    scenario_list.draw(page, work, held)


def comparison(page: Page, work: Work) -> None:
    """Draw the comparison with saved scenarios, or say how there come to be any."""
    held = scenario_list.saved(page)
    if not held:
        st.caption("Nothing is saved yet. Save this scenario, change a lever, and both can stand side by side.")
        return
    scenario_compare.compare(page, work, held)


def _save_form(page: Page, base: Baseline, work: Work) -> None:
    with st.form("what_if_save_form", border=False):
        name = st.text_input("Name", work.scenario.name, max_chars=scenarios.NAME_LENGTH)
        over = st.form_submit_button("Save", type=emphasis())
        other = st.form_submit_button("Save as another scenario") if work.record is not None else False
    if over or other:
        save(page, base, name, as_new=other)


def save(page: Page, base: Baseline, name: str, *, as_new: bool) -> None:
    """Save under `name`; when somebody was faster that is told, and the work stays as it is."""
    work = what_if_state.working()
    try:
        state = scenarios.named(work.state, name)
        named = replace(work, past=(*work.past[: work.place], state))
        how = scenarios.save_as if as_new else scenarios.save
        record = how(page.store, page.workspace_id, named, base, page.author)
    except ConflictError as error:
        st.session_state[CONFLICT] = f"{error.happened} Yours is still here, unsaved."
        st.rerun()
    except AnalyticsError as error:
        messages.problem(error)
        return
    _saved(replace(named, said=()), record)
    st.rerun()


def _saved(work: Work, record: Record) -> None:
    st.session_state.pop(CONFLICT, None)
    what_if_state.keep(replace(work, record=record, saved=work.state))


def _conflict(page: Page, base: Baseline) -> None:
    """Offer the three ways out when somebody else saved first; nothing is lost in any of them."""
    said = st.session_state.get(CONFLICT)
    if not said:
        return
    with st.container(border=True, key="what_if_conflict"):
        st.markdown(f":material/group: **Somebody else saved this scenario first.** {md(said)}")
        with st.container(horizontal=True):
            st.button("Keep mine as a copy", key="conflict_copy", on_click=_keep_copy, args=(page, base))
            st.button("Save mine over theirs", key="conflict_over", on_click=_keep_over, args=(page, base))
            st.button("Open theirs", key="conflict_theirs", on_click=_open_theirs, args=(page,))


def _keep_copy(page: Page, base: Baseline) -> None:
    work = what_if_state.working()
    name = f"{work.scenario.name} ({page.author.name})"
    _try(lambda: _saved_copy(page, base, name))


def _saved_copy(page: Page, base: Baseline, name: str) -> None:
    work = what_if_state.working()
    state = scenarios.named(work.state, name)
    named = replace(work, past=(*work.past[: work.place], state))
    _saved(named, scenarios.save_as(page.store, page.workspace_id, named, base, page.author))


def _keep_over(page: Page, base: Baseline) -> None:
    """Save over the version that is there now; theirs stays in the history."""
    _try(lambda: _saved_over(page, base))


def _saved_over(page: Page, base: Baseline) -> None:
    work = what_if_state.working()
    now = page.store.get(page.workspace_id, scenarios.KIND, work.record.key) if work.record else None
    newest = replace(work, record=now)
    _saved(newest, scenarios.save(page.store, page.workspace_id, newest, base, page.author))


def _open_theirs(page: Page) -> None:
    work = what_if_state.working()
    now = page.store.get(page.workspace_id, scenarios.KIND, work.record.key) if work.record else None
    st.session_state.pop(CONFLICT, None)
    if now is not None:
        scenario_list.open_saved(page, now)


def _try(act: "what_if_settings.Drawing") -> None:
    try:
        act()
    except AnalyticsError as error:
        what_if_state.say(str(error))


def _drift(page: Page, base: Baseline, work: Work) -> None:
    """Say that the data changed since this was saved, and offer to lock it to the data of today."""
    words = scenarios.drift(work.record, base) if work.record is not None and not work.is_changed else ""
    if not words or work.record is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="what_if_drift"):
        st.markdown(f"{md(words)} What you see uses the data of today.", width="stretch")
        st.button("Lock to today’s data", key="what_if_rebase", on_click=scenario_list.rebase,
                  args=(page, work.record))  # fmt: skip
