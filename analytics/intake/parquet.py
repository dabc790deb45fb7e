"""Parquet files: read in place by the engine, never staged."""

from pathlib import Path
from typing import Any, Final

import duckdb

from analytics.engine import first_line
from analytics.errors import SourceError
from analytics.intake.session import Opening, Session
from analytics.intake.source import ColumnType, Source

_TYPES: Final[dict[str, ColumnType]] = {
    "TIMESTAMP": "timestamp",
    "TIMESTAMP_S": "timestamp",
    "TIMESTAMP_MS": "timestamp",
    "TIMESTAMP_NS": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "instant",
    "DATE": "date",
    "TIME": "clock",
    "BOOLEAN": "flag",
}
_NESTED: Final = ("STRUCT", "MAP", "UNION")
_NUMBERS: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
                   "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL")  # fmt: skip


def open_parquet(opening: Opening) -> Source:
    """Return a Parquet file as a Source. Raises SourceError when it is damaged, empty or no Parquet file."""
    session, path, label, limit = opening.session, opening.path, opening.label, opening.limit
    try:
        columns = session.run("parquet_columns", {"file": str(path)})
        rows = int(session.run("parquet_rows", {"file": str(path)})[0][0])
    except duckdb.Error as error:
        raise SourceError(
            f"This is not a readable Parquet file: {first_line(error)}.",
            where=label,
            do="Export or copy the file again.",
        ) from error
    if rows == 0:
        raise SourceError("The file has columns but no rows.", where=label, do="Export it again.")
    names = tuple(str(column[0]) for column in columns)
    _refuse_nested(opening, columns)
    types = tuple(_type(str(column[1])) for column in columns)
    relation = _relation(session, path, len(names), limit)
    shown = rows if limit is None else min(rows, limit)
    return Source(opening.number, path, label, names, types, relation, "source.row_number + 1", shown, in_place=True)


def _refuse_nested(opening: Opening, columns: list[tuple[Any, ...]]) -> None:
    """Raise SourceError when a column the mapping names holds lists or records instead of single values."""
    named = set(opening.group.outside_columns())
    for name, kind in (column[:2] for column in columns):
        if name in named and str(kind).startswith(_NESTED) | str(kind).endswith("]"):
            happened = f"The column “{name}” holds {kind.lower()[:60]}: lists or records, not one value a row."
            raise SourceError(happened, where=opening.label, do="Export it as text or a number, one value a row.")


def _type(name: str) -> ColumnType:
    if name.startswith(_NUMBERS):
        return "number"
    return _TYPES.get(name, "text" if name == "VARCHAR" else "other")


def _relation(session: Session, path: Path, width: int, limit: int | None) -> str:
    columns = ", ".join([*(f"c{position}" for position in range(width)), "row_number"])
    table = f"read_parquet({session.bind(str(path))}, file_row_number = true)"
    rows = table if limit is None else f"(from {table} limit {limit:d})"
    return f"{rows} as source({columns})"
