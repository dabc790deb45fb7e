"""Figure of the label audit: the avoidable share as coded, and as the labels correct it, with its interval."""

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
        mark = NEUTRAL if row["is_coded"] else REMOVE
        value = float(row["share_percent"])
        low, high = (value if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
        fig.add_trace(
            go.Scatter(
                x=[value], y=[row["name"]], mode="markers+text", text=[f"{percent(value / 100)}"],
                textposition="top center", textfont={"color": INK[dark]}, opacity=GREYED if row["greyed"] else 1.0,
                marker={"size": 12, "color": mark}, hovertemplate=f"{percent(value / 100)}<extra></extra>",
                error_x={"type": "data", "symmetric": False, "array": [high - value], "arrayminus": [value - low],
                         "color": MUTED[dark], "thickness": 1.5, "width": 5},
            )
        )  # fmt: skip
    fig.update_xaxes(range=[0, 100], ticksuffix=" %", title={"text": "share of contacts"})
    fig.update_yaxes(autorange="reversed", type="category")
    return fig
