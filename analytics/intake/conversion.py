"""What every conversion gets and what it gives."""

from dataclasses import dataclass, field
from datetime import datetime

from analytics.contract import Column
from analytics.intake.words import Reading
from analytics.workspace import WorkspaceInfo


@dataclass(frozen=True, slots=True)
class Expression:
    """SQL of one contract column of one file, in two steps that each read the columns of the step before."""

    value: str
    """Typed value as read from the word, null where the word is unreadable; reads `x_word` and `x_direct`."""
    checked: str
    """Typed value after the check, null where it cannot be; reads `x_value`."""
    can_fail: bool = True
    """Whether a word can end without a value."""
    parts: tuple[str, ...] = ()
    """Values of the parts of a sum; they become `x_value_0`, `x_value_1`, …"""
    wall_clock: str = ""
    """Times without an offset: the clock time in the file's zone."""
    local: str = ""
    """Times: the clock time in the workspace's zone; reads `x_value` and `wall_clock`."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What conversions need besides the word."""

    reading: Reading
    info: WorkspaceInfo
    salt: str
    now: datetime
    """Time of the import in UTC; later times cannot be."""
    formats: dict[str, tuple[list[str], bool]]
    """Time column → strptime formats to try, and whether its words carry offsets."""
    years: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Time column → first and last year, where that is known without reading words."""

    def bind(self, value: object) -> str:
        """Keep a value for SQL."""
        return self.reading.session.bind(value)


def value_of(column: Column) -> str:
    """Return the name of the column that holds the value as read."""
    return f'"{column.name}_value"'
