"""Different customers under any filter, each counted once: never summed over cells (METHODS k)."""

from datetime import date
from typing import Any

import pandas as pd

from analytics.engine import Reader
from analytics.questions.period import data_facts
from analytics.questions.selection import Selection, add_months, months_between

BLOCK = 64


def highest_customer(reader: Reader) -> pd.DataFrame:
    """Return the highest customer number of the data, in one row."""
    return reader.frame("questions/highest_customer")


def reason_customers(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return reason and customers: different customers by reason, and of all reasons together where reason is empty."""
    if not (selection.segments or selection.products):
        return different_customers(reader, selection)
    filters = {"segments": list(selection.segments), "products": list(selection.products)}
    highest = int(highest_customer(reader)["highest"].sum())
    return reader.frame("questions/reason_customers", {**filters, **month_masks(reader, selection), "highest": highest})


def different_customers(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return the same for the months of the selection without its filters, from who was seen before."""
    return reader.frame("questions/different_customers", month_numbers(reader, selection))


def first_seen(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return month_number (months since the data's first) and customers whose first contact of the period it is."""
    return reader.frame("questions/first_seen", month_numbers(reader, selection))


def customers_by_reason(reader: Reader, selection: Selection) -> tuple[dict[str, int], int]:
    """Return different customers by reason, and of all reasons together."""
    rows = reason_customers(reader, selection)
    counts, is_total = rows["customers"].fillna(0).astype(int), rows["reason"].isna()
    by_reason = dict(zip(rows.loc[~is_total, "reason"].astype(str), counts[~is_total].tolist(), strict=True))
    return by_reason, int(counts[is_total].sum())


def month_numbers(reader: Reader, selection: Selection) -> dict[str, Any]:
    """Return the first and last month of the selection as months since the data's first."""
    origin = cube_origin(reader)
    first, last = (months_between(origin, month) for month in (selection.first_month, selection.last_month))
    return {"first_number": max(first, 0), "last_number": last}


def month_masks(reader: Reader, selection: Selection) -> dict[str, Any]:
    """Return the months of the selection as masks, one for each block of 64 months of the customer cube."""
    origin = cube_origin(reader)
    places = [months_between(origin, add_months(selection.first_month, step)) for step in range(selection.months)]
    masks = [0] * (max([0, *places]) // BLOCK + 1)
    for place in (place for place in places if place >= 0):
        masks[place // BLOCK] |= 1 << place % BLOCK
    return {"masks": masks}


def cube_origin(reader: Reader) -> date:
    """Return the month the customer cube counts from: the first month of the data, complete or not."""
    frame = data_facts(reader)
    facts = dict(zip(frame["key"], frame["value"], strict=True))
    return date.fromisoformat(str(facts["first_month"])[:10])
