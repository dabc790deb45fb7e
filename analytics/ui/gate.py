"""The sequencing gate on screen: which reasons to remove, which to make effortless, which are ready for value."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.questions.assumptions import assumed
from analytics.questions.gate import STAGES, sequencing
from analytics.questions.words import percent
from analytics.ui import cards, figure
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN


def section(page: Page) -> None:
    """Draw the gate folded; it is only asked for when it is opened."""
    folded = st.expander("Remove, then effortless, then value: where the third would be premature",
                         icon=":material/stairs:", key="gate", on_change="rerun")  # fmt: skip
    if folded.open:
        with folded:
            page.show(_gate)


def _gate(page: Page) -> None:
    least, most = thresholds(page)
    rows = page.ask(sequencing, page.taxonomy, least, most)
    cards.section(
        title(rows),
        f"Premature: fewer than {percent(least)} of issues solved at first contact, or more than {percent(most)} of "
        "answers report high effort, with the whole interval (thresholds on Assumptions).",
    )
    shown = table(rows)
    st.dataframe(shown, hide_index=True, placeholder=NOT_KNOWN,
                 key="gate_rows", alt="Reasons with stage, resolution and effort",
                 column_config=_columns())  # fmt: skip
    figure.drawer(
        shown, "gate_reasons", "Solved: issues of one contact over issues whose first contact is mature. Effort: "
        "answers of 5 to 7 of 7. Intervals: 32 groups of customers. Cannot tell: an interval holds its threshold, or "
        "fewer than 30 issues or answers.", looked_at=page.looked_at, invented=page.info.invented,
    )  # fmt: skip


def thresholds(page: Page) -> tuple[float, float]:
    """Return the least resolution and the most high effort at which value enhancement is not premature."""
    return assumed(page.entered, "gate_resolution"), assumed(page.entered, "gate_effort")


def title(rows: pd.DataFrame) -> str:
    """Return for how many reasons value enhancement would be premature, and how many are ready."""
    counts = rows["stage"].value_counts()
    early, ready, unclear = (int(counts.get(code, 0)) for code in ("effort", "value", "cannot"))
    if not early and not ready:
        return "For no reason can it be told yet whether value enhancement would be premature"
    return f"Value enhancement would be premature for {early} reasons; {ready} are ready, {unclear} cannot be told"


def table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the reasons as shown, shares in percent."""
    names = [f"{name}{end}" for name in ("resolution", "effort") for end in ("", "_low", "_high")]
    shares = {name: 100.0 * rows[name] for name in names if name in rows}
    columns = ["label", "stage", "contacts", *shares, *(["answers"] if "answers" in rows else [])]
    return rows.assign(stage=rows["stage"].map(STAGES), **shares)[columns]


def _columns() -> dict[str, Any]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    shares = {"resolution": "Solved at first contact", "resolution_low": "Solved, low",
              "resolution_high": "Solved, high",
              "effort": "High effort", "effort_low": "Effort, low", "effort_high": "Effort, high"}  # fmt: skip
    return {
        "label": text("Reason", pinned=True), "stage": text("Stage"),
        "contacts": number("Contacts", format="localized"),
        "answers": number("Answers", format="localized"),
    } | {name: number(words, format="%.0f %%") for name, words in shares.items()}  # fmt: skip
