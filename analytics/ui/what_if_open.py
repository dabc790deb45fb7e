"""Which what-if a session opens: the one its address asks for, the one it worked on, or a first proposal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from analytics.errors import AnalyticsError, ScenarioError, nearest
from analytics.scenarios.scenario import Scenario
from analytics.store import Record
from analytics.ui import scenarios, what_if_state
from analytics.ui.page import Page
from analytics.ui.what_if_basis import Basis, baseline
from analytics.ui.what_if_panel import asked_lever, first_proposal, offers
from analytics.ui.what_if_state import State, Work

ASKED: Final = ("scenario", "change", "basis", "lever")
_SAID: Final = "_what_if_address"
"""What the browser's address says, and the address of the work when it said so."""
FIRST: Final = "First proposal"


def open_work(page: Page) -> Work:
    """Return the work of this session, opened as the address asks; what cannot be done is in `said`."""
    asked = {name: st.query_params[name] for name in ASKED if name in st.query_params}
    stamp, now = tuple(f"{name}={value}" for name, value in asked.items()), what_if_state.current()
    mine = now if now is not None and now.workspace_id == page.workspace_id else None
    work = mine
    if work is None or (asked and work.asked != stamp and scenarios.address(work) != asked):
        work = replace(_opened(page, asked, mine), asked=stamp)
        what_if_state.keep(work)
    if st.session_state.get(_SAID, (None,))[0] != stamp:
        st.session_state[_SAID] = (stamp, scenarios.address(work))
    return work


def first_work(page: Page) -> Work:
    """Return what a reader without any work sees first. Raises CannotTellError where the history is too short."""
    return _new(page, State(_proposal(page), Basis()))


def _opened(page: Page, asked: Mapping[str, str], mine: Work | None) -> Work:
    if "lever" in asked:
        others = {name: value for name, value in asked.items() if name != "lever"}
        begun = mine if mine is not None or not others else _opened(page, others, None)
        return _with_lever(page, asked["lever"], begun)
    if not asked:
        return first_work(page)
    try:
        record = _record(page, asked.get("scenario"))
        found = scenarios.from_address(asked, record)
        saved = scenarios.opened(record).state if record is not None else None
    except AnalyticsError as error:
        kept = mine or first_work(page)
        return replace(kept, said=(f"The link could not be opened: {error}",))
    past = (found.state,) if saved is None or saved == found.state else (saved, found.state)
    return Work(page.workspace_id, past, len(past) - 1, record, saved, found.said)


def _new(page: Page, state: State) -> Work:
    return Work(page.workspace_id, (state,))


def _record(page: Page, key: str | None) -> Record | None:
    if key is None:
        return None
    record = page.store.get(page.workspace_id, scenarios.KIND, key)
    if record is None:
        held = [one.key for one in page.store.list(page.workspace_id, scenarios.KIND)]
        raise ScenarioError(f"There is no saved scenario “{key}” here.", do=nearest(key, held))
    return record


def _proposal(page: Page) -> Scenario:
    ledger = baseline(page, Basis()).ledger
    return first_proposal(offers(ledger, page.taxonomy, Scenario()))


def _with_lever(page: Page, text: str, mine: Work | None) -> Work:
    """Set one more lever in the work at hand; without any, in a scenario that has only this one."""
    untouched = mine is None or (mine.record is None and len(mine.past) == 1)
    work = _new(page, State(Scenario("New scenario"), Basis())) if untouched or mine is None else mine
    ledger = baseline(page, work.basis).ledger
    try:
        item = asked_lever(offers(ledger, page.taxonomy, work.scenario), ledger, page.taxonomy, text)
    except ScenarioError as error:
        return replace(work, said=(str(error),))
    return replace(what_if_state.changed(work, work.scenario.with_lever(item)), said=())


def write_address(work: Work) -> None:
    """Write into the address what restores this work exactly, once it differs from what the address was opened with.

    Each writing is a step of the browser's history: a page that wrote on opening could not be left by going back.
    """
    wanted = scenarios.address(work)
    if st.session_state.get(_SAID, (None, None))[1] == wanted:
        return
    for name in ASKED:
        if name in wanted and st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
        elif name not in wanted and name in st.query_params:
            del st.query_params[name]
    stamp = tuple(f"{name}={wanted[name]}" for name in ASKED if name in wanted)
    st.session_state[_SAID] = (stamp, wanted)
    if work.asked != stamp:
        what_if_state.keep(replace(work, asked=stamp))
