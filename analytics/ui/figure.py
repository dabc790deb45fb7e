"""A chart with its drawer: definition, filter, n, the rows behind it, and exactly those rows as a file."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.charts.theme import CONFIG, apply
from analytics.ui.look import is_dark
from analytics.ui.text import csv_bytes, md

_WORD_COLOURS = {"remove": "red", "redistribute": "blue", "restructure": "violet", "value": "green"} | {
    "undecided": "gray", "unknown": "gray",
}  # fmt: skip
"""Names of the theme's text colours, which .streamlit/config.toml sets to the readable variants of the pillars."""
_NAME = re.compile(r"[^a-z0-9]+")


def show(
    fig: go.Figure,
    frame: pd.DataFrame,
    key: str,
    alt: str,
    definition: str,
    *,
    looked_at: str = "",
    invented: bool = False,
    height: int | None = None,
    names: Sequence[tuple[str, str]] = (),
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw `fig` and its drawer. `frame` holds the rows that are drawn; `alt` says in words what the picture shows.

    `looked_at` names filter and n; an invented company is named in the file, too. `names` are the series in the
    colours of their pillars (remove, redistribute, restructure, value, undecided, unknown), instead of a legend.
    `on_select` is called when somebody clicks a bar or point.
    """
    draw(
        themed(fig, height), frame, key, alt, definition,
        looked_at=looked_at, invented=invented, names=names, on_select=on_select,
    )  # fmt: skip


def themed(fig: go.Figure, height: int | None = None) -> go.Figure:
    """Return `fig` with the look of the reader's theme, ready to be drawn and kept."""
    return apply(fig, is_dark(), **({"height": height} if height else {}))


def draw(
    fig: go.Figure,
    frame: pd.DataFrame,
    key: str,
    alt: str,
    definition: str,
    *,
    looked_at: str = "",
    invented: bool = False,
    names: Sequence[tuple[str, str]] = (),
    on_select: Callable[[], None] | None = None,
) -> None:
    """Draw a figure that has its look already, as `show` does. The figure is sent first: it is what people wait for."""
    above = st.container() if names else None
    clicks: dict[str, Any] = {"on_select": on_select, "selection_mode": "points"} if on_select else {}
    st.plotly_chart(fig, key=key, config=CONFIG, alt=alt, theme="streamlit", **clicks)
    if above is not None:
        above.markdown("   ".join(f":{_WORD_COLOURS[pillar]}[■ {md(name)}]" for name, pillar in names))
    drawer(frame, key, definition, looked_at=looked_at, invented=invented)


def drawer(frame: pd.DataFrame, key: str, definition: str, *, looked_at: str = "", invented: bool = False) -> None:
    """Draw the folded drawer; what is inside is only built when it is opened."""
    folded = st.expander(
        "Definition and rows", icon=":material/info:", key=f"{key}_drawer", on_change="rerun", type="compact"
    )
    if not folded.open:
        return
    with folded:
        st.markdown(md(definition))
        if looked_at:
            st.caption(md(looked_at))
        st.dataframe(
            frame, hide_index=True, key=f"{key}_rows", alt=f"Rows behind the chart: {definition}", placeholder=""
        )
        st.download_button(
            f"Download these {len(frame):,} rows (CSV)",
            csv_bytes(frame),
            file_name=file_name(key, invented),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"{key}_download",
        )


def file_name(key: str, invented: bool) -> str:
    """Return the name of a download; rows of an invented company say so."""
    stem = _NAME.sub("-", key.casefold()).strip("-")
    return f"{stem}-invented-data.csv" if invented else f"{stem}.csv"
