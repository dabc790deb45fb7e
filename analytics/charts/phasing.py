"""Figure of who starts when: one bar of work by initiative over the months."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import INK, MUTED, REDISTRIBUTE, label

ROW_HEIGHT = 46


def height(rows: int) -> int:
    """Return the height of the figure for so many initiatives, in pixels."""
    return 70 + ROW_HEIGHT * max(rows, 1)


def schedule(rows: pd.DataFrame, months: list[str], dark: bool) -> go.Figure:
    """Draw work of the change team; `rows` hold initiative, start (1 = first month), work_months, people and words."""
    places = list(range(len(rows)))
    bars = go.Bar(
        y=places, x=rows["work_months"].tolist(), base=(rows["start"] - 1).tolist(), orientation="h", width=0.34,
        marker={"color": REDISTRIBUTE}, hoverinfo="text", hovertext=[label(words, 120) for words in rows["words"]],
    )  # fmt: skip
    names = [
        {"x": 0, "y": place - 0.38,
         "text": f"{label(row['initiative'], 40)}  {label(row['words'].split(' from ')[0], 24)}",
         "xanchor": "left", "showarrow": False, "font": {"color": INK[dark], "size": 13}}
        for place, row in enumerate(rows.to_dict("records"))
    ]  # fmt: skip
    step = 1 if len(months) <= 12 else 3
    return go.Figure(bars, {
        "annotations": names,
        "xaxis": {"range": [0, len(months)], "tickvals": [place + 0.5 for place in range(0, len(months), step)],
                  "ticktext": months[::step], "tickangle": 0, "tickfont": {"color": MUTED[dark]}},
        "yaxis": {"visible": False, "range": [len(rows) - 0.6, -0.7]},
    })  # fmt: skip
