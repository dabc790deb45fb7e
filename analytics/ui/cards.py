"""The parts every page is made of: finding, metric tiles, sections, cards that lead on. Nothing here renders HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

import streamlit as st

from analytics.questions.catalogue import Metric
from analytics.statistics.estimate import Estimate
from analytics.ui import menu, numbers
from analytics.ui.text import md, short

Sense = Literal["good", "bad", "none"]
_COLOURS: dict[Sense, Literal["green", "red", "gray"]] = {"good": "green", "bad": "red", "none": "gray"}
NO_NUMBER = "–"
WHY_LENGTH = 130


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with everything a reader needs beside it."""

    label: str
    value: str
    """As shown, with its unit; “–” when it cannot be told."""
    delta: str = ""
    """Change or what stands beneath, e.g. “−6 % on last year”."""
    sense: Sense = "none"
    """Whether that change is good."""
    note: str = ""
    """Interval and n."""
    help: str = ""
    """Definition."""
    trend: tuple[float, ...] = ()
    """Monthly values, oldest first."""
    arrow: Literal["up", "down", "off"] = "off"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look at or decide next."""

    title: str
    text: str
    page: str
    """Name of the page in the menu; not drawn when the page does not exist."""
    link: str = ""
    """Words of the link; default “Open <page>”."""
    query: tuple[tuple[str, str], ...] = ()
    """Further query parameters, e.g. the lever already set."""


def metric_tile(
    metric: Metric,
    estimate: Estimate,
    *,
    currency: str = "",
    change: Estimate | None = None,
    since: str = "on a year ago",
    beneath: str = "",
    otherwise: str = "",
    goal: float | None = None,
    label: str = "",
    trend: Iterable[float] = (),
) -> Tile:
    """Return the tile of a catalogue metric: value, interval, n, target, definition; a reason where it has no number.

    `beneath` stands under a number without a change, `otherwise` under one that cannot be told.
    """
    shown = estimate.value is not None
    delta, sense, arrow = _change(metric, change, since) if change is not None else ("", "none", "off")
    return Tile(
        label=label or metric.label,
        value=numbers.shown(metric, estimate.value, currency) if estimate.value is not None else NO_NUMBER,
        delta=delta or beneath if shown else otherwise or "cannot tell",
        sense=sense if shown else "none",
        arrow=arrow if shown else "off",
        note=" · ".join(part for part in (note(metric, estimate, currency), _goal(metric, goal, currency)) if part)
        if shown
        else short(estimate.why, WHY_LENGTH),
        help=f"{metric.definition} {estimate.method if shown else estimate.why}".strip(),
        trend=trend_of(trend),
    )


def trend_of(values: Iterable[float]) -> tuple[float, ...]:
    """Return monthly values without the months that have none."""
    return tuple(float(value) for value in values if not isnan(value))


def first_page(*names: str) -> str:
    """Return the first of these pages that exists; empty when none does."""
    return next((name for name in names if menu.entry(name).exists), "")


def note(metric: Metric, estimate: Estimate, currency: str = "") -> str:
    """Return interval and n in words, e.g. “28–33 % · n 12,400 contacts”."""
    held = numbers.interval(metric, estimate, currency)
    rough = "rough" if estimate.state == "grey" or estimate.imprecise else ""
    return " · ".join(part for part in (held, f"n {numbers.number(estimate.n)} {metric.counts}", rough) if part)


def _goal(metric: Metric, goal: float | None, currency: str) -> str:
    return "" if goal is None else f"target {numbers.shown(metric, goal, currency)}"


def _change(metric: Metric, change: Estimate, since: str) -> tuple[str, Sense, Literal["up", "down", "off"]]:
    if change.value is None:
        return "", "none", "off"
    words = f"{numbers.change(change.value)} {since}"
    if change.low is None or change.high is None or change.low <= 0 <= change.high:
        return f"{numbers.change(change.value)}, no clear change", "none", "off"
    better = {"up": change.value > 0, "down": change.value < 0}.get(metric.good_direction)
    sense: Sense = "none" if better is None else "good" if better else "bad"
    return words, sense, "up" if change.value > 0 else "down"


def finding(title: str, sentence: str = "") -> None:
    """Draw the page's finding as its only large text, with one grey sentence beneath. Both are plain text."""
    st.title(md(title), anchor=False)
    if sentence:
        st.caption(md(sentence))


def section(title: str, sentence: str = "") -> None:
    """Draw the title of a section, itself a finding where there is one."""
    st.subheader(md(title), anchor=False)
    if sentence:
        st.caption(md(sentence))


def tiles(row: Sequence[Tile]) -> None:
    """Draw up to five tiles in one row; two columns on a phone."""
    with st.grid(columns=max(1, len(row)), min_column_width=150, row_height="content"):
        for tile in row:
            with st.container(border=True, height="stretch", gap="xxsmall"):
                _draw(tile)


def _draw(tile: Tile) -> None:
    st.metric(
        md(tile.label),
        tile.value,
        md(tile.delta) if tile.delta else None,
        delta_color=_COLOURS[tile.sense],
        delta_arrow=tile.arrow,
        help=md(tile.help) or None,
        chart_data=list(tile.trend) if len(tile.trend) > 1 else None,
    )
    if tile.note:
        st.caption(md(tile.note))


def next_steps(steps: Sequence[Step], query: dict[str, str | list[str]], title: str = "What to look at next") -> None:
    """Draw cards that open another page with the same filters; pages that do not exist are left out."""
    leading = [step for step in steps if menu.entry(step.page).exists]
    if not leading:
        return
    section(title)
    with st.grid(columns=len(leading), min_column_width=260):
        for step in leading:
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{md(step.title)}**\n\n:small[:gray[{md(step.text)}]]")
                target = menu.entry(step.page)
                st.page_link(
                    target.file, label=md(step.link or f"Open {step.page}"), icon=":material/arrow_forward:",
                    query_params=query | dict(step.query),
                )  # fmt: skip
