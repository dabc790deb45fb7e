"""The main picture of the what-if: from today to the result, the steps large beside small totals."""

from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import (
    GRID,
    INK,
    MOVED,
    MUTED,
    NEUTRAL,
    PILLARS,
    REMOVE,
    assumed_pattern,
    label,
    word_colour,
)
from analytics.questions.words import money

Plain = dict[str, Any]
COLOURS: Final = {"removed": REMOVE, "moved": MOVED, "harder": NEUTRAL, "restructure": PILLARS["restructure"],
                  "value": PILLARS["value"], "programme": "#4B5763"}  # fmt: skip
ROW: Final = 58
"""Pixels of one row: its words above, its bar below."""
_TOTAL: Final = {False: "#3C4A58", True: "#8E9BA8"}
_DARK: Final = {"programme": "#9AA7B4"}


def bridge_height(steps: int) -> int:
    """Return the pixels the bridge needs with this many steps."""
    return ROW * (steps + 2) + 24


def bridge(rows: pd.DataFrame, today: float, result: tuple[float, float, float], currency: str,
           dark: bool) -> go.Figure:  # fmt: skip
    """Draw today, each step, and the result as rows; totals from zero on their own scale, steps on theirs.

    `rows` holds step, words, low, cost, high, start, assumed; `result` is P10, P50, P90. Words and values stand above
    each bar, so no label meets a whisker. Built as plain values: this figure is drawn with every key press.
    """
    count = len(rows) + 2
    steps = [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]
    hidden = {"visible": False, "fixedrange": True}
    layout = {
        "barmode": "overlay", "annotations": _words(steps, (today, *result), currency, dark),
        "shapes": _lines(steps, dark),
        "xaxis": {"range": [0, 1.02 * max(today, result[2])], **hidden},
        "xaxis2": {"range": _span(rows), "overlaying": "x", **hidden},
        "yaxis": {"range": [-0.45, count - 0.28], **hidden},
    }  # fmt: skip
    bars = [_step(row, count - 2 - place, dark) for place, row in enumerate(steps)]
    return go.Figure({"data": [_totals([count - 1, 0], today, result, dark), *bars], "layout": layout}, _validate=False)


def _totals(places: list[int], today: float, result: tuple[float, float, float], dark: bool) -> Plain:
    below, above = max(result[1] - result[0], 0.0), max(result[2] - result[1], 0.0)
    return {
        "type": "bar", "y": places, "x": [today, result[1]], "orientation": "h", "width": 0.34,
        "marker": {"color": _TOTAL[dark]}, "hoverinfo": "skip",
        "error_x": _whisker([0.0, above], [0.0, below], INK[dark]),
    }  # fmt: skip


def _step(row: dict[str, Any], place: int, dark: bool) -> Plain:
    mark = _mark(row["step"], dark)
    return {
        "type": "bar", "y": [place], "x": [row["cost"]], "base": [row["start"]], "orientation": "h", "width": 0.34,
        "xaxis": "x2", "hoverinfo": "skip",
        "marker": assumed_pattern(mark) | {"line": {"color": mark, "width": 1}} if row["assumed"] else {"color": mark},
        "error_x": _whisker([row["high"] - row["cost"]], [row["cost"] - row["low"]], INK[dark]),
    }  # fmt: skip


def _mark(step: str, dark: bool) -> str:
    return _DARK.get(step, COLOURS[step]) if dark else COLOURS[step]


def _whisker(above: list[float], below: list[float], colour: str) -> Plain:
    return {"type": "data", "array": above, "arrayminus": below, "symmetric": False, "color": colour, "thickness": 1.5,
            "width": 5}  # fmt: skip


def _span(rows: pd.DataFrame) -> list[float]:
    """Return the scale of the steps, with room for every whisker; today is 0."""
    ends = [0.0, *(rows["start"] + rows["low"]), *(rows["start"] + rows["high"]), *(rows["start"] + rows["cost"])]
    low, high = min(ends), max(ends)
    room = 0.03 * ((high - low) or 1.0)
    return [low - room, high + room]


def _lines(steps: list[dict[str, Any]], dark: bool) -> list[Plain]:
    """Return where today stands behind the steps, and lines from the end of each step to the begin of the next."""
    if not steps:
        return []
    count = len(steps) + 2
    today = _upright(0, (0.5, count - 1.28), {"color": GRID[dark], "width": 2})
    dotted = {"color": MUTED[dark], "width": 1, "dash": "dot"}
    places = [(row["start"] + row["cost"], count - 2 - place) for place, row in enumerate(steps[:-1])]
    return [today, *(_upright(at, (y - 0.83, y - 0.17), dotted) for at, y in places)]


def _upright(x: float, ends: tuple[float, float], line: Plain) -> Plain:
    return {"type": "line", "x0": x, "x1": x, "y0": ends[0], "y1": ends[1], "xref": "x2", "yref": "y",
            "layer": "below", "line": line}  # fmt: skip


def _words(steps: list[dict[str, Any]], totals: tuple[float, ...], currency: str, dark: bool) -> list[Plain]:
    count = len(steps) + 2
    today, low, middle, high = totals
    said = _line(count - 1, "Today’s way, the months to come", exact(today, currency), INK[dark])
    for place, row in enumerate(steps):
        colour = word_colour(COLOURS[row["step"]], dark) if row["step"] != "programme" else INK[dark]
        words = f"{label(row['words'])}{' · assumed' if row['assumed'] else ''}"
        said += _line(count - 2 - place, words, f"{_signed(row['cost'])} {_range(row['low'], row['high'])}", colour)
    ends = f"({exact(low)} to {exact(high)})" if exact(low) != exact(high) else ""
    return said + _line(0, "Result", f"{exact(middle, currency)} {ends}", INK[dark])


def _line(place: int, words: str, value: str, colour: str) -> list[Plain]:
    shared = {"xref": "paper", "yref": "y", "y": place + 0.2, "yanchor": "bottom", "showarrow": False,
              "font": {"color": colour, "size": 14}}  # fmt: skip
    first, _, rest = value.partition(" (")
    bold = f"<b>{label(first)}</b>{f' ({label(rest)}' if rest else ''}"
    return [{"x": 0, "text": words, "xanchor": "left", **shared}, {"x": 1, "text": bold, "xanchor": "right", **shared}]


def exact(value: float, currency: str = "") -> str:
    """Return a total in three digits, so that it and the result can be told apart: 717,000 or 13.2 M."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.{2 if abs(value) < 1e7 else 1}f} M {currency}".strip()
    step = 10 ** max(len(str(int(abs(value)))) - 3, 0)
    return f"{round(value / step) * step:,.0f} {currency}".strip()


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{money(value)}"


def _range(low: float, high: float) -> str:
    first, second = _signed(low), _signed(high)
    return "" if first == second else f"({first} to {second})"
