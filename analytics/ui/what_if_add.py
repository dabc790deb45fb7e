"""Add a lever the panel does not offer: any kind, on any reasons, causes and channels of the data."""

from dataclasses import replace
from secrets import token_hex

import streamlit as st

from analytics.contract import CAUSES
from analytics.errors import ScenarioError
from analytics.questions.taxonomy import Taxonomy
from analytics.scenarios.levers import KINDS, Lever, Scope, lever
from analytics.scenarios.words import scope_words
from analytics.ui import messages, what_if_state
from analytics.ui.look import emphasis
from analytics.ui.text import plain, short
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_panel import FIRST_RAMP, FIRST_SHARE, set_to

FIRST = {"handle_time": -0.05, "attrition": -0.002, "shrinkage": -0.02, "occupancy": 0.02, "value": 0.1}
"""Where a new lever stands, where that is not the usual first share."""
_NAME_LENGTH = 70


def form(base: Baseline, taxonomy: Taxonomy) -> None:
    """Draw the button and, when opened, the form."""
    box = st.popover("Add a lever", icon=":material/add:", key="what_if_add", on_change="rerun")
    if not box.open:
        return
    ledger = base.ledger
    with box, st.form("what_if_add_form", border=False):
        kind = st.selectbox("What changes", list(KINDS), format_func=lambda code: KINDS[code].words)
        reasons = st.multiselect("Reasons", ledger.reasons, format_func=lambda name: plain(taxonomy.of(name).name),
                                 placeholder="all")  # fmt: skip
        causes = st.multiselect("Causes", ledger.causes, format_func=lambda code: CAUSES.get(code, code),
                                placeholder="all")  # fmt: skip
        channels = st.multiselect("Channels", ledger.channels, placeholder="all")
        target = st.selectbox("Moves to", [*ledger.session_fee, *ledger.channels])
        if st.form_submit_button("Add", type=emphasis()):
            _add(made(kind, Scope(tuple(reasons), tuple(causes), tuple(channels)), target or ""))


def made(kind: str, scope: Scope, target: str) -> Lever:
    """Return a new lever at a first, judged size."""
    to = target if kind == "redistribute" else ""
    name = short(f"{KINDS[kind].words}: {scope_words(scope)}", _NAME_LENGTH)
    item = lever(kind, f"own-{token_hex(3)}", name, scope=scope, ramp=FIRST_RAMP, to_channel=to, grade="D")
    return set_to(replace(item, on=False), FIRST.get(kind, FIRST_SHARE))


def _add(item: Lever) -> None:
    try:
        what_if_state.change(what_if_state.working().scenario.with_lever(item))
    except ScenarioError as error:
        messages.problem(error)
        return
    st.rerun()
