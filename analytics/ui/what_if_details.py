"""Range, evidence, timing and cost of each lever, behind one button.

One for all levers, because each element on the page costs time with every key press on a slider.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from analytics.errors import ScenarioError
from analytics.scenarios.levers import GRADES, KINDS, Lever
from analytics.scenarios.ranges import Range, range_problem
from analytics.ui import messages, what_if_state
from analytics.ui.look import emphasis
from analytics.ui.text import md, plain
from analytics.ui.what_if_levers import reset
from analytics.ui.what_if_panel import Offer

CHOSEN: Final = "what_if_details_lever"


def details(row: Sequence[Offer], currency: str, horizon: int) -> None:
    """Draw one button behind which every lever has its range, evidence, timing and cost.

    One for all levers, because each element on the page costs time with every key press on a slider.
    """
    box = st.popover("Range, timing, cost", icon=":material/tune:", key="what_if_details", on_change="rerun",
                     help="Low, likely and high, evidence, start, ramp, decay and cost of each lever")  # fmt: skip
    if not box.open or not row:
        return
    with box:
        held = {offer.lever.key: offer.lever for offer in row}
        if st.session_state.get(CHOSEN) not in held:
            st.session_state[CHOSEN] = touched(held, what_if_state.working().state.touched)
        key = st.selectbox("Lever", list(held), key=CHOSEN, format_func=lambda one: plain(held[one].name))
        _form(held[key], currency, horizon)


def touched(held: Mapping[str, Lever], last: str) -> str:
    """Return the key of the lever that moved last, else of the first that is set, else of the first."""
    moved = last.removeprefix("slider ")
    if moved in held:
        return moved
    return next((key for key, item in held.items() if item.on), next(iter(held)))


def _form(item: Lever, currency: str, horizon: int) -> None:
    with st.form(f"what_if_form_{item.key}", border=False):
        given: dict[str, Any] = {name: _range_inputs(item, name) for name in KINDS[item.kind].parameters}
        given["grade"] = st.selectbox(
            "Evidence", list(GRADES), index=list(GRADES).index(item.grade), format_func=lambda g: f"{g}: {GRADES[g]}"
        )
        times = st.columns(3)
        given["start"] = times[0].number_input("Start month", 1, horizon, min(item.start, horizon))
        given["ramp"] = times[1].number_input("Ramp, months", 0, 36, min(item.ramp, 36))
        given["decay"] = times[2].number_input("Grows back, % a month", 0.0, 50.0, 100 * item.decay, 0.5) / 100
        costs = st.columns(2)
        given["one_off"] = costs[0].number_input(f"One-off cost, {currency}", 0.0, 1e9, item.one_off.likely, 1000.0)
        given["running"] = costs[1].number_input(f"Cost a month, {currency}", 0.0, 1e9, item.running.likely, 100.0)
        given |= _dip_inputs(item)
        if st.form_submit_button("Apply", type=emphasis()):
            _apply(item, given)
    st.button("Reset this lever", icon=":material/restart_alt:", key=f"what_if_reset_{item.key}", on_click=reset,
              args=(item,))  # fmt: skip


def _dip_inputs(item: Lever) -> dict[str, float]:
    """Draw the transition: people who learn are slower for a while."""
    columns = st.columns(2)
    longer = columns[0].number_input("Slower at first, % handle time", 0.0, 100.0, 100 * item.dip, 1.0, format="%g")
    months = columns[1].number_input("for how many months", 0, 36, min(item.dip_months, 36))
    return {"dip": longer / 100, "dip_months": months}


def _range_inputs(item: Lever, name: str) -> tuple[float, float, float]:
    """Draw low, likely and high; shares are shown in percent."""
    spec, held = KINDS[item.kind].parameters[name], item.range(name)
    factor = 100.0 if spec.unit == "share" else 1.0
    st.caption(md(f"{spec.words[:1].upper()}{spec.words[1:]}{', %' if factor > 1 else f', {spec.unit}'}"))
    columns = st.columns(3)
    values = [
        column.number_input(
            label, value=float(round(factor * value, 4)), step=1.0 if factor > 1 else 0.1, format="%g",
            key=f"what_if_{item.key}_{name}_{label}_{value:g}",
        )
        for column, label, value in zip(
            columns, ("Low", "Likely", "High"), (held.low, held.likely, held.high), strict=True
        )
    ]  # fmt: skip
    return values[0] / factor, values[1] / factor, values[2] / factor


def _apply(item: Lever, given: dict[str, Any]) -> None:
    """Take over the form; what is not possible is said, and nothing is changed."""
    try:
        new = applied(item, given)
    except ScenarioError as error:
        messages.problem(error)
        return
    work = what_if_state.working()
    what_if_state.change(work.scenario.with_lever(new))
    st.rerun()


def applied(item: Lever, given: dict[str, Any]) -> Lever:
    """Return the lever with the values of the form. Raises ScenarioError where a range is not possible."""
    new = replace(
        item, grade=given["grade"], start=int(given["start"]), ramp=int(given["ramp"]), decay=given["decay"],
        dip=given.get("dip", item.dip), dip_months=int(given.get("dip_months", item.dip_months)),
        one_off=_cost(item.one_off, given["one_off"]), running=_cost(item.running, given["running"]), on=True,
    )  # fmt: skip
    for name, spec in KINDS[item.kind].parameters.items():
        low, likely, high = values = tuple(float(value) for value in given[name])
        wrong = range_problem(low, likely, high)
        if wrong or min(values) < spec.least or max(values) > spec.most:
            limits = f"{spec.words} must be {spec.least:g} to {spec.most:g}."
            raise ScenarioError(f"“{item.name}”: {wrong or limits}", do="Nothing was changed; correct it and apply.")
        if values != (item.range(name).low, item.range(name).likely, item.range(name).high):
            new = new.with_range(name, Range(low, likely, high))
    return new


def _cost(old: Range, likely: float) -> Range:
    return old if likely == old.likely else Range(0.8 * likely, likely, 1.5 * likely)
