"""Figures of Taxonomy."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, PILLARS, assumed_pattern
from analytics.questions.words import money

ROOM = 1.2
"""Length of the axis over the longest bar, so that its label has room on a phone."""


def cost_by_reason(rows: pd.DataFrame, currency: str, dark: bool) -> go.Figure:
    """Draw one bar per reason in the colour of its class; hatched where confidence is low.

    `rows` holds name, class_, confidence and cost_per_year, dearest first.
    """
    shown = apart(labels(rows["name"]))
    fig = go.Figure(
        [
            _bars(part, str(kind), confidence == "low", INK[dark])
            for (kind, confidence), part in rows.assign(shown=shown).groupby(["class_", "confidence"], sort=False)
        ]
    )
    order = shown[::-1]
    fig.update_layout(barmode="stack", yaxis={"categoryorder": "array", "categoryarray": order, "showgrid": False})
    fig.update_xaxes(
        title_text=f"cost to serve, {currency} a year",
        nticks=5,
        tickformat="~s",
        range=[0, ROOM * max(rows["cost_per_year"])],
    )
    return fig


def _bars(part: pd.DataFrame, kind: str, unsure: bool, ink: str) -> go.Bar:
    mark = PILLARS.get(kind, PILLARS["undecided"])
    costs = part["cost_per_year"].tolist()
    return go.Bar(
        y=part["shown"].tolist(),
        x=costs,
        orientation="h",
        marker=assumed_pattern(mark) if unsure else {"color": mark},
        text=[money(cost) for cost in costs],
        textposition="outside",
        cliponaxis=False,
        textfont={"color": ink, "size": 13},
        hoverinfo="skip",
    )
