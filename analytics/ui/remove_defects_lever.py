"""The lever of one product or release: how many of its defects end, what that saves, and the what-if with it set."""

from typing import Final

import pandas as pd
import streamlit as st

from analytics.questions.defects import EVERY
from analytics.questions.initiatives import MOST_SHARE, NAME_LENGTH, Initiative, scope_body
from analytics.questions.scope import Scope
from analytics.questions.words import thousands
from analytics.ui import backlog_data, backlog_lever, backlog_new, messages
from analytics.ui.page import Page
from analytics.ui.text import short
from analytics.ui.what_if_panel import FIRST_RAMP, FIRST_SHARE, WIDTHS

_STEP: Final = 5


@st.fragment
@messages.netted
def of_product(page: Page, rows: pd.DataFrame) -> None:
    """Offer the lever of one product: part of its defects ends."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        product = st.selectbox("Product", rows["product"].astype(str).tolist(), key="defect_product", width=280,
                               format_func=lambda one: short(one, 60))  # fmt: skip
        cut = _cut("defect_product_cut", "Defects that end")
    low, likely, high = (min(cut * part, MOST_SHARE) for part in (WIDTHS["D"][0], 1.0, WIDTHS["D"][1]))
    scope = Scope(causes=("defect",), products=(str(product),))
    reach = backlog_data.reached(page, scope)
    st.caption(f"About {thousands(cut * reach)} of {thousands(reach)} contacts a year fewer, if contacts follow the "
               "number of defects; locked reasons stay. How many can end is a judgement (evidence D).")  # fmt: skip
    name = short(f"{product}: {cut:.0%} fewer defects", NAME_LENGTH)
    _open(page, Initiative(f"defect:{product}", name, scope, low=low, likely=likely, high=high, ramp=FIRST_RAMP,
                           stage="scaled"), "defect_product_start")  # fmt: skip


@st.fragment
@messages.netted
def of_event(page: Page, rows: pd.DataFrame) -> None:
    """Offer the lever of a clear release or outage: the next one like it, once a year, brings fewer contacts."""
    if rows.empty:
        st.caption("A lever needs a release or outage with clearly more contacts than expected.")
        return
    names = {f"{row['started_on']} {row['name']}": row for row in rows.to_dict("records")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox("Release or outage", list(names), key="defect_event", width=380,
                              format_func=lambda one: short(names[one]["name"], 60))  # fmt: skip
        cut = _cut("defect_event_cut", "Contacts the next one spares")
    row = names[chosen or next(iter(names))]
    scope = Scope(causes=("defect",), products=() if row["product"] == EVERY else (str(row["product"]),))
    reach = backlog_data.reached(page, scope)
    if reach <= 0:
        st.caption("The contacts it brought lie in reasons nothing may be removed from.")
        return
    ends = [min(max(cut * float(str(row[end])) / reach, 0.0), MOST_SHARE)
            for end in ("extra_low", "extra", "extra_high")]  # fmt: skip
    st.caption(f"One like it a year: about {thousands(cut * row['extra'])} contacts a year fewer "
               f"({thousands(max(cut * row['extra_low'], 0))} to {thousands(cut * row['extra_high'])}), by the "
               "measured contacts per event.")  # fmt: skip
    name = short(f"Next “{short(row['name'], 40)}”: {cut:.0%} fewer contacts", NAME_LENGTH)
    _open(page, Initiative(f"defect:{chosen}", name, scope, low=ends[0], likely=ends[1], high=ends[2], grade="C",
                           ramp=0, stage="scaled"), "defect_event_start")  # fmt: skip


def _cut(key: str, label: str) -> float:
    first = round(100 * FIRST_SHARE)
    return st.slider(label, _STEP, round(100 * MOST_SHARE), first, _STEP, format="%d %%", key=key, width=280) / 100


def _open(page: Page, one: Initiative, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        backlog_lever.link(page, one)
        begun = st.button("Start an initiative with this", icon=":material/add:", key=key, on_click=_start,
                          args=(page, one))  # fmt: skip
    if begun:
        st.rerun()


def _start(page: Page, one: Initiative) -> None:
    with messages.net("new initiative"):
        body = {"name": one.name, "scope": scope_body(one.scope), "lever": "cause", "grade": one.grade}
        effect = {
            "low": round(one.low, 4),
            "likely": round(one.likely, 4),
            "high": round(one.high, 4),
            "ramp": one.ramp,
        }
        backlog_new.create(page, body | effect)
        st.session_state["tab"] = "Backlog"
