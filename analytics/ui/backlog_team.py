"""The change team on the backlog: people the initiatives ask for by month, against those that are there."""

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from analytics.charts import team_load as charts
from analytics.questions.initiatives import Initiative
from analytics.questions.selection import add_months
from analytics.questions.team_load import TeamLoad, team_load
from analytics.ui import cards, change_team, figure, messages, portfolio_kept
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import short

MONTHS: Final = 12
NAMED: Final = 3
_DEFINITION: Final = (
    "People of the change team each initiative keeps, from the month it begins in for its months of work (its ramp, at "
    "least one month, until somebody enters them). Without a month it is placed as if it began at once. Initiatives of "
    "which nobody has said how many people they take are not in it: unknown is not zero. People there: as entered here "
    "or on Portfolio for this session, where the best start months are found."
)


def section(page: Page, initiatives: tuple[Initiative, ...]) -> None:
    """Draw the load folded; it is only made when it is opened."""
    folded = st.expander("The change team: people asked for by month", icon=":material/groups:", key="team_by_month",
                         on_change="rerun")  # fmt: skip
    if folded.open:
        with folded:
            _load(page, initiatives)


@st.fragment
@messages.netted
def _load(page: Page, initiatives: tuple[Initiative, ...]) -> None:
    found = team_load(initiatives, add_months(page.period.last_full_month, 1), MONTHS)
    if not found.told:
        cards.section("How many people the initiatives take is not known", _unknown(found))
        return
    head, held = st.container(), portfolio_kept.kept(page)
    there = change_team.quarters(held, "backlog", held.get(change_team.TEAM), MONTHS)
    rows = found.rows.assign(capacity=np.repeat(np.array(there, dtype=np.float64), MONTHS // len(there)))
    with head:
        cards.section(title(rows), " ".join(part for part in (_undated(found), _unknown(found)) if part))
    figure.show(
        charts.load_bars(rows, is_dark()), rows, "team_load", f"Bars of people by month. {title(rows)}", _DEFINITION,
        looked_at=f"{len(found.told)} initiatives · as written in the backlog", invented=page.info.invented, height=280,
        names=[("begun or planned", "redistribute"), ("no month yet, as if at once", "unknown")],
    )  # fmt: skip
    page.link("Portfolio", "Find who starts when on Portfolio")


def title(rows: pd.DataFrame) -> str:
    """Return the month in which most people are asked for, against those there."""
    most = rows.sort_values("people", ascending=False, kind="stable").iloc[0]
    asked = f"at most {most['people']:g}, in {most['month']:%b %Y}"
    if rows["capacity"].isna().any():
        return f"People asked for: {asked}; how many the change team has is not known"
    over = rows[rows["people"] > rows["capacity"]]
    if over.empty:
        return f"The change team has the people asked for: {asked}"
    worst = (
        over.assign(lack=over["people"] - over["capacity"]).sort_values("lack", ascending=False, kind="stable").iloc[0]
    )
    span = "one month" if len(over) == 1 else f"{len(over)} months"
    return (
        f"The change team is too small in {span}: {worst['people']:g} people asked for in {worst['month']:%b %Y}, "
        f"{worst['capacity']:g} there"
    )


def _undated(found: TeamLoad) -> str:
    if not found.undated:
        return ""
    if found.undated == 1:
        return "One initiative has no month to begin in and stands as if begun at once."
    return f"{found.undated} initiatives have no month to begin in and stand as if begun at once."


def _unknown(found: TeamLoad) -> str:
    if not found.unknown:
        return ""
    names = ", ".join(f"“{short(name, 40)}”" for name in found.unknown[:NAMED])
    more = f" and {len(found.unknown) - NAMED} more" if len(found.unknown) > NAMED else ""
    return f"Nobody has said how many people {names}{more} take: enter them below under “Add or change an initiative”."
