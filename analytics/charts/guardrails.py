"""Figure of guardrails: how much worse each got against untouched reasons, beside zero and what is tolerated."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import GRID, INK, MUTED, NEUTRAL, REMOVE, VALUE

ROW_PIXELS = 58
MARGIN_PIXELS = 90
_MARKS = {"held": VALUE, "worse": REMOVE}


def worsening(rows: pd.DataFrame, tolerated: float, dark: bool) -> go.Figure:
    """Draw `worsening` with `worsening_low` and `worsening_high`, percents, one row each; `tolerated` is a percent."""
    names = apart(map("<br>".join, zip(labels(rows["initiative"], 28), labels(rows["guardrail"], 28), strict=True)))
    high, low = rows["worsening_high"] - rows["worsening"], rows["worsening"] - rows["worsening_low"]
    fig = go.Figure(
        go.Scatter(
            x=rows["worsening"].tolist(),
            y=names,
            mode="markers",
            marker={"size": 12, "color": [_MARKS.get(str(verdict), NEUTRAL) for verdict in rows["verdict"]]},
            hovertemplate="%{x:+.0f} %<extra></extra>",
            error_x={
                "type": "data",
                "symmetric": False,
                "array": high.tolist(),
                "arrayminus": low.tolist(),
                "color": INK[dark],
                "thickness": 1.5,
                "width": 5,
            },
        )
    )
    fig.add_vline(x=0, line={"color": GRID[dark], "width": 2})
    fig.add_vline(x=tolerated, line={"color": MUTED[dark], "width": 1, "dash": "dash"})
    fig.add_annotation(
        x=tolerated, y=1, yref="paper", yanchor="bottom", xanchor="left", showarrow=False, text="tolerated",
        font={"color": MUTED[dark], "size": 12},
    )  # fmt: skip
    fig.update_xaxes(ticksuffix=" %", title={"text": "worse than untouched reasons lead to expect"})
    fig.update_yaxes(autorange="reversed", type="category")
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every row has room for its two lines."""
    return MARGIN_PIXELS + ROW_PIXELS * max(len(rows), 2)
