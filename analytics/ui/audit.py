"""The label audit: contacts to label by hand, and what the labels say about the coded causes."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts import audit as charts
from analytics.contract import CAUSES
from analytics.questions.audit import CLASSES, AuditResult, AuditSample
from analytics.questions.words import percent, signed
from analytics.statistics.audit import CORRECTED_FROM
from analytics.statistics.estimate import Estimate
from analytics.store import Record
from analytics.ui import audit_labels, cards, drafts, figure, messages, remove
from analytics.ui.audit_labels import KIND, Label
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, csv_bytes

SEED = "audit_seed"
MOST_SEED = 9_999
CODES = {words: code for code, words in CAUSES.items() if code != "unknown"}
"""What a person may say made a contact necessary: words → code; who cannot tell leaves it empty."""


def draw(page: Page) -> None:
    """Draw what the labels say, then the contacts to label."""
    held = audit_labels.labels(page)
    page.show(_said, held)
    _labelling(page)


def _said(page: Page, held: tuple[Label, ...]) -> None:
    if not held:
        cards.section(
            "Are the coded causes right? Label 50 contacts to see",
            f"From {CORRECTED_FROM} labels on the avoidable share is corrected by them; with fewer it is rough.",
        )
        return
    cells = remove.cells(page)
    found = page.kept(f"audit result {hash(held)}", lambda: audit_labels.result(cells, held, page.taxonomy))
    best = found.corrected if found.corrected.shown else found.rough
    cards.section(title(found), found.corrected.why or "Corrected: what share of contacts is avoidable in truth.")
    cards.tiles(_tiles(found, best))
    _picture(page, found, best)
    _tables(page, found, held)


def title(found: AuditResult) -> str:
    """Return the finding in words that claim no more than the labels carry."""
    coded, labelled = percent(found.assigned_share), found.table.labelled
    if found.corrected.shown:
        return f"{percent(found.corrected.value)} of contacts are avoidable; as coded it is {coded}"
    agreement = found.table.agreement
    agree = f"{percent(agreement)} of {labelled} labels agree" if agreement is not None else f"{labelled} labels"
    return f"{agree} with the code on what is avoidable; too few to correct its {coded}"


def _tiles(found: AuditResult, best: Estimate) -> list[cards.Tile]:
    rough = not found.corrected.shown
    value = percent(best.value) if best.shown else cards.NO_NUMBER
    agreement = found.table.agreement
    return [
        cards.Tile("Labels", f"{found.table.labelled}", note=f"{CORRECTED_FROM} are needed to correct a share"),
        cards.Tile("Agree with the code", percent(agreement) if agreement is not None else cards.NO_NUMBER,
                   note="of the labelled contacts", help="Not weighted: 25 + 25 are drawn, however rare they are."),
        cards.Tile("Avoidable as coded", percent(found.assigned_share), note="of contacts",
                   help="Contacts with a coded negative root cause, outside locked reasons; without excess repeats."),
        cards.Tile("Rough share" if rough else "Corrected share", value, delta="rough" if rough else "",
                   note=_interval(best) if best.shown else best.why, help=f"{best.method}. {best.why}".strip()),
    ]  # fmt: skip


def _interval(one: Estimate) -> str:
    if one.low is None or one.high is None:
        return one.why
    return f"{signed(100 * one.low)}–{percent(one.high)} · n {one.n} labels"


def _picture(page: Page, found: AuditResult, best: Estimate) -> None:
    if best.value is None:
        return
    rough = not found.corrected.shown
    blank = float("nan")
    rows = pd.DataFrame(
        [
            ("as coded", 100 * found.assigned_share, blank, blank, False, True),
            ("rough, by labels" if rough else "corrected by labels", 100 * best.value, 100 * (best.low or 0.0),
             100 * (best.high or 0.0), rough, False),
        ],
        columns=["name", "share_percent", "low", "high", "greyed", "is_coded"],
    )  # fmt: skip
    figure.show(
        charts.shares(rows, is_dark()), rows, "audit",
        f"Avoidable share as coded {percent(found.assigned_share)}, by labels {percent(best.value)}, {_interval(best)}",
        "Share of contacts with a negative cause outside locked reasons: as coded, and post-stratified on the coded "
        "label by the labels given by hand; interval by bootstrap of the labels.",
        looked_at=f"{page.looked_at} · {found.table.labelled} labels", invented=page.info.invented,
        height=charts.HEIGHT,
    )  # fmt: skip


def _tables(page: Page, found: AuditResult, held: tuple[Label, ...]) -> None:
    counts = pd.DataFrame(found.table.counts, columns=[f"labelled {name}" for name in CLASSES])
    counts.insert(0, "coded", [f"coded {name}" for name in CLASSES])
    st.dataframe(counts, hide_index=True, placeholder=NOT_KNOWN,
                 key="audit_confusion", width=520, alt="Coded against labelled",
                 column_config={"coded": ""})  # fmt: skip
    with st.expander("By cause, and every label", icon=":material/table:"):
        table, shares = audit_labels.by_cause(remove.cells(page), held)
        causes = pd.DataFrame(table.counts, columns=list(CAUSES.values()))
        causes.insert(0, "coded as", list(CAUSES.values()))
        st.dataframe(causes, hide_index=True, placeholder=NOT_KNOWN, key="audit_causes",
                     alt="Causes as coded against causes by hand")  # fmt: skip
        st.dataframe(shares, hide_index=True, placeholder=NOT_KNOWN,
                     key="audit_cause_shares", alt="Share of each cause, coded and corrected",
                     column_config={name: st.column_config.NumberColumn(format="percent")
                                    for name in ("as_coded", "corrected", "low", "high")})  # fmt: skip
        rows = pd.DataFrame([audit_labels.row(page.taxonomy, one) for one in held])
        st.download_button(
            f"Download the labels ({len(rows)} rows, CSV)", lambda: csv_bytes(rows), mime="text/csv",
            file_name=figure.file_name("labels", page.info.invented), icon=":material/download:", on_click="ignore",
            key="labels_download",
        )  # fmt: skip


@st.fragment
@messages.netted
def _labelling(page: Page) -> None:
    cards.section(
        "Label contacts", "25 held for avoidable and 25 not, mixed; what the code says is not shown, so that it does "
        "not lead. Leave empty what you cannot tell.",
    )  # fmt: skip
    seed = int(st.number_input("Draw number (seed)", 1, MOST_SEED, 1, key=SEED, width=180))
    drawn = audit_labels.sample(page, seed)
    if drawn.rows.empty:
        st.info("**There is no contact to label.** The import kept none with an id.")
        return
    if drawn.short:
        st.caption(drawn.short)
    name = f"audit_{seed}"
    made = drafts.draft(name, page, KIND, lambda: _to_label(page, drawn))
    edited = st.data_editor(
        made.frame, key=drafts.editor_key(name, made), hide_index=True, num_rows="fixed", height=420, placeholder="",
        disabled=["began", "channel", "reason", "minutes", "text", "by"], column_config=_columns(),
        alt="Contacts to label, with the cause given by hand",
    )  # fmt: skip
    changed = drafts.changes(made, edited)
    st.caption(f"Seed {seed} · {int(edited['cause'].notna().sum())} of {len(edited)} labelled")
    drafts.save_bar(name, changed, lambda key, change: _save(page, made, drawn, key, change))


def _to_label(page: Page, drawn: AuditSample) -> pd.DataFrame:
    written = {one.key: one for one in page.store.list(page.workspace_id, KIND)} if page.edits_readable else {}
    rows = drawn.rows.set_index("contact_id")
    return pd.DataFrame(
        {
            "cause": [_given(written.get(str(key))) for key in rows.index],
            "reason": [page.taxonomy.of(str(reason)).name for reason in rows["reason"]],
            "text": list(rows["text"].fillna("")),
            "channel": list(rows["channel"]),
            "began": list(rows["started_at"]),
            "minutes": list(rows["handle_seconds"].astype(float) / 60.0),
            "by": [written[str(key)].author.shown if str(key) in written else "" for key in rows.index],
        },
        index=[str(key) for key in rows.index],
    ).astype({"cause": object})


def _given(record: Record | None) -> str | None:
    return CAUSES.get(str(record.body.get("cause"))) if record else None


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "cause": column.SelectboxColumn("What made it necessary", options=list(CODES), pinned=True,
                                        width="medium"),
        "reason": column.TextColumn("Reason"), "text": column.TextColumn("Text", width="large"),
        "channel": column.TextColumn("Channel"),
        "began": column.DatetimeColumn("Began", format="D MMM YYYY, HH:mm"),
        "minutes": column.NumberColumn("Minutes", format="%.1f"), "by": column.TextColumn("Labelled by"),
    }  # fmt: skip


def _save(page: Page, made: drafts.Draft, drawn: AuditSample, key: str, change: drafts.Change) -> None:
    version = drafts.version_of(made, key)
    code = CODES.get(str(change.get("cause")))
    if code is None:
        if version is not None:
            page.store.delete(page.workspace_id, KIND, key, page.author, version)
        return
    row = drawn.rows[drawn.rows["contact_id"].astype(str) == key].iloc[0]
    body = {"cause": code, "coded": str(row["cause"]), "reason": str(row["reason"]), "seed": drawn.seed,
            "weight": float(row["weight"]), "predicted": bool(row["predicted"])}  # fmt: skip
    page.store.put(page.workspace_id, KIND, key, body, page.author, version)
