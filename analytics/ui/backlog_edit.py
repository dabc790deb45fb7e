"""Editing one initiative, against the version its author saw: the second of two is told and loses nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from secrets import token_hex
from typing import Any

import streamlit as st

from analytics.errors import AnalyticsError, ConflictError
from analytics.questions.backlog import Scope, addressable
from analytics.questions.initiatives import Initiative, check_scope, read_initiative, read_scope
from analytics.questions.words import money, thousands
from analytics.store import Record
from analytics.ui import backlog_conflict, backlog_data, backlog_form, backlog_lever, cards, guard, messages, past
from analytics.ui.page import Page
from analytics.ui.text import md, short

CHOICE, _OPEN, _SAID, _GONE = "initiative_choice", "_initiative_open", "_initiative_said", "_initiative_gone"
NEW = ""


@dataclass(frozen=True)
class Opened:
    """One initiative as its editor saw it."""

    key: str
    """Empty for a new one."""
    seen: Record | None = None
    serial: int = 0
    """Number of the fields: new ones begin without anything typed."""
    start: Mapping[str, Any] = field(default_factory=dict)
    told: bool = False
    """Whether its editor was told that somebody deleted it; only then may saving bring it back."""


@st.fragment
@messages.netted
def editor(page: Page) -> None:
    """Draw the choice of an initiative, its fields, what its scope reaches, and its history."""
    held = backlog_data.written(page)
    cards.section("Add or change an initiative", "The scope is what it reaches; every figure follows from it.")
    names = {NEW: "New initiative"} | {one.key: one.name for one in held.initiatives}
    kept: Opened | None = st.session_state.get(_OPEN)
    if kept is not None and kept.seen is not None and kept.key == st.session_state.get(CHOICE):
        names.setdefault(kept.key, str(kept.start.get("name", "")))
    if st.session_state.get(CHOICE) not in names:
        st.session_state[CHOICE] = NEW
    _said(page)
    chosen = st.selectbox(
        "Initiative", list(names), key=CHOICE, format_func=lambda one: short(names[one], 70), width=420
    )
    opened = _opened(chosen, held.record(chosen))
    body = backlog_form.typed(page, opened.start, opened.serial)
    opened = _follow(page, opened, held.record(chosen), body)
    reach = _reach(page, body)
    _buttons(page, opened, body, reach)
    if chosen:
        _lead(page, chosen, held.of(chosen))


def _opened(key: str, record: Record | None) -> Opened:
    kept: Opened | None = st.session_state.get(_OPEN)
    if kept is not None and kept.key == key:
        return kept
    made = Opened(key, record, kept.serial + 1 if kept else 0, record.body if record else {})
    st.session_state[_OPEN] = made
    return made


def _follow(page: Page, opened: Opened, record: Record | None, body: Mapping[str, Any]) -> Opened:
    """Show what others saved meanwhile: at once when nothing is typed here, else as a warning beside what is."""
    if record is None and opened.seen is not None:
        return _gone_meanwhile(page, opened)
    if record is None or opened.seen is None or record.version == opened.seen.version:
        return opened
    if not backlog_conflict.differences(opened.start, body):
        st.session_state[_OPEN] = replace(opened, seen=record, start=record.body, serial=opened.serial + 1)
        st.rerun()
    _conflict(opened, record, body)
    return opened


def _gone_meanwhile(page: Page, opened: Opened) -> Opened:
    last = page.store.history(page.workspace_id, backlog_data.KIND, opened.key)[0]
    st.warning(
        f"**{md(last.author.shown)} deleted this at {md(last.at[:16].replace('T', ' '))} UTC.** What you typed is "
        "still in the fields; saving brings it back with your changes.",
        icon=":material/group:",
    )
    if opened.told:
        return replace(opened, seen=None, start={})
    st.session_state[_OPEN] = replace(opened, told=True)
    return opened


def _conflict(opened: Opened, record: Record, body: Mapping[str, Any]) -> None:
    """Say who was first and when, what differs, and let the second decide; nothing typed is lost."""
    backlog_conflict.warn(record, body)
    with st.container(horizontal=True):
        st.button("Keep mine, over theirs", key="initiative_mine", on_click=_take, args=(opened, record, opened.start))
        st.button("Take theirs", key="initiative_theirs", on_click=_take, args=(opened, record, None))


def _take(opened: Opened, record: Record, start: Mapping[str, Any] | None) -> None:
    serial = opened.serial if start is not None else opened.serial + 1
    st.session_state[_OPEN] = replace(opened, seen=record, start=record.body if start is None else start, serial=serial)


def _reach(page: Page, body: Mapping[str, Any]) -> Scope | None:
    """Show what the typed scope reaches; return None where it is refused."""
    try:
        scope = read_scope(body["scope"])
        check_scope(scope, page.taxonomy, backlog_data.values(page))
    except AnalyticsError as error:
        messages.problem(error)
        return None
    found = addressable(backlog_data.scope_of(page, scope), scope, page.taxonomy)
    st.markdown(
        f"In scope: **{thousands(found.contacts)} contacts**, {thousands(found.minutes)} minutes, "
        f"**{md(money(found.cost, page.info.currency))}** a year. {md(scope.words()[:1].upper() + scope.words()[1:])}."
    )
    guard.left_out(found, page.info.currency)
    return scope


def _buttons(page: Page, opened: Opened, body: dict[str, Any], scope: Scope | None) -> None:
    changed = bool(backlog_conflict.differences(opened.start, body))
    with st.container(horizontal=True, key="initiative_buttons"):
        pressed = st.button("Save", icon=":material/save:", key="initiative_save",
                            disabled=not changed or scope is None)  # fmt: skip
        st.button("Discard", icon=":material/undo:", key="initiative_discard", on_click=_reset, disabled=not changed)
        removed = bool(opened.key) and st.button("Delete", icon=":material/delete:", key="initiative_delete")
    if pressed:
        _save(page, opened, body)
    if removed and opened.seen is not None:
        _delete(page, opened.seen)


def _save(page: Page, opened: Opened, body: dict[str, Any]) -> None:
    key = opened.key or token_hex(5)
    try:
        made = read_initiative(key, body)
        version = opened.seen.version if opened.seen else None
        page.store.put(page.workspace_id, backlog_data.KIND, key, made.body(), page.author, version)
    except ConflictError:
        st.rerun()
    except AnalyticsError as error:
        messages.problem(error)
        return
    st.session_state[_SAID] = f"“{made.name}” is saved."
    st.session_state.pop(_OPEN, None)
    _forget(opened)
    st.rerun()


def _forget(opened: Opened) -> None:
    st.session_state[_OPEN] = Opened("\0", serial=opened.serial + 1)


def _reset() -> None:
    _forget(st.session_state[_OPEN])


def _delete(page: Page, record: Record) -> None:
    with messages.net("delete"):
        gone = page.store.delete(page.workspace_id, backlog_data.KIND, record.key, page.author, record.version)
        st.session_state[_GONE] = gone
        st.session_state.pop(_OPEN, None)
        st.rerun()


def _said(page: Page) -> None:
    words, gone = st.session_state.pop(_SAID, ""), st.session_state.get(_GONE)
    if words:
        st.toast(md(words), icon=":material/check:")
    if gone is not None:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.markdown(f"“{md(gone.body.get('name', ''))}” is deleted.", width="stretch")
            st.button("Bring it back", key="initiative_restore", on_click=_restore, args=(page, gone))


def _restore(page: Page, gone: Record) -> None:
    with messages.net("restore"):
        page.store.restore(page.workspace_id, backlog_data.KIND, gone.key, gone.version - 1, page.author, gone.version)
        st.session_state.pop(_GONE, None)


def _lead(page: Page, key: str, one: Initiative | None) -> None:
    if one is not None:
        backlog_lever.link(page, one)
    with st.expander("Who changed it", icon=":material/history:"):
        past.history(page, backlog_data.KIND, key, _changed)


def _changed(record: Record) -> str:
    held = read_initiative(record.key, record.body)
    return f"{held.name}: {held.scope.words()}; effect {held.low:.0%} to {held.high:.0%}, likely {held.likely:.0%}"
