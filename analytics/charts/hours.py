"""Time in service against value: a point per month, and where the mean moved against a year ago."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.marks import note
from analytics.charts.theme import INK, MUTED, NEUTRAL, VALUE, word_colour

_MEASURES = ["hours_per_1000", "value_share"]


def hours_and_value(months: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw a point per month; with a year before, an arrow from its mean to the mean now, else the path of the months.

    `months` holds month, hours_per_1000, value_share (0–1), without gaps, a_year_before (bool, as many months as the
    others, or none), and the means of their year, mean_hours and mean_share. Fewer hours lie to the left, more value
    lies above.
    """
    before = months["a_year_before"].to_numpy(dtype=bool)
    now = months[~before]
    fig = go.Figure()
    if before.any():
        _months(fig, months[before], "circle-open")
        _months(fig, now, "circle")
        _arrow(fig, months[before], now, dark)
    else:
        _path(fig, now, dark)
    fig.update_xaxes(title_text="customer hours in service per 1,000 customers", nticks=9)
    fig.update_yaxes(title_text="contacts with added value, %", nticks=5)
    return fig


def _months(fig: go.Figure, months: pd.DataFrame, symbol: str) -> None:
    fig.add_scatter(
        x=months["hours_per_1000"].tolist(), y=(100 * months["value_share"]).tolist(), mode="markers", opacity=0.8,
        marker={"size": 7, "color": NEUTRAL, "symbol": symbol}, hovertext=_said(months), hoverinfo="text",
    )  # fmt: skip


def _arrow(fig: go.Figure, before: pd.DataFrame, now: pd.DataFrame, dark: bool) -> None:
    (from_x, from_y), (to_x, to_y) = (
        (float(rows["mean_hours"].iloc[0]), 100 * float(rows["mean_share"].iloc[0])) for rows in (before, now)
    )
    fig.add_scatter(
        x=[from_x, to_x], y=[from_y, to_y], mode="markers", hoverinfo="text",
        hovertext=[f"mean of {_span(rows)}: {x:,.1f} hours, {y:.1f} %"
                   for rows, x, y in ((before, from_x, from_y), (now, to_x, to_y))],
        marker={"size": [11, 13], "color": [NEUTRAL, VALUE]},
    )  # fmt: skip
    fig.add_annotation(
        x=to_x, y=to_y, ax=from_x, ay=from_y, axref="x", ayref="y", text="", showarrow=True, arrowhead=2, arrowsize=1.2,
        arrowwidth=2, arrowcolor=INK[dark], standoff=7, startstandoff=6,
    )  # fmt: skip
    up = 1 if to_y >= from_y else -1
    fig.add_annotation(note(to_x, to_y, _span(now), word_colour(VALUE, dark), yshift=17 * up))
    fig.add_annotation(note(from_x, from_y, "a year before", MUTED[dark], yshift=-17 * up))


def _path(fig: go.Figure, months: pd.DataFrame, dark: bool) -> None:
    last = len(months) - 1
    fig.add_scatter(
        x=months["hours_per_1000"].tolist(), y=(100 * months["value_share"]).tolist(), mode="lines+markers",
        line={"color": NEUTRAL, "width": 1.5}, hovertext=_said(months), hoverinfo="text",
        marker={"size": [7] * last + [13], "color": [NEUTRAL] * last + [VALUE]},
    )  # fmt: skip
    for place in {0, last}:
        row = months.iloc[place]
        colour, shift = (word_colour(VALUE, dark), 16) if place == last else (MUTED[dark], -16)
        at = row["hours_per_1000"], 100 * row["value_share"]
        fig.add_annotation(note(*at, f"{row['month']:%b %Y}", colour, yshift=shift))


def _said(months: pd.DataFrame) -> list[str]:
    rows = months[["month", *_MEASURES]].itertuples(index=False)
    return [f"{month:%b %Y}: {hours:,.0f} hours, {100 * share:.1f} %" for month, hours, share in rows]


def _span(months: pd.DataFrame) -> str:
    first, last = months["month"].min(), months["month"].max()
    return f"{first:%b %Y}" if first == last else f"{first:%b %Y} – {last:%b %Y}"
