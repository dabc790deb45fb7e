"""Figure of the shared account: what each function's causes cost a year, and how much the backlog would save of it."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, MUTED, NEUTRAL, VALUE, assumed_pattern
from analytics.questions.words import money

BAR_PIXELS = 34
MARGIN_PIXELS = 78
PALE = 0.45
_WORDS = {"cost": "cost of what it can end", "saving": "shared saving, expected"}


def shared_bars(rows: pd.DataFrame, currency: str, dark: bool) -> go.Figure:
    """Draw owner, cost with low and high, and saving (hatched: an expectation) within it, largest on top."""
    names = apart(labels(rows["owner"], 26))
    fig = go.Figure(
        [
            _bar(rows, names, "cost", {"color": NEUTRAL, "opacity": PALE}, 0.62),
            _bar(rows, names, "saving", assumed_pattern(VALUE), 0.34),
            _ends(rows, names, dark),
        ]
    )
    fig.update_layout(barmode="overlay")
    most = float(rows[["cost", "high", "saving"]].max().max() or 1.0)
    fig.update_xaxes(title={"text": f"{currency} a year"}, rangemode="tozero", nticks=4, range=[0, 1.25 * most])
    fig.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return fig


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every pair of bars has room."""
    return MARGIN_PIXELS + BAR_PIXELS * max(len(rows), 2)


def _bar(rows: pd.DataFrame, names: list[str], column: str, marker: dict[str, object], width: float) -> go.Bar:
    words = _WORDS[column]
    return go.Bar(
        y=names, x=rows[column].tolist(), orientation="h", name=words, marker=marker, width=width,
        hovertext=[f"{words}: {money(value)}" for value in rows[column]], hoverinfo="text",
    )  # fmt: skip


def _ends(rows: pd.DataFrame, names: list[str], dark: bool) -> go.Scatter:
    high, low = rows["high"].fillna(rows["cost"]), rows["low"].fillna(rows["cost"])
    return go.Scatter(
        y=names, x=high.tolist(), mode="text", textposition="middle right", hoverinfo="skip", cliponaxis=False,
        text=[f" {money(value)}" for value in rows["cost"]], textfont={"color": INK[dark]},
        error_x={"type": "data", "symmetric": False, "array": [0.0] * len(rows), "arrayminus": (high - low).tolist(),
                 "color": MUTED[dark], "thickness": 1.2, "width": 3},
    )  # fmt: skip
