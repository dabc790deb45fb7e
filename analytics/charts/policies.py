"""Figure of an approval threshold: what each amount would save, risk and net."""

from math import ceil, floor, log10

import pandas as pd
import plotly.graph_objects as go

from analytics.charts.theme import INK, NEUTRAL, REMOVE, VALUE, end_label, word_colour
from analytics.questions.words import money

FLAT_ZONE = "rgba(0,158,115,0.14)"


def threshold_curve(  # noqa: PLR0917
    rows: pd.DataFrame, chosen: float, best: float, flat: tuple[float, float], currency: str, dark: bool
) -> go.Figure:
    """Draw labour saved, risk of loss and their difference over the threshold; as good as the best is shaded.

    `rows` hold threshold, labour_saved, risk_loss and net, a year; the step at 0 changes nothing and is not drawn.
    """
    rows = rows[rows["threshold"] > 0]
    fig = go.Figure([_line(rows, column, mark, name, currency) for column, mark, name in _LINES])
    last = log10(float(rows["threshold"].iloc[-1]))
    for column, mark, name in _LINES:
        end_label(fig, (last, float(rows[column].iloc[-1])), name, mark, dark)
    if flat[1] > flat[0]:
        fig.add_vrect(x0=flat[0], x1=flat[1], fillcolor=FLAT_ZONE, line_width=0, layer="below")
    if chosen > 0:
        fig.add_vline(x=chosen, line={"color": INK[dark], "width": 1})
    if best > 0:
        net = float(rows.loc[rows["threshold"] == best, "net"].iloc[0])
        fig.add_annotation(x=log10(best), y=net, text=f"best {money(best)}", ax=-36, ay=-34, arrowhead=0,
                           showarrow=True, arrowcolor=word_colour(VALUE, dark),
                           font={"color": word_colour(VALUE, dark)})  # fmt: skip
    first = log10(float(rows["threshold"].iloc[0]))
    fig.update_xaxes(
        title_text=f"cases up to this amount pass without approval, {currency}",
        type="log",
        range=[first - 0.05, last + 0.12 * (last - first) + 0.1],
        tickvals=_round_amounts(first, last),
    )
    fig.update_yaxes(title_text=f"{currency} a year", nticks=5)
    return fig


def _round_amounts(first: float, last: float) -> list[float]:
    """Return 1, 2, 5, 10, … between two powers of ten."""
    tens = range(floor(first), ceil(last) + 1)
    return [step * 10.0**ten for ten in tens for step in (1, 2, 5) if first <= log10(step) + ten <= last]


_LINES = (("labour_saved", NEUTRAL, "saved"), ("risk_loss", REMOVE, "risk"), ("net", VALUE, "net"))


def _line(rows: pd.DataFrame, column: str, mark: str, name: str, currency: str) -> go.Scatter:
    return go.Scatter(
        x=rows["threshold"].tolist(), y=rows[column].tolist(), mode="lines", name=name,
        line={"color": mark, "width": 2.5 if column == "net" else 1.5},
        hovertemplate=f"{name} at %{{x:,.0f}}: %{{y:,.0f}} {currency} a year<extra></extra>",
    )  # fmt: skip
