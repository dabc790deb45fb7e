"""The what-if somebody is working on: every state of its levers, so that each change can be undone and redone.

Kept in the session under a plain name, not in widgets, so that nothing is lost when people change the page.
"""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from analytics.scenarios.scenario import Scenario
from analytics.store import Record
from analytics.ui.what_if_basis import Basis

SCENARIO: Final = "what_if_scenario"
"""Key of the fragment with the main picture and the sliders."""
LONGEST_PAST: Final = 200
_WORK: Final = "_what_if_work"


@dataclass(frozen=True, slots=True)
class State:
    """One state of the levers."""

    scenario: Scenario
    basis: Basis
    touched: str = ""
    """What was changed last; moves of one slider in a row are one step."""


@dataclass(frozen=True, slots=True)
class Work:
    """What this session works on."""

    workspace_id: str
    past: tuple[State, ...]
    place: int = 0
    record: Record | None = None
    """The saved scenario it began from, in the version its reader saw; None = not saved yet."""
    saved: State | None = None
    """The state as it was saved or opened; what differs from it is unsaved."""
    said: tuple[str, ...] = ()
    """What could not be taken over from a link, in words."""
    asked: tuple[str, ...] = ()
    """The address this work answers."""

    @property
    def state(self) -> State:
        """The state shown."""
        return self.past[self.place]

    @property
    def scenario(self) -> Scenario:
        """The levers shown."""
        return self.state.scenario

    @property
    def basis(self) -> Basis:
        """The baseline shown."""
        return self.state.basis

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier state."""
        return self.place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a state was undone."""
        return self.place < len(self.past) - 1

    @property
    def is_changed(self) -> bool:
        """Whether something here is not saved."""
        kept = self.saved
        return kept is None or kept.scenario != self.scenario or kept.basis != self.basis


def changed(work: Work, scenario: Scenario, touched: str = "", basis: Basis | None = None) -> Work:
    """Return the work with a new state; it replaces the last one when the same slider moved again."""
    new = State(scenario, basis or work.basis, touched)
    if (new.scenario, new.basis) == (work.scenario, work.basis):
        return work
    again = touched and touched == work.state.touched and work.place > 0
    kept = work.past[: work.place] if again else work.past[: work.place + 1]
    past = (*kept, new)[-LONGEST_PAST:]
    return replace(work, past=past, place=len(past) - 1)


def undone(work: Work) -> Work:
    """Return the work one state earlier."""
    return replace(work, place=max(work.place - 1, 0))


def redone(work: Work) -> Work:
    """Return the work one state later."""
    return replace(work, place=min(work.place + 1, len(work.past) - 1))


def current() -> Work | None:
    """Return the work of this session; None before anything was opened."""
    found: Work | None = st.session_state.get(_WORK)
    return found


def working() -> Work:
    """Return the work of this session, which the page has opened."""
    found: Work = st.session_state[_WORK]
    return found


def keep(work: Work) -> None:
    """Make this the work of the session."""
    st.session_state[_WORK] = work


def redraw() -> None:
    """From a callback: draw sliders, numbers and main picture, then the rest; nothing else of the page."""
    st.rerun(SCENARIO)


def say(words: str) -> None:
    """Keep words to be shown at the top of the page."""
    keep(replace(working(), said=(words,)))


def change(scenario: Scenario, touched: str = "", basis: Basis | None = None) -> None:
    """Keep a changed scenario."""
    keep(changed(working(), scenario, touched, basis))
