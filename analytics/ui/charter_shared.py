"""The shared account: cost of what each function can end, its part of the saving, and whether it signed off."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analytics.charts import charter as charts
from analytics.questions.shared_cost import (
    COMMENT_LENGTH,
    STATUSES,
    SignOff,
    caused_costs,
    read_sign_off,
    shared_account,
    shared_savings,
)
from analytics.questions.words import MOSTLY_PROXY, money, most, percent
from analytics.store import Record
from analytics.ui import backlog_data, cards, drafts, figure, past, remove
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, csv_bytes, short

KIND = "sign_off"
_NAME = "sign_off"
_EDITABLE = ("status", "comment")
_FIGURES = ("low", "high", "contacts", "minutes", "saving_low", "saving_high")
_DEFINITION = (
    "Cost: contacts of the period whose cause the function can end, whoever handled them, scaled to a year, with "
    "interval; causes as coded, outside locked reasons. Shared saving: its credit for what all waiting initiatives of "
    "the backlog bring together in full effect (Shapley; adds up to the whole), with all of them at their low and high "
    "effects. An initiative may also reach contacts with another cause. Nobody is charged."
)


def section(page: Page) -> None:
    """Draw who can end what, what the backlog would save, and the sign-offs."""
    rows = account(page)
    if rows.empty or remove.found(page).proxy_share > MOSTLY_PROXY:
        cards.section(
            "Which function can end what cannot be told yet",
            "Too few contacts have a cause: map a cause column on Sources, or label contacts under Label audit.",
        )
        return
    cards.section(
        title(page, rows),
        "Cost of what each function can end, whoever handles it. No charge and no blame: what is saved is shared.",
    )
    drawn = rows[["owner", "cost", "low", "high", "contacts", "minutes", "saving", "saving_low", "saving_high"]]
    figure.show(
        charts.shared_bars(drawn, page.info.currency, is_dark()), drawn, "shared_account", _alt(page, rows),
        _DEFINITION, looked_at=page.looked_at, invented=page.info.invented, height=charts.height(drawn),
        names=[("cost of what it can end", "unknown"), ("shared saving of the backlog (expected)", "value")],
    )  # fmt: skip
    _signing(page, rows)


def account(page: Page) -> pd.DataFrame:
    """Return one row per owner function: cost, low, high, contacts, minutes, saving and its ends, a year."""
    held = backlog_data.written(page).waiting(page.filters.last_month).initiatives
    wanted, owners = [one.proposed() for one in held], {one.key: one.owner for one in held}

    def joined() -> pd.DataFrame:
        by_policy = any(one.scope.policies for one in wanted)
        savings = shared_savings(backlog_data.cells(page, by_policy), wanted, owners, page.taxonomy)
        return shared_account(caused_costs(remove.found(page)), savings)

    return page.kept(f"shared account {wanted!r} {owners!r}", joined)


def title(page: Page, rows: pd.DataFrame) -> str:
    """Return who can end the most, and what the backlog would save of all of it."""
    whole, saved = float(rows["cost"].sum()), float(rows["saving"].sum())
    first = most(rows.rename(columns={"cost": "cost_per_year"}), page.info.currency)
    if saved <= 0 or whole <= 0:
        return f"{first}; nothing waits in the backlog yet"
    low, high = (money(float(rows[name].sum())) for name in ("saving_low", "saving_high"))
    return f"{first}; the backlog would save {money(saved, page.info.currency)} together ({low} to {high})"


def table(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with sign-off, comment and who signed, for screen and file; the index is the function."""
    records = {one.key: one for one in page.store.list(page.workspace_id, KIND)} if page.edits_readable else {}
    said = {key: read_sign_off(key, one.body) for key, one in records.items()}
    lines = {}
    for row in rows.to_dict("records"):
        owner = str(row["owner"])
        held = said.get(owner, SignOff(owner))
        figures = {name: row[name] for name in _FIGURES}
        lines[owner] = (
            {"owner": owner, "cost": row["cost"], "saving": row["saving"], "status": STATUSES[held.status]}
            | {
                "comment": held.comment,
                "signed": _signed(records.get(owner)),
                "since": since(held, float(row["cost"]), page),
            }
            | figures
        )
    return pd.DataFrame.from_dict(lines, orient="index")


def since(held: SignOff, cost: float, page: Page) -> str:
    """Return how the figure moved since it was signed; empty when it did not."""
    if held.cost is None or not held.moved(cost, page.looked_at):
        return ""
    change = f" ({percent(cost / held.cost - 1)} since)" if held.cost else ""
    return f"signed at {money(held.cost, page.info.currency)} for {held.looked_at}{change}"


def _signed(record: Record | None) -> str:
    return f"{record.author.shown}, {record.at[:16].replace('T', ' ')} UTC" if record else ""


def _signing(page: Page, rows: pd.DataFrame) -> None:
    made = drafts.draft(_NAME, page, KIND, lambda: table(page, rows))
    edited = st.data_editor(
        made.frame, placeholder=NOT_KNOWN, key=drafts.editor_key(_NAME, made), hide_index=True, num_rows="fixed",
        disabled=[name for name in made.frame.columns if name not in _EDITABLE], column_config=_columns(page),
        alt="Owner functions with cost, shared saving and sign-off",
    )  # fmt: skip
    costs = dict(zip(rows["owner"].astype(str), rows["cost"].astype(float), strict=True))
    drafts.save_bar(
        _NAME, drafts.changes(made, edited), lambda key, change: _save(page, made, key, change, costs.get(key))
    )
    st.download_button(
        f"Download the shared account ({len(rows)} rows, CSV)", lambda: csv_bytes(table(page, rows)), mime="text/csv",
        file_name=figure.file_name("shared account", page.info.invented), icon=":material/download:",
        on_click="ignore", key="shared_account_file",
    )  # fmt: skip
    with st.expander("Who signed what", icon=":material/history:"):
        owner = st.selectbox("Function", list(made.frame.index), key="sign_off_choice", width=380,
                             format_func=lambda one: short(one, 60))  # fmt: skip
        past.history(page, KIND, owner, lambda record: _said(page, record))


def _said(page: Page, record: Record) -> str:
    held = read_sign_off(record.key, record.body)
    at = f" at {money(held.cost, page.info.currency)} a year, {held.looked_at}" if held.cost is not None else ""
    return f"{STATUSES[held.status]}{at}{': ' if held.comment else ''}{held.comment}"


def _save(page: Page, made: drafts.Draft, key: str, change: drafts.Change, cost: float | None) -> None:
    before = made.seen[key].body if key in made.seen else {}
    codes = {words: code for code, words in STATUSES.items()}
    body = {**before, **{name: str(value or "") for name, value in change.items() if name in _EDITABLE}}
    body["status"] = codes.get(str(body.get("status")), body.get("status"))
    if "status" in change:
        body |= {"cost": cost if body["status"] != "open" else None, "looked_at": page.looked_at}
    page.store.put(
        page.workspace_id, KIND, key, read_sign_off(key, body).body(), page.author, drafts.version_of(made, key)
    )


def _columns(page: Page) -> dict[str, Any]:
    column, currency = st.column_config, page.info.currency
    amounts = {
        "cost": f"Can end, {currency} a year", "low": "Low", "high": "High", "contacts": "Contacts a year",
        "minutes": "Minutes a year", "saving": f"Shared saving, {currency} a year", "saving_low": "Saving, low",
        "saving_high": "Saving, high",
    }  # fmt: skip
    texts: dict[str, Any] = {
        "owner": column.TextColumn("Owner function", pinned=True),
        "status": column.SelectboxColumn("Sign-off", options=list(STATUSES.values()), required=True),
        "comment": column.TextColumn("Comment", max_chars=COMMENT_LENGTH), "signed": column.TextColumn("By"),
        "since": column.TextColumn("Figure since then"),
    }  # fmt: skip
    return texts | {name: column.NumberColumn(words, format="localized", step=1) for name, words in amounts.items()}


def _alt(page: Page, rows: pd.DataFrame) -> str:
    parts = [
        f"{row['owner']} {money(float(np.nan_to_num(row['cost'])), page.info.currency)}, of it to be saved "
        f"{money(float(row['saving']))}" for row in rows.head(6).to_dict("records")
    ]  # fmt: skip
    return f"Bars of cost a year and shared saving by owner function: {'; '.join(parts)}"
