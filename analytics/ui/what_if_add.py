"""Add a lever the panel does not offer: any kind, on any reasons, causes and channels of the data."""

from dataclasses import replace
from secrets import token_hex

import streamlit as st

from analytics.contract import CAUSES
from analytics.errors import ScenarioError
from analytics.scenarios.levers import DEMAND_KINDS, KINDS, Lever, Scope, lever
from analytics.scenarios.words import scope_words
from analytics.ui import messages, what_if_state
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import plain, short
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_measured import approval_form, close_form
from analytics.ui.what_if_panel import FIRST_RAMP, FIRST_SHARE, set_to

FIRST = {"handle_time": -0.05, "attrition": -0.002, "shrinkage": -0.02, "occupancy": 0.02, "value": 0.1}
"""Where a new lever stands, where that is not the usual first share."""
MEASURED = {"close": close_form, "approval": approval_form}
"""Levers that rest on figures of the data have a form of their own."""
_NAME_LENGTH = 70


def form(page: Page, base: Baseline) -> None:
    """Draw the button and, when opened, the form; adding closes it."""
    held = len(what_if_state.working().scenario.levers)
    box = st.popover("Add a lever", icon=":material/add:", key=f"what_if_add_{held}", on_change="rerun")
    if not box.open:
        return
    with box, messages.net("What-if: add a lever"):
        kind = st.selectbox("What changes", list(KINDS), format_func=lambda code: KINDS[code].words,
                            key="what_if_add_kind")  # fmt: skip
        made_lever = MEASURED[kind](page, base) if kind in MEASURED else _form(page, base, kind)
        if made_lever is not None:
            _add(made_lever)


def _form(page: Page, base: Baseline, kind: str) -> Lever | None:
    """Draw the scope of a lever of this kind; return it once somebody adds it."""
    ledger, scope, target = base.ledger, Scope(), ""
    with st.form(f"what_if_add_form_{kind}", border=False):
        if kind in DEMAND_KINDS:
            scope = _scope(page, base)
        if kind == "redistribute":
            target = st.selectbox("Moves to", [*ledger.session_fee, *ledger.channels]) or ""
        return made(kind, scope, target) if st.form_submit_button("Add", type=emphasis()) else None


def _scope(page: Page, base: Baseline) -> Scope:
    ledger, taxonomy = base.ledger, page.taxonomy
    reasons = st.multiselect("Reasons", ledger.reasons, format_func=lambda name: plain(taxonomy.of(name).name),
                             placeholder="all")  # fmt: skip
    causes = st.multiselect("Causes", ledger.causes, format_func=lambda code: CAUSES.get(code, code),
                            placeholder="all")  # fmt: skip
    channels = st.multiselect("Channels", ledger.channels, placeholder="all")
    return Scope(tuple(reasons), tuple(causes), tuple(channels))


def made(kind: str, scope: Scope, target: str) -> Lever:
    """Return a new lever at a first, judged size."""
    name = short(f"{KINDS[kind].words}: {scope_words(scope)}" if kind in DEMAND_KINDS else KINDS[kind].words,
                 _NAME_LENGTH)  # fmt: skip
    item = lever(kind, f"own-{token_hex(3)}", name, scope=scope, ramp=FIRST_RAMP, to_channel=target, grade="D")
    return set_to(replace(item, on=False), FIRST.get(kind, FIRST_SHARE))


def _add(item: Lever) -> None:
    try:
        what_if_state.change(what_if_state.working().scenario.with_lever(item))
    except ScenarioError as error:
        messages.problem(error)
        return
    st.rerun()
