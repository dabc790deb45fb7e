"""Generators: what makes demand, by reason, owner function or cause; with the contacts behind every bar."""

from collections.abc import Hashable
from typing import Any, Final, get_args

import pandas as pd
import streamlit as st

from analytics.charts import generators as charts
from analytics.charts.theme import label
from analytics.questions.catalogue import metric
from analytics.questions.drill import behind_bar
from analytics.questions.generators import KEYS, Generators, Group, Measure, Part, generators_of, top_finding
from analytics.questions.generators import generators as ask_generators
from analytics.questions.removable import Cells
from analytics.questions.words import money, percent, signed, thousands
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
from analytics.ui.look import is_dark
from analytics.ui.page import Page

BARS = 15
"""Bars drawn; the rows behind the chart hold all."""
MEASURES: Final[dict[Measure, str]] = {"cost": "Cost", "contacts": "Contacts", "minutes": "Minutes",
                                       "customers": "Customers", "effort": "Effort"}  # fmt: skip
GROUPS: Final[dict[Group, str]] = {"reason": "Reason", "owner": "Owner function", "cause": "Cause",
                                   "reason_cause": "Reason and cause"}  # fmt: skip
PARTS: Final[dict[Part, str]] = {"all": "All demand", "removable": "Avoidable only"}
_METRICS: Final[dict[Measure, str]] = {"cost": "cost", "contacts": "contacts", "minutes": "minutes",
                                       "customers": "customers", "effort": "effort_burden"}  # fmt: skip

_WHOLE: Final[dict[Measure, str]] = {"cost": "cost to serve", "contacts": "contacts", "minutes": "handled minutes",
                                     "customers": "customers", "effort": "customer effort"}  # fmt: skip


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
    measure, group, part = _switches()
    found = remove.kept(page, f"{measure} {group} {part}", lambda: _ranked(page, cells, measure, group, part))
    if found.rows.empty:
        cards.section("Nothing here has a known avoidable cause")
        st.caption("Label contacts by hand, or load a cause for each contact, to see what should not exist.")
        return
    keys = ["|".join(map(str, key)) for key in found.rows[KEYS[group]].itertuples(index=False, name=None)]
    _picture(page, found, keys)
    names = dict(zip(keys, found.rows["label"].astype(str), strict=True))
    chosen = remove_drill.pick(_choice(group), names)
    if chosen is not None:
        row = found.rows.iloc[keys.index(chosen)]
        where = {column: str(row[column]) for column in KEYS[group]}
        remove_drill.contacts_of(page, "generators", names[chosen], behind_bar(cells, where, part))


def _switches() -> tuple[Measure, Group, Part]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = st.segmented_control(
            "Measure", get_args(Measure), default="cost", required=True, key="generators_measure",
            format_func=lambda one: MEASURES[one],
        )  # fmt: skip
        group = st.segmented_control(
            "Group by", list(GROUPS), default="reason", required=True, key="generators_group",
            format_func=lambda one: GROUPS[one],
        )  # fmt: skip
        part = st.segmented_control(
            "Show", get_args(Part), default="all", required=True, key="generators_part",
            format_func=lambda one: PARTS[one],
        )  # fmt: skip
    return measure, group, part


def _ranked(page: Page, cells: Cells, measure: Measure, group: Group, part: Part) -> Generators:
    if measure in ("customers", "effort"):
        return ask_generators(
            page.reader, page.filters, page.rates, page.taxonomy, measure=measure, group=group, part=part
        )
    return generators_of(cells, page.taxonomy, measure, group, part)


def _picture(page: Page, found: Generators, keys: list[str]) -> None:
    currency = page.info.currency if found.measure == "cost" else ""
    drawn = drawn_rows(found, currency).head(BARS)
    cards.section(title(found), _sentence(found, page.info.currency))
    figure.show(
        charts.generator_bars(drawn, unit_words(found, page), currency, is_dark(), _chosen(found.group, keys)),
        drawn.drop(columns="hover"), "generators", _alt(found, drawn, currency), _definition(found),
        looked_at=f"{page.looked_at} · {remove.found(page).contacts:,} contacts", invented=page.info.invented,
        height=charts.height(drawn), names=_names(found),
        on_select=lambda: remove_drill.clicked("generators", _choice(found.group), keys),
    )  # fmt: skip


def _chosen(group: Group, keys: list[str]) -> int | None:
    held = st.session_state.get(_choice(group))
    return keys.index(held) if held in keys[:BARS] else None


def drawn_rows(found: Generators, currency: str) -> pd.DataFrame:
    """Return the rows as drawn: avoidable and other part, the sum so far in percent, and what the pointer says."""
    rows = found.rows
    rest = (rows["value"] - rows["removable"]).clip(lower=0.0)
    columns = ["label", "value", "low", "high", "contacts", "share", "in_top", "clear", "greyed"]
    drawn = rows[columns].assign(
        avoidable=rows["removable"], rest=rest, cumulative_percent=100.0 * rows["cumulative"],
        label=rows["label"].astype(str),
    )  # fmt: skip
    return drawn.assign(hover=[_hover(row, found, currency) for row in drawn.to_dict("records")])


def title(found: Generators) -> str:
    """Return the finding: what weighs most and how much of the whole it is."""
    first = found.rows.iloc[0]
    what = _WHOLE[found.measure]
    whole = f"the avoidable {what}" if found.part == "removable" else f"all {what}"
    order = "makes up" if bool(first["clear"]) or len(found.rows) == 1 else "is among the largest with"
    if found.measure == "customers":
        return f"{first['label']} brought {percent(first['share'])} of the customers who got in touch"
    return f"{first['label']} {order} {percent(first['share'])} of {whole}"


def unit_words(found: Generators, page: Page) -> str:
    """Return what the bars measure, in which unit and period."""
    unit = {"cost": f"cost to serve, {page.info.currency}", "contacts": "contacts", "minutes": "handled minutes",
            "customers": "different customers", "effort": "effort points"}[found.measure]  # fmt: skip
    months = page.filters.months
    return f"{unit}, {months} months" if months > 1 else f"{unit}, one month"


def _sentence(found: Generators, currency: str) -> str:
    if found.measure == "customers":
        return f"{thousands(found.total)} different customers. {found.note}"
    shown = f" Drawn are the first {BARS}; the file holds what is drawn." if len(found.rows) > BARS else ""
    return f"{top_finding(found, currency, _WHOLE[found.measure])}{shown} {found.note}".strip()


def _names(found: Generators) -> list[tuple[str, str]]:
    if found.measure == "customers":
        return []
    names = [("avoidable", "remove")]
    return names if found.part == "removable" else [*names, ("no negative cause, locked or not known", "unknown")]


def _hover(row: dict[Hashable, Any], found: Generators, currency: str) -> str:
    def said(value: float) -> str:
        return money(value, currency) if currency else signed(value)

    lines = [label(row["label"], 60), f"{said(row['value'])} ({percent(row['share'])})"]
    if pd.notna(row["low"]):
        lines.append(f"95 % interval {said(row['low'])} to {said(row['high'])}")
    if found.part == "all" and pd.notna(row["avoidable"]):
        lines.append(f"avoidable {said(row['avoidable'])}")
    if pd.notna(row["in_top"]):
        lines.append(f"among the first five in {percent(row['in_top'])} of resamples")
    return "<br>".join([*lines, f"{thousands(row['contacts'])} contacts"])


def _alt(found: Generators, drawn: pd.DataFrame, currency: str) -> str:
    head = "; ".join(
        f"{row['label']} {money(row['value'], currency) if currency else signed(row['value'])}"
        for row in drawn.head(5).to_dict("records")
    )
    return f"Bars of {MEASURES[found.measure].lower()} by {GROUPS[found.group].lower()}, largest first. {head}"


def _definition(found: Generators) -> str:
    return (
        f"{metric(_METRICS[found.measure]).definition} Each contact has one primary cause and one bucket; the "
        "avoidable part is that with a known negative cause outside locked reasons. Intervals and ranks: 32 random "
        "groups of customers, resampled 500 times."
    )


def _choice(group: Group) -> str:
    return f"generators_bar_{group}"
