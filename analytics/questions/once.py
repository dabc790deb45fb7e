"""Reads each cube once: within one answer the same query is not asked twice, nor for months already read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.selection import Selection

_BY_MONTH = {
    f"questions/{name}"
    for name in (
        "active_months",
        "active_segments",
        "channel_months",
        "demand_groups",
        "demand_months",
        "demand_reasons",
        "demand_segments",
        "effort_groups",
        "weighted_months",
    )
}
"""Queries whose rows are of one month each, in the order of months."""


class Once(Reader):
    """A reader that remembers what it read; made for one answer and thrown away with it."""

    def __init__(self, reader: Reader, widest: Selection | None = None) -> None:
        """`widest` holds every month the answer will look at; a query by month is read for all of them at once."""
        self._reader = reader
        self._widest = widest
        self._held: dict[str, pd.DataFrame] = {}
        self.generation = reader.generation

    def frame(self, name: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Return the rows of a query, asked at most once; callers must not change them."""
        asked = dict(parameters or {})
        widest = self._widest
        if widest is None or name not in _BY_MONTH or not _covers(widest, asked):
            return self._kept(name, asked)
        months = {"first_month": widest.first_month, "last_month": widest.last_month}
        return _within(self._kept(name, asked | months), asked["first_month"], asked["last_month"])

    def close(self) -> None:
        """Leave the file to the reader behind this one."""

    def _kept(self, name: str, parameters: Mapping[str, Any]) -> pd.DataFrame:
        key = f"{name} {sorted(parameters.items())!r}"
        if key not in self._held:
            self._held[key] = self._reader.frame(name, parameters)
        return self._held[key]


def _covers(widest: Selection, asked: Mapping[str, Any]) -> bool:
    return bool(widest.first_month <= asked["first_month"] and asked["last_month"] <= widest.last_month)


def _within(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    months = rows["month"].to_numpy().astype("datetime64[D]")
    start, end = (
        np.searchsorted(months, np.datetime64(first, "D")),
        np.searchsorted(months, np.datetime64(last, "D"), "right"),
    )
    return rows.iloc[start:end].reset_index(drop=True)
