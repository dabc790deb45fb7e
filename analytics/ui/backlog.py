"""The removal backlog: what the initiatives bring together, each beside the others, what they share, what must stay."""

from typing import Final

import pandas as pd
import streamlit as st

from analytics.charts import backlog as charts
from analytics.charts.theme import label
from analytics.contract import CAUSES
from analytics.questions.backlog import Backlog
from analytics.questions.initiatives import WIDENING, Initiative
from analytics.questions.next_steps import next_steps
from analytics.questions.words import money, percent, signed, thousands
from analytics.statistics.overlap import Mode
from analytics.ui import (
    backlog_data,
    backlog_edit,
    backlog_new,
    backlog_table,
    backlog_team,
    cards,
    figure,
    gate,
    guard,
    messages,
    realised_guard,
    remove,
)
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import md

MEASURES: Final = {"cost": "Cost", "contacts": "Contacts", "minutes": "Minutes"}
WHOLE: Final = {"cost": "the cost looked at", "contacts": "the contacts looked at", "minutes": "the minutes looked at"}
MODES: Final[dict[Mode, str]] = {
    "independent": "Independent",
    "nested": "Same contacts",
    "disjoint": "Different contacts",
}
MODE_HELP: Final = (
    "How initiatives on the same demand meet. Independent: each takes its share of what is left. Same contacts: the "
    "larger one includes the smaller. Different contacts: they never meet."
)


def draw(page: Page) -> None:
    """Draw the backlog, its editor and the “do not remove” list."""
    held = backlog_data.written(page)
    for words in held.refused:
        st.warning(f"**One initiative cannot be read.** {md(words)}", icon=":material/error:")
    waiting = held.waiting(page.filters.last_month)
    if waiting.initiatives:
        _compared(page, waiting)
    else:
        cards.section(
            "Nothing waits in the backlog" if held.initiatives else "The backlog is empty",
            "Start from a cause that costs most, or describe an initiative below.",
        )
        page.show(_first_ones)
    page.show(_begun, [one for one in held.initiatives if one not in waiting.initiatives])
    if held.initiatives:
        page.show(backlog_team.section, held.initiatives)
    backlog_edit.editor(page)
    page.show(guard.section)
    page.show(gate.section)


def _begun(page: Page, begun: list[Initiative]) -> None:
    if not begun:
        return
    who = "One initiative has" if len(begun) == 1 else f"{len(begun)} initiatives have"
    watched = realised_guard.title(realised_guard.chosen(page, begun))
    st.caption(f"{who} begun: the data already holds the effect, so nothing of it is counted here. {watched}. See "
               "“Promised and realised”.")  # fmt: skip


@st.fragment
@messages.netted
def _compared(page: Page, held: backlog_data.Written) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = st.segmented_control(
            "Measure", list(MEASURES), default="cost", required=True, key="backlog_measure",
            format_func=lambda one: MEASURES[one],
        )  # fmt: skip
        mode = st.segmented_control(
            "Where they overlap", list(MODES), default="independent", required=True, key="backlog_mode",
            format_func=lambda one: MODES[one], help=MODE_HELP,
        )  # fmt: skip
    found = backlog_data.compared(page, held, measure, mode)
    currency = page.info.currency if measure == "cost" else ""
    _picture(page, found, currency)
    backlog_table.table(page, held, found, currency)
    if len(found.rows) > 1:
        backlog_table.overlap(page, found, currency)


def _picture(page: Page, found: Backlog, currency: str) -> None:
    rows = drawn_rows(found, currency)
    unit = f"{MEASURES[found.measure].lower()} a year in full effect"
    cards.section(title(found, currency), sentence(found, currency))
    figure.show(
        charts.initiative_bars(rows, f"{unit}{f', {currency}' if currency else ''}", currency, is_dark()),
        rows.drop(columns="hover"), "backlog", _alt(rows, currency), _definition(), looked_at=page.looked_at,
        invented=page.info.invented, height=charts.height(rows),
        names=[("last in: what would be missing without it", "remove"), ("alone: if it were the only one", "unknown")],
    )  # fmt: skip


def drawn_rows(found: Backlog, currency: str) -> pd.DataFrame:
    """Return the bars: one per initiative, largest last-in first, then what all bring together."""
    ordered = found.rows.sort_values("last_in", ascending=False, kind="stable")
    each = ordered[["name", "likely", "last_in", "low", "high"]].rename(columns={"likely": "alone"})
    whole = (charts.TOGETHER, float("nan"), found.together, found.together_low, found.together_high)
    total = pd.DataFrame([whole], columns=each.columns)
    rows = pd.concat([each.assign(is_together=False), total.assign(is_together=True)], ignore_index=True)
    return rows.assign(hover=[_hover(row, currency) for row in rows.to_dict("records")])


def title(found: Backlog, currency: str) -> str:
    """Return the finding: what all initiatives bring together, with the range of their effects."""
    count = len(found.rows)
    who = "One initiative could end" if count == 1 else f"{count} initiatives together could end"
    return f"{who} {_said(found.together, found, currency)} a year"


def sentence(found: Backlog, currency: str) -> str:
    """Return range, share of the whole, and what the overlap assumption does to it."""
    ends = f"{_said(found.together_low, found, currency)} to {_said(found.together_high, found, currency)}"
    share = percent(found.together / found.baseline if found.baseline > 0 else 0.0, 1)
    text = f"Range {ends}, all at their low or high effect; {share} of {WHOLE[found.measure]}."
    if len(found.rows) > 1:
        low, high = found.by_mode["nested"], found.by_mode["disjoint"]
        text += (
            f" {_said(low, found, currency)} if those that overlap reach the same contacts, "
            f"{_said(high, found, currency)} if different ones. Values alone must not be added up."
        )
    return f"{text} Capacity released, not cash."


def _first_ones(page: Page) -> None:
    causes = page.kept("next steps", lambda: next_steps(remove.cells(page), page.taxonomy, page.info.currency))
    with st.grid(columns=max(len(causes), 1), min_column_width=260):
        for place, one in enumerate(causes):
            with st.container(border=True, height="stretch"):
                name = f"{page.taxonomy.of(one.reason).name}: {CAUSES[one.cause].lower()}"
                st.markdown(f"**{md(name)}**")
                st.caption(
                    f"{md(remove.worth_words(one.worth, page.info.currency))} · "
                    f"{thousands(one.contacts_per_year)} contacts · {md(one.owner)} can end it"
                )
                st.button(
                    "Start with this", key=f"backlog_first_{place}", icon=":material/add:",
                    on_click=backlog_new.from_cause, args=(page, one, name),
                )  # fmt: skip


def _said(value: float, found: Backlog, currency: str) -> str:
    return money(value, currency) if currency else f"{thousands(value)} {found.measure}"


def _hover(row: "dict[object, object]", currency: str) -> str:
    def said(value: object) -> str:
        return money(float(str(value)), currency) if currency else signed(float(str(value)))

    lines = [label(row["name"], 60), f"{said(row['last_in'])}{'' if row['is_together'] else ' last in'}"]
    alone = [] if row["is_together"] else [f"{said(row['alone'])} alone"]
    return "<br>".join([*lines, *alone, f"range {said(row['low'])} to {said(row['high'])}"])


def _alt(rows: pd.DataFrame, currency: str) -> str:
    parts = [f"{row['name']} {money(row['last_in'], currency) if currency else signed(row['last_in'])}"
             for row in rows.to_dict("records")]  # fmt: skip
    return f"Bars of what each initiative brings last in, and all together: {'; '.join(parts)}"


def _definition() -> str:
    widened = ", ".join(f"{stage.replace('_', ' ')} × {factor:g}" for stage, factor in WIDENING.items())
    return (
        "Each contact can be removed once. Last in: what would be missing if this one were left out; decide on it. "
        "Alone: if it were the only one, with its range as a line; values alone count shared contacts twice and have "
        f"no total. Together: the only total. Ranges: effect low to high, widened by stage ({widened}; an assumption). "
        "Full effect, before ramp and decay. What must not be removed is not counted."
    )
