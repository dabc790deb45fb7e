"""What the picture of the generators shows: rows, title, words, and the figure, made once and kept."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from analytics.charts import generators as charts
from analytics.charts.theme import label
from analytics.questions.catalogue import metric
from analytics.questions.generators import KEYS, Generators, Group, Measure, Part, generators_of, top_finding
from analytics.questions.generators import generators as ask_generators
from analytics.questions.removable import Cells
from analytics.questions.words import money, percent, signed, thousands
from analytics.ui import figure
from analytics.ui.look import is_dark
from analytics.ui.page import Page

BARS = 15
"""Bars drawn; the rows behind the chart hold all."""
MEASURES: Final[dict[Measure, str]] = {"cost": "Cost", "contacts": "Contacts", "minutes": "Minutes",
                                       "customers": "Customers", "effort": "Effort"}  # fmt: skip
GROUPS: Final[dict[Group, str]] = {"reason": "Reason", "owner": "Owner function", "cause": "Cause",
                                   "reason_cause": "Reason and cause"}  # fmt: skip
_METRICS: Final[dict[Measure, str]] = {"cost": "cost", "contacts": "contacts", "minutes": "minutes",
                                       "customers": "customers", "effort": "effort_burden"}  # fmt: skip
_WHOLE: Final[dict[Measure, str]] = {"cost": "cost to serve", "contacts": "contacts", "minutes": "handled minutes",
                                     "customers": "customers", "effort": "customer effort"}  # fmt: skip


class Looked(NamedTuple):
    """What the switches stand at."""

    measure: Measure
    group: Group
    part: Part


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of one choice of measure, grouping and part. Shared between sessions, never changed in place."""

    found: Generators
    keys: tuple[str, ...]
    """What tells the bars apart, in their order."""
    rows: pd.DataFrame
    """As drawn, with what the pointer says."""
    figure: go.Figure
    title: str
    sentence: str
    alt: str
    definition: str
    names: tuple[tuple[str, str], ...]

    @property
    def labels(self) -> dict[str, str]:
        """The words of each bar by key."""
        return dict(zip(self.keys, self.found.rows["label"].astype(str), strict=True))


def picture(page: Page, cells: Cells, looked: Looked, chosen: str | None) -> Picture:
    """Return the picture, computed once; `chosen` is the key of the bar that stands out."""
    what = f"generators {looked} {is_dark()} {chosen}"
    return page.kept(what, lambda: _made(page, _ranked(page, cells, looked), chosen))


def _ranked(page: Page, cells: Cells, looked: Looked) -> Generators:
    measure, group, part = looked
    if measure in ("customers", "effort"):
        return ask_generators(
            page.reader, page.filters, page.rates, page.taxonomy, measure=measure, group=group, part=part
        )
    return generators_of(cells, page.taxonomy, measure, group, part)


def _made(page: Page, found: Generators, chosen: str | None) -> Picture:
    currency = page.info.currency if found.measure == "cost" else ""
    keys = tuple("|".join(map(str, key)) for key in found.rows[KEYS[found.group]].itertuples(index=False, name=None))
    drawn = drawn_rows(found, currency).head(BARS)
    if drawn.empty:
        return Picture(found, keys, drawn, go.Figure(), "", "", "", "", ())
    place = keys.index(chosen) if chosen in keys[:BARS] else None
    bars = charts.generator_bars(drawn, unit_words(found, page), currency, is_dark(), place)
    return Picture(
        found, keys, drawn, figure.themed(bars, charts.height(drawn)), title(found),
        _sentence(found, page.info.currency), _alt(found, drawn, currency), _definition(found), tuple(_names(found)),
    )  # fmt: skip


def drawn_rows(found: Generators, currency: str) -> pd.DataFrame:
    """Return the rows as drawn: avoidable and other part, the sum so far in percent, and what the pointer says."""
    rows = found.rows
    rest = (rows["value"] - rows["removable"]).clip(lower=0.0)
    columns = ["label", "value", "low", "high", "contacts", "share", "in_top", "clear", "greyed"]
    drawn = rows[columns].assign(
        avoidable=rows["removable"], rest=rest, cumulative_percent=100.0 * rows["cumulative"],
        label=rows["label"].astype(str),
    )  # fmt: skip
    return drawn.assign(hover=[_hover(row, found, currency) for row in drawn.to_dict("records")])


def title(found: Generators) -> str:
    """Return the finding: what weighs most and how much of the whole it is."""
    first = found.rows.iloc[0]
    what = _WHOLE[found.measure]
    whole = f"the avoidable {what}" if found.part == "removable" else f"all {what}"
    order = "makes up" if bool(first["clear"]) or len(found.rows) == 1 else "is among the largest with"
    if found.measure == "customers":
        return f"{first['label']} brought {percent(first['share'])} of the customers who got in touch"
    return f"{first['label']} {order} {percent(first['share'])} of {whole}"


def unit_words(found: Generators, page: Page) -> str:
    """Return what the bars measure, in which unit and period."""
    unit = {"cost": f"cost, {page.info.currency}", "contacts": "contacts", "minutes": "handled minutes",
            "customers": "customers", "effort": "effort points"}[found.measure]  # fmt: skip
    months = page.filters.months
    return f"{unit}, {months} months" if months > 1 else f"{unit}, one month"


def _sentence(found: Generators, currency: str) -> str:
    if found.measure == "customers":
        return f"{thousands(found.total)} different customers. {found.note}"
    shown = f" Drawn are the first {BARS}; the file holds what is drawn." if len(found.rows) > BARS else ""
    return f"{top_finding(found, currency, _WHOLE[found.measure])}{shown} {found.note}".strip()


def _names(found: Generators) -> list[tuple[str, str]]:
    if found.measure == "customers":
        return []
    names = [("avoidable", "remove")]
    return names if found.part == "removable" else [*names, ("no negative cause, locked or not known", "unknown")]


def _hover(row: dict[Hashable, Any], found: Generators, currency: str) -> str:
    def said(value: float) -> str:
        return money(value, currency) if currency else signed(value)

    lines = [label(row["label"], 60), f"{said(row['value'])} ({percent(row['share'])})"]
    if pd.notna(row["low"]):
        lines.append(f"95 % interval {said(row['low'])} to {said(row['high'])}")
    if found.part == "all" and pd.notna(row["avoidable"]):
        lines.append(f"avoidable {said(row['avoidable'])}")
    if pd.notna(row["in_top"]):
        lines.append(f"among the first five in {percent(row['in_top'])} of resamples")
    return "<br>".join([*lines, f"{thousands(row['contacts'])} contacts"])


def _alt(found: Generators, drawn: pd.DataFrame, currency: str) -> str:
    head = "; ".join(
        f"{row['label']} {money(row['value'], currency) if currency else signed(row['value'])}"
        for row in drawn.head(5).to_dict("records")
    )
    return f"Bars of {MEASURES[found.measure].lower()} by {GROUPS[found.group].lower()}, largest first. {head}"


def _definition(found: Generators) -> str:
    return (
        f"{metric(_METRICS[found.measure]).definition} Each contact has one primary cause and one bucket; the "
        "avoidable part is that with a known negative cause outside locked reasons. Intervals and ranks: 32 random "
        "groups of customers, resampled 500 times."
    )
