"""What moves the result most: both sides of each input around the middle, with its rank correlation."""

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import GRID, INK, MUTED, NEUTRAL, label
from analytics.charts.what_if_paths import mark
from analytics.questions.words import MINUS, money

ROW = 44
WORDS = 52


def tornado(rows: pd.DataFrame, middle: float, dark: bool) -> go.Figure:
    """Draw net value with each input alone at its P10 and at its P90, widest first.

    `rows` holds words, at_p10, at_p90, both less `middle` as change_…, and rank_correlation; `middle` is the net value
    with all inputs at their medians.
    """
    count = len(rows)
    places = [count - 1 - place for place in range(count)]
    sides = (("at_p10", NEUTRAL), ("at_p90", mark(dark)))
    fig = go.Figure([_side(rows.assign(place=places), column, middle, colour) for column, colour in sides])
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        shared = {"xref": "paper", "y": place + 0.17, "yanchor": "bottom", "showarrow": False}
        rho = f"ρ {row['rank_correlation']:+.2f}".replace("-", MINUS)
        fig.add_annotation(x=0, text=label(row["words"], WORDS), xanchor="left",
                           font={"color": INK[dark], "size": 13}, **shared)  # fmt: skip
        fig.add_annotation(x=1, text=rho, xanchor="right", font={"color": MUTED[dark], "size": 13}, **shared)
    fig.add_vline(x=middle, line={"color": GRID[dark], "width": 2}, layer="below")
    ends = [middle, *rows["at_p10"], *rows["at_p90"]]
    room = 0.04 * ((max(ends) - min(ends)) or 1.0)
    fig.update_layout(barmode="overlay", yaxis={"visible": False, "range": [-0.4, count - 0.2]})
    fig.update_xaxes(nticks=4, tickformat="~s", range=[min(ends) - room, max(ends) + room],
                     title_text=f"net value; all inputs in the middle {money(middle)}")  # fmt: skip
    return fig


def height(rows: int) -> int:
    """Return the pixels the tornado needs."""
    return ROW * rows + 60


def _side(rows: pd.DataFrame, column: str, middle: float, colour: str) -> go.Bar:
    ends, words = rows[column].tolist(), rows["words"].tolist()
    which = "low (P10)" if column == "at_p10" else "high (P90)"
    return go.Bar(
        y=rows["place"].tolist(), x=rows[f"change_{column}"].tolist(), base=middle, orientation="h", width=0.3,
        marker={"color": colour}, hoverinfo="text",
        hovertext=[f"{label(text, 80)}, {which}: {money(end)}" for text, end in zip(words, ends, strict=True)],
    )  # fmt: skip
