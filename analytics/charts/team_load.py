"""Figure of the change team: people the initiatives keep by month as bars, people there as a stepped line."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts.marks import note
from analytics.charts.theme import INK, NEUTRAL, REDISTRIBUTE


def load_bars(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw planned and at_once people by month, stacked; capacity as a line where it is known (NaN where not)."""
    months = [f"{month:%b %y}" for month in rows["month"]]
    bars = [
        go.Bar(x=months, y=rows[name].tolist(), marker={"color": mark}, name=words, customdata=[words] * len(rows),
               hovertemplate="%{x}: %{y:g} people, %{customdata}<extra></extra>")
        for name, mark, words in (("planned", REDISTRIBUTE, "begun or planned"),
                                  ("at_once", NEUTRAL, "no month yet, as if at once"))
    ]  # fmt: skip
    line = go.Scatter(
        x=months, y=rows["capacity"].tolist(), mode="lines", line={"color": INK[dark], "width": 2, "shape": "hvh"},
        hovertemplate="%{x}: %{y:g} people there<extra></extra>",
    )  # fmt: skip
    held = np.flatnonzero(rows["capacity"].notna())
    words = [note(months[place], float(rows["capacity"].iloc[place]), "people there", INK[dark], xanchor="right",
                  yshift=12) for place in held[-1:]]  # fmt: skip
    return go.Figure([*bars, *([line] if len(held) else [])], {
        "annotations": words,
        "barmode": "stack", "yaxis": {"title": {"text": "people"}, "rangemode": "tozero", "nticks": 5},
        "xaxis": {"type": "category", "tickangle": 0, "nticks": 6},
    })  # fmt: skip
