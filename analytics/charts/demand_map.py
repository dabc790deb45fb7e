"""Figure of the demand map: rows by product, darker is more, every cell with its number."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.charts.names import labels
from analytics.charts.theme import INK
from analytics.questions.words import thousands

ROW_PIXELS, MARGIN_PIXELS = 34, 100
_SCALE = [[0.0, "rgba(123,135,148,0.04)"], [1.0, "rgba(123,135,148,0.55)"]]
"""Slate: demand as such has no pillar's colour. Never so dark that the numbers stop reading."""


def height(rows: pd.DataFrame) -> int:
    """Return the height at which every row has room."""
    return MARGIN_PIXELS + ROW_PIXELS * max(rows["key"].nunique(), 2)


def map_cells(rows: pd.DataFrame, dark: bool) -> go.Figure:
    """Draw value by label and product; `rows` hold key, label, product, value (NaN where hidden) and hover."""
    keys, products = list(dict.fromkeys(rows["key"])), list(dict.fromkeys(rows["product"]))
    names = dict(zip(rows["key"], rows["label"], strict=True))
    values, hover = (
        rows.pivot(index="key", columns="product", values=name).reindex(index=keys, columns=products)
        for name in ("value", "hover")
    )
    numbers = values.to_numpy(dtype=np.float64)
    fig = go.Figure(
        go.Heatmap(
            z=numbers.tolist(), colorscale=_SCALE, showscale=False, xgap=2, ygap=2,
            text=[["" if np.isnan(one) else _short(one) for one in line] for line in numbers],
            texttemplate="%{text}", textfont={"color": INK[dark], "size": 12}, hoverinfo="text",
            hovertext=hover.fillna("").to_numpy().tolist(),
        )
    )  # fmt: skip
    # by place, not by name: two names that are cut alike stay two rows
    fig.update_xaxes(side="top", showgrid=False, tickangle=35, tickvals=list(range(len(products))),
                     ticktext=labels(products, 12))  # fmt: skip
    fig.update_yaxes(showgrid=False, range=[len(keys) - 0.5, -0.5], tickvals=list(range(len(keys))),
                     ticktext=labels([names[key] for key in keys], 22))  # fmt: skip
    return fig


def _short(value: float) -> str:
    """Return a number that fits a cell on a phone: two digits from a thousand on; the pointer says more."""
    if value < 999.5:
        return thousands(value)
    unit, size = ("M", 1e6) if value >= 999_500 else ("k", 1e3)
    return f"{value / size:.{0 if value >= 9.95 * size else 1}f}{unit}"
