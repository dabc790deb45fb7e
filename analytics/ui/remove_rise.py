"""Since when a reason comes more often: the week of the step, by product, with the events around it."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts.rise import rate_words, rise_line
from analytics.questions.change import reason_changes
from analytics.questions.rises import WHOLE, Rises, rises
from analytics.statistics.rise import BLOCK
from analytics.ui import cards, figure, messages, numbers
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md, short

MOST_REASONS = 60
"""Reasons the weeks are kept for; rarer ones are together in “other”."""
TWO_YEARS = 100
"""Whole weeks from which on a season has come twice and can be told from a step."""
SEASON = " Less than two years of weeks are known: a season looks the same as a rise."
BEFORE = pd.Timedelta(days=28)
"""An event this long before the first possible week may be what began it."""
DEFINITION = (
    "The week from which on customers came more often: one upward step in the weekly contacts customers made, by "
    f"Poisson likelihood. Clear when blocks of {BLOCK} weeks put together in another order seldom show as large a "
    "step, at a false discovery rate of 10 % over all products looked at. The range holds every week at least a "
    "twentieth as likely as the best. A slow rise has no such week; an event that lies near need not be the "
    "cause, and whoever looks through many reasons finds some by chance."
)


def section(page: Page, events: pd.DataFrame) -> None:
    """Draw the first date of rise of one reason; the one that grew most is chosen first."""
    reasons = list(page.choices.reasons[:MOST_REASONS])
    if not reasons:
        return
    moved = page.ask(reason_changes, page.taxonomy)
    grown = [one for one in moved.loc[moved["difference"] > 0, "reason"].astype(str) if one in reasons]
    _rise(page, events, [*grown[:1], *(one for one in reasons if one not in grown[:1])])


@st.fragment
@messages.netted
def _rise(page: Page, events: pd.DataFrame, reasons: list[str]) -> None:
    top = st.container()
    reason = st.selectbox("Since when? Choose a reason", reasons, key="rise_reason", width=380,
                          format_func=lambda one: short(page.taxonomy.of(one).name, 60))  # fmt: skip
    found = page.ask(rises, reason)
    name = page.taxonomy.of(reason).name
    step = found.rows.iloc[0]
    with top:
        cards.section(title(found, name), _sentence(found, events))
    if found.weeks["contacts"].sum() == 0:
        return
    unit = "contacts a week per 1,000" if found.per_customers else "contacts a week"
    drawn = events[events["started_on"].between(found.weeks["week"].min(), found.weeks["week"].max())]
    figure.show(
        rise_line(found.weeks, step, drawn, unit, is_dark()), found.weeks, "rise",
        f"Line of {unit} about {name}. {title(found, name)}.", DEFINITION, looked_at=page.looked_at,
        invented=page.info.invented, height=300,
    )  # fmt: skip
    if len(found.rows) > 1:
        _products(found, events, unit)


def title(found: Rises, name: str) -> str:
    """Return since when the reason comes more often, or that no week stands out."""
    step = found.rows.iloc[0]
    if step["why"]:
        return f"Since when “{short(name, 40)}” comes more often cannot be told"
    if not step["clear"]:
        return f"“{short(name, 40)}” has no clear first week of a rise"
    doubt = ", or it is the season" if _may_be_season(found) else ""
    return f"“{short(name, 40)}” comes more often since the week of {_day(step['week'])}{doubt}"


def near(step: Any, events: pd.DataFrame) -> str:
    """Return the events that began shortly before or within the range of a step, by number."""
    if not step["clear"]:
        return ""
    about = events["product"].isna() | (events["product"] == step["product"]) | (step["product"] == WHOLE)
    inside = events["started_on"].between(step["first"] - BEFORE, step["last"] + pd.Timedelta(days=6))
    return ", ".join(f"{row['number']} {short(row['name'], 40)}" for row in events[about & inside].to_dict("records"))


def _may_be_season(found: Rises) -> bool:
    return len(found.weeks) < TWO_YEARS


def _sentence(found: Rises, events: pd.DataFrame) -> str:
    step = found.rows.iloc[0]
    if step["why"]:
        return str(step["why"])
    if not step["clear"]:
        return "The largest step in its weeks is no larger than swings and seasons bring by themselves."
    per = " per 1,000 customers" if found.per_customers else ""
    about = near(step, events)
    beside = f" Events near it: {about}." if about else " No event is known near it."
    return (
        f"Between {_day(step['first'])} and {_day(step['last'])}: {rate_words(step['before'])} contacts a week{per} "
        f"before, {rate_words(step['after'])} since.{beside}{SEASON if _may_be_season(found) else ''}"
    )


def _products(found: Rises, events: pd.DataFrame, unit: str) -> None:
    """Show since when by product, and which products have no clear week of a rise."""
    clear = found.rows[found.rows["clear"]]
    rest = [short(one, 40) for one in found.rows.loc[~found.rows["clear"], "product"] if one != WHOLE]
    if len(clear):
        _table(clear, events, unit)
    if rest:
        st.caption(md(f"No clear week of a rise: {', '.join(rest)}."))


def _table(rows: pd.DataFrame, events: pd.DataFrame, unit: str) -> None:
    shown = rows.assign(
        product=["all products" if one == WHOLE else one for one in rows["product"]],
        events=[near(row, events) for row in rows.to_dict("records")],
    )[["product", "week", "first", "last", "before", "after", "events"]]
    days = {name: st.column_config.DateColumn(words, format="D MMM YYYY")
            for name, words in (("week", "Since the week of"), ("first", "Earliest"), ("last", "Latest"))}  # fmt: skip
    rates = {name: st.column_config.NumberColumn(words, format="%.2f", help=unit)
             for name, words in (("before", "Before"), ("after", "Since"))}  # fmt: skip
    st.dataframe(
        shown, hide_index=True, placeholder=NOT_KNOWN, key="rise_products", alt="Week of the rise by product",
        column_config={"product": "Product", "events": "Events near it", **days, **rates},
    )  # fmt: skip


def _day(at: Any) -> str:
    return numbers.day(pd.Timestamp(at).date())
