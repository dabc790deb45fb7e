"""Figures of the removal backlog: what each initiative brings alone and last in, and what all bring together."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, MUTED, NEUTRAL, REMOVE
from analytics.questions.words import money, signed

BAR_PIXELS = 44
MARGIN_PIXELS = 70
TOGETHER = "All together"
PALE = 0.38


def initiative_bars(rows: pd.DataFrame, unit: str, currency: str, dark: bool) -> go.Figure:
    """Draw, per initiative, its value alone (pale, with range) and last in (solid); beneath, what all bring together.

    `rows` hold name, alone, last_in, low, high and is_together; the last row is the total. Never a sum of bars.
    """
    names = _names(rows)
    fig = go.Figure([_alone(rows, names), _last_in(rows, names), _words(rows, names, currency, dark)])
    fig.update_layout(barmode="overlay")
    most = float(rows[["alone", "high", "last_in"]].max().max() or 1.0)
    fig.update_xaxes(title={"text": unit}, rangemode="tozero", nticks=4, range=[0, 1.28 * most])
    fig.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every bar has room."""
    return MARGIN_PIXELS + BAR_PIXELS * max(len(rows), 2)


def _names(rows: pd.DataFrame) -> list[str]:
    names = apart(labels(rows["name"], 26))
    return [f"<b>{name}</b>" if together else name for name, together in zip(names, rows["is_together"], strict=True)]


def _alone(rows: pd.DataFrame, names: list[str]) -> go.Bar:
    return go.Bar(
        y=names, x=rows["alone"].tolist(), orientation="h", name="alone", width=0.62, hoverinfo="skip",
        marker={"color": NEUTRAL, "opacity": PALE},
    )  # fmt: skip


def _last_in(rows: pd.DataFrame, names: list[str]) -> go.Bar:
    return go.Bar(
        y=names, x=rows["last_in"].tolist(), orientation="h", name="last in", width=0.34,
        marker={"color": REMOVE}, hovertext=rows["hover"].tolist(), hoverinfo="text",
    )  # fmt: skip


def _words(rows: pd.DataFrame, names: list[str], currency: str, dark: bool) -> go.Scatter:
    value = rows["last_in"].where(rows["is_together"], rows["last_in"])
    low, high = rows["low"], rows["high"].clip(lower=rows["low"])
    return go.Scatter(
        y=names, x=high.tolist(), mode="text", textposition="middle right", hoverinfo="skip", cliponaxis=False,
        text=[f" {money(one) if currency else signed(one)}" for one in value], textfont={"color": INK[dark]},
        error_x={"type": "data", "symmetric": False, "array": [0.0] * len(rows), "arrayminus": (high - low).tolist(),
                 "color": MUTED[dark], "thickness": 1.2, "width": 3},
    )  # fmt: skip
