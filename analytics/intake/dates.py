"""Decides in which order a column writes day and month, over the whole file, and in which formats.

A column that shows both orders is refused; one that could be either is asked about. Days up to 12 would otherwise
be read wrongly without any sign.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from analytics.errors import MappingError
from analytics.intake.mapping import ColumnMapping

Order = Literal["day", "month"]

_MARKS: Final = ("/", ".", "-", " ")
_TIMES: Final = ("", " %H:%M:%S", " %H:%M", " %H:%M:%S.%f", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", ", %H:%M")
_NEUTRAL: Final = ("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %B %Y", "%b %d, %Y")


@dataclass(frozen=True, slots=True)
class Orders:
    """What one pass over the words of one column of one file found."""

    label: str
    """File."""
    day_first: int
    month_first: int
    either: int
    dotted: int
    with_offset: int
    day_first_line: int | None = None
    day_first_word: str = ""
    month_first_line: int | None = None
    month_first_word: str = ""
    either_line: int | None = None
    either_word: str = ""


def decide_order(table: str, column: ColumnMapping, files: list[Orders], *, may_be_open: bool = False) -> Order:
    """Return the order of day and month for a column over its files.

    Raises MappingError when both orders occur, when the files contradict the mapping, or when either could be
    meant (`may_be_open` reads it day first instead).
    """
    name = " + ".join(column.columns)
    for found in files:
        _refuse_mixed(name, found)
    declared = declared_order(column)
    if declared:
        _refuse_contradiction(name, declared, files)
        return declared
    if may_be_open and not any(found.month_first for found in files):
        return "day"
    return _found_order(table, name, files)


def declared_order(column: ColumnMapping) -> Order | None:
    """Return the order that the mapping states by `format` or `day_first`, None when it states none."""
    marks = re.findall(r"%-?([dmY])", column.format)
    if "d" in marks and "m" in marks:
        return None if marks[0] == "Y" else ("day" if marks.index("d") < marks.index("m") else "month")
    return None if column.day_first is None else ("day" if column.day_first else "month")


def _refuse_mixed(name: str, found: Orders) -> None:
    if found.day_first and found.month_first:
        raise MappingError(
            f"The column mixes date orders: line {found.day_first_line} has “{found.day_first_word}” (day first), "
            f"line {found.month_first_line} has “{found.month_first_word}” (month first).",
            where=f"{found.label}, column {name}",
            do="Bring the dates into one order; otherwise days up to 12 would be read wrongly.",
        )


def _refuse_contradiction(name: str, declared: Order, files: list[Orders]) -> None:
    for found in files:
        line, word, count = (
            (found.month_first_line, found.month_first_word, found.month_first)
            if declared == "day"
            else (found.day_first_line, found.day_first_word, found.day_first)
        )
        if count:
            raise MappingError(
                f"The mapping says {declared} first, but “{word}” cannot be.",
                where=f"{found.label}, line {line}, column {name}",
                do="Correct `day_first` or `format`, or bring the dates into one order.",
            )


def _found_order(table: str, name: str, files: list[Orders]) -> Order:
    seen = {order for found in files for order, count in _counts(found) if count}
    undecided = [found for found in files if found.either and not (found.day_first or found.month_first)]
    if not undecided or len(seen) == 1:
        return "month" if seen == {"month"} else "day"
    if not seen and all(found.dotted for found in undecided):
        return "day"
    first = undecided[0]
    raise MappingError(
        f"“{first.either_word}” can be day first or month first, and no other date of the column decides it.",
        where=f"{first.label}, line {first.either_line}, column {name}",
        do=f"Say which in workspace.toml: [{table}] day_first = true (or false).",
    )


def _counts(found: Orders) -> tuple[tuple[Order, int], tuple[Order, int]]:
    return ("day", found.day_first), ("month", found.month_first)


def file_order(found: Orders, common: Order) -> Order:
    """Return the order of one file: its own when it shows one, else that of the column's other files."""
    if found.day_first or found.month_first:
        return "day" if found.day_first else "month"
    return common


def formats(order: Order, sample: list[str]) -> list[str]:
    """Return strptime formats to try, those that read most of `sample` first."""
    numbers = "%d{0}%m{0}" if order == "day" else "%m{0}%d{0}"
    dates = [numbers.format(mark) + year for mark in _MARKS for year in ("%y", "%Y")]
    every = [date + time for date in (*_NEUTRAL, *dates) for time in _TIMES]
    hits = {candidate: sum(_reads(word, candidate) for word in sample) for candidate in every}
    return sorted(every, key=lambda candidate: -hits[candidate])


def _reads(word: str, candidate: str) -> bool:
    try:
        datetime.strptime(word, candidate)
    except ValueError:
        return False
    return True
