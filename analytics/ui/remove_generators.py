"""Generators: what makes demand, by reason, owner function or cause; with the contacts behind every bar."""

from typing import Final, get_args

import streamlit as st

from analytics.questions.drill import behind_bar
from analytics.questions.generators import KEYS, Group, Measure, Part
from analytics.questions.removable import Cells
from analytics.ui import (
    cards,
    figure,
    messages,
    remove,
    remove_avoidable,
    remove_drill,
    remove_map,
    remove_outreach,
    remove_stages,
)
from analytics.ui.pace import after_the_picture, ready
from analytics.ui.page import Page
from analytics.ui.remove_generators_picture import GROUPS, MEASURES, Looked, Picture, picture

PARTS: Final[dict[Part, str]] = {"all": "All demand", "removable": "Avoidable only"}
_MEASURE, _GROUP, _PART = "generators_measure", "generators_group", "generators_part"


def section(page: Page) -> None:
    """Draw the generators, the main picture of Remove, with what lies behind its bars."""
    _generators(page, remove.cells(page))
    page.show(remove_avoidable.avoidable)
    page.show(remove_map.section)
    page.show(remove_outreach.acquisition)
    page.show(remove_stages.missing)


@st.fragment
@messages.netted
def _generators(page: Page, cells: Cells) -> None:
    """Picture first, made ready by the switches before this runs; then the switches and what lies behind a bar."""
    switches, words, place = st.container(), st.container(), st.container()
    shown = _shown(page, cells)
    if shown.keys:
        with place:
            _draw(page, shown)
        with words:
            cards.section(shown.title, shown.sentence)
    after_the_picture()
    with switches:
        _switches(page, cells)
    if shown.keys:
        _behind(page, cells, shown)
    else:
        cards.section("Nothing here has a known avoidable cause")
        st.caption("Label contacts by hand, or load a cause for each contact, to see what should not exist.")


def _looked() -> Looked:
    """Return what the switches stand at; they are drawn after the picture."""
    state = st.session_state
    return Looked(state.get(_MEASURE, "cost"), state.get(_GROUP, "reason"), state.get(_PART, "all"))


def _shown(page: Page, cells: Cells) -> Picture:
    looked = _looked()
    return picture(page, cells, looked, st.session_state.get(_choice(looked.group)))


def _switches(page: Page, cells: Cells) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Measure", get_args(Measure), default="cost", required=True, key=_MEASURE,
            format_func=lambda one: MEASURES[one], on_change=ready, args=(_shown, page, cells),
        )  # fmt: skip
        st.segmented_control(
            "Group by", list(GROUPS), default="reason", required=True, key=_GROUP,
            format_func=lambda one: GROUPS[one], on_change=ready, args=(_shown, page, cells),
        )  # fmt: skip
        st.segmented_control(
            "Show", get_args(Part), default="all", required=True, key=_PART,
            format_func=lambda one: PARTS[one], on_change=ready, args=(_shown, page, cells),
        )  # fmt: skip


def _draw(page: Page, shown: Picture) -> None:
    group = shown.found.group
    figure.draw(
        shown.figure, shown.rows.drop(columns="hover"), "generators", shown.alt, shown.definition,
        looked_at=f"{page.looked_at} · {remove.found(page).contacts:,} contacts", invented=page.info.invented,
        names=shown.names, on_select=lambda: remove_drill.clicked("generators", _choice(group), list(shown.keys)),
    )  # fmt: skip


def _behind(page: Page, cells: Cells, shown: Picture) -> None:
    group, names = shown.found.group, shown.labels
    chosen = remove_drill.pick(_choice(group), names)
    if chosen is None:
        return
    row = shown.found.rows.iloc[shown.keys.index(chosen)]
    where = {column: str(row[column]) for column in KEYS[group]}
    remove_drill.contacts_of(page, "generators", names[chosen], behind_bar(cells, where, shown.found.part))


def _choice(group: Group) -> str:
    return f"generators_bar_{group}"
