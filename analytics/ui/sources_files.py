"""Sections of Sources about rows: what became of each, by file, and what was not taken as it is, by reason."""

import re

import pandas as pd
import streamlit as st

from analytics.engine import Reader
from analytics.questions import imports
from analytics.ui import cards, figure, uploads
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md, short

KEPT_ROWS = 100_000
SHOWN_ROWS = 200
OUTCOMES = ("rows_loaded", "rows_rejected", "rows_superseded", "rows_excluded")
_DOUBTS = ("rejected", "emptied", "flagged")
_WEIGHT = {"rejected": 0, "emptied": 1, "flagged": 2, "excluded": 3, "superseded": 4}
_QUOTED = re.compile(r"“[^”]*”")
_NUMBER = re.compile(r"\d[\d,.]*(?![\d,.]| hours)")
_COUNTS = {
    name: st.column_config.NumberColumn(label, format="localized") for name, label in (
        ("rows_read", "Read"), ("rows_loaded", "Loaded"), ("rows_rejected", "Rejected"),
        ("rows_superseded", "Superseded"), ("rows_excluded", "Excluded"), ("row_count", "Rows"), ("line", "Line"))
}  # fmt: skip
_LABELS = _COUNTS | {
    "table_name": "Table", "file": "File", "size": "Size", "column_name": "Column", "value": "Value", "reason": "Why",
    "outcome": "Outcome", "example": "For example",
}  # fmt: skip


def files(page: Page) -> None:
    """Draw, per file, that every row read ended in exactly one of four outcomes."""
    if not page.has_data:
        return
    table = page.ask(import_files)
    adds_up = bool((table["rows_read"] == table[list(OUTCOMES)].sum(axis=1)).all())
    cards.section(
        "Every row is accounted for" if adds_up else "The rows do not add up",
        "Rows read = loaded + rejected + superseded by a later row + excluded by a rule of yours.",
    )
    shown = table.assign(size=[uploads.size(count) for count in table["bytes"]]).drop(columns="bytes")
    st.dataframe(shown, hide_index=True, placeholder=NOT_KNOWN, key="files", column_config=_LABELS,
                 alt="Rows read, loaded, rejected, superseded, excluded by file")  # fmt: skip
    figure.drawer(table, "import_files", "Loaded, rejected, superseded and excluded rows add up to the rows read. "
                  "Sizes are in bytes here.", invented=page.info.invented)  # fmt: skip


def rejects(page: Page) -> None:
    """Draw what was rejected, emptied or flagged by reason, then the rows; what a rule left out in one line a file."""
    if not page.has_data:
        return
    rows = page.ask(import_rejects)
    doubted = rows[rows["outcome"].isin(_DOUBTS)]
    if doubted.empty:
        cards.section("No row was rejected, no value emptied")
    else:
        groups = by_reason(doubted)
        cards.section(_title(page.ask(import_files), page.ask(import_problems)),
                      "By reason, rejected rows first; a row shows file, line, column and value.")  # fmt: skip
        st.dataframe(groups, hide_index=True, placeholder=NOT_KNOWN, key="problem_counts", column_config=_LABELS,
                     height="content" if len(groups) <= 10 else 388, alt="Problems by reason with rows")  # fmt: skip
        _rows(doubted, groups)
    _on_purpose(page.ask(import_files))
    if not rows.empty:
        figure.drawer(rows, "rejects", "Every problem that was kept, superseded and excluded rows too, with file, "
                      "line, column, value and reason; at most 100,000.", invented=page.info.invented)  # fmt: skip


def by_reason(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row per outcome, column and kind of reason with its rows and an example, the gravest first."""
    kinds = rows.assign(
        reason=[kind(reason) for reason in rows["reason"]], example=[short(value, 60) for value in rows["value"]],
        weight=rows["outcome"].map(_WEIGHT),
    )  # fmt: skip
    grouped = kinds.groupby(["weight", "outcome", "column_name", "reason"], as_index=False, dropna=False).agg(
        row_count=("row_count", "sum"), example=("example", "first")
    )
    ordered = grouped.sort_values(["weight", "row_count"], ascending=[True, False])
    return ordered[["outcome", "column_name", "reason", "row_count", "example"]].reset_index(drop=True)


def kind(reason: str) -> str:
    """Return a reason without the value and the numbers of one row, so that rows of one kind go together.

    A limit in hours is the same for all rows, so it stays.
    """
    return _NUMBER.sub("…", _QUOTED.sub("the value", str(reason)))


def _rows(doubted: pd.DataFrame, groups: pd.DataFrame) -> None:
    """Draw the rows behind one reason, or all."""
    labels = ["all reasons", *(f"{row.outcome} · {row.column_name}: {short(row.reason, 80)} ({row.row_count:,})"
                               for row in groups.itertuples())]  # fmt: skip
    if len(groups) > 1:
        st.selectbox("Rows for", range(len(labels)), key="rejects_for", format_func=labels.__getitem__)
    chosen = st.session_state.get("rejects_for") or 0
    shown = doubted.assign(weight=doubted["outcome"].map(_WEIGHT)).sort_values("weight", kind="stable")
    shown = shown.drop(columns="weight")
    if 0 < chosen <= len(groups):
        group = groups.iloc[chosen - 1]
        same = (shown["outcome"] == group["outcome"]) & (shown["column_name"] == group["column_name"])
        shown = shown[same & (shown["reason"].map(kind) == group["reason"])]
    st.dataframe(shown.head(SHOWN_ROWS), hide_index=True, placeholder=NOT_KNOWN,
                 key="reject_rows", column_config=_LABELS,
                 alt="Problems with file, line and reason", height="content" if len(shown) <= 8 else 320)  # fmt: skip
    if len(shown) > SHOWN_ROWS:
        st.caption(f"The first {SHOWN_ROWS} of {len(shown):,}; the download beneath has all that were kept.")


def _title(table: pd.DataFrame, problems: pd.DataFrame) -> str:
    rejected = int(table["rows_rejected"].sum())
    emptied, flagged = (
        int(problems.loc[problems["outcome"] == name, "row_count"].sum()) for name in ("emptied", "flagged")
    )
    row = uploads.counted(rejected, "row")
    return f"{row} rejected, {uploads.counted(emptied, 'value')} left empty, {uploads.counted(flagged, 'row')} flagged"


def _on_purpose(table: pd.DataFrame) -> None:
    """Say, in one line per file, what was left out on purpose or replaced by a later row."""
    for row in table.to_dict("records"):
        left = {
            "superseded by another row of the same thing": row["rows_superseded"],
            "excluded by a rule of yours": row["rows_excluded"],
        }
        told = [f"{uploads.counted(int(count), 'row')} {words}" for words, count in left.items() if count]
        if told:
            st.caption(f"{md(short(row['file'], 60))}: {', '.join(told)}.")


def import_files(reader: Reader, _: object) -> pd.DataFrame:
    """Return the imported files with their counts."""
    return imports.import_files(reader)


def import_problems(reader: Reader, _: object) -> pd.DataFrame:
    """Return exact counts of emptied and flagged values."""
    return imports.import_problems(reader)


def import_rejects(reader: Reader, _: object) -> pd.DataFrame:
    """Return every problem that was kept, the gravest first within the order of the files."""
    rows = imports.import_rejects(reader, (), limit=KEPT_ROWS)
    weight = rows["outcome"].map(_WEIGHT).fillna(len(_WEIGHT))
    return rows.iloc[weight.argsort(kind="stable")].reset_index(drop=True)
