"""Figure of a relaxed handle-time target: net minutes a year over the fall of repeats, break-even and association."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import GRID, INK, MUTED, REDISTRIBUTE, VALUE, word_colour


def net_minutes(rows: pd.DataFrame, break_even: float, band: tuple[float, float] | None, dark: bool) -> go.Figure:
    """Draw net_minutes over fall_percent; `break_even` and the ends of `band` (the association) are percents."""
    fig = go.Figure(
        go.Scatter(
            x=rows["fall_percent"].tolist(), y=rows["net_minutes"].tolist(), mode="lines", name="net minutes",
            line={"color": REDISTRIBUTE, "width": 2},
            hovertemplate="repeats −%{x:.0f} %: %{y:+,.0f} minutes a year<extra></extra>",
        )
    )  # fmt: skip
    most = float(rows["fall_percent"].max())
    fig.add_hline(y=0, line={"color": GRID[dark], "width": 2})
    if band is not None:
        low, high = (min(max(end, 0.0), most) for end in band)
        fig.add_vrect(x0=low, x1=max(high, low + most / 200), fillcolor=VALUE, opacity=0.2, line_width=0)
        _word(fig, (low + high) / 2, "in your data", word_colour(VALUE, dark), 0.0)
    if break_even <= most:
        fig.add_vline(x=break_even, line={"color": INK[dark], "width": 1, "dash": "dot"})
        _word(fig, break_even, f"break-even {break_even:.0f} %", MUTED[dark], 1.0)
    fig.update_xaxes(ticksuffix=" %", title={"text": "repeats fall by"}, range=[0, most])
    fig.update_yaxes(title={"text": "handled minutes a year"}, nticks=5)
    return fig


def _word(fig: go.Figure, x: float, text: str, colour: str, y: float) -> None:
    fig.add_annotation(
        x=x, y=y, yref="paper", yanchor="bottom", xanchor="left", showarrow=False, text=text,
        font={"color": colour, "size": 12},
    )  # fmt: skip
