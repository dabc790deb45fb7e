"""Which contacts an initiative reaches: a filter on the dimensions of demand, shown as words."""

from dataclasses import dataclass

import pandas as pd

from analytics.contract import CAUSES
from analytics.errors import AnalyticsError


@dataclass(frozen=True, slots=True)
class Scope:
    """Which contacts an initiative reaches; empty tuples mean all. Root causes, not those of single contacts."""

    reasons: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    repeats: bool | None = None
    """True for repeats only, False for first contacts only, None for both."""
    policies: tuple[str, ...] = ()
    """Needs cells by policy: `yearly_cells(…, by_policy=True)`."""

    def words(self) -> str:
        """Return the scope as words."""
        said = [
            ("reason", self.reasons),
            ("cause", tuple(CAUSES.get(cause, cause).lower() for cause in self.causes)),
            ("channel", self.channels),
            ("segment", self.segments),
            ("product", self.products),
            ("policy", self.policies),
        ]
        parts = [f"{name} {' or '.join(values)}" for name, values in said if values]
        repeats = {True: ["repeats only"], False: ["first contacts only"], None: []}[self.repeats]
        return "; ".join(parts + repeats) or "all contacts"


def inside(cells: pd.DataFrame, scope: Scope) -> "pd.Series[bool]":
    """Return which cells lie in the scope."""
    chosen = {"reason": scope.reasons, "cause": scope.causes, "channel": scope.channels,
              "segment": scope.segments, "product": scope.products}  # fmt: skip
    held = pd.Series(True, index=cells.index)
    for column, values in chosen.items():
        if values:
            held &= cells[column].isin(values)
    if scope.policies:
        held &= _by_policy(cells).isin(scope.policies)
    return held if scope.repeats is None else held & (cells["is_repeat"] == scope.repeats)


def _by_policy(cells: pd.DataFrame) -> "pd.Series[str]":
    if "policy" not in cells:
        raise AnalyticsError("These cells do not tell policies apart.", do="Read them with by_policy.")
    return cells["policy"]
