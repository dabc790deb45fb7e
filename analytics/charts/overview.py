"""Figures of Overview: cost by owner and pillar, a monthly figure, what changed."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import labels
from analytics.charts.theme import (
    GRID,
    INK,
    NEUTRAL,
    PILLARS,
    REMOVE,
    VALUE,
    assumed_pattern,
    beside,
    ink_on,
)
from analytics.questions.words import money, signed

PILLAR_WORDS = {"remove": "remove", "redistribute": "redistribute", "restructure": "keep and value",
                "undecided": "undecided"}  # fmt: skip
_COLOURS = PILLARS | {"restructure": VALUE}
OTHERS = "other functions"
"""End of the name of the owners drawn together; always the lowest bar."""
LEAST_LABELLED = 0.07
FEW_MONTHS = 4
"""Part of the longest bar from which a value is written into a segment."""


def cost_by_owner(rows: pd.DataFrame, currency: str, dark: bool) -> go.Figure:
    """Draw stacked bars by owner function; rows hold owner, bucket, cause_known, cost_per_year.

    Solid where the cause is known, hatched where it is not. Built as plain values: this picture is drawn with every
    change of a filter, and checking every property costs more than drawing.
    """
    by_cost = list(rows.groupby("owner")["cost_per_year"].sum().sort_values().index)
    order = sorted(by_cost, key=lambda owner: not str(owner).endswith(OTHERS))
    longest = float(rows.groupby("owner")["cost_per_year"].sum().max())
    shown = dict(zip(order, labels(order), strict=True))
    rows = rows.assign(
        shown=rows["owner"].map(shown),
        text=[money(cost) if cost >= LEAST_LABELLED * longest else "" for cost in rows["cost_per_year"]],
    )
    groups = rows.groupby(["bucket", "cause_known"], sort=False, observed=True)
    unit = f" {currency} a year"
    data = [_segment(part, str(bucket), bool(known), unit, INK[dark]) for (bucket, known), part in groups]
    layout = {
        "barmode": "stack",
        "margin": beside(shown.values()),
        "uniformtext": {"minsize": 12, "mode": "hide"},
        "yaxis": {"categoryorder": "array", "categoryarray": list(shown.values()), "showgrid": False},
        "xaxis": {"title": {"text": f"cost to serve, {currency} a year"}, "nticks": 5, "tickformat": "~s"},
    }
    return go.Figure({"data": data, "layout": layout}, _validate=False)


def pillar_names(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the names of the series with their pillar, for the line above the picture."""
    shown = {"restructure": "value"}
    names = [
        (words, shown.get(bucket, bucket)) for bucket, words in PILLAR_WORDS.items() if bucket in set(rows["bucket"])
    ]
    return names if rows["cause_known"].all() else [*names, ("hatched: cause not known", "unknown")]


def _segment(part: pd.DataFrame, bucket: str, known: bool, unit: str, ink: str) -> dict[str, Any]:
    mark = _COLOURS[bucket]
    what = PILLAR_WORDS[bucket] + ("" if known else ", cause not known")
    owners = part["shown"].tolist()
    costs = part["cost_per_year"].tolist()
    return {
        "type": "bar",
        "y": owners,
        "x": costs,
        "orientation": "h",
        "marker": {"color": mark} if known else assumed_pattern(mark),
        "text": part["text"].tolist(),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "textfont": {"color": ink_on(mark) if known else ink, "size": 13},
        "hovertext": [f"{owner}: {what}<br>{money(cost)}{unit}" for owner, cost in zip(owners, costs, strict=True)],
        "hoverinfo": "text",
    }


def months_line(months: pd.DataFrame, column: str, unit: str, dark: bool) -> go.Figure:
    """Draw one monthly figure as a line that starts at zero; the last month is named."""
    few = len(months) < FEW_MONTHS  # the axis of a few months falls back on weeks, of one on parts of a second
    fig = go.Figure(
        go.Scatter(
            x=months["month"].tolist(), y=months[column].tolist(), mode="lines+markers" if few else "lines",
            line={"color": NEUTRAL, "width": 2},
            hovertemplate="%{x|%b %Y}: %{y:,.0f}<extra></extra>",
        )
    )  # fmt: skip
    end = months.dropna(subset=[column]).iloc[-1]
    text = signed(end[column], 0 if abs(end[column]) >= 10 else 1)
    fig.add_annotation(x=end["month"], y=end[column], text=text, showarrow=False, yshift=12, font={"color": INK[dark]})
    if few:
        around = pd.DateOffset(days=15)
        fig.update_xaxes(tickvals=months["month"].tolist(), tickformat="%b %Y",
                         range=[months["month"].min() - around, months["month"].max() + around])  # fmt: skip
    fig.update_yaxes(title_text=unit, rangemode="tozero", nticks=5)
    return fig


def change_bridge(parts: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw the steps between two periods as bars from zero, the totals as words: small steps stay readable.

    `parts` holds part (before, growth, rate, mix, after) and contacts.
    """
    steps = parts[~parts["part"].isin(["before", "after"])]
    values = steps["contacts"].tolist()
    fig = go.Figure(
        go.Bar(
            y=[STEP_WORDS[part] for part in steps["part"]],
            x=values,
            orientation="h",
            marker={"color": [REMOVE if value > 0 else VALUE for value in values]},
            text=[f"{'+' if value > 0 else ''}{signed(value)}" for value in values],
            textposition="outside",
            cliponaxis=False,
            textfont={"color": INK[dark]},
            hoverinfo="skip",
        )
    )
    fig.add_vline(x=0, line={"color": GRID[dark], "width": 2})
    fig.update_xaxes(title_text="contacts", nticks=5)
    fig.update_yaxes(autorange="reversed", showgrid=False)
    return fig


STEP_WORDS = {"growth": "more or fewer customers", "rate": "contacts per customer", "mix": "other mix of segments"}
