"""Steps: how often contacts are handed on, by reason, and what the best quarter of teams shows to be possible."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.charts import steps as charts
from analytics.errors import AnalyticsError
from analytics.questions.initiatives import NAME_LENGTH
from analytics.questions.steps import hand_offs
from analytics.questions.words import percent, thousands
from analytics.ui import backlog_new, cards, figure, messages, remove_policies
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, short

DRAWN = 12
_DEFINITION: Final = (
    "Handed on: contacts transferred at least once over contacts where that is known. Touches: mature contacts per "
    "issue. Best quarter: lower quartile of teams on the same reason, shares drawn towards the common one so that luck "
    "sets no target; avoidable: the difference, a year, interval by parametric bootstrap; clear where it stands "
    "although all reasons were looked at. Teams may get harder cases: a question, not a target for people. Intervals "
    "of shares: 32 groups of customers."
)


def tab(page: Page) -> None:
    """Draw policies with their approvals, then hand-offs."""
    page.show(remove_policies.section)
    page.show(section)


def section(page: Page) -> None:
    """Draw hand-offs by reason, and the way to an initiative that takes out steps."""
    try:
        rows = page.ask(hand_offs, page.taxonomy)
    except AnalyticsError as error:
        messages.missing(error.happened, error.do)
        return
    cards.section(title(rows), "Contacts handed on by reason, beside the best quarter of teams on the same reason.")
    told = rows[rows["gap"].notna()].head(DRAWN)
    if len(told):
        drawn = drawn_rows(told)
        figure.show(
            charts.hand_off_dots(drawn, is_dark()), drawn, "hand_offs",
            "Share handed on by reason beside the best quarter of teams. " + title(rows), _DEFINITION,
            looked_at=page.looked_at, invented=page.info.invented, height=charts.height(drawn),
            names=[("handed on, with interval", "remove"), ("best quarter of teams (diamond)", "value")],
        )  # fmt: skip
    shown = table(rows)
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=NOT_KNOWN,
        key="steps",
        column_config=_COLUMNS,
        alt="Touches and hand-offs by reason",
    )
    _start(page, rows[rows["clear"]])


def title(rows: pd.DataFrame) -> str:
    """Return what taking out hand-offs could reach; only reasons whose gap is clear count."""
    clear = rows[rows["clear"]]
    if clear.empty:
        return "Teams hand on about equally often: no reason shows avoidable hand-offs"
    first = clear.iloc[0]
    ends = f"{thousands(first['avoidable_low'])} to {thousands(first['avoidable_high'])}"
    return (
        f"{first['label']}: {percent(first['share'])} are handed on; at the best quarter of teams "
        f"{thousands(first['avoidable'])} fewer a year ({ends})"
    )


def drawn_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows as drawn, in percent."""
    return pd.DataFrame({
        "label": rows["label"], "share_percent": 100 * rows["share"], "low_percent": 100 * rows["share_low"],
        "high_percent": 100 * rows["share_high"], "best_percent": 100 * (rows["share"] - rows["gap"]),
        "contacts": rows["contacts"],
    })  # fmt: skip


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return every reason with touches, hand-offs and what is avoidable, for the screen."""
    shares = {name: 100.0 * rows[name] for name in ("share", "share_low", "share_high")}
    columns = ["label", "contacts", "touches", "touches_low", "touches_high", *shares, "avoidable", "avoidable_low",
               "avoidable_high", "clear", "why"]  # fmt: skip
    return rows.assign(**shares)[columns]


def _start(page: Page, clear: pd.DataFrame) -> None:
    open_ = clear[[not page.taxonomy.of(str(reason)).locked for reason in clear["reason"]]]
    if open_.empty:
        return
    names = dict(zip(open_["reason"].astype(str), open_["label"].astype(str), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        reason = st.selectbox("Reason", list(names), key="steps_choice", width=380,
                              format_func=lambda one: short(names[one], 60))  # fmt: skip
        st.button("Start an initiative with this", icon=":material/add:", key="steps_start",
                  on_click=start, args=(page, reason, names[reason]))  # fmt: skip


def start(page: Page, reason: str, name: str) -> None:
    """Keep an initiative that takes hand-offs out of one reason; its effect is the default, graded D."""
    with messages.net("new initiative"):
        backlog_new.create(page, {
            "name": short(f"{name}: fewer hand-offs", NAME_LENGTH), "owner": page.taxonomy.of(reason).owner,
            "scope": {"reasons": [reason]}, "lever": "steps", "guardrail": "first_contact_resolution",
        })  # fmt: skip
        st.session_state["tab"] = "Backlog"


_NUMBER: Final = st.column_config.NumberColumn
_COLUMNS: Final[dict[str, Any]] = {
    "label": st.column_config.TextColumn("Reason", pinned=True), "contacts": _NUMBER("Contacts", format="localized"),
    "touches": _NUMBER("Touches per issue", format="%.2f"), "touches_low": _NUMBER("Touches, low", format="%.2f"),
    "touches_high": _NUMBER("Touches, high", format="%.2f"), "share": _NUMBER("Handed on", format="%.1f %%"),
    "share_low": _NUMBER("Low", format="%.1f %%"), "share_high": _NUMBER("High", format="%.1f %%"),
    "avoidable": _NUMBER("Avoidable a year", format="localized", step=1),
    "avoidable_low": _NUMBER("Avoidable, low", format="localized", step=1),
    "avoidable_high": _NUMBER("Avoidable, high", format="localized", step=1),
    "clear": st.column_config.CheckboxColumn("Clear"), "why": "Why not",
}  # fmt: skip
