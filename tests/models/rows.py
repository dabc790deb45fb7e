"""Builds a model in memory from a few rows written out in a test."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from analytics.contract import TABLES
from analytics.intake.build import build_model
from analytics.intake.typed import typed_columns
from analytics.workspace import WorkspaceInfo

Row = Mapping[str, Any]


def at(text: str) -> datetime:
    """Return a time of March 2025 from "DD hh:mm" or any time from "YYYY-MM-DD hh:mm[:ss]"."""
    return datetime.fromisoformat(text if len(text) > 8 else f"2025-03-{text}")


def contact(started: str, customer: int | None = 1, **values: Any) -> dict[str, Any]:
    """Return one typed contact; UTC is the wall clock unless `local_at` says otherwise."""
    started_at = at(started)
    base = {
        "started_at": started_at,
        "local_at": started_at,
        "customer": customer,
        "channel": "phone",
        "reason": "billing",
    }
    return {**base, **values}


def model(
    contacts: Iterable[Row], window_days: int = 7, timezone: str = "UTC", **tables: Sequence[Row]
) -> duckdb.DuckDBPyConnection:
    """Return an in-memory result built from `contacts` and further typed tables; ids and lines are given in order."""
    connection = duckdb.connect()
    fill(connection, "typed_contacts", "contacts", contacts)
    for name, rows in tables.items():
        fill(connection, name, name, rows)
    info = WorkspaceInfo("test", timezone=timezone, issue_window_days=window_days)
    build_model(connection, info, lambda _label, _share: None, facts={"generation": "g"})
    return connection


def fill(connection: duckdb.DuckDBPyConnection, table: str, contract: str, rows: Iterable[Row]) -> None:
    """Create the typed form of contract table `contract` as `table` and insert `rows`."""
    kinds = typed_columns(contract)
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    connection.execute(f"create table {table} ({columns})")
    completed = [_completed(contract, number, row) for number, row in enumerate(rows)]
    if completed:
        given = pa.Table.from_pylist([{name: row.get(name) for name in kinds} for row in completed])
        connection.register("given_rows", given)
        connection.execute(f"insert into {table} select * from given_rows")
        connection.unregister("given_rows")


def _completed(contract: str, number: int, row: Row) -> dict[str, Any]:
    address: dict[str, Any] = {"file_no": 0, "source_line": number + 1}
    if contract == "contacts":
        address["contact_id"] = f"c{number:06d}"
    times = [column.name for column in TABLES[contract].columns if column.kind == "time"]
    if times and "local_at" not in row and row.get(times[0] if contract != "surveys" else "answered_at"):
        address["local_at"] = row[times[0]]
    unknown = set(row) - set(typed_columns(contract))
    assert not unknown, f"no such column: {unknown}"
    return {**address, **row}


def dicts(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Return the rows of `query` as dictionaries."""
    cursor = connection.execute(query, dict(parameters or {}))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def one(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the single row of `query`."""
    (row,) = dicts(connection, query, parameters)
    return row
