"""Sections of Taxonomy."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts.taxonomy import cost_by_reason
from analytics.contract import CAUSES
from analytics.engine import Reader
from analytics.questions import words
from analytics.questions.catalogue import metric
from analytics.questions.costs import MONTHS_A_YEAR, price
from analytics.questions.rates import Rates
from analytics.questions.removable import demand_cells
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import CLASSES, EDITABLE, ReasonClass, TaxonomyEdit
from analytics.statistics.taxonomy_rules import Sign
from analytics.store import Record
from analytics.ui import cards, drafts, figure, past
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md

KIND = "taxonomy"
_NAME = "taxonomy"
DRAWN = 15
_CHANGES = {"class_": "class", "rest_class": "class of the rest", "cause": "cause", "owner": "owner",
            "locked": "locked", "lock_reason": "reason of the lock", "label": "name"}  # fmt: skip


def finding(page: Page) -> None:
    """How many reasons are what, and how sure."""
    classes = page.taxonomy.classes
    if not classes:
        cards.finding("There are no reasons yet", "Reasons come with contacts: load some on Sources.")
        return
    counts, weak = counted(classes)
    cards.finding(
        f"{counts['remove']} of {len(classes)} reasons should not exist; {counts['undecided']} undecided",
        f"{counts['redistribute']} are better solved elsewhere, {counts['restructure']} need skilled people. "
        f"{weak} rest on weak evidence and count as undecided here. Classes are proposed by rules from the last twelve "
        "complete months, whatever the filter; people decide.",
    )


def counted(classes: Sequence[ReasonClass]) -> tuple[dict[str, int], int]:
    """Return reasons by class, and how many rest on weak evidence: those count as undecided unless a person decided."""
    weak = {one.reason for one in classes if one.confidence == "low" and one.rule not in {"edit", "given"}}
    held = Counter("undecided" if one.reason in weak else one.class_ for one in classes)
    return {kind: held[kind] for kind in CLASSES}, len(weak)


def picture(page: Page) -> None:
    """The dearest reasons in the colour of their class."""
    costs = page.ask(reason_costs, page.rates)
    if costs.empty:
        return
    rows = _named(page, costs.head(DRAWN))
    cards.section("The dearest reasons and what they are", "Hatched: weak evidence.")
    top = [f"{row['name']} {words.money(row['cost_per_year'])} {row['class_']}" for _, row in rows.head(5).iterrows()]
    figure.show(
        cost_by_reason(rows, page.info.currency, is_dark()), rows, "cost_by_reason",
        f"Bars of yearly cost by reason: {'; '.join(top)}",
        f"{metric('cost').definition} The class is the one below.", looked_at=page.looked_at,
        invented=page.info.invented, height=80 + 28 * len(rows),
        names=[(kind, kind) for kind in CLASSES if kind in set(rows["class_"])],
    )  # fmt: skip


def editor(page: Page) -> None:
    """Every reason with class, cause, owner, evidence and confidence; what is changed is kept with author and time."""
    cards.section("Every reason", "Change class, cause, owner or lock in the table, then save.")
    made = drafts.draft(_NAME, page, KIND, lambda: _table(page))
    edited = st.data_editor(
        made.frame, placeholder=NOT_KNOWN, key=drafts.editor_key(_NAME, made), hide_index=True, num_rows="fixed",
        column_config=_columns(page), disabled=["reason", "confidence", "negative_share", "issues", "why", "edited"],
        alt="Reasons with class, cause, owner, confidence and evidence",
    )  # fmt: skip
    drafts.save_bar(_NAME, drafts.changes(made, edited), lambda key, change: _save(page, made, key, change))


def evidence(page: Page) -> None:
    """The evidence for one reason, and who changed it."""
    cards.section("Why a reason is what it is")
    names = {found.reason: found for found in page.taxonomy.classes}
    if not names:
        return
    chosen = st.selectbox("Reason", list(names), key="evidence_reason", format_func=lambda key: names[key].name)
    found = names[chosen]
    st.markdown(f"**{md(CLASSES[found.class_])}** · {md(CAUSES[found.cause])} · {md(found.owner)} · {found.confidence}")
    _evidence(found)
    past.history(page, KIND, chosen, _words)


def _evidence(found: ReasonClass) -> None:
    """Draw what each rule asked and found; sentences that are no comparison stand below."""
    if found.signs:
        st.dataframe(
            [_sign(sign) for sign in found.signs], hide_index=True, placeholder=NOT_KNOWN, key="evidence_signs",
            height="content", alt="Signs behind the class, with value and threshold",
        )  # fmt: skip
    lines = [line for line in found.evidence if not (found.signs and line.startswith(("R2 ", "R3 ", "R4 ")))]
    if lines:
        st.caption("\n".join(f"- {md(line)}" for line in lines))


def _sign(sign: Sign) -> dict[str, str]:
    held = {True: "yes", False: "no", None: "not measured"}[sign.holds]
    return {
        "Rule": sign.rule, "Sign": f"{sign.words[:1].upper()}{sign.words[1:]}",
        "Found": "–" if sign.value is None else signed_as(sign.measure, sign.value),
        "Asked": f"{sign.sign} {signed_as(sign.measure, sign.threshold)}", "Holds": held,
    }  # fmt: skip


def signed_as(measure: str, value: float) -> str:
    """Return the value of a sign in its unit: shares in percent, ratios as multiples, points, or plain."""
    if measure in {"cause_share", "specialist", "containment", "resolution"}:
        return words.percent(value)
    if measure == "handle_ratio":
        return f"{value:.2f} ×"
    return words.signed(value, 1 if measure == "value_points" else 2)


def what_next(page: Page) -> None:
    """Where the classes are used."""
    cards.next_steps(
        [
            cards.Step("See what should not exist", "Cost by cause and owner, with the backlog.", "Remove"),
            cards.Step("Check what the costs assume", "Rates, payroll line, targets, thresholds.", "Assumptions"),
            cards.Step("Back to the whole", "Demand, cost, effort, value.", "Overview"),
        ],
        page.query,
    )


def reason_costs(reader: Reader, selection: Selection, rates: Rates) -> pd.DataFrame:
    """Return reason, contacts, minutes and cost of the period, dearest first."""
    priced = price(demand_cells(reader, selection), rates)
    summed = priced.groupby("reason", as_index=False)[["contacts", "minutes", "cost"]].sum()
    return summed.sort_values("cost", ascending=False, kind="stable").reset_index(drop=True)


def _named(page: Page, costs: pd.DataFrame) -> pd.DataFrame:
    found = [page.taxonomy.of(reason) for reason in costs["reason"]]
    return costs.assign(
        name=[reason.name for reason in found],
        class_=[reason.class_ for reason in found],
        confidence=[reason.confidence for reason in found],
        cost_per_year=costs["cost"] * MONTHS_A_YEAR / page.filters.months,
    )


def _table(page: Page) -> pd.DataFrame:
    rows = [_row(found) for found in page.taxonomy.classes]
    return pd.DataFrame(rows, columns=list(_row(ReasonClass("", "", "", "", False, 0.0)))).set_index("key")


def _row(found: ReasonClass) -> dict[str, Any]:
    edited = f"{found.edited_by}, {found.edited_at[:16].replace('T', ' ')} UTC" if found.edited_by else ""
    return {
        "key": found.reason, "reason": found.name, "class_": found.class_, "cause": found.cause, "owner": found.owner,
        "locked": found.locked, "rest_class": found.rest_class, "confidence": found.confidence,
        "negative_share": 100 * found.negative_share, "issues": found.issues, "why": " ".join(found.evidence),
        "edited": edited,
    }  # fmt: skip


def _columns(page: Page) -> dict[str, Any]:
    column = st.column_config
    return {
        "reason": column.TextColumn("Reason", pinned=True, width="medium"),
        "class_": column.SelectboxColumn(
            "Class", options=list(CLASSES), required=True, help="; ".join(CLASSES.values())
        ),
        "cause": column.SelectboxColumn("Cause", options=list(CAUSES), required=True, help="; ".join(CAUSES.values())),
        "owner": column.SelectboxColumn("Owner", options=list(page.taxonomy.owners), required=True),
        "locked": column.CheckboxColumn("Locked", help="Never counted as removable: the door stays open."),
        "rest_class": column.SelectboxColumn("Class of the rest", options=list(CLASSES), required=True),
        "confidence": column.TextColumn("Confidence"),
        "negative_share": column.NumberColumn("Known negative cause", format="%.0f %%"),
        "issues": column.NumberColumn("Issues", format="localized"),
        "why": column.TextColumn("Evidence", width="large"),
        "edited": column.TextColumn("Changed by"),
    }


def _save(page: Page, made: drafts.Draft, key: str, change: drafts.Change) -> None:
    before = made.seen[key].body if key in made.seen else {}
    body = {**before, **{name: value for name, value in change.items() if name in EDITABLE}}
    TaxonomyEdit.from_body(key, body, page.author.name, "")
    page.store.put(page.workspace_id, KIND, key, body, page.author, drafts.version_of(made, key))


def _words(record: Record) -> str:
    said = [f"{_CHANGES[name]}: {value}" for name, value in record.body.items() if name in _CHANGES]
    return ", ".join(said) or "changed"
