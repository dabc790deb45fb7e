"""Figures of the trend: months of each cause with the events drawn on them, and what changed by reason."""

from collections.abc import Hashable
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.marks import note, upright
from analytics.charts.theme import INK, MUTED, NEUTRAL, REMOVE, VALUE, label, text_pixels, word_colour
from analytics.contract import CAUSES
from analytics.questions.words import signed

LEAST_GAP = 0.075
"""Least distance between the names at the ends of lines, as a part of the height."""
BEHIND = {False: "rgba(255,255,255,0.7)", True: "rgba(17,23,29,0.7)"}
"""Paper behind names that stand on lines."""
_NAME_LENGTH = 24
NEAR = 0.045
"""Events closer than this part of the time drawn share one mark."""
PHONE = 290
"""Pixels of the time drawn on a phone: numbers that would meet there stand one above the other."""
_RAISED = 15
_SHORT = {"defect": "Defect or poor design", "policy": "Policy", "process": "Process", "communication": "Communication",
          "repeat": "Repeat", "fit": "Wrong fit", "none": "No cause", "unknown": "Not known"}  # fmt: skip


def trend_lines(rows: pd.DataFrame, column: str, unit: str, events: pd.DataFrame, told: str, dark: bool) -> go.Figure:  # noqa: PLR0917
    """Draw one line a key, named at its end; the one called `told` stands out. Events are numbered lines.

    `rows` hold month, key, label and `column`; `events` hold number, started_on and name.
    """
    shapes, numbers = event_marks(events, pd.Timestamp(rows["month"].max()) - pd.Timestamp(rows["month"].min()), dark)
    layout = {
        "shapes": shapes,
        "annotations": [*_names(rows, column, told, dark), *numbers],
        "yaxis": {"title": {"text": unit}, "rangemode": "tozero", "nticks": 5},
        "margin": {"t": above(numbers)},
    }
    return go.Figure([_line(part, column, str(key) == told) for key, part in rows.groupby("key", sort=False)], layout)


def event_marks(
    events: pd.DataFrame, drawn: pd.Timedelta, dark: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return a dotted line for each event and its number above; numbers that would overlap stand together."""
    groups = _together(events, drawn)
    lines = [upright(row["started_on"], MUTED[dark], dash="dot", opacity=0.6) for near in groups for row in near]
    return lines, _raised([_numbers(near, dark) for near in groups], drawn)


def above(numbers: list[dict[str, Any]]) -> int:
    """Return the room that the numbers of events need above a figure, in pixels."""
    return 18 + max((number.get("yshift", 0) for number in numbers), default=0)


def change_bars(rows: pd.DataFrame, unit: str, digits: int, dark: bool) -> go.Figure:
    """Draw what came (orange) or went (green) as bars from zero; rows hold name, difference and hover."""
    values = rows["difference"].tolist()
    most = max((abs(value) for value in values), default=1.0) or 1.0
    fig = go.Figure(
        go.Bar(
            y=[label(name, 26) for name in rows["name"]], x=values, orientation="h",
            marker={"color": [REMOVE if value > 0 else VALUE for value in values]},
            text=[f" {'+' if value > 0 else ''}{signed(value, digits)} " for value in values], textposition="outside",
            cliponaxis=False, textfont={"color": INK[dark]}, hoverinfo="text",
            hovertext=rows["hover"].tolist(),
        )
    )  # fmt: skip
    fig.update_xaxes(title_text=unit, nticks=5, range=[-1.6 * most, 1.6 * most])
    fig.update_yaxes(autorange="reversed", type="category", showgrid=False)
    return fig


def _line(part: pd.DataFrame, column: str, stands_out: bool) -> go.Scatter:
    name = label(part["label"].iloc[0], 60)
    return go.Scatter(
        x=part["month"].tolist(), y=part[column].tolist(), mode="lines", name=name,
        line={"color": REMOVE if stands_out else NEUTRAL, "width": 2.5 if stands_out else 1.5},
        hovertemplate=f"{name}, %{{x|%b %Y}}: %{{y:,.1f}}<extra></extra>",
    )  # fmt: skip


def _short(key: str, name: str) -> str:
    return _SHORT[key] if name == CAUSES.get(key) else label(name, _NAME_LENGTH)


def _ends(rows: pd.DataFrame, column: str) -> list[tuple[Any, float, float, str, str]]:
    """Return for each line where it ends and where its name has room, from the lowest up."""
    last = rows.dropna(subset=[column]).groupby("key", sort=False).tail(1).sort_values(column)
    gap = LEAST_GAP * float(rows[column].max() or 1.0)
    placed: list[tuple[Any, float, float, str, str]] = []
    at = -gap
    for row in last.to_dict("records"):
        at = max(float(row[column]), at + gap)
        placed.append((row["month"], float(row[column]), at, str(row["label"]), str(row["key"])))
    return placed


def _names(rows: pd.DataFrame, column: str, told: str, dark: bool) -> list[dict[str, Any]]:
    return [
        note(x, at, _short(key, name), word_colour(REMOVE if key == told else NEUTRAL, dark), xanchor="right",
             yanchor="bottom", bgcolor=BEHIND[dark], hovertext=f"{label(name, 60)}: {signed(y, 1)}")
        for x, y, at, name, key in _ends(rows, column)
    ]  # fmt: skip


def _numbers(near: list[dict[Hashable, Any]], dark: bool) -> dict[str, Any]:
    said = "<br>".join(f"{_day(row['started_on'])}: {label(row['name'], 80)}" for row in near)
    numbers = ", ".join(str(row["number"]) for row in near)
    return note(near[0]["started_on"], 1, numbers, MUTED[dark], yref="paper", yanchor="bottom", hovertext=said)


def _raised(numbers: list[dict[str, Any]], drawn: pd.Timedelta) -> list[dict[str, Any]]:
    """Return the numbers, each that would meet the one before it on a phone a line higher."""
    placed: list[dict[str, Any]] = []
    for number in numbers:
        before = placed[-1] if placed else None
        meets = before is not None and not before.get("yshift") and _meet(before, number, drawn)
        placed.append({**number, "yshift": _RAISED} if meets else number)
    return placed


def _meet(one: dict[str, Any], other: dict[str, Any], drawn: pd.Timedelta) -> bool:
    needed = (text_pixels([one["text"]]) + text_pixels([other["text"]])) / 2 + 4
    return bool(PHONE * (other["x"] - one["x"]) < needed * drawn)


def _together(events: pd.DataFrame, drawn: pd.Timedelta) -> list[list[dict[Hashable, Any]]]:
    """Return the events in groups whose numbers would overlap."""
    groups: list[list[dict[Hashable, Any]]] = []
    for row in events.to_dict("records"):
        if groups and row["started_on"] - groups[-1][0]["started_on"] <= drawn * NEAR:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _day(at: date) -> str:
    return f"{at.day} {at:%b %Y}"
