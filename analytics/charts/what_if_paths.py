"""Month by month: contacts with and without the change, people against who leaves, cash with its lowest point."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import GRID, INK, MUTED, NEUTRAL, RESTRUCTURE, VALUE, end_label, word_colour
from analytics.questions.words import money

ROOM_FOR_NAMES = 0.5
"""Room at the right for names of lines, as a part of the months: enough on a phone."""
LINE_OF_TEXT = 0.1
"""Height of a line of text, as a part of what the axis spans; at the height these figures are drawn in."""
RESULT = "#1F5F8B"
RESULT_DARK = "#6FB3DC"


def mark(dark: bool) -> str:
    """Return the colour of the result of a scenario."""
    return RESULT_DARK if dark else RESULT


def contacts(rows: pd.DataFrame, past: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw contacts by month: what was, what is expected without any change, and the result with its band.

    `rows` holds month, without, low, contacts, high; `past` month, contacts.
    """
    fig = go.Figure([*_band(rows, dark), _line(past, "contacts", NEUTRAL), _line(rows, "without", NEUTRAL, "dot"),
                     _line(rows, "contacts", mark(dark), width=2.5)])  # fmt: skip
    top = max(float(part.max()) for part in (rows["high"], past["contacts"]) if len(part))
    _ends(fig, rows, (("without", "without", NEUTRAL), ("contacts", "result", mark(dark))), dark, top)
    fig.update_yaxes(rangemode="tozero", nticks=5, tickformat="~s", title_text="contacts a month")
    return _months(fig, rows, past["month"].min() if len(past) else None, 0.2)


def people(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw people needed before and after, and people there if nobody who leaves is replaced.

    `rows` holds month, before, low, after, high and, where known, without_hiring.
    """
    fig = go.Figure([*_band(rows, dark), _line(rows, "before", NEUTRAL, "dot"),
                     _line(rows, "after", mark(dark), width=2.5)])  # fmt: skip
    names = [("before", "needed without", NEUTRAL), ("after", "needed", mark(dark))]
    if rows["without_hiring"].notna().all():
        fig.add_trace(_line(rows, "without_hiring", RESTRUCTURE, "dash"))
        names.append(("without_hiring", "none replaced", RESTRUCTURE))
    _ends(fig, rows, names, dark, float(rows[["high", *(column for column, _, _ in names)]].max().max()))
    fig.update_yaxes(rangemode="tozero", nticks=5, title_text="people")
    return _months(fig, rows, room=ROOM_FOR_NAMES)


def cash(rows: pd.DataFrame, trough: int, currency: str, dark: bool) -> go.Figure:
    """Draw cumulative cash with its band; the lowest point is named. `rows` holds month, low, cash, high."""
    fig = go.Figure([*_band(rows, dark), _line(rows, "cash", mark(dark), width=2.5)])
    fig.add_hline(y=0, line={"color": GRID[dark], "width": 2}, layer="below")
    low = rows.iloc[trough]
    if low["cash"] < 0:
        fig.add_annotation(
            x=low["month"], y=low["cash"], text=f"lowest {money(low['cash'], currency)}", showarrow=True, ay=28, ax=24,
            arrowcolor=MUTED[dark], arrowhead=0, font={"color": INK[dark], "size": 13},
        )  # fmt: skip
    end = rows.iloc[-1]
    fig.add_annotation(x=end["month"], y=end["cash"], text=money(end["cash"]), showarrow=False, xanchor="right",
                       yshift=14, font={"color": word_colour(VALUE, dark), "size": 13})  # fmt: skip
    fig.update_yaxes(nticks=5, tickformat="~s", title_text=f"cumulative, {currency}")
    return _months(fig, rows)


def service(rows: pd.DataFrame, target: float, dark: bool) -> go.Figure:
    """Draw percent answered in time by month, and the dotted target.

    `rows` holds month, as_today and, where known, unreplaced; all in percent.
    """
    goal = pd.DataFrame({"month": rows["month"], "goal": target})
    fig = go.Figure([_line(goal, "goal", NEUTRAL, "dot"), _line(rows, "as_today", mark(dark), width=2.5)])
    names = [("as_today", "today’s people", mark(dark))]
    if rows["unreplaced"].notna().all():
        fig.add_trace(_line(rows, "unreplaced", RESTRUCTURE, "dash"))
        names.append(("unreplaced", "none replaced", RESTRUCTURE))
    _ends(fig, rows, names, dark, 105)
    fig.update_yaxes(range=[0, 105], nticks=5, title_text="% answered in time")
    return _months(fig, rows, room=ROOM_FOR_NAMES)


def _band(rows: pd.DataFrame, dark: bool) -> list[go.Scatter]:
    months = rows["month"].tolist()
    shared: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    fill = "rgba(111,179,220,0.28)" if dark else "rgba(31,95,139,0.18)"
    return [
        go.Scatter(x=months, y=rows["high"].tolist(), **shared),
        go.Scatter(x=months, y=rows["low"].tolist(), fill="tonexty", fillcolor=fill, **shared),
    ]


def _line(rows: pd.DataFrame, column: str, colour: str, dash: str = "solid", width: float = 2) -> go.Scatter:
    return go.Scatter(
        x=rows["month"].tolist(), y=rows[column].tolist(), mode="lines",
        line={"color": colour, "width": width, "dash": dash},
        hovertemplate="%{x|%b %Y}: %{y:,.4~g}<extra></extra>",
    )  # fmt: skip


def _ends(fig: go.Figure, rows: pd.DataFrame, names: Sequence[tuple[str, str, str]], dark: bool, top: float) -> None:
    """Name each line at its end, kept apart where the lines meet; `top` is what the axis reaches up to."""
    end, line = rows.iloc[-1], LINE_OF_TEXT * top
    ordered = sorted(names, key=lambda name: -end[name[0]])
    heights = [float(end[column]) for column, _, _ in ordered]
    for place in range(1, len(heights)):
        heights[place] = min(heights[place], heights[place - 1] - line)
    heights[-1] = max(heights[-1], 0.0)  # the lowest name stays above the axis, the others make room
    for place in reversed(range(len(heights) - 1)):
        heights[place] = max(heights[place], heights[place + 1] + line)
    for (_, words, colour), y in zip(ordered, heights, strict=True):
        end_label(fig, (end["month"], y), words, colour, dark)


def _months(fig: go.Figure, rows: pd.DataFrame, first: pd.Timestamp | None = None, room: float = 0.0) -> go.Figure:
    """Fix the time axis to the months, with `room` at the right for the names of the lines, as a part of the whole."""
    begin, end = first or rows["month"].iloc[0], rows["month"].iloc[-1]
    fig.update_xaxes(type="date", range=[begin, end + room * (end - begin)], tickformat="%b %y", nticks=5,
                     showgrid=False, tickangle=0)  # fmt: skip
    return fig
