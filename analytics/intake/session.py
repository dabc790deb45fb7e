"""The connection an import builds with: result file, staging file, macros, and values bound as variables.

Values from outside reach SQL only through `bind`: they are kept as variables of the connection, and the text names
them `getvariable('p7')`. Nothing from outside is ever part of a statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from analytics.engine import sql
from analytics.intake.mapping import GroupMapping

_SET = "set variable p{number:d} = $1"
_NAME = "getvariable('p{number:d}')"
BATCH_ROWS = 20_000


class Session:
    """A DuckDB connection with the import's tables and macros."""

    def __init__(self, target: Path, staging: Path, memory_mb: int, threads: int) -> None:
        config: dict[str, Any] = {
            "threads": threads,
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(staging.parent / "spill"),
        }
        self.connection = duckdb.connect(str(target), config=config)
        self.scratch = staging.parent
        """Folder for files that live as long as the import."""
        self._bound = 0
        for statement in statements("sources/session"):
            self.connection.execute(statement)
        self.connection.execute("attach $1 as staging", [str(staging)])
        for name in ("sources/macros", "sources/tables"):
            for statement in statements(name):
                self.connection.execute(statement)

    def bind(self, value: Any) -> str:
        """Keep `value` for use in SQL and return the expression that stands for it."""
        self._bound += 1
        self.connection.execute(_SET.format(number=self._bound), [value])
        return _NAME.format(number=self._bound)

    def run(self, name: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run `queries/sources/<name>.sql` and return its rows."""
        return self.connection.execute(sql(f"sources/{name}"), parameters or {}).fetchall()

    def execute(self, text: str) -> list[tuple[Any, ...]]:
        """Run a composed statement (fixed parts, numbers and bound variables only) and return its rows."""
        return self.connection.execute(text).fetchall()

    def append(self, number: int, columns: Sequence[Sequence[Any]], lines: Sequence[int]) -> None:
        """Append a batch of texts, one sequence per column, to staging table `number`."""
        arrays = [pa.array(column, pa.string()) for column in columns] + [pa.array(lines, pa.int64())]
        names = [f"c{position}" for position in range(len(columns))] + ["line"]
        self.insert(f"staging.s{number:d}", pa.table(arrays, names=names))

    def insert(self, table: str, batch: pa.Table) -> None:
        """Append a batch to one of the import's own tables, by position."""
        self.connection.register("batch", batch)
        self.connection.execute(f"insert into {table} select * from batch")  # noqa: S608
        self.connection.unregister("batch")

    def create_staging(self, number: int, width: int) -> None:
        """Create staging table `number` with `width` text columns and the line."""
        columns = ", ".join(f"c{position} varchar" for position in range(width))
        self.connection.execute(f"create or replace table staging.s{number:d} ({columns}, line bigint)")

    def close(self) -> None:
        """Write everything to the file and release it."""
        self.connection.close()


@dataclass(frozen=True, slots=True)
class Opening:
    """One file to open: where it is, how it is mapped, and where it goes."""

    session: Session
    path: Path
    label: str
    """Name as people know it."""
    group: GroupMapping
    number: int
    """Number of the source, from 0."""
    limit: int | None = None
    """First rows only; None for all."""


def statements(name: str) -> list[str]:
    """Return the statements of `queries/<name>.sql`."""
    return [statement.strip() for statement in sql(name).split(";\n") if statement.strip()]
