"""Repeats: the window slider, the curve over all windows, what exceeds natural recurrence, by reason, channel, team."""

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.charts import repeats as charts
from analytics.charts.theme import label
from analytics.engine import Reader
from analytics.questions.catalogue import metric
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.drill import Bar, Behind, count_behind
from analytics.questions.once import Once
from analytics.questions.repeat_weeks import RepeatWeeks, repeat_weeks
from analytics.questions.repeats import Dimension, Repeats, repeats, repeats_by, team_funnel
from analytics.questions.words import money, percent, signed, thousands
from analytics.statistics.repeats import WINDOWS
from analytics.ui import cards, figure, messages, numbers, remove_drill
from analytics.ui.look import is_dark
from analytics.ui.page import Page

DIMENSIONS: Final[dict[Dimension, str]] = {"reason": "Reason", "channel": "Channel", "team": "Team"}
BARS = 14
_SHORT_WINDOWS = (
    "Natural recurrence is measured in days N+1 to 3N after a contact that stayed quiet: for windows of a few days "
    "late repeats fall into it and overstate it; beyond 29 days it cannot be told."
)


def section(page: Page) -> None:
    """Draw the repeat contacts."""
    _windows(page, Once(page.reader))
    page.show(over_time)


@st.fragment
@messages.netted
def _windows(page: Page, reader: Reader) -> None:
    """Everything that follows the window; `reader` keeps what it read, so that a step of the slider reads nothing."""
    top = st.container()
    days = st.slider(
        "Window: a contact repeats an earlier one when it follows within … days", 1, WINDOWS,
        page.period.window_days, key="repeat_window",
    )  # fmt: skip
    found = repeats(reader, page.filters, page.rates, days)
    with top:
        cards.section(title(found), _sentence(page, found))
    if found.repeat_rate.n == 0:
        return
    _curve(page, found)
    cards.tiles(_tiles(page, found))
    _by_kind(page, reader, days)


def title(found: Repeats) -> str:
    """Return the finding at this window."""
    rate, days = found.repeat_rate, f"{found.window_days} day{'s' if found.window_days > 1 else ''}"
    if rate.value is None:
        return "Repeats cannot be told"
    beyond = found.excess.value
    more = f", {signed(100 * beyond, 0)} points more than natural recurrence" if beyond is not None else ""
    return f"{percent(rate.value)} of contacts came back within {days}{more}"


def curve_rows(found: Repeats) -> pd.DataFrame:
    """Return the curve as drawn: one row per window, rates in percent."""
    columns = {"repeat_rate": "repeat_percent", "low": "low_percent", "high": "high_percent",
               "natural_rate": "natural_percent", "excess_rate": "excess_percent",
               "first_contact_resolution": "first_contact_resolution_percent"}  # fmt: skip
    rates = found.curve[list(columns)].rename(columns=columns) * 100.0
    return pd.concat([found.curve[["window_days", "mature"]], rates], axis=1)


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


def over_time(page: Page) -> None:
    """Show the rate week by week, with the weeks that cannot be told yet shaded."""
    found: RepeatWeeks = page.ask(repeat_weeks)
    days = page.period.window_days
    rows = found.rows.assign(**{f"{name}_percent": 100 * found.rows[column] for name, column in
                                (("repeat", "repeat_rate"), ("low", "low"), ("high", "high"))})  # fmt: skip
    rows = rows.drop(columns=["repeat_rate", "low", "high"])
    if rows["repeat_percent"].notna().sum() < 2:
        return
    shaded = found.immature_from <= found.last_day
    cards.section(
        "Week by week",
        f"At the window of {days} days that the import locked. "
        + (f"Contacts from {numbers.day(found.immature_from)} on are not followed to the end yet: shaded, no rate."
           if shaded else f"Every contact of this period has been followed for {days} days."),
    )  # fmt: skip
    figure.show(
        charts.weeks(rows, found.immature_from, found.last_day, is_dark()), rows, "repeat_weeks",
        f"Line of the weekly repeat rate within {days} days.", metric("repeat_rate").definition,
        looked_at=page.looked_at, invented=page.info.invented, height=260,
    )  # fmt: skip


def _sentence(page: Page, found: Repeats) -> str:
    rate = found.repeat_rate
    if rate.value is None:
        return f"{rate.why} Repeats need to know who made contact: map customer_id on Sources."
    yearly = MONTHS_A_YEAR / page.filters.months
    cost = f"The repeats cost {money(found.cost * yearly, page.info.currency)} a year"
    if found.excess_cost is not None:
        cost += f", {money(found.excess_cost * yearly, page.info.currency)} of it beyond natural recurrence"
    return f"{cost}. A chain of contacts goes on until {found.window_days} days pass without one."


def _curve(page: Page, found: Repeats) -> None:
    rows = curve_rows(found)
    figure.show(
        charts.window_curve(rows, found.window_days, is_dark()), rows, "repeat_curve",
        f"Repeat rate over windows of 1 to 30 days: {_points(rows)}.",
        f"{metric('repeat_rate').definition} {metric('excess_repeat_rate').definition} {_SHORT_WINDOWS}",
        looked_at=f"{page.looked_at} · {found.repeat_rate.n:,} mature contacts", invented=page.info.invented,
        height=280,
    )  # fmt: skip


def _points(rows: pd.DataFrame) -> str:
    held = rows[rows["window_days"].isin([1, 7, 14, 30])].dropna(subset=["repeat_percent"])
    return ", ".join(f"{row['repeat_percent']:.1f} % in {row['window_days']:.0f}" for row in held.to_dict("records"))


def _tiles(page: Page, found: Repeats) -> list[cards.Tile]:
    cost = metric("cost")
    yearly, currency = MONTHS_A_YEAR / page.filters.months, page.info.currency
    beyond = "" if found.excess_cost is None else f"{money(found.excess_cost * yearly)} beyond natural"
    chain = found.contacts_per_issue
    return [
        cards.metric_tile(metric("repeat_rate"), found.repeat_rate),
        cards.metric_tile(metric("excess_repeat_rate"), found.excess, label="Beyond natural"),
        cards.metric_tile(metric("first_contact_resolution"), found.first_contact_resolution,
                          label="Solved at first contact"),
        cards.Tile("Contacts per issue", signed(chain, 2) if chain is not None else cards.NO_NUMBER,
                   note=f"n {thousands(found.first_contact_resolution.n)} issues",
                   help=metric("contacts_per_issue").definition),
        cards.Tile("Cost of repeats a year", money(found.cost * yearly, currency), note=f"{beyond} · n "
                   f"{thousands(found.repeats)} contacts".lstrip(" ·"), help=f"{cost.definition} Repeats only."),
    ]  # fmt: skip


def _by_kind(page: Page, reader: Reader, days: int) -> None:
    kind: Dimension = st.segmented_control(
        "Repeats by", list(DIMENSIONS), default="reason", required=True, key="repeats_by",
        format_func=lambda one: DIMENSIONS[one],
    )  # fmt: skip
    if kind == "team":
        _teams(page, reader, days)
    else:
        _kinds(page, reader, days, kind)


def _kinds(page: Page, reader: Reader, days: int, kind: Dimension) -> None:
    names = {one.reason: one.name for one in page.taxonomy.classes} if kind == "reason" else {}
    every = kind_rows(repeats_by(reader, page.filters, kind, days), kind, names)
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
