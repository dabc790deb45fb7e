"""The “do not remove” list: what stays, why, and which other way to take."""

import pandas as pd
import streamlit as st

from analytics.contract import CAUSES, NEGATIVE_CAUSES
from analytics.questions.backlog import Addressable
from analytics.questions.guard import VALUE, guarded
from analytics.questions.words import money, thousands
from analytics.ui import backlog_data, cards, figure
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md

NAMED = 3
"""Reasons named beside a scope; the list has all."""
_RULE = "R0 guard: "
ROUTES = {
    "value": "End only its avoidable part; move the routine part with Redistribute; keep people for the rest.",
    "caused": "Keep the door open and end its largest cause instead: {cause}.",
    "open": "Keep the door open; make it easier to reach and to solve at first contact.",
}
"""What to do instead of removing."""


def why_words(why: str) -> str:
    """Return the reason of a lock without the number of its rule."""
    plain = why.removeprefix(_RULE)
    return f"{plain[:1].upper()}{plain[1:]}"


def listed(page: Page) -> pd.DataFrame:
    """Return what must stay: reason, why, contacts and cost a year, what to do instead, who locked it and when."""

    def made() -> pd.DataFrame:
        found, held = guarded(page.taxonomy), backlog_data.cells(page)
        sums = held.groupby("reason", observed=True)[["contacts", "cost"]].sum()
        rows = found.join(sums, on="reason").fillna({"contacts": 0.0, "cost": 0.0})
        causes = _largest_causes(held)
        instead = [_route(row["reason"], row["why"], causes) for row in rows.to_dict("records")]
        shown = rows.assign(why=[why_words(why) for why in rows["why"]], instead=instead)
        by = [f"{one} {at[:10]}".strip() for one, at in zip(rows["edited_by"], rows["edited_at"], strict=True)]
        ordered = shown.assign(decided_by=by).sort_values("cost", ascending=False)
        return ordered[["name", "why", "contacts", "cost", "instead", "decided_by"]].reset_index(drop=True)

    return page.kept("guarded", made)


def section(page: Page) -> None:
    """Draw the list; it is part of the backlog, because nothing on it can be in a scope."""
    rows = listed(page)
    if rows.empty:
        cards.section("Nothing is locked", "Mark sensitive reasons in Taxonomy: bereavement, fraud, accessibility.")
        page.link("Taxonomy", "Open Taxonomy")
        return
    cards.section(
        f"Do not remove: {len(rows)} reasons, {thousands(rows['contacts'].sum())} contacts a year",
        "Sensitive, accessibility and value-accreting demand cannot be in the scope of an initiative.",
    )
    config = st.column_config
    st.dataframe(
        rows, hide_index=True, placeholder=NOT_KNOWN, key="guard_rows",
        alt="Reasons that must not be removed, with why and what to do instead",
        column_config={
            "name": config.TextColumn("Reason", pinned=True), "why": config.TextColumn("Why it stays", width="large"),
            "contacts": config.NumberColumn("Contacts a year", format="localized", step=1),
            "cost": config.NumberColumn(f"Cost a year, {page.info.currency}", format="localized", step=1),
            "instead": config.TextColumn("What to do instead", width="large"),
            "decided_by": config.TextColumn("Decided by"),
        },
    )  # fmt: skip
    figure.drawer(
        rows, "guard", "Contacts and cost a year of every reason that is locked, or of which only the part with a "
        "known avoidable cause may be removed.", looked_at=page.looked_at, invented=page.info.invented,
    )  # fmt: skip
    page.link("Taxonomy", "Change a lock in Taxonomy")


def left_out(found: Addressable, currency: str) -> None:
    """Say what a scope contains that must stay, and why."""
    if not found.guarded:
        return
    lines = [f"- **{md(reason)}**: {thousands(count)} contacts a year. {md(why_words(why))}"
             for reason, why, count in sorted(found.guarded, key=lambda one: -one[2])[:NAMED]]  # fmt: skip
    if len(found.guarded) > NAMED:
        lines.append(f"- and {len(found.guarded) - NAMED} more reasons, listed under “Do not remove”.")
    total = sum(count for *_, count in found.guarded)
    st.info(
        f"**{thousands(total)} contacts a year in this scope must stay and are not counted.**\n" + "\n".join(lines),
        icon=":material/lock:",
    )
    if not found.contacts:
        st.caption(f"Nothing that could be removed is left: {money(0.0, currency)}.")


def _largest_causes(cells: pd.DataFrame) -> dict[str, str]:
    negative = cells[cells["cause"].isin(NEGATIVE_CAUSES)]
    sums = negative.groupby(["reason", "cause"], observed=True)["cost"].sum().sort_values()
    return {str(reason): str(cause) for reason, cause in sums.index}


def _route(reason: str, why: str, causes: dict[str, str]) -> str:
    if why == VALUE:
        return ROUTES["value"]
    cause = causes.get(reason)
    return ROUTES["caused"].format(cause=CAUSES[cause].lower()) if cause else ROUTES["open"]
