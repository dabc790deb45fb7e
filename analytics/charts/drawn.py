"""A figure of plain values, for the picture that is drawn anew with every key press."""

from typing import Any

import plotly.graph_objects as go


class Drawn(go.Figure):  # type: ignore[misc]  # Plotly comes without types
    """A figure of plain values, sent as they are: for one that is drawn anew with every key press.

    Making Plotly's objects of them and values of those again takes longer than everything else about the figure. Its
    properties are empty; `to_dict` is what it holds.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        """Hold `values`, which nobody may change: traces under “data”, the rest under “layout”."""
        super().__init__()
        self._values = values

    def to_dict(self) -> dict[str, Any]:
        """Return the values themselves, not a copy."""
        return self._values
