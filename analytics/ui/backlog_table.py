"""The initiatives as a table and what they share, with the file of both; nothing in it adds the values alone up."""

from typing import Any

import streamlit as st

from analytics.questions.backlog import Backlog
from analytics.questions.initiatives import GRADES
from analytics.ui import backlog_data, cards, figure
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, csv_bytes, plain, short

_SCREEN = ["initiative", "scope", "owner", "stage", "evidence", "contacts", "minutes", "cost", "last_in", "credit",
           "alone_low", "alone_likely", "alone_high", "one_off", "running_a_month", "payback_months", "began",
           "changed_by", "changed_at"]  # fmt: skip


def table(page: Page, held: backlog_data.Written, found: Backlog, currency: str) -> None:
    """Draw every initiative with what it reaches, what it brings, and what it costs."""
    rows = backlog_data.table(held, found)
    st.dataframe(
        rows[_SCREEN], hide_index=True, placeholder=NOT_KNOWN,
        key="backlog_table", column_config=_columns(currency or found.measure, page),
        alt="Initiatives with scope, owner, stage, evidence, what they reach and what they bring",
    )  # fmt: skip
    st.download_button(
        f"Download the backlog ({len(rows)} rows, CSV)", lambda: csv_bytes(rows), mime="text/csv",
        file_name=figure.file_name("removal backlog", page.info.invented), icon=":material/download:",
        on_click="ignore", key="backlog_download",
    )  # fmt: skip


def overlap(page: Page, found: Backlog, currency: str) -> None:
    """Draw what each two initiatives both claim; the diagonal is the value alone."""
    names = {str(key): short(name, 30) for key, name in zip(found.rows["key"], found.rows["name"], strict=True)}
    apart = {key: f"{name} ({row + 1})" if list(names.values()).count(name) > 1 else name
             for row, (key, name) in enumerate(names.items())}  # fmt: skip
    matrix = found.overlap.rename(index=apart, columns=apart)
    rows = matrix.reset_index(names="initiative")
    share, held = matrix.to_numpy(dtype=float), list(matrix.index)
    pairs = [(share[i, j], held[i], held[j]) for i in range(len(held)) for j in range(i) if share[i, j] > 0]
    most = max(pairs, default=None)
    heading = f"“{most[2]}” and “{most[1]}” overlap most" if most else "No two initiatives reach the same demand"
    cards.section(heading, f"What each two both claim, {currency or found.measure} a year; the diagonal is alone.")
    config: dict[str, Any] = {name: st.column_config.NumberColumn(plain(name), format="localized", step=1)
                              for name in matrix.columns}  # fmt: skip
    st.dataframe(
        rows, hide_index=True, placeholder=NOT_KNOWN, key="backlog_overlap", alt="What each two initiatives both claim",
        column_config=config | {"initiative": st.column_config.TextColumn("Initiative", pinned=True)},
    )  # fmt: skip
    figure.drawer(
        rows, "backlog_shared", "V(i) + V(j) − V(i and j): the part of the values alone that two initiatives both "
        "claim. It is why they must not be added up.", looked_at=page.looked_at, invented=page.info.invented,
    )  # fmt: skip


def _columns(unit: str, page: Page) -> dict[str, Any]:
    text, number, currency = st.column_config.TextColumn, st.column_config.NumberColumn, page.info.currency
    each: dict[str, Any] = {
        "initiative": text("Initiative", pinned=True, width="medium"), "scope": text("Scope", width="medium"),
        "owner": text("Owner"), "stage": text("Stage"),
        "evidence": text("Evidence", help="; ".join(f"{code}: {words}" for code, words in GRADES.items())),
        "payback_months": number(
            "Pays back in month", format="%.0f", help=f"On its last-in value; empty: {backlog_data.NOT_WITHIN}."
        ),
        "began": text("Began"), "changed_by": text("Changed by"), "changed_at": text("Changed"),
    }  # fmt: skip
    amounts = {
        "contacts": "Reaches, contacts a year", "minutes": "Reaches, minutes", "cost": f"Reaches, {currency}",
        "last_in": f"Last in, {unit}", "credit": f"Share of credit, {unit}", "alone_low": f"Alone, low, {unit}",
        "alone_likely": f"Alone, likely, {unit}", "alone_high": f"Alone, high, {unit}",
        "one_off": f"One-off, {currency}", "running_a_month": f"Running a month, {currency}",
    }  # fmt: skip
    helps = {"last_in": "What would be missing without it: decide on this.",
             "credit": "Shapley shares of what all bring together; only to share credit.",
             "alone_likely": "If it were the only one; must not be added up."}  # fmt: skip
    return each | {
        name: number(words, format="localized", step=1, help=helps.get(name)) for name, words in amounts.items()
    }
