"""Writes the company's files: contacts and sessions as streams of Parquet, the rest as small tables.

Column names and words are the company's own, so that the mapping in `workspace.toml` has work to do.
"""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.demo.frame import Array, Flags
from analytics.demo.plan import Plan

BLOCKS_PER_FILE: Final = 20


class Stream:
    """A table written block by block into numbered Parquet files, one row group a block."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self._blocks = 0
        self._writer: Any = None

    def __enter__(self) -> "Stream":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def write(self, table: pa.Table) -> None:
        """Append one block."""
        if self._blocks % BLOCKS_PER_FILE == 0:
            self._close()
            path = self._folder / f"{self._name}_{self._blocks // BLOCKS_PER_FILE + 1:03d}.parquet"
            self._writer = pq.ParquetWriter(path, table.schema, compression="zstd")
        self._writer.write_table(table, row_group_size=max(1, table.num_rows))
        self._blocks += 1

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def word(names: Sequence[str], codes: Array, missing: Flags | None = None) -> pa.Array:
    """Return codes as words; `missing` rows and negative codes are empty."""
    empty = (codes < 0) if missing is None else (codes < 0) | missing
    return pa.DictionaryArray.from_arrays(pa.array(np.maximum(codes, 0), pa.int32(), mask=empty), pa.array(list(names)))


def number(values: Array, missing: Flags | None = None) -> pa.Array:
    """Return numbers, empty where `missing`."""
    return pa.array(values, mask=missing)


def moment(plan: Plan, days: Array, missing: Flags | None = None) -> pa.Array:
    """Return day numbers as wall-clock times to the second."""
    start = np.datetime64(plan.first_day, "s")
    seconds = np.rint(np.where(np.isfinite(days), days, 0) * 86_400).astype("timedelta64[s]")
    return pa.array(start + seconds, pa.timestamp("s"), mask=missing)


def day(plan: Plan, days: Array, missing: Flags | None = None) -> pa.Array:
    """Return day numbers as dates."""
    whole = np.floor(np.where(np.isfinite(days), days, 0)).astype("timedelta64[D]")
    return pa.array(np.datetime64(plan.first_day, "D") + whole, pa.date32(), mask=missing)


def write_rows(path: Path, rows: Sequence[dict[str, object]]) -> None:
    """Write a small table from plain rows."""
    pq.write_table(pa.Table.from_pylist(list(rows)), path, compression="zstd")
