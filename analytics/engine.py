"""Runs the `.sql` files on DuckDB: the only module that knows the engine, besides the import that writes the result.

Readers open the result read-only and locked down: no other file, no network, no settings. One connection per
result; one cursor per call, because a DuckDB connection refuses two calls at once.
"""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analytics.contract import RESULT_FORMAT
from analytics.errors import QueryError, WorkspaceError

QUERIES = Path(__file__).parent / "queries"

_LOCK_DOWN = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set lock_configuration = true",
)
_LARGE_BYTES = 256 * 2**20
_THREADS = {False: "set threads = 1", True: "set threads = 2"}
"""By whether the result is large: to share out a small cube costs more than to read it."""


@cache
def sql(name: str) -> str:
    """Return the text of `analytics/queries/<name>.sql`."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8")


class Reader:
    """A read-only, locked-down view of one result file."""

    def __init__(self, path: Path) -> None:
        self._connection = _open(path)
        self.generation = self._checked_generation(path)
        """Identity of the result; part of every cache key."""

    def frame(self, name: str, parameters: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """Run `queries/<name>.sql` and return its rows. Raises QueryError naming the query and the cause."""
        try:
            return _plain(self._connection.cursor().execute(sql(name), dict(parameters or {})).df())
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise QueryError(
                f"This result does not hold what “{name}” asks for: {first_line(error)}",
                do="An older version built it: import the files again on Sources.",
            ) from error
        except duckdb.Error as error:
            raise QueryError(
                f"The question “{name}” failed: {first_line(error)}",
                do="Import the files again; if it stays, report it with this sentence.",
            ) from error

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _checked_generation(self, path: Path) -> str:
        try:
            row = self._connection.cursor().execute(sql("models/generation")).fetchall()[0]
        except (duckdb.Error, IndexError) as error:
            raise WorkspaceError(f"{path.name} is not a complete result.", do=_again(path)) from error
        if str(row[1]) != str(RESULT_FORMAT):
            raise WorkspaceError(f"{path.name} was built by another version of the app.", do=_again(path))
        return str(row[0])


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame, which nobody else holds yet, with words as text and column names as plain objects.

    Words of a fixed list come as codes and are spelled here: one by one in SQL takes ten times as long. So does looking
    a column up by an Arrow string.
    """
    for place, kind in enumerate(frame.dtypes):
        if isinstance(kind, pd.CategoricalDtype):
            frame.isetitem(place, _spelled(frame.iloc[:, place].array))
    frame.columns = frame.columns.astype(object)
    return frame


def _spelled(column: Any) -> Any:
    words = pd.array(column.categories.to_numpy(), dtype="str")
    return words.take(column.codes, allow_fill=True)


def first_line(error: BaseException) -> str:
    """Return the first line of an engine error, which holds the cause."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _again(path: Path) -> str:
    return f"Run “python -m analytics import {path.parent.name}” or import again on Sources."


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise WorkspaceError(f"“{path.parent.name}” has no result yet.", do=_again(path))
    try:
        with _own_name(path) as name:
            connection = duckdb.connect(str(name), read_only=True)
    except (duckdb.Error, OSError) as error:
        raise WorkspaceError(f"{path.name} cannot be opened: {first_line(error)}", do=_again(path)) from error
    for statement in (_THREADS[path.stat().st_size >= _LARGE_BYTES], *_LOCK_DOWN):
        connection.execute(statement)
    return connection


@contextmanager
def _own_name(path: Path) -> Iterator[Path]:
    """Lend the file a second name for the moment of opening.

    DuckDB shares one instance per path within a process, so a result that an import has just replaced would be
    answered from the old one for as long as any session still holds it.
    """
    alias = path.with_name(f".{path.stem}-{os.getpid()}-{secrets.token_hex(4)}.open")
    try:
        os.link(path, alias)
    except OSError:
        yield path
        return
    try:
        yield alias
    finally:
        with suppress(OSError):
            alias.unlink()
