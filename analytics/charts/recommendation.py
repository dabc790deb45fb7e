"""Figure of recommending by effort: the share who would recommend with its interval, easiest on top."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import INK, NEUTRAL
from analytics.questions.words import percent

ROW_PIXELS = 34
MARGIN_PIXELS = 80
PALE = 0.45
"""Opacity of a level with fewer than 30 answers."""
_ENDS = {1: "1 easiest", 7: "7 hardest"}


def promoter_dots(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw share with low and high (0–1) by effort (1–7), pale where greyed."""
    names = [_ENDS.get(int(effort), str(effort)) for effort in rows["effort"]]
    share = 100 * rows["share"]
    fig = go.Figure(
        go.Scatter(
            x=share.tolist(), y=names, mode="markers", hoverinfo="text",
            marker={"size": 11, "color": NEUTRAL, "opacity": [PALE if one else 1.0 for one in rows["greyed"]]},
            hovertext=[f"effort {name}: {percent(one)} of {n:,.0f} answers"
                       for name, one, n in zip(names, rows["share"], rows["answers"], strict=True)],
            error_x={"type": "data", "symmetric": False, "array": (100 * rows["high"] - share).tolist(),
                     "arrayminus": (share - 100 * rows["low"]).tolist(), "color": INK[dark], "thickness": 1.2,
                     "width": 3},
        )
    )  # fmt: skip
    fig.update_xaxes(title_text="would recommend (9 or 10 of 10), %", range=[0, 100], nticks=6)
    fig.update_yaxes(title_text="effort", autorange="reversed", type="category")
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every level has room."""
    return MARGIN_PIXELS + ROW_PIXELS * max(len(rows), 2)
