"""What is asked of the portfolio, kept for everybody: limits, costs, people, rules; saved on request, told if changed.

A session works on its own copy; what the backlog says itself is not kept a second time, so that it stays what counts.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

import streamlit as st

from analytics.errors import AnalyticsError
from analytics.store import Record
from analytics.ui import messages
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import md

STATE: Final = "_portfolio"
KIND, KEY = "portfolio", "asked"
RULES: Final = ("Open", "Must", "Never")
EXCLUDES, NEEDS = "not together with", "only with"
SEEN: Final = "_seen"
"""Under this name a session's copy holds the version it comes from; 0 = nothing was kept."""
LONGEST_WORK: Final = 36
"""Months."""
_AMOUNTS: Final = ("budget", "team", "quarter_", "cost_", "people_")
_FIELDS: Final = ("portfolio_", "backlog_quarter_")
"""How the keys of the fields begin that show this."""

Asked = dict[str, Any]


def kept(page: Page) -> Asked:
    """Return this session's copy for this workspace; a new session begins with what is kept for everybody."""
    copies: dict[str, Asked] = st.session_state.setdefault(STATE, {})
    if page.workspace_id not in copies:
        copies[page.workspace_id] = _copy(_record(page))
    return copies[page.workspace_id]


def parse(body: Mapping[str, Any]) -> Asked:
    """Return what of a kept body can be used; what has no meaning here is left out."""
    found: Asked = {name: float(value) for name, value in body.items() if _is_amount(name, value)}
    found |= {name: int(value) for name, value in body.items() if _is_work(name, value)}
    found |= {name: value for name, value in body.items() if name.startswith("rule_") and value in RULES[1:]}
    pairs = [tuple(pair) for pair in _list(body.get("pairs")) if len(_list(pair)) == 3]
    held = [pair for pair in pairs if pair[1] in {EXCLUDES, NEEDS} and all(isinstance(word, str) for word in pair)]
    return found | ({"pairs": held} if held else {})


def own(held: Asked, given: Mapping[str, float | None]) -> Asked:
    """Return what of a copy somebody entered: nothing that is empty, usual, or what the backlog says itself."""
    return {name: value for name, value in parse(held).items() if name not in given or value != given[name]}


def bar(page: Page, held: Asked, given: Mapping[str, float | None]) -> None:
    """Say what is kept, by whom; offer to keep what was entered, and to go back to what is kept."""
    record, mine = _record(page), own(held, given)
    if record is not None and record.version != held.get(SEEN):
        _changed(page, held, mine, record)
        return
    theirs = parse(record.body) if record is not None else {}
    if mine == theirs:
        if record is not None:
            st.caption(f"Kept for everybody: {_by(record)}.")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="portfolio_keep"):
        st.caption(f"Changed since it was kept: {_by(record)}." if record is not None else
                   "Not kept yet: a reload begins anew.", width="stretch")  # fmt: skip
        if record is not None:
            st.button("Back to what is kept", icon=":material/undo:", on_click=_take, args=(page, record),
                      key="portfolio_keep_back")  # fmt: skip
        pressed = st.button("Keep for everybody", icon=":material/save:", key="portfolio_keep_save", type=emphasis())
    if pressed:
        _save(page, held, mine, record)


def _changed(page: Page, held: Asked, mine: Asked, record: Record) -> None:
    """Somebody kept something else since this copy was made: the reader chooses, nothing is lost before."""
    with st.container(border=True, key="portfolio_keep_conflict"):
        st.markdown(f":material/group: **Somebody else kept something since: {_by(record)}.** What you see is yours.")
        with st.container(horizontal=True):
            st.button("Open theirs", on_click=_take, args=(page, record), key="portfolio_keep_theirs")
            over = st.button("Keep mine over theirs", key="portfolio_keep_over")
    if over:
        _save(page, held, mine, record)


def _save(page: Page, held: Asked, mine: Asked, over: Record | None) -> None:
    try:
        done = page.store.put(page.workspace_id, KIND, KEY, mine, page.author, over.version if over else None)
    except AnalyticsError as error:
        messages.problem(error)
        return
    held[SEEN] = done.version
    st.rerun()


def _take(page: Page, record: Record) -> None:
    """Replace the session's copy by what is kept; the fields are made anew from it."""
    st.session_state[STATE][page.workspace_id] = _copy(record)
    for key in [key for key in st.session_state if str(key).startswith(_FIELDS)]:
        del st.session_state[key]


def _copy(record: Record | None) -> Asked:
    return {SEEN: 0} if record is None else {**parse(record.body), SEEN: record.version}


def _record(page: Page) -> Record | None:
    """Return what is kept; None also while the store cannot be read, which every page says by itself."""
    try:
        return page.store.get(page.workspace_id, KIND, KEY) if page.edits_readable else None
    except AnalyticsError:
        return None


def _by(record: Record) -> str:
    return f"version {record.version} by {md(record.author.shown)}, {record.at[:16].replace('T', ' ')} UTC"


def _is_amount(name: str, value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return name.startswith(_AMOUNTS) and is_number and isfinite(value) and value >= 0


def _is_work(name: str, value: Any) -> bool:
    return name.startswith("work_") and type(value) is int and 1 <= value <= LONGEST_WORK


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
