"""Figure of the label audit: the avoidable share as coded, and as the labels correct it, with its interval."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import INK, MUTED, NEUTRAL, REMOVE
from analytics.questions.words import percent

GREYED = 0.4
HEIGHT = 150


def shares(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw one point per row (name, share_percent, low, high, greyed); greyed where the labels are too few."""
    fig = go.Figure()
    for row in rows.to_dict("records"):
        fig.add_trace(_point({str(name): value for name, value in row.items()}, dark))
    fig.update_xaxes(range=[0, 100], ticksuffix=" %", title={"text": "share of contacts"})
    fig.update_yaxes(range=[len(rows) - 0.4, -0.9], type="category")
    return fig


def _point(row: dict[str, Any], dark: bool) -> go.Scatter:
    value, mark = float(row["share_percent"]), NEUTRAL if row["is_coded"] else REMOVE
    low, high = (value if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    words = percent(value / 100)
    return go.Scatter(
        x=[value], y=[row["name"]], mode="markers+text", text=[words], textposition="top center", cliponaxis=False,
        textfont={"color": INK[dark]}, hovertemplate=f"{words}<extra></extra>",
        marker={"size": 12, "color": mark, "opacity": GREYED if row["greyed"] else 1.0},
        error_x={"type": "data", "symmetric": False, "array": [high - value], "arrayminus": [value - low],
                 "color": MUTED[dark], "thickness": 1.5, "width": 5},
    )  # fmt: skip
