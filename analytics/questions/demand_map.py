"""The demand map: which reason or owner function makes how much demand about which product (feature 23).

Sums of the period, every contact in exactly one cell. Counts below ten are hidden with a partner, so that no margin
tells them. Different customers are counted anew per product, never added.
"""

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.costs import price
from analytics.questions.customers import customers_by_reason
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection
from analytics.questions.spread import by_key, numbered
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.estimate import complementary_suppression
from analytics.statistics.groups import totals

Row = Literal["reason", "owner"]
Measure = Literal["cost", "contacts", "minutes", "customers"]
COLUMNS = ["key", "label", "product", "value", "low", "high", "share", "contacts"]


def map_cells(reader: Reader, selection: Selection, *, by_cause: bool) -> pd.DataFrame:
    """Return contacts and handled time by product, reason, channel and, where asked for, root cause."""
    return reader.frame("questions/map_cells", {**selection.parameters(), "by_cause": by_cause})


def map_groups(reader: Reader, selection: Selection, *, by_cause: bool) -> pd.DataFrame:
    """Return contacts and handled seconds by product, reason, replicate group and, where asked for, root cause."""
    return reader.frame("questions/map_groups", {**selection.parameters(), "by_cause": by_cause})


def demand_map(  # noqa: PLR0917
    reader: Reader, selection: Selection, rates: Rates, taxonomy: Taxonomy, row: Row, measure: Measure
) -> pd.DataFrame:
    """Return by row and product: value with low and high, share of all, contacts; largest rows and products first.

    `owner` is who can end the root cause. Values of cells with fewer than ten contacts are NaN. Intervals of cost and
    minutes spread as handled time does over 32 groups of customers; different customers are exact and have none.
    """
    by_cause = row == "owner"
    priced = price(map_cells(reader, selection, by_cause=by_cause), rates)
    cells = _keyed(priced, row, taxonomy).groupby(["key", "product"], sort=False)[["contacts", "minutes", "cost"]].sum()
    if measure == "customers":
        cells = cells.assign(customers=_customers(reader, selection, cells.index))
    cells = cells.reset_index()
    whole = float(cells[measure].sum())
    found = cells.assign(value=cells[measure].where(~_hidden(cells)), share=cells[measure] / whole if whole else np.nan)
    found = found.assign(share=found["share"].where(found["value"].notna() & (measure != "customers")))
    if measure == "customers":
        known = {}
    else:
        known = _intervals(_keyed(map_groups(reader, selection, by_cause=by_cause), row, taxonomy), measure)
    ratios = [known.get(place, (np.nan, np.nan)) for place in zip(found["key"], found["product"], strict=True)]
    low, high = (found["value"] * [ends[side] for ends in ratios] for side in (0, 1))
    label = [taxonomy.of(key).name if row == "reason" else key for key in found["key"]]
    return _ordered(found.assign(low=low, high=high, label=label), measure)


def _keyed(cells: pd.DataFrame, row: Row, taxonomy: Taxonomy) -> pd.DataFrame:
    if row == "reason":
        return cells.assign(key=cells["reason"].astype(str))
    pairs = cells[["reason", "cause"]].drop_duplicates().itertuples(index=False, name=None)
    owners = {pair: taxonomy.owner(*pair) for pair in pairs}
    keys = [owners[pair] for pair in cells[["reason", "cause"]].itertuples(index=False, name=None)]
    return cells.assign(key=keys)


def _customers(reader: Reader, selection: Selection, places: pd.Index) -> list[float]:
    products = sorted({product for _, product in places})
    by_product = {name: customers_by_reason(reader, replace(selection, products=(name,)))[0] for name in products}
    return [float(by_product[product].get(key, 0)) for key, product in places]


def _hidden(cells: pd.DataFrame) -> "pd.Series[bool]":
    """Return which cells stay hidden: fewer than ten contacts, and a partner where only one is."""
    (rows, keys), (columns, products) = pd.factorize(cells["key"]), pd.factorize(cells["product"])
    table = np.zeros((len(keys), len(products)))
    table[rows, columns] = cells["contacts"].to_numpy(dtype=np.float64)
    return pd.Series(complementary_suppression(table)[rows, columns], cells.index)


def _intervals(groups: pd.DataFrame, measure: Measure) -> dict[tuple[str, str], tuple[float, float]]:
    """Return by key and product the ends of the 95 % interval over the value."""
    column = "contacts" if measure == "contacts" else "handle_seconds"
    if groups.empty:
        return {}
    places, firsts = numbered(groups, ("key", "product"))
    found = totals(by_key(groups, places, len(firsts), [column])[:, :, 0])
    ends = zip(found.low / found.value, found.high / found.value, strict=True)
    first = groups[["key", "product"]].take(firsts).itertuples(index=False, name=None)
    return {(str(key), str(product)): pair for (key, product), pair in zip(first, ends, strict=True)}


def _ordered(found: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return the cells by size of row, then of product."""
    sizes = {
        name: found.groupby(name)[measure].sum().rank(ascending=False, method="first") for name in ("key", "product")
    }
    order = found.assign(row=found["key"].map(sizes["key"]), column=found["product"].map(sizes["product"]))
    return order.sort_values(["row", "column"], kind="stable", ignore_index=True)[COLUMNS]
