"""Figure of the demand generators: bars by weight with their avoidable part, intervals, and the cumulative share."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import apart, labels
from analytics.charts.theme import INK, MUTED, NEUTRAL, REMOVE, VALUE, assumed_pattern, beside, ink_on, word_colour
from analytics.questions.words import money, signed

Plain = dict[str, Any]
BAR_PIXELS, TWO_LINES_PIXELS = 30, 42
MARGIN_PIXELS = 78
NAME_LENGTH = 26
GREYED = 0.45
"""Opacity of bars that stand for fewer than 30 contacts."""
_PANEL = 0.80
"""Part of the width that the bars take; the cumulative share has the rest."""


def generator_bars(rows: pd.DataFrame, unit: str, currency: str, dark: bool, chosen: int | None = None) -> go.Figure:
    """Draw bars, heaviest on top, avoidable part first; the cumulative share in a narrow panel of its own.

    `rows` hold label, value, avoidable, rest (both NaN when not known), low, high, cumulative_percent, greyed and
    hover. `currency` is empty for everything but cost; `chosen` is the row that stands out. Built as plain values,
    which are not checked again: this figure is drawn with every switch.
    """
    names = bar_names(rows)
    traces = [*_bars(rows, names, chosen), _ends(rows, names, currency, dark)]
    if rows["cumulative_percent"].notna().any():
        traces.append(_cumulative(rows, names, dark))
    longest = float(rows[["value", "high"]].max().max() or 1.0)
    layout = {
        "barmode": "stack", "clickmode": "event+select", "margin": beside(names),
        "xaxis": {"domain": [0, _PANEL - 0.03], "title": {"text": unit}, "nticks": 4, "range": [0, 1.38 * longest]},
        "xaxis2": {"domain": [_PANEL, 1], "range": [0, 112], "tickvals": [0, 100], "tickangle": 0,
                   "title": {"text": "sum, %"}},
        "yaxis": {"autorange": "reversed", "type": "category", "showgrid": False},
    }  # fmt: skip
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every bar has room for its name."""
    two_lines = rows["label"].astype(str).str.contains(": ").any()
    return MARGIN_PIXELS + (TWO_LINES_PIXELS if two_lines else BAR_PIXELS) * max(len(rows), 2)


def bar_names(rows: pd.DataFrame) -> list[str]:
    """Return what stands beside the bars: short, in two lines where it has two parts, no two the same."""
    parts = [str(name).partition(": ") for name in rows["label"]]
    heads, tails = (labels([part[place] for part in parts], NAME_LENGTH) for place in (0, 2))
    return apart(f"{head}<br>{tail}" if tail else head for head, tail in zip(heads, tails, strict=True))


def _bars(rows: pd.DataFrame, names: list[str], chosen: int | None) -> list[Plain]:
    known = rows["avoidable"].notna().any()
    parts = [("avoidable", REMOVE), ("rest", NEUTRAL)] if known else [("value", NEUTRAL)]
    bars = [_bar(rows, names, column, mark) for column, mark in parts if rows[column].abs().sum() > 0]
    return bars if chosen is None else [{**bar, "selectedpoints": [chosen]} for bar in bars]


def _bar(rows: pd.DataFrame, names: list[str], column: str, mark: str) -> Plain:
    return {
        "type": "bar", "y": names, "x": rows[column].tolist(), "orientation": "h", "name": column,
        "marker": {"color": mark, "opacity": [GREYED if greyed else 1.0 for greyed in rows["greyed"]]},
        "customdata": list(range(len(rows))), "hovertext": rows["hover"].tolist(), "hoverinfo": "text",
        "unselected": {"marker": {"opacity": 0.35}},
    }  # fmt: skip


def _ends(rows: pd.DataFrame, names: list[str], currency: str, dark: bool) -> Plain:
    """Write the value beside each bar, with its interval as a whisker."""
    value = rows["value"]
    low, high = rows["low"].fillna(value), rows["high"].fillna(value)
    return {
        "type": "scatter", "y": names, "x": high.tolist(), "mode": "text", "textposition": "middle right",
        "hoverinfo": "skip", "cliponaxis": False,
        "text": [f" {money(one) if currency else signed(one)}" for one in value], "textfont": {"color": INK[dark]},
        "unselected": {"textfont": {"color": INK[dark]}},
        "error_x": {"type": "data", "symmetric": False, "array": [0.0] * len(rows), "arrayminus": (high - low).tolist(),
                 "color": MUTED[dark], "thickness": 1.2, "width": 3},
    }  # fmt: skip


def _cumulative(rows: pd.DataFrame, names: list[str], dark: bool) -> Plain:
    share = rows["cumulative_percent"].tolist()
    last = len(share) - 1
    return {
        "type": "scatter", "y": names, "x": share, "mode": "lines+markers+text", "xaxis": "x2",
        "line": {"color": NEUTRAL, "width": 1.5},
        "marker": {"size": 5, "color": NEUTRAL}, "textposition": "middle left",
        "text": ["" if row < last else f"{signed(one)} %  " for row, one in enumerate(share)], "cliponaxis": False,
        "textfont": {"color": word_colour(NEUTRAL, dark), "size": 12}, "hoverinfo": "text",
        "unselected": {"textfont": {"color": word_colour(NEUTRAL, dark)}, "marker": {"opacity": 1}},
        "hovertext": [f"the first {row + 1}: {signed(one)} %" for row, one in enumerate(share)],
    }  # fmt: skip


STATE_COLOURS = {"negative": REMOVE, "locked": VALUE, "none": NEUTRAL, "unknown": NEUTRAL}


def state_bar(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw one bar of 100 %: rows hold cause_state, label and share_percent."""
    fig = go.Figure([_state(row, dark) for row in rows.to_dict("records")])
    fig.update_layout(barmode="stack", bargap=0.1)
    fig.update_xaxes(range=[0, 100], visible=False)
    fig.update_yaxes(visible=False)
    return fig


def state_names(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the parts in the order of the bar with the colour of their words."""
    words = {"negative": "remove", "locked": "value", "none": "undecided", "unknown": "unknown"}
    return [
        (f"{row['label']}{' (hatched)' if row['cause_state'] == 'unknown' else ''}", words[str(row["cause_state"])])
        for row in rows.to_dict("records")
    ]


def _state(row: dict[Hashable, Any], dark: bool) -> go.Bar:
    mark = STATE_COLOURS[str(row["cause_state"])]
    unknown, share = row["cause_state"] == "unknown", float(row["share_percent"])
    return go.Bar(
        y=[""], x=[share], orientation="h", marker=assumed_pattern(mark) if unknown else {"color": mark},
        text=f"{signed(share)} %" if share >= 4 else "", textposition="inside", insidetextanchor="middle",
        textangle=0, textfont={"color": INK[dark] if unknown else ink_on(mark), "size": 13},
        hovertext=f"{row['label']}: {signed(share, 1)} %, {money(row['cost'])}", hoverinfo="text",
    )  # fmt: skip
