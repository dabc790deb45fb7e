"""Trend: how each cause moves, with the events drawn on it; what growth, rate and mix changed; what came by reason."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.charts import trend as charts
from analytics.charts.overview import STEP_WORDS
from analytics.charts.theme import label
from analytics.contract import NEGATIVE_CAUSES
from analytics.questions.catalogue import metric
from analytics.questions.change import ChangeSplit, change_split, driver, reason_changes
from analytics.questions.trend import By, Trend
from analytics.questions.trend import trend as ask_trend
from analytics.questions.words import signed, thousands, whole
from analytics.statistics.change import LEAST_PAIRS, yearly_difference
from analytics.statistics.multiplicity import clear_differences
from analytics.ui import cards, figure, messages, remove_events, remove_outreach, remove_rise
from analytics.ui.look import is_dark
from analytics.ui.page import Page

KINDS: Final[dict[By, str]] = {"cause": "Cause", "owner": "Owner function", "reason": "Reason"}
LINES = 6
SEASON = LEAST_PAIRS
"""Last months compared with the same months a year before: the fewest whose difference has an interval."""
REASONS = 10


def section(page: Page) -> None:
    """Draw the trend, what changed against a year ago, and the events."""
    events = remove_events.all_events(page, _asked(page, "cause").events)
    _lines(page, events)
    page.show(changed)
    page.show(remove_rise.section, events)
    page.show(remove_events.listed, events)
    page.show(remove_outreach.after_messages)


@st.fragment
@messages.netted
def _lines(page: Page, events: pd.DataFrame) -> None:
    top = st.container()
    by: By = st.segmented_control(
        "Lines by", list(KINDS), default="cause", required=True, key="trend_by", format_func=lambda one: KINDS[one]
    )
    found = _asked(page, by)
    column, unit = _unit(found)
    rows = found.rows[found.rows["key"].isin(_keys(found, by))]
    moved = movements(rows, column)
    clear = moved[moved["clear"]]
    told = str(clear.iloc[0]["key"]) if len(clear) else ""
    with top:
        cards.section(title(moved, unit, KINDS[by].lower()), _sentence(moved))
    if rows["month"].nunique() < 2:
        st.caption("A trend needs two complete months.")
        return
    drawn = events[events["started_on"].between(rows["month"].min(), rows["month"].max() + pd.offsets.MonthEnd(1))]
    figure.show(
        charts.trend_lines(rows, column, unit, drawn, told, is_dark()), rows, "trend",
        f"Lines of {unit} by month and {KINDS[by].lower()}, with {len(drawn)} numbered events. {_sentence(moved)}",
        f"{metric('contacts_per_1000').definition} By root cause: a repeat counts to the cause of its first contact. "
        "All complete months of the data up to the last one chosen.",
        looked_at=page.looked_at, invented=page.info.invented, height=380,
    )  # fmt: skip


def movements(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return by key the mean of the last six months and of the same a year before, largest change first.

    Columns key, label, before, after, difference, clear (stands among all that were looked at, METHODS j 5); empty
    without a year before.
    """
    months = sorted(rows["month"].unique())
    if len(months) < 12 + SEASON:
        return pd.DataFrame(columns=["key", "label", "before", "after", "difference", "clear"]).astype({"clear": bool})
    wide = rows.pivot_table(index="month", columns="key", values=column, aggfunc="sum", fill_value=0.0, observed=True)
    after, before = wide.iloc[-SEASON:].mean(), wide.iloc[-12 - SEASON : -12].mean()
    labels = rows.drop_duplicates("key").set_index("key")["label"]
    last = pd.Series(wide.index[-SEASON:])
    clear = clear_differences([yearly_difference(wide[key], last) for key in wide.columns])
    found = pd.DataFrame({"label": labels, "before": before, "after": after, "difference": after - before})
    found = found.assign(clear=pd.Series(clear, index=wide.columns))
    order = found["difference"].abs().sort_values(ascending=False, kind="stable").index
    return found.loc[order].rename_axis("key").reset_index()


def title(moved: pd.DataFrame, unit: str, kind: str) -> str:
    """Return the largest change against the same season a year before that is clear, and whether others are."""
    if moved.empty:
        return f"{unit[:1].upper()}{unit[1:]}, month by month"
    clear = moved[moved["clear"]]
    if clear.empty:
        return f"No clear change in any {kind} against a year before"
    top = clear.iloc[0]
    way = "rose" if top["difference"] > 0 else "fell"
    others = f"; {len(clear) - 1} more moved clearly" if len(clear) > 1 else ""
    return f"{top['label']} {way}: {whole(top['after'])} {unit}, {whole(top['before'])} a year before{others}"


def changed(page: Page) -> None:
    """Split the change against a year ago into growth, rate and mix, and show which reasons carry it."""
    found = page.ask(change_split)
    if found.why:
        cards.section("What changed against a year ago cannot be told", found.why)
        return
    moved = page.ask(reason_changes, page.taxonomy)
    difference = found.after - found.before
    cards.section(
        f"{thousands(abs(difference))} contacts {'more' if difference > 0 else 'fewer'} than a year ago: "
        f"growth {_signed(found.growth)}, rate {_signed(found.rate)}, mix {_signed(found.mix)}",
        f"Per 1,000 customers a month: {whole(found.per_1000_before)} then, {whole(found.per_1000_after)} now. "
        f"{driver(moved)}".strip(),
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.caption("Growth is more or fewer customers, rate their contacts each, mix the shift between segments.")
        rows = part_rows(found)
        figure.show(
            charts.change_bars(rows, "contacts", 0, is_dark()), rows.drop(columns="hover"), "trend_change",
            f"Bars: growth {_signed(found.growth)}, rate {_signed(found.rate)}, mix {_signed(found.mix)} contacts.",
            f"Contacts = customers × contacts per customer in each segment; the parts add up to the difference. "
            f"{metric('demand_change').definition}",
            looked_at=page.looked_at, invented=page.info.invented, height=230,
        )  # fmt: skip
    with right:
        _by_reason(page, moved.head(REASONS))


def _by_reason(page: Page, rows: pd.DataFrame) -> None:
    if rows.empty:
        return
    st.caption(f"The {len(rows)} reasons that moved most, per 1,000 customers a month.")
    rows = rows.assign(hover=[_hover(row) for row in rows.to_dict("records")])
    figure.show(
        charts.change_bars(rows, "contacts per 1,000 customers a month", 1, is_dark()), rows.drop(columns="hover"),
        "trend_reasons",
        "Bars of the change by reason, contacts per 1,000 customers a month.", metric("contacts_per_1000").definition,
        looked_at=page.looked_at, invented=page.info.invented, height=90 + 27 * len(rows),
    )  # fmt: skip


def part_rows(found: ChangeSplit) -> pd.DataFrame:
    """Return growth, rate and mix as drawn: name, difference in contacts, share of the contacts before."""
    rows = found.parts[found.parts["part"].isin(list(STEP_WORDS))].rename(columns={"contacts": "difference"})
    rows = rows.assign(name=[STEP_WORDS[part] for part in rows["part"]])
    hover = [f"{row['name']}: {_signed(row['difference'])} contacts" for row in rows.to_dict("records")]
    return rows.assign(hover=hover).reset_index(drop=True)


def _hover(row: dict[Hashable, Any]) -> str:
    return f"{label(row['name'], 60)}: {row['before']:.1f} a year ago, {row['after']:.1f} now"


def _asked(page: Page, by: By) -> Trend:
    return page.ask(ask_trend, page.taxonomy, by)


def _unit(found: Trend) -> tuple[str, str]:
    if found.rows["contacts_per_1000"].notna().any():
        return "contacts_per_1000", "contacts per 1,000 customers"
    return "contacts", "contacts a month"


def _keys(found: Trend, by: By) -> list[str]:
    """Return the lines drawn: negative causes, or the largest owners and reasons of the last year."""
    recent = found.rows[found.rows["month"] > found.rows["month"].max() - pd.DateOffset(months=12)]
    largest = list(recent.groupby("key")["contacts"].sum().sort_values(ascending=False).index.astype(str))
    negative = [key for key in largest if key in NEGATIVE_CAUSES]
    return (negative or largest)[:LINES] if by == "cause" else largest[:LINES]


def _sentence(moved: pd.DataFrame) -> str:
    if moved.empty:
        return f"A comparison with the same months a year before needs {12 + SEASON} complete months."
    rest = [f"{row['label']} {'+' if row['difference'] > 0 else ''}{signed(row['difference'], 1)}"
            for row in moved[moved["clear"]].iloc[1:4].to_dict("records")]  # fmt: skip
    others = f" Also clear: {', '.join(rest)}." if rest else ""
    return (
        f"Mean of the last {SEASON} months against the same months a year before, so that seasons do not count.{others}"
    )


def _signed(contacts: float) -> str:
    return f"{'+' if contacts > 0 else ''}{signed(contacts)}"
