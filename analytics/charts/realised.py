"""Figures of realised against promised: effects with intervals, and the months of one reason beside the others."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import GRID, INK, MUTED, NEUTRAL, REDISTRIBUTE, REMOVE, end_label

ROW_PIXELS = 58
MARGIN_PIXELS = 80


def effects(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw effect with interval (dot), promise (diamond) and the naive figure (cross) per row of percents."""
    names = apart(map("<br>".join, zip(labels(rows["initiative"], 28), labels(rows["reason"], 28), strict=True)))
    fig = go.Figure(
        [
            _marks(rows, names, "naive", ("x-thin-open", MUTED[dark]), "three months after against three before"),
            _marks(rows, names, "promised", ("diamond-open", REDISTRIBUTE), "promised"),
            _found(rows, names, dark),
        ]
    )
    fig.add_vline(x=0, line={"color": GRID[dark], "width": 2})
    fig.update_xaxes(ticksuffix=" %", title={"text": "change of contacts"})
    fig.update_yaxes(autorange="reversed", type="category")
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every row has room for its two lines."""
    return MARGIN_PIXELS + ROW_PIXELS * max(len(rows), 2)


def months(rows: pd.DataFrame, launched: pd.Timestamp, name: str, dark: bool) -> go.Figure:
    """Draw month, treated and others (100 = the mean before the launch), with the launch and the months left out."""
    fig = go.Figure(
        [
            _line(rows, "others", NEUTRAL, "untouched reasons"),
            _line(rows, "treated", REMOVE, name),
        ]
    )
    left_out = rows[rows["left_out"]]
    if len(left_out):
        fig.add_vrect(
            x0=left_out["month"].min(), x1=launched, fillcolor=NEUTRAL, opacity=0.15, line_width=0, layer="below"
        )
    fig.add_vline(x=launched, line={"color": INK[dark], "width": 1, "dash": "dot"})
    fig.add_annotation(
        x=launched, y=1, yref="paper", yanchor="bottom", xanchor="left", showarrow=False, text="launch",
        font={"color": MUTED[dark], "size": 12},
    )  # fmt: skip
    last = rows.iloc[-1]
    ends = sorted([("treated", name, REMOVE), ("others", "untouched reasons", NEUTRAL)], key=lambda one: -last[one[0]])
    for place, (column, words, mark) in enumerate(ends):
        end_label(fig, (last["month"], float(last[column])), words, mark, dark)
        fig.layout.annotations[-1].update(yshift=14 if place == 0 else -14, xanchor="right", xshift=-2)
    fig.update_yaxes(title={"text": "index, mean before launch = 100"}, nticks=5)
    return fig


def _marks(rows: pd.DataFrame, names: list[str], column: str, look: tuple[str, str], words: str) -> go.Scatter:
    symbol, mark = look
    return go.Scatter(
        x=rows[column].tolist(), y=names, mode="markers", name=words,
        marker={"symbol": symbol, "size": 12, "color": mark, "line": {"width": 2, "color": mark}},
        hovertemplate=f"{words}: %{{x:.0f}} %<extra></extra>",
    )  # fmt: skip


def _found(rows: pd.DataFrame, names: list[str], dark: bool) -> go.Scatter:
    high, low = rows["high"] - rows["effect"], rows["effect"] - rows["low"]
    return go.Scatter(
        x=rows["effect"].tolist(), y=names, mode="markers", name="found",
        marker={"size": 12, "color": REMOVE}, hovertemplate="found: %{x:.0f} %<extra></extra>",
        error_x={"type": "data", "symmetric": False, "array": high.tolist(), "arrayminus": low.tolist(),
                 "color": INK[dark], "thickness": 1.5, "width": 5},
    )  # fmt: skip


def _line(rows: pd.DataFrame, column: str, mark: str, words: str) -> go.Scatter:
    return go.Scatter(
        x=rows["month"].tolist(), y=rows[column].tolist(), mode="lines", name=words, line={"color": mark, "width": 2},
        hovertemplate="%{x|%b %Y}: %{y:.0f}<extra></extra>",
    )  # fmt: skip
