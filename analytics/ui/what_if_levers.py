"""The lever panel: sliders by pillar; range, evidence, timing and cost of each behind one button."""

from collections.abc import Sequence
from contextlib import suppress
from itertools import groupby
from math import isclose
from typing import Final

import streamlit as st

from analytics.errors import ScenarioError
from analytics.questions.words import money, thousands
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import GRADES, KINDS, Lever
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.words import chips, range_words, scope_words
from analytics.ui import what_if_state
from analytics.ui.pace import send_in_one_piece
from analytics.ui.text import md, short
from analytics.ui.what_if_panel import Offer, main_likely, set_to
from analytics.ui.what_if_picture import prepare

HEADS: Final = {"remove": ":red[Remove]", "redistribute": ":blue[Redistribute]",
                "restructure": ":violet[Restructure]", "value": ":green[Value]"}  # fmt: skip
FOLDED: Final = ("redistribute", "restructure", "value")
LIMITS: Final = {"handle_time": (-30, 30, 1), "attrition": (-2.0, 2.0, 0.1), "shrinkage": (-10, 10, 1),
                 "occupancy": (-10, 10, 1), "value": (0, 60, 1),
                 "close": (0, 100, 1), "approval": (0, 100, 1)}  # fmt: skip
"""Least, most and step of a slider in percent or points; every other lever goes from 0 to 95."""
_NAME_LENGTH: Final = 60
_MOST_CHIPS: Final = 12
_NEXT: Final = "_what_if_next"


def panel(row: Sequence[Offer], currency: str, ledger: Ledger) -> None:
    """Draw the sliders; all but the first group are folded until one of their levers is set or somebody opens them."""
    if not any(KINDS[offer.lever.kind].group == "remove" for offer in row):
        st.markdown(f"**{HEADS['remove']}**")
        st.caption("No avoidable cause with enough contacts is known, so none is proposed. Map a cause column on "
                   "Sources or label contacts on Remove; “Add a lever” takes any reason.")  # fmt: skip
    for group, members in groupby(row, key=lambda offer: KINDS[offer.lever.kind].group):
        held = list(members)
        if group not in FOLDED:
            st.markdown(f"**{HEADS[group]}**")
            _sliders(held, currency, ledger)
            continue
        is_set = any(offer.lever.on for offer in held)
        folded = st.expander(HEADS[group], expanded=is_set, key=f"what_if_group_{group}", on_change="rerun")
        if folded.open or is_set:
            with folded:
                _sliders(held, currency, ledger)


def _sliders(held: Sequence[Offer], currency: str, ledger: Ledger) -> None:
    for offer in held:
        _slider(offer, currency, ledger)


def slider_key(key: str) -> str:
    """Return the key of a lever's slider."""
    return f"what_if_slider_{key}"


def _slider(offer: Offer, currency: str, ledger: Ledger) -> None:
    item = offer.lever
    least, most, step = _limits(item)
    key, at = slider_key(item.key), type(step)(round(100 * main_likely(item), 1))
    if st.session_state.get(key) != at:
        st.session_state[key] = at
    form = "%.1f pts" if item.kind == "attrition" else "%d %%"
    st.slider(
        md(short(item.name, _NAME_LENGTH)), least, most, step=step, key=key, format=form, on_change=_moved,
        args=(item, ledger, currency), help=_reach(offer, currency),
    )  # fmt: skip


def _limits(item: Lever) -> tuple[float, float, float]:
    """Return least, most and step of a lever's slider, wide enough for where the lever stands."""
    least, most, step = LIMITS.get(item.kind, (0, 95, 1))
    at = type(step)(round(100 * main_likely(item), 1))
    return min(least, at), max(most, at), step


def _reach(offer: Offer, currency: str) -> str:
    item = offer.lever
    spec = KINDS[item.kind].parameters[KINDS[item.kind].main]
    parts = [f"{spec.words[:1].upper()}{spec.words[1:]}."]
    parts.append(f"In scope ({short(scope_words(item.scope), 120)}): {thousands(offer.contacts)} contacts, "
                 f"{money(offer.cost, currency)} a year.")  # fmt: skip
    parts += [f"{offer.owner} can end it."] if offer.owner else []
    parts.append(f"Range {range_words(item.range(KINDS[item.kind].main), spec.unit)}; "
                 f"evidence {item.grade}, {GRADES[item.grade]}.")  # fmt: skip
    return md(" ".join(parts))


def _moved(item: Lever, ledger: Ledger, currency: str) -> None:
    """Take over what a slider says, and have its numbers ready when the drawing begins."""
    at = st.session_state[slider_key(item.key)]
    work = what_if_state.working()
    before = {one.key: one for one in work.scenario.levers}.get(item.key, item)
    moved = set_to(before, float(at) / 100)
    what_if_state.change(work.scenario.with_lever(moved), f"slider {item.key}")
    st.session_state[_NEXT] = _one_further(before, moved), ledger, currency
    with suppress(ScenarioError):  # said where the picture would be
        prepare(ledger, what_if_state.working().scenario, currency)
    send_in_one_piece()


def _one_further(before: Lever, moved: Lever) -> Lever | None:
    """Return the lever one more step the same way; None unless it has just gone one step and can go another."""
    least, most, step = _limits(moved)
    was, at = (round(100 * main_likely(one), 1) for one in (before, moved))
    further = type(step)(round(2 * at - was, 1))
    if not isclose(abs(at - was), step) or not least <= further <= most:
        return None
    return set_to(moved, float(further) / 100)


def foresee() -> None:
    """Have ready what one more step of the slider moved last would show: who slides, most often goes on.

    Comes last in a run, when everything is drawn; a newer key press ends it.
    """
    further, ledger, currency = st.session_state.pop(_NEXT, (None, None, ""))
    if further is not None and ledger is not None:
        with suppress(ScenarioError):  # said when somebody goes there
            prepare(ledger, what_if_state.working().scenario.with_lever(further), currency)


def reset(item: Lever) -> None:
    """Set one lever back to what the data offers."""
    what_if_state.change(what_if_state.working().scenario.without([item.key]))
    for key in [key for key in st.session_state if str(key).startswith(f"what_if_{item.key}_")]:
        del st.session_state[key]
    what_if_state.redraw()


def taken_out(scenario_key: str) -> None:
    """Switch a lever off from its chip; its range and timing stay."""
    work = what_if_state.working()
    what_if_state.change(work.scenario.with_lever(set_to(work.scenario.lever(scenario_key), 0)))
    what_if_state.redraw()


def chips_row(scenario: Scenario) -> None:
    """Show every lever that differs from the baseline; one click takes it out."""
    set_ = chips(scenario)
    if not set_:
        return
    with st.container(horizontal=True, gap="small", key="what_if_chips"):
        for key, words in set_[:_MOST_CHIPS]:
            st.button(md(short(words, 44)), icon=":material/close:", key=f"what_if_chip_{key}", on_click=taken_out,
                      args=(key,), help="Switch this lever off")  # fmt: skip
