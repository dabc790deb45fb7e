"""The one look of every figure: pillar colours, thin grid, direct labels, published claims dashed, assumptions hatched.

Colours are those of Okabe and Ito (2008), so that colour-blind readers keep them apart; they are for marks. As text
they fail the contrast of WCAG AA on white, so words take the darker (on dark: lighter) variants. Backgrounds stay
transparent and plain text takes the colour of the page, so a figure fits both themes.
"""

from collections.abc import Iterable
from html import escape, unescape
from math import ceil
from typing import Any, Final

import plotly.graph_objects as go

REMOVE, REDISTRIBUTE, RESTRUCTURE, VALUE = "#D55E00", "#0072B2", "#CC79A7", "#009E73"
NEUTRAL: Final = "#7B8794"
"""Slate: everything without a meaning of its own."""
MOVED: Final = "#56B4E9"
"""Demand that moved to another channel instead of going away."""
PUBLISHED: Final = "#8A8A8A"
"""Published claims; always dashed."""

PILLARS: Final = {
    "remove": REMOVE,
    "redistribute": REDISTRIBUTE,
    "restructure": RESTRUCTURE,
    "value": VALUE,
    "undecided": NEUTRAL,
    "unknown": NEUTRAL,
}
"""Mark colour by pillar."""

_WORDS_LIGHT: Final = {REMOVE: "#A33B00", REDISTRIBUTE: "#005A8C", RESTRUCTURE: "#8C3D68", VALUE: "#00664B",
                       NEUTRAL: "#55636F", MOVED: "#1F6A94", PUBLISHED: "#5E5E5E"}  # fmt: skip
_WORDS_DARK: Final = {REMOVE: "#FF9A5C", REDISTRIBUTE: "#7CC0EC", RESTRUCTURE: "#E9A9CB", VALUE: "#4FD0A8",
                      NEUTRAL: "#A3B0BC", MOVED: "#8FD0F5", PUBLISHED: "#B5B5B5"}  # fmt: skip
INK: Final = {False: "#1B2733", True: "#E4EAEF"}
"""Text colour by theme (dark or not)."""
MUTED: Final = {False: "#55636F", True: "#A3B0BC"}
GRID: Final = {False: "#E6EAEE", True: "#2A343E"}
PAPER: Final = {False: "#FFFFFF", True: "#11171D"}

FONT: Final = '"Source Sans", "Source Sans Pro", sans-serif'
CONFIG: Final = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}
"""No toolbar, no zoom by accident."""
HEIGHT: Final = 320
AXIS_PIXELS: Final = 50
"""Room of an axis with its title."""
_SLIM, _BROAD = frozenset(" iljtfrI.,:;'|!()[]-"), frozenset("MWmw@%—…&")
_GREEK: Final = 0x370
_ALPHABETS: Final = ((0x2E80, 13.5), (0x530, 11.0), (_GREEK, 8.6), (0, 7.4))
"""First sign of a range, and pixels: ideographs, other alphabets, Greek and Cyrillic, Latin."""


def word_colour(mark: str, dark: bool) -> str:
    """Return the readable variant of a mark colour for text."""
    return (_WORDS_DARK if dark else _WORDS_LIGHT).get(mark, INK[dark])


def ink_on(mark: str) -> str:
    """Return the text colour that reads on a bar of this colour."""
    return "#FFFFFF" if mark in {REDISTRIBUTE, "#A33B00", "#00664B"} else "#11171D"


def label(value: object, length: int = 34) -> str:
    """Return text from data for a figure: shown letter by letter, cut to `length` characters."""
    text = " ".join(str(value).split())
    return escape(text if len(text) <= length else f"{text[: length - 1].rstrip()}…", quote=False)


def text_pixels(lines: Iterable[str]) -> int:
    """Return the width that the longest of these texts (`<br>` begins a new line) takes in a figure, never too little.

    For a margin that is known beforehand: Plotly draws a figure twice where it has to find out by itself.
    """
    return max((_line_pixels(line) for text in lines for line in text.split("<br>")), default=0)


def beside(names: Iterable[str], beneath: int = AXIS_PIXELS) -> dict[str, int]:
    """Return the margins of a figure with these names to the left and an axis with a title beneath."""
    return {"l": text_pixels(names) + 10, "b": beneath}


def _line_pixels(line: str) -> int:
    return ceil(sum(map(_sign_pixels, unescape(line))))


def _sign_pixels(sign: str) -> float:
    """Return the width of a sign at 13 pixels in Source Sans; of other alphabets, that of a broad one."""
    if sign in _SLIM:
        return 4.6
    if sign in _BROAD or (ord(sign) >= _GREEK and sign.isupper()):
        return 11.0
    return next(pixels for first, pixels in _ALPHABETS if ord(sign) >= first)


def apply(fig: go.Figure, dark: bool, *, height: int = HEIGHT) -> go.Figure:
    """Return `fig` with the look. Margins it brings are kept; with the left one it is drawn without a search.

    Merged as plain values and not checked again: Plotly's own update checks every property and takes three times as
    long as building the figure, on every run of every page.
    """
    drawn = fig.to_dict()
    layout = drawn["layout"]
    known = layout.get("margin", {})
    axes = {
        name: {**_axis(dark), "automargin": "l" not in known}
        for name in {"xaxis", "yaxis", *layout}
        if name.startswith(("xaxis", "yaxis"))
    }
    look = _layout(dark, height)
    drawn["layout"] = _merged(layout, {**look, **axes, "margin": {**look["margin"], **known}})
    if "template" in layout:
        drawn["layout"]["template"] = _needed(layout["template"], {trace["type"] for trace in drawn["data"]})
    return go.Figure(drawn, _validate=False)


def _needed(template: dict[str, Any], kinds: set[str]) -> dict[str, Any]:
    """Return what these kinds of trace use of a template: the rest is most of what would be sent and read."""
    return {**template, "data": {kind: look for kind, look in template.get("data", {}).items() if kind in kinds}}


def _layout(dark: bool, height: int) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 4, "r": 8, "t": 16, "b": 4},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": INK[dark]},
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.32,
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
        "separators": ".,",
    }


def _axis(dark: bool) -> dict[str, Any]:
    return {
        "gridcolor": GRID[dark],
        "gridwidth": 1,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"color": MUTED[dark], "size": 13},
        "title": {"font": {"color": MUTED[dark], "size": 13}, "standoff": 14},
    }


def _merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return `base` with the values of `over`, level by level."""
    both = {
        name: _merged(base[name], value) if isinstance(value, dict) and isinstance(base.get(name), dict) else value
        for name, value in over.items()
    }
    return {**base, **both}


def assumed_pattern(mark: str) -> dict[str, Any]:
    """Return marker settings for a bar that rests on an assumption: hatched, where measured ones are solid."""
    return {"color": mark, "pattern": {"shape": "/", "fgcolor": mark, "bgcolor": "rgba(0,0,0,0)", "size": 6}}


def published_line(fig: go.Figure, y: float, text: str, dark: bool) -> go.Figure:
    """Draw a published claim: dashed, grey, said to be one."""
    fig.add_hline(
        y=y,
        line={"dash": "dash", "color": PUBLISHED, "width": 1.5},
        annotation={
            "text": f"{label(text, 60)} (published claim)",
            "font": {"color": word_colour(PUBLISHED, dark), "size": 12},
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
        },
    )
    return fig


def end_label(fig: go.Figure, at: tuple[Any, float], text: str, mark: str, dark: bool) -> go.Figure:
    """Name a line at its end, the point (x, y)."""
    fig.add_annotation(
        x=at[0], y=at[1], text=label(text), xanchor="left", xshift=6, showarrow=False,
        font={"color": word_colour(mark, dark), "size": 13},
    )  # fmt: skip
    return fig
