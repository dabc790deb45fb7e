"""What `workspace.toml` says about tables and columns, as frozen values.

Owns the vocabulary of the mapping. `analytics.intake.mapping_parse` makes these values from TOML and complains about
what does not fit; everything later in the import reads them and nothing else.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from analytics.contract import TABLES

Mode = Literal["columns", "sum", "date_time", "constant", "day_of_month"]

NULL_WORDS: Final = ("", "null", "NULL", "N/A", "n/a", "#N/A", "NaN", "nan", "\\N")
"""Words that mean “no value” in any file, besides those a mapping names."""

UNITS: Final = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "hh:mm:ss": 1.0}
"""Units of a duration → seconds in one of them; values with colons are read as clock durations in any unit."""

YES_WORDS: Final = ("yes", "y", "true", "t", "1", "1.0", "x", "ja", "j", "oui", "si", "sí")
NO_WORDS: Final = ("no", "n", "false", "f", "0", "0.0", "nein", "non")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How one contract column comes out of the user's columns."""

    target: str
    """Contract column."""
    mode: Mode
    columns: tuple[str, ...] = ()
    """The user's columns, in order; empty for a constant."""
    constant: str = ""
    format: str = ""
    """strptime format of times, or `epoch` / `epoch_ms`; empty: found out."""
    unit: str = "seconds"
    values: tuple[tuple[str, str], ...] = ()
    """Value map: the user's word → ours."""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    default: str = ""
    """Word for rows without a value; empty: none."""
    null: tuple[str, ...] = ()
    """Words that mean “no value” in this column."""
    scale: tuple[float, float] | None = None
    high: str = ""
    """What a high score means: `easy` turns an effort scale round, `bad` a satisfaction scale."""
    prefix: str = ""
    """`YYYY-MM-` for a column that only has the day of the month."""
    timezone: str = ""
    day_first: bool | None = None
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class ExcludeRule:
    """Rows to leave out on purpose."""

    column: str
    values: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class LabelRule:
    """Rows that get a value by what another column says."""

    column: str
    values: tuple[str, ...]
    target: str
    value: str
    otherwise: str | None
    """Value of all other rows; None leaves them to the column's own mapping."""


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """One group of files that feed one contract table in the same way."""

    table: str
    files: tuple[str, ...]
    """Globs relative to the workspace folder."""
    columns: tuple[ColumnMapping, ...]
    format: str = ""
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    null_words: tuple[str, ...] = ()
    timezone: str = ""
    day_first: bool | None = None
    decimal_comma: bool = False
    key: tuple[str, ...] = ()
    latest_by: str = ""
    excludes: tuple[ExcludeRule, ...] = ()
    labels: tuple[LabelRule, ...] = ()

    @property
    def where(self) -> str:
        """Where to look in `workspace.toml`."""
        return f"workspace.toml, [{self.table}]"

    def outside_columns(self) -> tuple[str, ...]:
        """Every column of the user's files that the mapping speaks of, once, in order."""
        mapped = [name for column in self.columns for name in column.columns]
        rules = [rule.column for rule in self.excludes] + [rule.column for rule in self.labels]
        latest = [self.latest_by] if self.latest_by else []
        return tuple(dict.fromkeys([*mapped, *rules, *self.key, *latest]))

    def outside_columns_of(self, target: str) -> tuple[str, ...]:
        """The user's columns that feed one contract column."""
        return next((column.columns for column in self.columns if column.target == target), ())

    def targets(self) -> tuple[str, ...]:
        """Contract columns that this group fills, in contract order."""
        filled = {column.target for column in self.columns} | {label.target for label in self.labels}
        return tuple(name for name in TABLES[self.table].names if name in filled)


@dataclass(frozen=True, slots=True)
class Mapping:
    """The whole mapping: the groups of files in contract order."""

    groups: tuple[GroupMapping, ...] = field(default=())

    def tables(self) -> tuple[str, ...]:
        """Contract tables that have files, in contract order."""
        named = {group.table for group in self.groups}
        return tuple(table for table in TABLES if table in named)

    def of(self, table: str) -> tuple[GroupMapping, ...]:
        """Groups that feed `table`."""
        return tuple(group for group in self.groups if group.table == table)
