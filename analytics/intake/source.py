"""One file as the rest of the import sees it: positions instead of names, a relation, and a line per row.

Names of the user's columns stay in Python; in SQL a column is `c` and its position.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analytics.errors import MappingError, nearest

ColumnType = Literal["text", "timestamp", "instant", "date", "clock", "number", "flag", "other"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one row or value of a file."""

    line: int | None
    column: str
    value: str
    reason: str
    outcome: str = "rejected"
    rows: int = 1
    """Rows that this stands for."""


def all_text(names: tuple[str, ...]) -> tuple[ColumnType, ...]:
    """Return the types of a file of which every column is text."""
    return tuple("text" for _ in names)


@dataclass(frozen=True, slots=True)
class Source:
    """One readable file."""

    number: int
    """Place in the import, from 0; `file_no` of its rows."""
    path: Path
    label: str
    """Name as people know it."""
    names: tuple[str, ...]
    """The file's column names, in its order."""
    types: tuple[ColumnType, ...]
    relation: str
    """SQL of a relation with columns c0, c1, …; made of fixed parts and numbers only."""
    line: str
    """SQL expression of a row's line (text files) or row (tables), from 1."""
    rows: int
    """Rows in `relation`."""
    problems: tuple[Problem, ...] = ()
    """Rows that could not be read at all, listed."""
    unreadable: int = 0
    """How many such rows there are."""
    notes: tuple[str, ...] = ()
    in_place: bool = False
    """Whether `relation` reads the file itself, column by column, rather than a staged copy."""

    def position(self, name: str, where: str) -> int | None:
        """Return the position of the user's column `name`, None when this file has none.

        An exact name wins, then one that differs in blanks at the ends or letter case. Raises MappingError when two
        columns answer to the name.
        """
        for same in (_exact, _folded):
            found = [position for position, own in enumerate(self.names) if same(own) == same(name)]
            if len(found) > 1:
                raise MappingError(
                    f"“{self.label}” has {len(found)} columns called “{name}”.",
                    where=where,
                    do="Give the columns different names in the file.",
                )
            if found:
                return found[0]
        return None

    def missing(self, name: str, where: str) -> MappingError:
        """Return the error for a column this file does not have."""
        return MappingError(f"“{self.label}” has no column “{name}”.", where=where, do=nearest(name, self.names))


def _exact(name: str) -> str:
    return name


def _folded(name: str) -> str:
    return name.strip().casefold()
