"""Service level by month while a change is learnt or leavers are not replaced: folded, made when it is opened."""

import pandas as pd
import streamlit as st

from analytics.charts import what_if_paths
from analytics.questions.words import percent
from analytics.scenarios.service import ServicePath, service_path
from analytics.ui import cached, cards, figure
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_rest import Full

FELT = 0.01
"""Service level lost that is worth a sentence."""
_DEFINITION = (
    "Share of contacts in live queues answered within the seconds of the target, by Erlang C in each half-hour, at "
    "likely values. Today’s people: as many as today’s way would need in that month. None replaced: the people in "
    "the data, less those who leave. A shortage is spread evenly over queues and half-hours; nobody gives up waiting, "
    "so real queues fall less deep and lose callers instead."
)


def service(page: Page, base: Baseline, found: Full) -> None:
    """Draw the folded section."""
    box = st.expander("Service level by month: are people ever too few?", icon=":material/support_agent:",
                      key="what_if_service", on_change="rerun")  # fmt: skip
    if not box.open:
        return
    one = found.outcome
    people = f"{base.ledger.workforce!r} {base.ledger.staffing!r}"
    key = f"service {base.generation} {base.fingerprint} {people} {one.scenario!r}"
    path = cached.answer(key, lambda: service_path(one))
    with box:
        if path is None:
            st.caption("Cannot tell: it needs live contacts (phone, chat) with the time of day they arrive.")
            return
        _draw(page, base, path)


def rows_of(months: tuple[str, ...], path: ServicePath) -> pd.DataFrame:
    """Return month, as_today, unreplaced and target, in percent."""
    unreplaced = path.unreplaced if path.unreplaced is not None else float("nan")
    return pd.DataFrame({
        "month": pd.to_datetime([f"{month}-01" for month in months]), "as_today": 100 * path.as_today,
        "unreplaced": 100 * unreplaced, "target": 100 * path.target.service_level,
    })  # fmt: skip


def title(rows: pd.DataFrame) -> str:
    """Return the finding: when service level is lost, and how much."""
    goal = float(rows["target"].iloc[0])
    low = rows.iloc[int(rows["as_today"].to_numpy().argmin())]
    if low["as_today"] < goal - 100 * FELT:
        return f"While the change is learnt, {percent(low['as_today'] / 100)} are answered in time in {_name(low)}"
    late = rows.loc[rows["unreplaced"] < goal - 100 * FELT]
    if len(late):
        return f"If nobody who leaves were replaced, service level falls from {_name(late.iloc[0])}"
    return f"Service level holds {percent(goal / 100)} in every month"


def _name(row: "pd.Series[float]") -> str:
    return f"{pd.Timestamp(row['month']):%b %Y}"


def _draw(page: Page, base: Baseline, path: ServicePath) -> None:
    rows = rows_of(base.ledger.months, path)
    target = path.target
    said = f"Dotted: the target, {percent(target.service_level)} within {target.within_seconds:g} seconds."
    unknown = "" if path.unreplaced is not None else " Who leaves is not known, so only today’s people are drawn."
    cards.section(title(rows), said + unknown)
    figure.show(
        what_if_paths.service(rows, 100 * target.service_level, is_dark()), rows, "what_if_service_level",
        f"Lines of service level by month; lowest {rows['as_today'].min():.0f} % with today’s people.", _DEFINITION,
        looked_at=f"{base.ledger.months[0]} to {base.ledger.months[-1]} · everything · {page.info.name}",
        invented=page.info.invented, height=280,
    )  # fmt: skip
