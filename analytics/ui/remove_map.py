"""The demand map: reasons or owner functions by product, with the contacts behind every cell."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final, get_args

import pandas as pd
import streamlit as st

from analytics.charts import demand_map as charts
from analytics.charts.theme import label
from analytics.questions.catalogue import metric
from analytics.questions.demand_map import Measure, Row, demand_map
from analytics.questions.drill import Bar, Behind, count_behind
from analytics.questions.words import money, percent, signed
from analytics.ui import cards, figure, messages, remove, remove_drill
from analytics.ui.look import is_dark
from analytics.ui.page import Page

ROWS, PRODUCTS = 12, 6
KINDS: Final[dict[Row, str]] = {"reason": "Reason", "owner": "Owner function"}
MEASURES: Final[dict[Measure, str]] = {"cost": "Cost", "contacts": "Contacts", "minutes": "Minutes",
                                       "customers": "Customers"}  # fmt: skip


def section(page: Page) -> None:
    """Draw the map folded; it is only asked for when it is opened."""
    folded = st.expander("Demand map: reasons or owner functions by product", icon=":material/grid_on:",
                         key="demand_map_open", on_change="rerun")  # fmt: skip
    if folded.open:
        with folded:
            _map(page)


@st.fragment
@messages.netted
def _map(page: Page) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure: Measure = st.segmented_control(
            "Map by", get_args(Measure), default="cost", required=True, key="map_measure",
            format_func=lambda one: MEASURES[one],
        )  # fmt: skip
        row: Row = st.segmented_control(
            "Rows", list(KINDS), default="reason", required=True, key="map_rows", format_func=lambda one: KINDS[one],
            disabled=measure == "customers",
        )  # fmt: skip
    row = "reason" if measure == "customers" else row
    every = page.ask(demand_map, page.rates, page.taxonomy, row, measure)
    if every["product"].nunique() < 2:
        messages.missing("Only one product is known here.", "Map product on Sources, or choose more products above.")
        return
    currency = page.info.currency if measure == "cost" else ""
    drawn = drawn_cells(every, currency)
    cards.section(title(drawn, measure, currency), sentence(every, drawn, row))
    figure.show(
        charts.map_cells(drawn, is_dark()), drawn.drop(columns="hover"), "demand_map",
        f"Map of {MEASURES[measure].lower()} by {KINDS[row].lower()} and product. {title(drawn, measure, currency)}",
        _definition(measure), looked_at=f"{page.looked_at} · {remove.found(page).contacts:,} contacts",
        invented=page.info.invented, height=charts.height(drawn),
    )  # fmt: skip
    _behind(page, row, drawn)


def drawn_cells(every: pd.DataFrame, currency: str) -> pd.DataFrame:
    """Return the cells of the first rows and products, with what the pointer says."""
    keys, products = (list(dict.fromkeys(every[name]))[:most] for name, most in (("key", ROWS), ("product", PRODUCTS)))
    rows = every[every["key"].isin(keys) & every["product"].isin(products)].reset_index(drop=True)
    return rows.assign(hover=[_hover(one, currency) for one in rows.to_dict("records")])


def _hover(row: dict[Hashable, Any], currency: str) -> str:
    def said(value: float) -> str:
        return money(value, currency) if currency else signed(value)

    name = f"{label(row['label'], 60)}, {label(row['product'], 40)}"
    if pd.isna(row["value"]):
        return f"{name}<br>fewer than 10 contacts, or beside such"
    ends = [f"95 % interval {said(row['low'])} to {said(row['high'])}"] if pd.notna(row["low"]) else []
    return "<br>".join([name, said(row["value"]), *ends, f"{row['contacts']:,.0f} contacts"])


def title(drawn: pd.DataFrame, measure: Measure, currency: str) -> str:
    """Return a cell no other reaches, with its interval; without an interval the largest as counted."""
    told = drawn.dropna(subset=["value"]).sort_values("value", ascending=False, kind="stable")
    if told.empty:
        return "No cell has enough contacts to be shown"
    top, rest = told.iloc[0], told.iloc[1:]
    name = f"{top['label']}, {top['product']}:"
    if measure == "customers":
        return f"{name} most different customers, {signed(top['value'])}"
    value = money(top["value"], currency) if currency else f"{signed(top['value'])} {measure}"
    clear = pd.notna(top["low"]) and not (rest["high"].fillna(rest["value"]) >= top["low"]).any()
    return f"{name} {'the most' if clear else 'among the most'}, {value} ({percent(top['share'])} of all)"


def sentence(every: pd.DataFrame, drawn: pd.DataFrame, row: Row) -> str:
    """Return what is drawn of how much, and what is hidden."""
    counts = [(drawn[name].nunique(), every[name].nunique()) for name in ("key", "product")]
    parts = [f"{shown} of {whole} {what}" for (shown, whole), what in
             zip(counts, ("reasons" if row == "reason" else "owner functions", "products"), strict=True)]  # fmt: skip
    hidden = int(drawn["value"].isna().sum())
    blank = f" {hidden} cells are blank: fewer than 10 contacts, or beside such." if hidden else ""
    return f"Drawn are {' and '.join(parts)}, largest first; darker is more.{blank}"


def _definition(measure: Measure) -> str:
    if measure == "customers":
        return f"{metric('customers').definition} Counted anew for each cell: rows and columns must not be added."
    return (
        f"{metric(measure).definition} Every contact is in exactly one cell. Owner function: who can end the root "
        "cause; service where there is none to end. Intervals: 32 groups of customers, cost spread as handled time is. "
        "Cells below 10 contacts are blank, with partners, so that no sum tells them."
    )


def _behind(page: Page, row: Row, drawn: pd.DataFrame) -> None:
    told = drawn.dropna(subset=["value"])
    names = {f"{one.key}|{one.product}": f"{one.label}, {one.product}" for one in told.itertuples()}
    chosen = remove_drill.pick(f"map_cell_{row}", names, "Look at the contacts of one cell", "Choose a cell")
    if chosen is None or page.data is None:
        return
    cell = told[(told["key"] + "|" + told["product"]) == chosen].iloc[0]
    filters = page.data.filters
    narrowed = replace(filters, selection=replace(filters.selection, products=(str(cell["product"]),)))
    inside = replace(page, data=replace(page.data, filters=narrowed))
    held = Behind(reasons=(str(cell["key"]),)) if row == "reason" else Behind(cells=_of_owner(page, str(cell["key"])))
    count = inside.ask(count_behind, held)
    key = f"map_{abs(hash(str(cell['product']))):x}"
    remove_drill.contacts_of(inside, key, names[chosen], Bar(held, count, float(count)))


def _of_owner(page: Page, owner: str) -> tuple[tuple[str, str, bool], ...]:
    """Return reason, root cause and repeat flag of everything this function can end."""
    pairs = remove.cells(page).priced[["reason", "cause", "is_repeat"]].drop_duplicates()
    return tuple((str(r), str(c), bool(f)) for r, c, f in pairs.itertuples(index=False, name=None)
                 if page.taxonomy.owner(str(r), str(c)) == owner)  # fmt: skip
