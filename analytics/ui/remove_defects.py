"""Defects: contacts per unit by product and per release or outage, each with the lever that ends part of them."""

from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.charts import defects as charts
from analytics.errors import AnalyticsError
from analytics.questions.defects import EVERY, PerUnit, contacts_per_defect, contacts_per_unit
from analytics.questions.trend import Trend
from analytics.questions.trend import trend as ask_trend
from analytics.questions.words import percent, thousands, whole
from analytics.ui import cards, figure, messages, remove_defects_lever, remove_events
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, short

DRAWN = 15
MISSING: Final = (
    "The data holds no defect reports and no faulty units: a release or outage stands for a defect, the active "
    "customers of a product for its units."
)
_UNITS: Final = (
    "Contacts customers made whose issue began with the cause “defect”, per 1,000 active customers of the product and "
    "month. Poisson regression on product and month, customers as exposure; 95 % intervals from how the months of each "
    "product scatter (HC2), never narrower than counting. Against all: the ratio to all products in the same months. "
    "Clear: stands although all products were looked at (false discoveries held at 10 %). Products below 30 contacts "
    "get no rate. An unknown cause is never counted as a defect, so a rate is a lower bound."
)
_EVENTS: Final = (
    "Expected: Poisson regression of the days on weekday, trend, season and the days of every event, customers as "
    "exposure. Days: from the event to its end, at least 7, at most 60. Beyond expected: contacts because of defects "
    "in those days less expected, 95 % interval with the over-dispersion of 14-day sums. Clear: stands although all "
    "releases and outages were looked at (false discoveries held at 10 %). What came with an event is not proof that "
    "the event caused it."
)


def tab(page: Page) -> None:
    """Draw contacts per unit by product, then contacts per release and outage."""
    page.show(units)
    page.show(releases)
    st.caption(MISSING)


def units(page: Page) -> None:
    """Draw products by contacts per 1,000 customers because of defects, and the lever of one."""
    try:
        found = page.ask(contacts_per_unit)
    except AnalyticsError as error:
        messages.missing(error.happened, error.do)
        return
    told = found.rows.dropna(subset=["per_1000"])
    cards.section(unit_title(found), unit_sentence(found))
    if told.empty:
        return
    drawn = told.head(DRAWN)
    figure.show(
        charts.unit_dots(drawn, found.every_1000, is_dark()), found.rows, "defect_units",
        f"Dots with 95 % intervals: contacts per 1,000 customers a month because of defects. {unit_title(found)}",
        _UNITS, looked_at=page.looked_at, invented=page.info.invented, height=charts.height(drawn),
    )  # fmt: skip
    remove_defects_lever.of_product(page, told)


def unit_title(found: PerUnit) -> str:
    """Return the product that clearly makes most contacts per customer by defects; no order among the others."""
    above = found.rows[found.rows["clear"] & (found.rows["against_all"] > 1)]
    if above.empty:
        return f"No product stands out: defects make {whole(found.every_1000)} contacts per 1,000 customers a month"
    top = above.iloc[0]
    ends = f"{percent(top['against_low'] - 1)} to {percent(top['against_high'] - 1)}"
    others = f"; {len(above) - 1} more stand out" if len(above) > 1 else ""
    return (
        f"{short(top['product'], 40)}: {whole(top['per_1000'])} contacts per 1,000 customers a month because of "
        f"defects, {percent(top['against_all'] - 1)} more than all products ({ends}){others}"
    )


def unit_sentence(found: PerUnit) -> str:
    """Return how much months scatter and what is left out."""
    said = f"The months of a product scatter {whole(found.dispersion)} times as much as counting alone would."
    if found.left_out < 1:
        return said
    return f"{said} {thousands(found.left_out)} contacts have no product, or one without known customers: left out."


def releases(page: Page) -> None:
    """Draw what came in the days of each release and outage beyond the expected, and the lever of one."""
    history: Trend = page.ask(ask_trend, page.taxonomy, "cause")
    events = remove_events.all_events(page, history.events)
    if events.empty:
        messages.missing("No release or outage is known.", "Load events on Sources, or add them under Trend.")
        return
    try:
        rows = after_events(page, events)
    except AnalyticsError as error:
        messages.missing(error.happened, error.do)
        return
    if rows.empty:
        messages.missing("No release or outage is known.", "Load events on Sources, or add them under Trend.")
        return
    cards.section(release_title(rows), "Contacts because of defects in the days of each, beyond what these days bring.")
    told = rows.dropna(subset=["extra"]).sort_values("started_on", ascending=False).head(DRAWN)
    if len(told):
        figure.show(
            charts.defect_dots(told, is_dark()), told, "defect_events",
            f"Dots with 95 % intervals: contacts beyond expected by release and outage. {release_title(rows)}",
            _EVENTS, looked_at=page.looked_at, invented=page.info.invented, height=charts.height(told),
        )  # fmt: skip
    shown = rows.assign(change_percent=100 * (rows["ratio"] - 1))[list(_COLUMNS)]
    st.dataframe(shown, hide_index=True, placeholder=NOT_KNOWN, key="defect_rows", column_config=_COLUMNS,
                 alt="Releases and outages with the contacts because of defects that came in their days")  # fmt: skip
    remove_defects_lever.of_event(page, rows[rows["clear"] & (rows["extra"] > 0)])


def after_events(page: Page, events: pd.DataFrame) -> pd.DataFrame:
    """Return releases and outages with what came in their days, kept per data, filter and events."""
    named = list(events[["started_on", "ended_on", "kind", "name", "product"]].itertuples(index=False, name=None))
    told = events.fillna({"product": ""})
    return page.kept(f"defects {named!r}", lambda: contacts_per_defect(page.reader, page.filters, told))


def release_title(rows: pd.DataFrame) -> str:
    """Return the clear event with most contacts beyond expected, and how many more are clear."""
    clear = rows[rows["clear"] & (rows["extra"] > 0)].sort_values("extra", ascending=False)
    if clear.empty:
        return "With no release or outage came clearly more contacts because of defects"
    top = clear.iloc[0]
    others = f"; {len(clear) - 1} more are clear" if len(clear) > 1 else ""
    return (
        f"“{short(top['name'], 40)}” came with {whole(top['extra'])} contacts more because of defects "
        f"({whole(top['extra_low'])} to {whole(top['extra_high'])}){others}"
    )


_NUMBER: Final = st.column_config.NumberColumn
_COLUMNS: Final[dict[str, Any]] = {
    "started_on": st.column_config.DateColumn("From", format="D MMM YYYY"), "name": "What happened", "kind": "Kind",
    "product": st.column_config.TextColumn("Product", help=f"Where the event names none: {EVERY}."),
    "days": _NUMBER("Days"), "observed": _NUMBER("Contacts", format="%d"),
    "expected": _NUMBER("Expected", format="%.0f"), "change_percent": _NUMBER("More than expected", format="%.0f %%"),
    "extra": _NUMBER("Beyond expected", format="%.0f"), "extra_low": _NUMBER("Low", format="%.0f"),
    "extra_high": _NUMBER("High", format="%.0f"), "per_1000": _NUMBER("Per 1,000 customers", format="%.1f"),
    "clear": st.column_config.CheckboxColumn("Clear"), "why": "Why not",
}  # fmt: skip
