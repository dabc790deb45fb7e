"""Figures of the portfolio: the most value each budget buys, and money against what customers are spared."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import INK, MUTED, NEUTRAL, VALUE, label, word_colour
from analytics.questions.words import money, thousands

HEIGHT = 300


def frontier(rows: pd.DataFrame, currency: str, dark: bool) -> go.Figure:
    """Draw value a year over one-off cost: best sets by budget as steps, the chosen and the next-best set as points.

    `rows` hold part (best by budget, chosen, next best), cost, value and initiatives.
    """
    line = rows[rows["part"] == "best by budget"]
    fig = go.Figure([_steps(line, currency)])
    for part, mark, place in (("next best", NEUTRAL, "bottom"), ("chosen", VALUE, "top")):
        fig.add_trace(_point(rows[rows["part"] == part], part, mark, f"{place} {_side(rows, part)}", dark))
    most = max(float(rows["cost"].max()), 1.0)
    top = max(float(rows["value"].max()), 1.0)
    fig.update_xaxes(title={"text": f"one-off cost, {currency}"}, range=[-0.03 * most, 1.12 * most], nticks=5)
    fig.update_yaxes(range=[min(0.0, 1.1 * float(rows["value"].min())),
                                                                         1.2 * top], nticks=5)  # fmt: skip
    fig.update_layout(hoverlabel={"font": {"color": INK[not dark]}})
    return fig


def _side(rows: pd.DataFrame, part: str) -> str:
    """Return the side of a point on which its name has room."""
    at = rows.loc[rows["part"] == part, "cost"].max()
    return "left" if at > rows["cost"].max() / 2 else "right"


def _steps(rows: pd.DataFrame, currency: str) -> go.Scatter:
    return go.Scatter(
        x=rows["cost"].tolist(), y=rows["value"].tolist(), mode="lines+markers", name="best by budget",
        line={"shape": "hv", "color": MUTED[False], "width": 1.5}, marker={"color": NEUTRAL, "size": 7},
        hoverinfo="text", hovertext=_hover(rows, currency),
    )  # fmt: skip


def _point(rows: pd.DataFrame, part: str, mark: str, place: str, dark: bool) -> go.Scatter:
    return go.Scatter(
        x=rows["cost"].tolist(), y=rows["value"].tolist(), mode="markers+text", name=part, cliponaxis=False,
        text=[part for _ in range(len(rows))], textposition=place, textfont={"color": word_colour(mark, dark)},
        marker={"color": mark, "size": 13, "symbol": "diamond"}, hoverinfo="skip",
    )  # fmt: skip


def _hover(rows: pd.DataFrame, currency: str) -> list[str]:
    each = zip(rows["cost"], rows["value"], rows["initiatives"], strict=True)
    return [f"{money(value, currency)} a year for {money(cost, currency)}, {count} funded"
            for cost, value, count in each]  # fmt: skip


def two_aims(rows: pd.DataFrame, at: int, unit: str, currency: str, dark: bool) -> go.Figure:
    """Draw value a year over what customers are spared: sets no other beats in both, the one at place `at` named.

    `rows` hold value, spared and initiatives (names in words), most money first.
    """
    fig = go.Figure(go.Scatter(
        x=rows["spared"].tolist(), y=rows["value"].tolist(), mode="lines+markers", name="sets no other beats",
        line={"color": MUTED[False], "width": 1.5}, marker={"color": NEUTRAL, "size": 9}, hoverinfo="text",
        hovertext=[f"{money(value, currency)} a year, {thousands(spared)} {unit} spared: {label(names, 300)}"
                   for value, spared, names in zip(rows["value"], rows["spared"], rows["initiatives"], strict=True)],
    ))  # fmt: skip
    here = rows.iloc[[at]]
    fig.add_trace(go.Scatter(
        x=here["spared"].tolist(), y=here["value"].tolist(), mode="markers+text", name="looked at", cliponaxis=False,
        text=["looked at"], textposition="top right" if at < len(rows) / 2 else "bottom left",
        textfont={"color": word_colour(VALUE, dark)}, marker={"color": VALUE, "size": 14, "symbol": "diamond"},
        hoverinfo="skip",
    ))  # fmt: skip
    fig.update_xaxes(title={"text": f"{unit} customers are spared a year"}, nticks=5, range=_around(rows["spared"]))
    fig.update_yaxes(nticks=5, range=_around(rows["value"]))
    fig.update_layout(hoverlabel={"font": {"color": INK[not dark]}})
    return fig


def _around(values: "pd.Series[float]") -> list[float]:
    """Return the ends of an axis with room for names; not from zero, because points are compared with each other."""
    least, most = float(values.min()), float(values.max())
    room = 0.15 * (most - least) or 1.0
    return [least - room, most + room]
