"""Figures of repeat contacts: the curve over windows, rates by kind, weeks with the zone not yet mature, the funnel."""

from datetime import date, timedelta
from itertools import chain
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts.marks import line_end, note, upright, zone
from analytics.charts.names import apart, labels
from analytics.charts.theme import AXIS_PIXELS, INK, MUTED, NEUTRAL, REMOVE, beside, label, word_colour
from analytics.questions.words import signed
from analytics.statistics.funnel import Z95, Z998, Floats, limits

BAND = {False: "rgba(123,135,148,0.22)", True: "rgba(163,176,188,0.22)"}
PERCENT_PIXELS = 64
"""Room of an axis of percent with its title."""
_QUIET: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False}


def window_curve(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw the repeat rate over windows of 1 to 30 days with its interval, and what recurs naturally.

    `rows` hold window_days, repeat_percent, low_percent, high_percent and natural_percent (NaN where not known).
    """
    lines = [
        *_band(rows["window_days"], rows["low_percent"], rows["high_percent"], dark),
        _line(rows, "repeat_percent", REMOVE, "repeat"),
        _line(rows.dropna(subset=["natural_percent"]), "natural_percent", NEUTRAL, "natural recurrence"),
    ]
    layout = {
        "margin": {"l": PERCENT_PIXELS, "b": AXIS_PIXELS},
        "xaxis": {"title": {"text": "window, days"}, "range": [0.5, 36], "tickvals": [1, 7, 14, 21, 30]},
        "yaxis": {"title": {"text": "of mature contacts"}, "ticksuffix": " %", "rangemode": "tozero", "nticks": 5},
    }
    return go.Figure(lines, layout)


def mark_window(fig: go.Figure, rows: pd.DataFrame, window_days: int, dark: bool) -> go.Figure:
    """Return the curve with one window marked; `fig` stays as it is, and is not checked again."""
    marks = {"shapes": [upright(window_days, INK[dark])], "annotations": _curve_words(rows, window_days, dark)}
    plain = fig.to_dict()
    return go.Figure({"data": plain["data"], "layout": {**plain["layout"], **marks}}, _validate=False)


def rate_bars(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw a bar by kind, natural part first, then what exceeds it, with the interval of the whole.

    `rows` hold name, natural_percent, excess_percent, repeat_percent, low_percent, high_percent and hover; where the
    split is not known, natural_percent is NaN and the whole is drawn neutral.
    """
    names = apart(labels(rows["name"], 24))
    known = rows["excess_percent"].notna()
    parts = [
        ("natural_percent", NEUTRAL, rows["natural_percent"].where(known, rows["repeat_percent"])),
        ("excess_percent", REMOVE, rows["excess_percent"].fillna(0.0)),
    ]
    bars = [
        go.Bar(y=names, x=value.tolist(), orientation="h", name=name, marker={"color": mark},
               hovertext=rows["hover"].tolist(), hoverinfo="text")
        for name, mark, value in parts
    ]  # fmt: skip
    layout = {
        "barmode": "stack",
        "xaxis": {"ticksuffix": " %", "nticks": 5, "range": [0, 1.2 * _most(rows["high_percent"])],
                  "title": {"text": "of mature contacts came back"}},
        "margin": beside(names),
        "yaxis": {"autorange": "reversed", "type": "category", "showgrid": False},
    }  # fmt: skip
    return go.Figure([*bars, _whiskers(rows, names, dark)], layout)


def weeks(rows: pd.DataFrame, immature_from: date, last_day: date, dark: bool) -> go.Figure:
    """Draw the weekly rate with its interval; days that cannot be followed to the end of the window are shaded.

    `rows` hold every week with repeat_percent, low_percent and high_percent; NaN, and a gap, where not known.
    """
    rows = rows.sort_values("week")
    known = rows["repeat_percent"].notna()
    alone = known & ~known.shift(1, fill_value=False) & ~known.shift(-1, fill_value=False)
    line = go.Scatter(
        x=rows["week"].tolist(), y=_or_gap(rows["repeat_percent"]), mode="lines+markers", name="repeat rate",
        connectgaps=False, line={"color": REMOVE, "width": 2}, marker={"size": [6 if one else 0 for one in alone]},
        hovertemplate="week of %{x|%-d %b %Y}: %{y:.1f} %<extra></extra>",
    )  # fmt: skip
    bands = [part for _, part in rows[known].groupby((~known).cumsum()[known])]
    end = last_day + timedelta(days=1)
    shaded = immature_from <= last_day
    layout = {
        "shapes": [zone(immature_from, end, BAND[dark])] if shaded else [],
        "annotations": [note(end, 1, "not yet mature", MUTED[dark], yref="paper", xanchor="right", yanchor="top",
                             textangle=-90)] if shaded else [],
        "yaxis": {"title": {"text": "came back within the window"}, "ticksuffix": " %", "rangemode": "tozero",
                  "nticks": 5},
    }  # fmt: skip
    edges = [_band(part["week"], part["low_percent"], part["high_percent"], dark) for part in bands]
    return go.Figure([*chain.from_iterable(edges), line], layout)


def team_funnel(rows: pd.DataFrame, target: float, dispersion: float, dark: bool) -> go.Figure:
    """Draw teams by size and rate within control limits; nothing is ranked.

    `rows` hold team, mature, repeat_percent and place.
    """
    size = np.geomspace(max(float(rows["mature"].min()) * 0.7, 10.0), float(rows["mature"].max()) * 1.3, 60)
    fig = go.Figure([_limit(size, side, z, dark) for z in (Z95, Z998) for side in limits(target, size, z, dispersion)])
    beyond = ~rows["place"].isin(["within", "not judged"])
    fig.add_trace(
        go.Scatter(
            x=rows["mature"].tolist(), y=rows["repeat_percent"].tolist(), mode="markers+text", name="teams",
            marker={"size": 9, "color": [REMOVE if out else NEUTRAL for out in beyond]},
            text=[label(team, 22) for team in rows["team"]], textposition="top center",
            textfont={"size": 12, "color": MUTED[dark]}, hoverinfo="text",
            hovertext=[f"{label(row['team'], 60)}: {signed(row['repeat_percent'], 1)} % of {row['mature']:,.0f}, "
                       f"{row['place']}" for row in rows.to_dict("records")],
        )
    )  # fmt: skip
    fig.add_hline(y=100 * target, line={"color": MUTED[dark], "width": 1})
    fig.update_xaxes(title_text="mature contacts of the team", nticks=6, rangemode="tozero")
    fig.update_yaxes(title_text="came back within the window", ticksuffix=" %", nticks=5)
    return fig


def _or_gap(column: "pd.Series[float]") -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in column]


def _band(x: "pd.Series[Any]", low: "pd.Series[float]", high: "pd.Series[float]", dark: bool) -> list[go.Scatter]:
    edge: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, **_QUIET}
    return [
        go.Scatter(x=x.tolist(), y=high.tolist(), **edge),
        go.Scatter(x=x.tolist(), y=low.tolist(), fill="tonexty", fillcolor=BAND[dark], **edge),
    ]


def _line(rows: pd.DataFrame, column: str, mark: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=rows["window_days"].tolist(), y=rows[column].tolist(), mode="lines", name=name,
        line={"color": mark, "width": 2.5 if mark == REMOVE else 1.5},
        hovertemplate=f"{name} within %{{x}} days: %{{y:.1f}} %<extra></extra>",
    )  # fmt: skip


def _curve_words(rows: pd.DataFrame, window_days: int, dark: bool) -> list[dict[str, Any]]:
    words = []
    for column, mark, name in (("repeat_percent", REMOVE, "repeat"), ("natural_percent", NEUTRAL, "natural")):
        known = rows.dropna(subset=[column]).tail(1)
        for day, value in zip(known["window_days"], known[column], strict=True):
            words.append(line_end(day, value, name, mark, dark))
    here = float(rows["repeat_percent"].to_numpy()[window_days - 1])
    if isfinite(here):
        words.append(note(window_days, here, f"{signed(here, 1)} % in {window_days} days", word_colour(REMOVE, dark),
                          xanchor="left" if window_days < 20 else "right", yanchor="top", yshift=-6,
                          xshift=4 if window_days < 20 else -4))  # fmt: skip
    return words


def _whiskers(rows: pd.DataFrame, names: list[str], dark: bool) -> go.Scatter:
    low, high = rows["low_percent"], rows["high_percent"]
    return go.Scatter(
        y=names, x=high.tolist(), mode="text", textposition="middle right", cliponaxis=False, **_QUIET,
        text=[f" {signed(one, 1)} %" if isfinite(one) else "" for one in rows["repeat_percent"]],
        textfont={"color": INK[dark]},
        error_x={"type": "data", "symmetric": False, "array": [0.0] * len(rows), "arrayminus": (high - low).tolist(),
                 "color": MUTED[dark], "thickness": 1.2, "width": 3},
    )  # fmt: skip


def _limit(size: Floats, limit: Floats, z: float, dark: bool) -> go.Scatter:
    wide = z == Z998
    return go.Scatter(
        x=size.tolist(), y=(100 * limit).tolist(), mode="lines", **_QUIET,
        line={"color": MUTED[dark], "width": 1, "dash": "solid" if wide else "dot"},
    )  # fmt: skip


def _most(column: "pd.Series[float]") -> float:
    return float(column.max()) if column.notna().any() else 100.0
