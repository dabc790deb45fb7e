"""Repeats by reason, channel and team; teams against chance, never as a ranking."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.charts import repeats as charts
from analytics.charts.theme import label
from analytics.engine import Reader
from analytics.questions.catalogue import metric
from analytics.questions.drill import Bar, Behind, count_behind
from analytics.questions.repeats import Dimension, repeats_by, team_funnel
from analytics.ui import figure, remove_drill
from analytics.ui.look import is_dark
from analytics.ui.page import Page

DIMENSIONS: Final[dict[Dimension, str]] = {"reason": "Reason", "channel": "Channel", "team": "Team"}
BARS = 14


def by_kind(page: Page, reader: Reader, days: int) -> None:
    """Draw repeats by reason or channel as bars, by team as a funnel, at the window of `days`."""
    kind: Dimension = st.segmented_control(
        "Repeats by", list(DIMENSIONS), default="reason", required=True, key="repeats_by",
        format_func=lambda one: DIMENSIONS[one],
    )  # fmt: skip
    if kind == "team":
        _teams(page, reader, days)
    else:
        _kinds(page, reader, days, kind)


def kind_rows(rows: pd.DataFrame, dimension: Dimension, names: dict[str, str]) -> pd.DataFrame:
    """Return rates by reason or channel as drawn: in percent, split into natural and excess."""
    drawn = pd.DataFrame(
        {
            dimension: rows[dimension], "name": [names.get(str(one), str(one)) for one in rows[dimension]],
            "mature": rows["mature"], "repeats": rows["repeats"], "repeat_percent": 100 * rows["repeat_rate"],
            "low_percent": 100 * rows["low"], "high_percent": 100 * rows["high"],
            "natural_percent": 100 * (rows["repeat_rate"] - rows["excess_rate"]),
            "excess_percent": 100 * rows["excess_rate"],
            "first_contact_resolution_percent": 100 * rows["first_contact_resolution"], "why": rows["why"],
        }
    )  # fmt: skip
    return drawn.assign(hover=[_hover(row) for row in drawn.to_dict("records")])


def _kinds(page: Page, reader: Reader, days: int, kind: Dimension) -> None:
    names = {one.reason: one.name for one in page.taxonomy.classes} if kind == "reason" else {}
    every = page.kept(
        f"repeats {kind} {days}", lambda: kind_rows(repeats_by(reader, page.filters, kind, days), kind, names)
    )
    rows = every.dropna(subset=["repeat_percent"]).head(BARS)
    if rows.empty:
        st.caption(f"No {kind} has enough contacts with a known customer.")
        return
    left = f"The {len(rows)} largest of {len(every)}" if len(every) > len(rows) else f"All {len(rows)}"
    st.caption(f"{left}, by number of contacts. Whiskers are 95 % intervals.")
    figure.show(
        charts.rate_bars(rows, is_dark()), rows.drop(columns="hover"), f"repeats_{kind}",
        f"Bars of the repeat rate by {kind}, most contacts first.",
        f"{metric('repeat_rate').definition} {metric('excess_repeat_rate').definition}",
        looked_at=page.looked_at, invented=page.info.invented, height=90 + 28 * len(rows),
        names=[("beyond natural recurrence", "remove"), ("natural recurrence", "unknown")],
    )  # fmt: skip
    _behind(page, kind, every, names)


def _behind(page: Page, kind: Dimension, rows: pd.DataFrame, names: dict[str, str]) -> None:
    keys = rows[kind].astype(str)
    chosen = remove_drill.pick(
        f"repeats_bar_{kind}", {key: names.get(key, key) for key in keys}, "Look at the repeats of one",
        f"Repeats within {page.period.window_days} days",
    )  # fmt: skip
    if chosen is None:
        return
    held = Behind(reasons=(chosen,) if kind == "reason" else (), channels=(chosen,) if kind == "channel" else (),
                  repeats=(True,))  # fmt: skip
    count = page.ask(count_behind, held)
    remove_drill.contacts_of(page, "repeats", f"{names.get(chosen, chosen)}, repeats", Bar(held, count, float(count)))


def _teams(page: Page, reader: Reader, days: int) -> None:
    found = team_funnel(reader, page.filters, days)
    rows = found.rows[found.rows["team"] != "not given"].dropna(subset=["repeat_rate"])
    if len(rows) < 2:
        st.info("Fewer than two teams are named in the data. Map team on Sources to compare teams with chance.")
        return
    beyond = int((~rows["place"].isin(["within", "not judged"])).sum())
    st.caption(
        f"{beyond} of {len(rows)} teams lie beyond what chance explains (95 % dotted, 99.8 % solid). Teams get "
        "different reasons: this is where to ask why, not a ranking, and never about people."
    )
    drawn = rows.assign(
        repeat_percent=100 * rows["repeat_rate"],
        **{f"{name}_percent": 100 * rows[name] for name in ("low95", "high95", "low998", "high998")},
    ).drop(columns=["repeat_rate", "low95", "high95", "low998", "high998"])
    figure.show(
        charts.team_funnel(drawn, found.target, found.dispersion, is_dark()), drawn, "repeats_team",
        f"Funnel: {len(rows)} teams by mature contacts and repeat rate, with control limits.",
        f"{metric('repeat_rate').definition} Control limits after Spiegelhalter (2005), in order of names.",
        looked_at=page.looked_at, invented=page.info.invented, height=340,
    )  # fmt: skip


def _hover(row: dict[Hashable, Any]) -> str:
    head = label(row["name"], 60)
    if row["repeat_percent"] != row["repeat_percent"]:
        return head
    return (
        f"{head}<br>{row['repeat_percent']:.1f} % of {row['mature']:,.0f} contacts came back"
        f"<br>95 % interval {row['low_percent']:.1f} to {row['high_percent']:.1f} %"
    )
