"""The charter as a file of plain text: one part per owner function, everything in it is text."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analytics.questions.charter import ROLES
from analytics.questions.words import money, thousands
from analytics.ui import backlog_data, charter_asks, charter_shared, figure
from analytics.ui.page import Page
from analytics.ui.text import plain


def name(page: Page) -> str:
    """Return the name of the file; an invented company says so."""
    return figure.file_name("charter", page.info.invented).removesuffix(".csv") + ".txt"


def text_bytes(page: Page) -> bytes:
    """Return the charter as UTF-8 text."""
    return "\r\n".join(lines(page)).encode("utf-8-sig")


def lines(page: Page) -> Iterator[str]:
    """Yield the lines of the charter: each function with its figures, its sign-off and its asks."""
    held = backlog_data.written(page)
    asks = charter_asks.table(page, held) if held.initiatives else pd.DataFrame({"owner": []})
    account = charter_shared.table(page, charter_shared.account(page))
    yield f"Charter of removal: {plain(page.info.name)}"
    yield "Invented data" if page.info.invented else ""
    yield plain(page.looked_at)
    for owner in dict.fromkeys([*account.index, *asks["owner"]]):
        yield ""
        yield plain(owner)
        if owner in account.index:
            yield from _figures(account.loc[owner].to_dict(), page.info.currency)
        for row in asks[asks["owner"] == owner].to_dict("records"):
            yield from _ask({str(key): value for key, value in row.items()}, page.info.currency)


def _figures(row: Mapping[Any, Any], currency: str) -> Iterator[str]:
    yield (
        f"  can end {money(row['cost'], currency)} a year{_range(row['low'], row['high'])}, "
        f"{thousands(row['contacts'])} contacts, {thousands(row['minutes'])} minutes"
    )
    saving = money(row["saving"], currency)
    yield f"  shared saving of the backlog {saving} a year{_range(row['saving_low'], row['saving_high'])}"
    signed = ", ".join(filter(None, map(plain, (row["signed"], row["comment"], row["since"]))))
    yield f"  sign-off: {row['status']}{': ' if signed else ''}{signed}"


def _ask(row: Mapping[str, Any], currency: str) -> Iterator[str]:
    late = ", overdue" if row["is_overdue"] else ""
    yield f"  ask: {plain(row['initiative'])} ({row['stage']})"
    yield f"    {plain(row['ask'])}"
    since = f"asked {row['asked']}, {row['age_days']} days ago"
    yield f"    {since}, answer within {row['days']} days: {row['answer']}{late}"
    yield "    " + "; ".join(f"{role}: {plain(row[role]) or 'not said yet'}" for role in ROLES)
    promised = "" if pd.isna(row["promised"]) else f"promised {money(row['promised'], currency)} a year; "
    yield f"    {promised}{plain(row['realised'])}"


def _range(low: float, high: float) -> str:
    return "" if pd.isna(low) or pd.isna(high) else f" ({money(low)} to {money(high)})"
