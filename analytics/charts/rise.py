"""Figure of a rise: the weeks of a reason, the levels before and after, and when the step may have been."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.marks import note, zone
from analytics.charts.theme import AXIS_PIXELS, INK, NEUTRAL, REMOVE, word_colour
from analytics.charts.trend import above, event_marks
from analytics.questions.words import signed

BAND = {False: "rgba(213,94,0,0.12)", True: "rgba(255,154,92,0.16)"}


def rate_words(rate: float) -> str:
    """Return a rate with as many digits as its size needs."""
    return signed(rate, 1 if abs(rate) >= 10 else 2)


def rise_line(weeks: pd.DataFrame, step: "pd.Series[Any]", events: pd.DataFrame, unit: str, dark: bool) -> go.Figure:
    """Draw the weekly rate, and for a clear step both levels and the range of its date; events are numbered lines.

    `weeks` hold week, rate and level; `step` is a row of the rises; `events` hold number, started_on and name.
    """
    line = {
        "type": "scatter", "mode": "lines", "x": weeks["week"].tolist(), "y": weeks["rate"].tolist(), "name": "weeks",
        "line": {"color": NEUTRAL, "width": 1.5}, "hovertemplate": "week of %{x|%-d %b %Y}: %{y:,.1f}<extra></extra>",
    }  # fmt: skip
    traces = [line]
    shapes, words = event_marks(events, weeks["week"].iloc[-1] - weeks["week"].iloc[0], dark)
    if step["clear"]:
        level = {"color": REMOVE, "width": 2.5, "shape": "hv"}
        traces.append({"type": "scatter", "mode": "lines", "x": weeks["week"].tolist(), "y": weeks["level"].tolist(),
                       "name": "level", "line": level, "hoverinfo": "skip"})  # fmt: skip
        shapes.append(zone(step["first"], pd.Timestamp(str(step["last"])) + pd.Timedelta(days=6), BAND[dark]))
        ends = ((weeks["week"].iloc[0], step["before"], "left"), (weeks["week"].iloc[-1], step["after"], "right"))
        words += [note(x, y, rate_words(float(str(y))), word_colour(REMOVE, dark), xanchor=side, yanchor="bottom")
                  for x, y, side in ends]  # fmt: skip
    layout = {
        "shapes": shapes, "annotations": words, "margin": {"l": 64, "b": AXIS_PIXELS, "t": 8 + above(words)},
        "yaxis": {"title": {"text": unit}, "rangemode": "tozero", "nticks": 5}, "xaxis": {"color": INK[dark]},
    }  # fmt: skip
    return go.Figure({"data": traces, "layout": layout}, _validate=False)
