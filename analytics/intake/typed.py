"""What the conversion hands to the model: columns and engine types of each typed table, read off the contract.

`customer_id` and `agent_id` arrive hashed, as `customer` and `agent`. Tables with a time also carry `local_at`, the
wall clock in the workspace's zone; the time itself is UTC. A column the files do not have is NULL of the right type.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from analytics.contract import TABLES, Column, Table

_ENGINE_TYPES: Final = {
    "time": "timestamp",
    "day": "date",
    "category": "varchar",
    "id": "varchar",
    "text": "varchar",
    "seconds": "double",
    "count": "bigint",
    "flag": "boolean",
    "money": "double",
    "number": "double",
    "score": "double",
}
_HASHED: Final = {"customer_id": "customer", "agent_id": "agent"}
_ROW_ADDRESS: Final = {"file_no": "smallint", "source_line": "bigint"}
_EXTRA: Final[Mapping[str, Mapping[str, str]]] = {"surveys": {"csat_scale": "double"}}


@dataclass(frozen=True, slots=True)
class TypedSource:
    """A select that yields the typed contacts, so that reading, converting and windows run in one statement."""

    query: str
    """Text of a select with every column of `typed_columns("contacts")`, in any order; parameters as `$name`."""
    parameters: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Values of the parameters in `query`; names begin with `source_` so that they never meet the model's own."""
    nameless: str = ""
    """The same where nobody asks for `customer`, which it leaves empty: spares looking up each one's hash."""


def typed_columns(table: str) -> dict[str, str]:
    """Return column name → engine type of the typed form of contract table `table`. KeyError if there is none."""
    contract = TABLES[table]
    named = dict(_typed(column) for column in contract.columns)
    local = {"local_at": "timestamp"} if _has_time(contract) else {}
    return {**named, **_EXTRA.get(table, {}), **_ROW_ADDRESS, **local}


def _typed(column: Column) -> tuple[str, str]:
    if column.name in _HASHED:
        return _HASHED[column.name], "ubigint"
    return column.name, _ENGINE_TYPES[column.kind]


def _has_time(table: Table) -> bool:
    return any(column.kind == "time" for column in table.columns)
