"""Excel workbooks: sheets become sources, every value becomes text."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from analytics.errors import SourceError, nearest
from analytics.intake.delimited import stage_records
from analytics.intake.records import Record
from analytics.intake.session import Opening
from analytics.intake.source import Source, all_text


def open_workbook(path: Path, label: str, sheet: str) -> tuple[CalamineWorkbook, tuple[str, ...]]:
    """Return the workbook and the sheets to read: the one named, all for “*”, else the only one with rows.

    Raises SourceError for a damaged file, an unknown sheet, or several sheets to choose from.
    """
    book = _open(path, label)
    names = tuple(book.sheet_names)
    if sheet == "*":
        return book, tuple(name for name in names if _has_rows(book, name, label))
    if sheet:
        if sheet not in names:
            raise SourceError(f"There is no sheet “{sheet}”.", where=label, do=nearest(sheet, names))
        return book, (sheet,)
    filled = tuple(name for name in names if _has_rows(book, name, label))
    if len(filled) != 1:
        listed = ", ".join(f"“{name}”" for name in filled)
        happened = f"The workbook has {len(filled)} sheets with rows: {listed}." if filled else "The workbook is empty."
        raise SourceError(happened, where=label, do='Name one with sheet = "…", or take all with sheet = "*".')
    return book, filled


def stage_sheet(opening: Opening, book: CalamineWorkbook, sheet: str) -> Source:
    """Stage one sheet; its first row with values is the header. Raises SourceError when there is no row below it."""
    rows = enumerate((tuple(_text(value) for value in row) for row in _rows(book, sheet, opening.label)), 1)
    header = next(((line, row) for line, row in rows if any(row)), None)
    if header is None:
        raise SourceError(f"The sheet “{sheet}” is empty.", where=opening.label, do="Name another sheet.")
    names = header[1]
    source = Source(opening.number, opening.path, opening.label, names, all_text(names), "", "", 0)
    found = (_record(line, row, len(names)) for line, row in rows if any(row))
    return stage_records(opening.session, source, islice(found, opening.limit))


def _open(path: Path, label: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise _unreadable("it is locked with a password", label) from error
    except (CalamineError, OSError, ValueError) as error:
        with path.open("rb") as file:
            is_zip = file.read(2) == b"PK"
        reason = "it is damaged inside" if is_zip else "it is no zip archive, as every .xlsx is"
        raise _unreadable(reason, label) from error


def _unreadable(reason: str, label: str) -> SourceError:
    return SourceError(
        f"This is not a readable Excel file: {reason}.", where=label, do="Save it again as .xlsx, or as CSV."
    )


def _rows(book: CalamineWorkbook, sheet: str, label: str) -> Iterator[list[Any]]:
    try:
        return iter(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(f"its sheet “{sheet}” is damaged inside", label) from error


def _has_rows(book: CalamineWorkbook, sheet: str, label: str) -> bool:
    return any(any(value != "" for value in row) for row in islice(_rows(book, sheet, label), 20))


def _record(line: int, row: tuple[str, ...], width: int) -> Record:
    if any(row[width:]):
        return Record(line, (), f"too many columns: the header has {width}", width - 1, next(filter(None, row[width:])))
    return Record(line, row[:width] + ("",) * (width - len(row)))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _clock(int(value.total_seconds()))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
