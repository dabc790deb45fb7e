"""Repeats: the window slider, the curve over all windows, what exceeds natural recurrence, by reason, channel, team."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.charts import repeats as charts
from analytics.engine import Reader
from analytics.questions.catalogue import metric
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.once import Once
from analytics.questions.repeat_weeks import RepeatWeeks, repeat_weeks
from analytics.questions.repeat_windows import every_window
from analytics.questions.repeats import Repeats
from analytics.questions.words import money, percent, signed, thousands
from analytics.statistics.repeats import WINDOWS
from analytics.ui import cards, figure, messages, numbers, remove_handle_time, remove_repeat_kinds
from analytics.ui.look import is_dark
from analytics.ui.pace import after_the_picture, ready
from analytics.ui.page import Page

CURVE_PIXELS = 280
_WINDOW = "repeat_window"
_SHORT_WINDOWS = (
    "Natural recurrence is measured in days N+1 to 3N after a contact that stayed quiet: for windows of a few days "
    "late repeats fall into it and overstate it; beyond 29 days it cannot be told."
)


@dataclass(frozen=True, slots=True)
class Curve:
    """What stays the same while the window moves."""

    rows: pd.DataFrame
    figure: go.Figure
    points: str
    """A few points of it in words."""


def section(page: Page) -> None:
    """Draw the repeat contacts."""
    every = page.ask(every_window, page.rates)
    rows = curve_rows(every[0])
    curve = Curve(rows, charts.window_curve(rows, is_dark()), _points(rows))
    _windows(page, every, curve, Once(page.reader))
    page.show(over_time)
    page.show(remove_handle_time.section)


@st.fragment
@messages.netted
def _windows(page: Page, every: tuple[Repeats, ...], curve: Curve, reader: Reader) -> None:
    """Everything that follows the window; a step of the slider reads nothing, `reader` keeps what it read.

    The curve is sent first, made ready in the callback of the slider, then what stands around it.
    """
    words, place, below = st.container(), st.container(), st.container()
    found = every[_days(page) - 1]
    known = found.repeat_rate.n > 0
    if known:
        with below:
            _curve(page, found, curve)
    with words:
        cards.section(title(found), _sentence(page, found))
    after_the_picture()
    if known:  # no window tells more where nobody is known: then there is no slider either
        place.slider(
            "Window: a contact repeats an earlier one when it follows within … days", 1, WINDOWS,
            page.period.window_days, key=_WINDOW, on_change=ready, args=(_prepare, page, every, curve),
        )  # fmt: skip
        cards.tiles(_tiles(page, found))
        remove_repeat_kinds.by_kind(page, reader, found.window_days)


def _days(page: Page) -> int:
    """Return where the slider stands; it is drawn after the curve."""
    return int(st.session_state.get(_WINDOW, page.period.window_days))


def _prepare(page: Page, every: tuple[Repeats, ...], curve: Curve) -> None:
    _marked(page, every[_days(page) - 1], curve)


def _marked(page: Page, found: Repeats, curve: Curve) -> go.Figure:
    days, dark = found.window_days, is_dark()
    return page.kept(
        f"repeat curve {days} {dark}",
        lambda: figure.themed(charts.mark_window(curve.figure, curve.rows, days, dark), CURVE_PIXELS),
    )  # fmt: skip


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
        return f"Repeats need to know who made contact. {rate.why}"
    yearly = MONTHS_A_YEAR / page.filters.months
    cost = f"The repeats cost {money(found.cost * yearly, page.info.currency)} a year"
    if found.excess_cost is not None:
        cost += f", {money(found.excess_cost * yearly, page.info.currency)} of it beyond natural recurrence"
    return f"{cost}. A chain of contacts goes on until {found.window_days} days pass without one."


def _curve(page: Page, found: Repeats, curve: Curve) -> None:
    figure.draw(
        _marked(page, found, curve), curve.rows, "repeat_curve",
        f"Repeat rate over windows of 1 to 30 days: {curve.points}.",
        f"{metric('repeat_rate').definition} {metric('excess_repeat_rate').definition} {_SHORT_WINDOWS}",
        looked_at=f"{page.looked_at} · {found.repeat_rate.n:,} mature contacts", invented=page.info.invented,
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
                   f"{thousands(found.repeats)} contacts".lstrip(" ·"),
                   help=f"{cost.definition} Repeats only, each at its own handle time."),
    ]  # fmt: skip
