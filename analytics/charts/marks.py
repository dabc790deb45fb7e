"""Parts of a layout as plain settings: built once with the figure they cost nothing, added one by one they do."""

from typing import Any

from analytics.charts.theme import word_colour


def upright(x: Any, colour: str, *, dash: str = "solid", opacity: float = 1.0, axis: str = "x") -> dict[str, Any]:
    """Return an upright line at `x` over the whole height."""
    return {"type": "line", "xref": axis, "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "opacity": opacity,
            "line": {"color": colour, "width": 1, "dash": dash}}  # fmt: skip


def zone(first: Any, last: Any, colour: str) -> dict[str, Any]:
    """Return a shaded zone between two places of the axis, behind the lines."""
    return {"type": "rect", "xref": "x", "yref": "paper", "x0": first, "x1": last, "y0": 0, "y1": 1, "layer": "below",
            "fillcolor": colour, "line": {"width": 0}}  # fmt: skip


def note(x: Any, y: Any, text: str, colour: str, **where: Any) -> dict[str, Any]:
    """Return words at a point, without an arrow."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": {"color": colour, "size": 13}, **where}


def line_end(x: Any, y: float, text: str, mark: str, dark: bool) -> dict[str, Any]:
    """Return the name of a line at its end."""
    return note(x, y, text, word_colour(mark, dark), xanchor="left", xshift=6)
