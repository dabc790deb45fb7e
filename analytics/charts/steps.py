"""Figure of hand-offs by reason: the share handed on with its interval, beside what the best quarter of teams reach."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, REMOVE, VALUE

ROW_PIXELS = 32
MARGIN_PIXELS = 80


def hand_off_dots(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw share_percent with low_percent and high_percent (dot) and best_percent (diamond) per row, named `label`."""
    names = apart(labels(rows["label"], 28))
    high, low = rows["high_percent"] - rows["share_percent"], rows["share_percent"] - rows["low_percent"]
    fig = go.Figure([
        go.Scatter(
            x=rows["share_percent"].tolist(), y=names, mode="markers", marker={"size": 10, "color": REMOVE},
            hovertemplate="handed on: %{x:.1f} %<extra></extra>",
            error_x={"type": "data", "symmetric": False, "array": high.tolist(), "arrayminus": low.tolist(),
                     "color": INK[dark], "thickness": 1.2, "width": 3},
        ),
        go.Scatter(
            x=rows["best_percent"].tolist(), y=names, mode="markers",
            marker={"symbol": "diamond-open", "size": 11, "color": VALUE, "line": {"width": 2, "color": VALUE}},
            hovertemplate="best quarter of teams: %{x:.1f} %<extra></extra>",
        ),
    ])  # fmt: skip
    fig.update_xaxes(ticksuffix=" %", title={"text": "of contacts handed on"}, rangemode="tozero")
    fig.update_yaxes(autorange="reversed", type="category")
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every row has room."""
    return MARGIN_PIXELS + ROW_PIXELS * max(len(rows), 2)
