"""The main picture of the what-if: from today over each step to the result, on one axis.

The axis is cut where that makes small steps readable: its numbers say where it begins, and the totals carry a break.
"""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import plotly.graph_objects as go

from analytics.charts.drawn import Drawn
from analytics.charts.theme import INK, MOVED, MUTED, NEUTRAL, PAPER, PILLARS, REMOVE, apply, label, word_colour
from analytics.questions.words import money

Plain = dict[str, Any]
LAYOUT: Final = "layout"
"""Marks traces that hold no number of their own: connecting lines and words at places on the page."""
COLOURS: Final = {"removed": REMOVE, "moved": MOVED, "harder": NEUTRAL, "restructure": PILLARS["restructure"],
                  "value": PILLARS["value"], "programme": "#4B5763"}  # fmt: skip
WIDTH: Final = 0.36
AXIS: Final = 26
"""Pixels of the axis beneath."""
CUT_FROM: Final = 0.35
"""The axis begins at zero unless the lowest level, with room beside it, is above this share of the highest."""
ROOM: Final = 0.6
"""Room left of the lowest level, as a share of the distance from lowest to highest."""
ALIKE: Final = 1e-6
"""Levels closer than this part of the highest differ by rounding alone."""
ROW: Final = 70
"""Pixels of one row: its words above, its bar below, `WIDTH` of it high."""
_TOTAL: Final = {False: "#3C4A58", True: "#8E9BA8"}
_DARK: Final = {"programme": "#9AA7B4"}


class Step(NamedTuple):
    """One step of the bridge, money a year; a plain tuple, because a table of them costs more than the draws."""

    step: str
    words: str
    low: float
    cost: float
    high: float
    start: float
    """Where the bar begins, against today."""
    assumed: bool


def bridge_height(steps: int) -> int:
    """Return the pixels the bridge needs with this many steps."""
    return ROW * (steps + 2) + AXIS


def bridge(steps: Sequence[Step], today: float, result: tuple[float, float, float], currency: str,
           dark: bool) -> go.Figure:  # fmt: skip
    """Draw today, each step, and the result as rows on one axis in money a year.

    `result` is P10, P50, P90. Words and values stand above each bar, so no label meets a whisker. Comes with the look,
    and built as plain values in four traces: this figure is drawn with every key press, and checking or annotating
    costs more than drawing.
    """
    count = len(steps) + 2
    begin, reach = span(steps, today, result)
    look = _look(dark, bridge_height(len(steps)))
    layout = {
        **look, "barmode": "overlay",
        "xaxis": {**look["xaxis"], "range": [begin, reach], "fixedrange": True, "nticks": 6},
        "yaxis": {"range": [-0.45, count - 0.35], "visible": False, "fixedrange": True},
        "shapes": _breaks(count, dark) if begin > 0 else [],
    }  # fmt: skip
    data = [_lines(steps, today, result[1], dark), _totals([count - 1, 0], today, result, dark),
            _bars(steps, today, dark), _words(steps, (today, *result), (begin, reach), currency, dark)]  # fmt: skip
    return Drawn({"data": data, "layout": layout})


def span(steps: Sequence[Step], today: float, result: tuple[float, float, float]) -> tuple[float, float]:
    """Return where the axis begins and ends: at zero unless every level lies far from it."""
    levels = [today, *result, *(today + one.start + move for one in steps for move in (one.low, one.cost, one.high))]
    lowest, highest = min(levels), max(levels)
    begin = lowest - ROOM * (highest - lowest)
    if begin < CUT_FROM * highest or highest - lowest <= ALIKE * highest:
        return min(0.0, lowest), 1.02 * highest
    step = 10 ** math.floor(math.log10(highest - begin))
    return math.floor(begin / step) * step, highest + 0.02 * (highest - begin)


def _breaks(count: int, dark: bool) -> list[Plain]:
    """Return two slanted gaps near the cut end of both totals: these bars go on to zero."""
    return [
        {"type": "line", "xref": "x domain", "yref": "y", "x0": at, "x1": at + 0.012, "y0": row - WIDTH / 2 - 0.04,
         "y1": row + WIDTH / 2 + 0.04, "line": {"color": PAPER[dark], "width": 3}}
        for row in (0, count - 1) for at in (0.018, 0.03)
    ]  # fmt: skip


@lru_cache(maxsize=32)
def _look(dark: bool, height: int) -> Plain:
    margin = {"l": 0, "r": 0, "t": 2, "b": AXIS}
    look: Plain = apply(go.Figure(layout={"margin": margin}), dark, height=height).to_dict()["layout"]
    return look


def _totals(places: list[int], today: float, result: tuple[float, float, float], dark: bool) -> Plain:
    below, above = max(result[1] - result[0], 0.0), max(result[2] - result[1], 0.0)
    return {
        "type": "bar", "y": places, "x": [today, result[1]], "orientation": "h", "width": WIDTH,
        "marker": {"color": _TOTAL[dark]}, "hoverinfo": "skip",
        "error_x": _whisker([0.0, above], [0.0, below], MUTED[dark]),
    }  # fmt: skip


def _bars(steps: Sequence[Step], today: float, dark: bool) -> Plain:
    marks = [_mark(row.step, dark) for row in steps]
    pattern = {"shape": ["/" if row.assumed else "" for row in steps], "fgcolor": marks, "size": 6, "solidity": 0.3,
               "bgcolor": "rgba(0,0,0,0)", "fillmode": "replace"}  # fmt: skip
    return {
        "type": "bar", "y": [len(steps) - place for place in range(len(steps))], "x": [row.cost for row in steps],
        "base": [today + row.start for row in steps], "orientation": "h", "width": WIDTH, "hoverinfo": "skip",
        "marker": {"color": marks, "pattern": pattern, "line": {"color": marks, "width": 1}},
        "error_x": _whisker([row.high - row.cost for row in steps], [row.cost - row.low for row in steps],
                            INK[dark]),
    }  # fmt: skip


def _mark(step: str, dark: bool) -> str:
    return _DARK.get(step, COLOURS[step]) if dark else COLOURS[step]


def _whisker(above: list[float], below: list[float], colour: str) -> Plain:
    return {"type": "data", "array": above, "arrayminus": below, "symmetric": False, "color": colour, "thickness": 1.5,
            "width": 5}  # fmt: skip


def _lines(steps: Sequence[Step], today: float, result: float, dark: bool) -> Plain:
    """Return lines from the end of each bar to the begin of the next."""
    ends = [today, *(today + row.start + row.cost for row in steps[:-1]), result] if steps else [today]
    x: list[float | None] = []
    y: list[float | None] = []
    for place, end in enumerate(ends):
        above = len(steps) + 1 - place
        x += [end, end, None]
        y += [above - WIDTH / 2, above - 1 + WIDTH / 2, None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "meta": LAYOUT,
            "line": {"color": MUTED[dark], "width": 1, "dash": "dot"}}  # fmt: skip


def _words(
    steps: Sequence[Step], totals: tuple[float, ...], ends: tuple[float, float], currency: str, dark: bool
) -> Plain:  # fmt: skip
    today, low, middle, high = totals
    ink = INK[dark]
    between = f"({exact(low)} to {exact(high)})" if exact(low) != exact(high) else ""
    lines = [("Today’s way, the months to come", exact(today, currency), "", ink)]
    lines += [(_said(row), _signed(row.cost), _range(row.low, row.high), _ink(row, dark)) for row in steps]
    lines += [("Result", exact(middle, currency), between, ink)]
    places = [len(lines) - 1 - place + WIDTH / 2 + 0.17 for place in range(len(lines))]
    return {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False, "meta": LAYOUT,
        "x": [ends[0]] * len(lines) + [ends[1]] * len(lines), "y": [*places, *places],
        "text": [words for words, *_ in lines] + [f"<b>{value}</b> {span}".strip() for _, value, span, _ in lines],
        "textposition": ["middle right"] * len(lines) + ["middle left"] * len(lines),
        "textfont": {"size": 14, "color": [line[3] for line in lines] * 2},
    }  # fmt: skip


def _said(row: Step) -> str:
    return f"{label(row.words)}{' · assumed' if row.assumed else ''}"


def _ink(row: Step, dark: bool) -> str:
    return INK[dark] if row.step == "programme" else word_colour(COLOURS[row.step], dark)


def exact(value: float, currency: str = "") -> str:
    """Return a total in three digits, so that it and the result can be told apart: 717,000 or 13.2 M."""
    if abs(value) >= 1e6:
        return f"{value / 1e6:,.{2 if abs(value) < 1e7 else 1}f} M {currency}".strip()
    step = 10 ** max(len(str(int(abs(value)))) - 3, 0)
    return f"{round(value / step) * step:,.0f} {currency}".strip()


def _signed(value: float) -> str:
    text = money(value)
    return f"+{text}" if value > 0 and text != "0" else text


def _range(low: float, high: float) -> str:
    first, second = _signed(low), _signed(high)
    return "" if first == second else f"({first} to {second})"
