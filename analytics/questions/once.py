"""Reads each cube once: within one answer the same query with the same parameters is not asked twice."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics.engine import Reader


class Once(Reader):
    """A reader that remembers what it read; made for one answer and thrown away with it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._held: dict[str, pd.DataFrame] = {}
        self.generation = reader.generation

    def frame(self, name: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Return the rows of a query, asked at most once; callers must not change them."""
        key = f"{name} {sorted((parameters or {}).items())!r}"
        if key not in self._held:
            self._held[key] = self._reader.frame(name, parameters)
        return self._held[key]

    def close(self) -> None:
        """Leave the file to the reader behind this one."""
