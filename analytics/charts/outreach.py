"""Figures of what follows what the company sends, and of contacts by how customers were won."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, MUTED, NEUTRAL, REMOVE, VALUE, ink_on, label, word_colour
from analytics.questions.words import signed

_PANEL = 0.52


def template_dots(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw by template who got in touch per 1,000 sent, and beside it the difference to the group held out.

    `rows` hold template, contacted_per_1000, low, high, net_per_1000, net_low, net_high (NaN where not known) and
    net_is_clear.
    """
    names = apart(labels(rows["template"], 28))
    fig = go.Figure(_dots(names, rows, ("contacted_per_1000", "low", "high"), [NEUTRAL] * len(rows), "x", dark))
    held = rows["net_per_1000"].notna().any()
    if held:
        marks = [_sense(*one) for one in zip(rows["net_per_1000"], rows["net_is_clear"], strict=True)]
        fig.add_trace(_dots(names, rows, ("net_per_1000", "net_low", "net_high"), marks, "x2", dark))
        fig.add_vline(x=0, xref="x2", line={"color": MUTED[dark], "width": 1})
    domain = [0, _PANEL - 0.04] if held else [0, 1]
    fig.update_layout(xaxis={"domain": domain, "rangemode": "tozero", "title": {"text": "per 1,000"}},
                      xaxis2={"domain": [_PANEL, 1], "title": {"text": "against held out"}})  # fmt: skip
    fig.update_yaxes(autorange="reversed", type="category")
    return fig


def rate_bars(rows: pd.DataFrame, company: float, dark: bool) -> go.Figure:
    """Draw contacts per customer a year by how customers were won, with the company as a line.

    `rows` hold acquisition_channel, contacts_per_year with low and high, against_all, differs and customers.
    """
    values, high = rows["contacts_per_year"].tolist(), rows["high"].fillna(rows["contacts_per_year"])
    stands_out = (rows["against_all"] >= 1) & rows["differs"]
    fig = go.Figure(
        go.Bar(
            y=apart(labels(rows["acquisition_channel"], 26)), x=values, orientation="h",
            marker={"color": [REMOVE if out else NEUTRAL for out in stands_out]},
            error_x={"type": "data", "symmetric": False, "array": (high - values).tolist(),
                     "arrayminus": (values - rows["low"]).fillna(0.0).tolist(), "color": INK[dark], "thickness": 1.2,
                     "width": 3},
            text=[f"{signed(value, 1)} " for value in values], textposition="inside", insidetextanchor="start",
            textangle=0, textfont={"color": ink_on(NEUTRAL)}, hoverinfo="text",
            hovertext=[_won(row) for row in rows.to_dict("records")],
        )
    )  # fmt: skip
    fig.add_vline(x=company, line={"color": MUTED[dark], "width": 1},
                  annotation={"text": f"all customers {signed(company, 1)}", "font": {"color": MUTED[dark], "size": 12},
                              "yanchor": "bottom", "showarrow": False}, annotation_position="top right")  # fmt: skip
    fig.update_xaxes(title_text="contacts per customer a year", nticks=5, rangemode="tozero",
                     range=[0, 1.15 * max([*high, company])])  # fmt: skip
    fig.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return fig


def _won(row: "dict[Any, Any]") -> str:
    return (
        f"{label(row['acquisition_channel'], 60)}: {row['contacts_per_year']:.2f} contacts a year "
        f"({row['low']:.2f} to {row['high']:.2f}), {row['customers']:,.0f} customers"
    )


def _dots(  # noqa: PLR0917
    names: list[str], rows: pd.DataFrame, columns: tuple[str, str, str], marks: list[str], axis: str, dark: bool
) -> go.Scatter:
    value, low, high = (rows[column].astype(float) for column in columns)
    whisker: dict[str, Any] = {"type": "data", "symmetric": False, "array": (high - value).tolist(),
                               "arrayminus": (value - low).tolist(), "color": MUTED[dark], "thickness": 1.2,
                               "width": 3}  # fmt: skip
    return go.Scatter(
        y=names, x=value.tolist(), xaxis=axis, mode="markers+text", error_x=whisker, name=columns[0],
        marker={"size": 9, "color": marks}, text=[signed(one) if one == one else "" for one in value],  # noqa: PLR0124
        textposition="top center", textfont={"size": 12, "color": [word_colour(mark, dark) for mark in marks]},
        hoverinfo="text",
        hovertext=[f"{name}: {signed(one)} ({signed(a)} to {signed(b)})" if one == one else f"{name}: not known"  # noqa: PLR0124
                   for name, one, a, b in zip(names, value, low, high, strict=True)],
    )  # fmt: skip


def _sense(difference: float, is_clear: bool) -> str:
    return NEUTRAL if not is_clear else REMOVE if difference > 0 else VALUE
