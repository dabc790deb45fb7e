"""Promised and realised: what initiatives that have begun did, against demand that none of them touched."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts import realised as charts
from analytics.questions.realised import reason_months
from analytics.questions.selection import add_months
from analytics.questions.words import percent
from analytics.statistics.did_checks import NEXT_TO_LAUNCH
from analytics.ui import backlog_data, cards, figure, messages, realised_data, realised_guard
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.realised_data import Judged
from analytics.ui.text import NOT_KNOWN, md, short

_DEFINITION = (
    "Change of contacts about the reason in the months from the launch on against the same months a year before, less "
    f"the same change of reasons that no initiative touched. The {NEXT_TO_LAUNCH} months before the launch and the "
    "same months a year later are left out, because launches follow peaks. Interval: placebo runs on the untouched "
    "reasons. Promised: likely effect over the same months, ramp and decay counted. Cross: three months after against "
    "three before, shown as what not to read."
)


def draw(page: Page) -> None:
    """Draw every started initiative with what was promised and what was found."""
    started = [one for one in backlog_data.written(page).initiatives if one.started is not None]
    begun = [one for one in started if one.started is not None and one.started <= page.filters.last_month]
    if not begun:
        cards.section(
            "No initiative has begun yet",
            "Give an initiative of the backlog the month it began in; three months later it can be judged here.",
        )
        return
    found = realised_data.judged(page, begun)
    _all(page, found)
    _one(page, tuple(one for one in found if one.found is not None))
    page.show(realised_guard.section, begun)


def title(found: Sequence[Judged]) -> str:
    """Return how many initiatives did something that can be told apart."""
    fell = sum(realised_data.verdict(one) in
               {"as promised", "less than promised", "more than promised", "a fall"} for one in found)  # fmt: skip
    if not fell:
        return "No initiative shows an effect we can separate from normal movement"
    return f"{fell} of {len(found)} initiatives cut contacts" if len(found) > 1 else "The initiative cut contacts"


def _all(page: Page, found: Sequence[Judged]) -> None:
    rows = realised_data.table(page, found)
    cards.section(title(found))
    st.markdown("\n".join(f"- {md(realised_data.sentence(one))}" for one in found))
    drawn = rows[rows["effect"].notna()]
    if len(drawn):
        figure.show(
            charts.effects(drawn, is_dark()), drawn, "realised", _alt(found), _DEFINITION,
            looked_at=page.looked_at, invented=page.info.invented, height=charts.height(drawn),
            names=[("found, with interval", "remove"), ("promised (diamond)", "redistribute"),
                   ("three months against three (cross): do not read", "unknown")],
        )  # fmt: skip
    number = st.column_config.NumberColumn
    percents: dict[str, Any] = {
        name: number(words, format="%.0f %%") for name, words in {
            "effect": "Found", "low": "Low", "high": "High", "promised": "Promised", "naive": "3 months on 3",
            "could_see_from": "Could see a fall from"}.items()
    }  # fmt: skip
    st.dataframe(
        rows, hide_index=True, placeholder=NOT_KNOWN,
        key="realised_table", alt="Initiatives with effect, promise and checks",
        column_config=percents | {
            "initiative": st.column_config.TextColumn("Initiative", pinned=True), "reason": "Reason", "began": "Began",
            "verdict": "Verdict", "months_compared": "Months compared", "controls": number("Reasons compared with"),
            "before": "Before the launch", "peak": "Peak", "why": "Why not",
        },
    )  # fmt: skip


@st.fragment
@messages.netted
def _one(page: Page, found: tuple[Judged, ...]) -> None:
    if not found:
        return
    place = st.selectbox(
        "Look at one", range(len(found)), key="realised_choice", width=480,
        format_func=lambda row: short(f"{found[row].initiative.name}: {found[row].reason}", 70),
    )  # fmt: skip
    one = found[place]
    _checks(one)
    rows = monthly(page, one)
    figure.show(
        charts.months(rows, pd.Timestamp(one.launched), short(one.reason, 24), is_dark()), rows, "realised_months",
        f"Contacts about {one.reason} by month beside untouched reasons, launch in {one.launched:%B %Y}",
        "Contacts by month, the mean of the months before the launch set to 100; untouched reasons: the mean of "
        "their indices. The shaded months before the launch are left out of the comparison.",
        looked_at=page.looked_at, invented=page.info.invented,
    )  # fmt: skip


def _checks(one: Judged) -> None:
    held = one.found
    if held is None:
        return
    lines = [f"{realised_data.sentence(one)}"]
    if held.peak.warned:
        lines.append(held.peak.why)
    if held.pre_trend.differs or held.pre_trend.differs is None:
        lines.append(held.pre_trend.why)
    if held.naive is not None:
        lines.append(f"Three months after against three before would say {percent(held.naive)}: do not read that.")
    st.markdown("\n".join(f"- {md(line)}" for line in lines))


def monthly(page: Page, one: Judged) -> pd.DataFrame:
    """Return month, treated, others (100 = mean before the launch) and whether the month is left out."""
    reasons, months, counts = page.ask_for(realised_data.selection_of(page, one.initiative), reason_months)
    controls = list(one.found.controls) if one.found else []
    launch = months.index(one.launched)
    level = counts / counts[:, :launch].mean(axis=1, keepdims=True).clip(min=1e-9) * 100.0
    first_out = add_months(one.launched, -NEXT_TO_LAUNCH)
    return pd.DataFrame({
        "month": pd.to_datetime(pd.Series(months)), "treated": level[reasons.index(one.reason)],
        "others": level[controls].mean(axis=0) if controls else float("nan"),
        "left_out": [first_out <= month < one.launched for month in months],
    })  # fmt: skip


def _alt(found: Sequence[Judged]) -> str:
    return "Found effect with interval, promise and naive figure. " + " ".join(map(realised_data.sentence, found))
