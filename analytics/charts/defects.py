"""Figures of contacts per unit by product and per release or outage: a dot with its interval, beside a line."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.marks import note, upright
from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, MUTED, NEUTRAL, REMOVE, VALUE, word_colour
from analytics.questions.words import whole

ROW_PIXELS = 40
MARGIN_PIXELS = 90


def unit_dots(rows: pd.DataFrame, every: float, dark: bool) -> go.Figure:
    """Draw per_1000 with low and high by product; orange stands out, the line is all products together."""
    marks = [
        NEUTRAL if not clear else REMOVE if against > 1 else VALUE
        for clear, against in zip(rows["clear"], rows["against_all"], strict=True)
    ]
    fig = _dots(apart(labels(rows["product"], 26)), rows, ("per_1000", "low", "high"), marks, dark)
    fig.layout.shapes = [upright(every, MUTED[dark])]
    fig.layout.annotations = [note(every, 1, f"all {whole(every)}", MUTED[dark], yref="paper", yanchor="bottom")]
    fig.update_xaxes(title_text="contacts per 1,000 customers a month", rangemode="tozero", nticks=5)
    return fig


def defect_dots(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw extra with extra_low and extra_high by event, from row `name`; orange is clear, the line is none."""
    marks = [
        NEUTRAL if not clear else REMOVE if extra > 0 else VALUE
        for clear, extra in zip(rows["clear"], rows["extra"], strict=True)
    ]
    fig = _dots(apart(labels(rows["name"], 28)), rows, ("extra", "extra_low", "extra_high"), marks, dark)
    fig.layout.shapes = [upright(0, MUTED[dark])]
    fig.update_xaxes(title_text="contacts beyond expected", nticks=5)
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every row has room."""
    return MARGIN_PIXELS + ROW_PIXELS * max(len(rows), 2)


def _dots(
    names: list[str], rows: pd.DataFrame, columns: tuple[str, str, str], marks: list[str], dark: bool
) -> go.Figure:
    value, low, high = (rows[column].astype(float) for column in columns)
    error: dict[str, Any] = {
        "type": "data", "symmetric": False, "array": (high - value).tolist(), "arrayminus": (value - low).tolist(),
        "color": INK[dark], "thickness": 1.2, "width": 3,
    }  # fmt: skip
    fig = go.Figure(
        go.Scatter(
            x=value.tolist(), y=names, mode="markers+text", marker={"size": 10, "color": marks}, error_x=error,
            text=[whole(one) for one in value], textposition="top center", hoverinfo="text",
            textfont={"size": 12, "color": [word_colour(mark, dark) for mark in marks]},
            hovertext=[f"{name}: {whole(one)} ({whole(a)} to {whole(b)})"
                       for name, one, a, b in zip(names, value, low, high, strict=True)],
        )
    )  # fmt: skip
    fig.update_yaxes(range=[len(names) - 0.5, -0.8], type="category")
    return fig
