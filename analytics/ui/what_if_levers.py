"""The lever panel: sliders by pillar, each with its range, evidence, timing and cost one click away."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

import streamlit as st

from analytics.errors import ScenarioError
from analytics.questions.words import money, thousands
from analytics.scenarios.levers import GRADES, KINDS, Lever
from analytics.scenarios.ranges import Range, range_problem
from analytics.scenarios.words import range_words, scope_words
from analytics.ui import messages, what_if_state
from analytics.ui.look import emphasis
from analytics.ui.text import md, short
from analytics.ui.what_if_panel import Offer, main_likely, set_to

HEADS: Final = {"remove": ":red[Remove]", "redistribute": ":blue[Redistribute]",
                "restructure": ":violet[Restructure]", "value": ":green[Value]"}  # fmt: skip
FOLDED: Final = ("restructure", "value")
LIMITS: Final = {"handle_time": (-30, 30, 1), "attrition": (-2.0, 2.0, 0.1), "shrinkage": (-10, 10, 1),
                 "occupancy": (-10, 10, 1), "value": (0, 60, 1),
                 "close": (0, 100, 1), "approval": (0, 100, 1)}  # fmt: skip
"""Least, most and step of a slider in percent or points; every other lever goes from 0 to 95."""
_NAME_LENGTH: Final = 60


def panel(row: Sequence[Offer], currency: str, horizon: int) -> None:
    """Draw the sliders; the last two groups are folded until one of their levers is set or somebody opens them."""
    for group, members in groupby(row, key=lambda offer: KINDS[offer.lever.kind].group):
        held = list(members)
        if group not in FOLDED:
            st.markdown(f"**{HEADS[group]}**")
            _sliders(held, currency, horizon)
            continue
        is_set = any(offer.lever.on for offer in held)
        folded = st.expander(HEADS[group], expanded=is_set, key=f"what_if_group_{group}", on_change="rerun")
        if folded.open or is_set:
            with folded:
                _sliders(held, currency, horizon)


def _sliders(held: Sequence[Offer], currency: str, horizon: int) -> None:
    for offer in held:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _slider(offer, currency)
            _details(offer, currency, horizon)


def slider_key(key: str) -> str:
    """Return the key of a lever's slider."""
    return f"what_if_slider_{key}"


def _slider(offer: Offer, currency: str) -> None:
    item = offer.lever
    least, most, step = LIMITS.get(item.kind, (0, 95, 1))
    key, at = slider_key(item.key), type(step)(round(100 * main_likely(item), 1))
    least, most = min(least, at), max(most, at)
    if st.session_state.get(key) != at:
        st.session_state[key] = at
    form = "%.1f pts" if item.kind == "attrition" else "%d %%"
    st.slider(
        md(short(item.name, _NAME_LENGTH)), least, most, step=step, key=key, format=form, on_change=_moved,
        args=(item,), help=_reach(offer, currency),
    )  # fmt: skip


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


def _moved(item: Lever) -> None:
    """Take over what a slider says."""
    likely = float(st.session_state[slider_key(item.key)]) / 100
    work = what_if_state.working()
    known = {one.key: one for one in work.scenario.levers}
    what_if_state.change(work.scenario.with_lever(set_to(known.get(item.key, item), likely)), f"slider {item.key}")


def _details(offer: Offer, currency: str, horizon: int) -> None:
    item = offer.lever
    box = st.popover("", icon=":material/tune:", key=f"what_if_more_{item.key}", on_change="rerun", type="tertiary",
                     help=md(f"Range, evidence, timing and cost of {item.name}"))  # fmt: skip
    if box.open:
        with box:
            _form(item, currency, horizon)


def _form(item: Lever, currency: str, horizon: int) -> None:
    st.markdown(f"**{md(item.name)}**")
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
