"""Where every contact and every minute of the baseline ends: each in one bucket, adding to all (one demand ledger)."""

import pandas as pd
import streamlit as st

from analytics.questions.words import percent, thousands
from analytics.scenarios.levers import KINDS
from analytics.scenarios.outcome import BUCKET_WORDS, Outcome
from analytics.ui import cards, figure
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_rest import Full


def buckets(page: Page, base: Baseline, found: Full) -> None:
    """Draw the folded ledger; it is made when it is opened."""
    box = st.expander("Where every contact and minute ends", icon=":material/account_balance:",
                      key="what_if_ledger", on_change="rerun")  # fmt: skip
    if not box.open:
        return
    with box:
        one = found.outcome
        rows = bucket_rows(one)
        cards.section(f"Of {thousands(one.before.contacts)} contacts, {_gone(one)}",
                      f"At likely values, {base.ledger.horizon} months. {returned_words(one)}")  # fmt: skip
        st.dataframe(
            rows, hide_index=True, placeholder=NOT_KNOWN, key="what_if_ledger_table", width="stretch",
            alt="Contacts and minutes of the baseline by where they end",
            column_config={
                "bucket": "Ends as", "contacts": st.column_config.NumberColumn("Contacts", format="localized"),
                "contact_share": st.column_config.NumberColumn("% of contacts", format="%.1f"),
                "minutes": st.column_config.NumberColumn("Minutes", format="localized"),
                "minute_share": st.column_config.NumberColumn("% of minutes", format="%.1f"),
            },
        )  # fmt: skip
        figure.drawer(rows, "what_if_ledger", "Every contact and handled minute of the baseline is in one bucket; "
                      "the last row is their sum and the baseline. Contacts that come back from another channel stand "
                      "beside, not in it.", invented=page.info.invented)  # fmt: skip


def bucket_rows(one: Outcome) -> pd.DataFrame:
    """Return contacts and minutes by bucket with their shares in percent, and the sum of all."""
    contacts, minutes = ({name: float(table.sum()) for name, table in held.items()}
                         for held in (one.contact_buckets, one.minute_buckets))  # fmt: skip
    rows = [(words, contacts.get(name, 0.0), minutes.get(name, 0.0)) for name, words in BUCKET_WORDS.items()]
    rows.append(("everything", sum(contacts.values()), sum(minutes.values())))
    whole = rows[-1]
    return pd.DataFrame([
        {"bucket": words[:1].upper() + words[1:], "contacts": round(count),
         "contact_share": 100 * _part(count, whole[1]),
         "minutes": round(time), "minute_share": 100 * _part(time, whole[2])}
        for words, count, time in rows
    ])  # fmt: skip


def _part(value: float, whole: float) -> float:
    return value / whole if whole else 0.0


def _gone(one: Outcome) -> str:
    gone = float(one.contact_buckets["removed"].sum())
    moved = float(one.contact_buckets["redistributed"].sum())
    shares = [percent(_part(part, one.before.contacts), 1) for part in (gone, moved)]
    return f"{shares[0]} no longer arise, {shares[1]} move"


def returned_words(one: Outcome) -> str:
    """Return what comes back from self-service and what it calls forth, in words (trap T18)."""
    back = float(one.returned.sum())
    tried = float(one.paths.sessions.sum())
    if not tried:
        return "Nothing moves to self-service, so nothing comes back and nothing is called forth."
    said = f"{thousands(tried)} self-service sessions; {thousands(back)} contacts come back from there"
    moving = [item for item in one.scenario.active if KINDS[item.kind].group == "redistribute"]
    if all(item.to_channel in one.ledger.session_fee for item in moving):
        new = tried - float(one.contact_buckets["redistributed"].sum())
        said += f", {thousands(new)} sessions are about things nobody would have called about"
    return md(f"{said}.")
