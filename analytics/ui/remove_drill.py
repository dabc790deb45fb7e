"""The contacts behind a bar: the same filter, a count that equals the bar, in pages, with a file of all of them."""

from math import ceil
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.contract import CAUSES
from analytics.questions.drill import MOST_ROWS, PAGE, Bar, contacts_behind, count_behind
from analytics.ui import cards, figure, numbers
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, csv_bytes, short

COLUMNS: Final[dict[str, Any]] = {
    "contact_id": "Contact",
    "started_at": st.column_config.DatetimeColumn("Began", format="D MMM YYYY, HH:mm"),
    "channel": "Channel",
    "reason": "Reason",
    "cause": "Cause",
    "is_repeat": st.column_config.CheckboxColumn("Repeat"),
    "segment": "Segment",
    "product": "Product",
    "team": "Team",
    "handle_seconds": st.column_config.NumberColumn("Handled, s"),
    "wait_seconds": st.column_config.NumberColumn("Waited, s"),
    "resolved": st.column_config.CheckboxColumn("Resolved"),
    "transfers": st.column_config.NumberColumn("Transfers"),
    "customer": st.column_config.TextColumn("Customer", help="Six characters of a hash; nobody can be found by it."),
    "text": st.column_config.TextColumn("Text", width="large"),
}


def contacts_of(page: Page, key: str, name: str, bar: Bar) -> None:
    """Draw the contacts behind the bar called `name`: newest first, 50 a page, downloadable."""
    count = page.ask(count_behind, bar.behind)
    cards.section(f"{count:,} contacts behind “{short(name, 60)}”", _said(page, bar, count))
    if not count:
        return
    asked = 1
    if count > PAGE:
        asked = st.pagination(ceil(count / PAGE), key=f"{key}_page_{abs(hash(bar.behind)):x}")
    rows = page.ask(contacts_behind, bar.behind, limit=PAGE, offset=PAGE * (asked - 1))
    st.dataframe(
        shown(rows), hide_index=True, placeholder=NOT_KNOWN, key=f"{key}_contacts", column_config=COLUMNS,
        alt=f"Contacts behind {name}, newest first, page {asked}",
    )  # fmt: skip
    _download(page, key, bar, count)


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with causes in words; columns the data does not fill are left out."""
    worded = rows.assign(cause=[CAUSES.get(str(cause), str(cause)) for cause in rows["cause"]])
    filled = [name for name in worded.columns if worded[name].notna().any() and not _is_blank(worded[name])]
    return worded[filled]


def _is_blank(column: "pd.Series[Any]") -> bool:
    return set(column.dropna().astype(str)) <= {"", "not given"}


def _said(page: Page, bar: Bar, count: int) -> str:
    every = "" if count <= MOST_ROWS else f" The file holds the newest {MOST_ROWS:,}."
    return f"{bar.note} Newest first; {page.looked_at}.{every}".strip()


def _download(page: Page, key: str, bar: Bar, count: int) -> None:
    rows = min(count, MOST_ROWS)
    st.download_button(
        f"Download {numbers.number(rows)} contacts (CSV)",
        lambda: csv_bytes(contacts_behind(page.reader, page.filters, bar.behind, limit=MOST_ROWS)),
        file_name=figure.file_name(f"{key}-contacts", page.info.invented), mime="text/csv",
        icon=":material/download:", on_click="ignore", key=f"{key}_contacts_download",
    )  # fmt: skip


def pick(
    key: str, names: dict[str, str], label: str = "Look behind a bar", hint: str = "Click a bar, or choose one here"
) -> str | None:
    """Draw the keyboard's way to a bar: the chosen key of `names` (key → words), or None."""
    if st.session_state.get(key) not in names:
        st.session_state[key] = None
    return st.selectbox(
        label, list(names), index=None, key=key, format_func=lambda one: short(names[one], 60),
        placeholder=hint, width=380,
    )  # fmt: skip


def clicked(chart: str, key: str, names: list[str]) -> None:
    """Take over a click on the chart into the choice `key`; nothing when the click took a bar back."""
    state = st.session_state.get(chart) or {}
    points = (state.get("selection") or {}).get("points") or []
    rows = [int(point["customdata"]) for point in points if isinstance(point.get("customdata"), int)]
    st.session_state[key] = names[rows[0]] if rows and rows[0] < len(names) else None
