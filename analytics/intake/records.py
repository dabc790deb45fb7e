"""Reads records of a delimited file one by one, for files the fast reader cannot be trusted with.

Every physical line is accounted for: it becomes part of a record or a problem with its line number. A quote that is
never closed costs the line it is on, not the rest of the file.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analytics.errors import SourceError
from analytics.intake.prescan import LONGEST_LINE, Facts, blocks

_LONGEST_RECORD: Final = 200
"""Lines a quoted field may span before its quote counts as never closed."""
csv.field_size_limit(LONGEST_LINE)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a file, or why there is none."""

    line: int
    """Line the record begins on, from 1."""
    fields: tuple[str, ...] = ()
    problem: str = ""
    """Why the row cannot be taken; empty for a good row."""
    column: int | None = None
    """Position of the column the problem is in, from 0."""
    value: str = ""
    """What stood there."""


def records(path: Path, facts: Facts, delimiter: str, encoding: str, width: int = 0) -> Iterator[Record]:
    """Yield the header (when `width` is 0) or every record with `width` fields expected.

    Raises SourceError when the encoding named does not exist or the file breaks off.
    """
    lines = _Lines(path, encoding or facts.encoding or "utf-8")
    while (line := lines.take()) is not None:
        record = _record(lines, line, delimiter, width)
        if record is not None:
            yield record


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line."""

    number: int
    text: str
    problem: str = ""
    """Why its bytes cannot be taken; empty for a good line."""
    position: int | None = None
    """Character, from 0, that the problem is at; None when it is the length."""


class _Lines:
    """Physical lines of a file with push-back."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._source = decoded_lines(path, encoding)
        self._waiting: list[Line] = []

    def take(self) -> Line | None:
        return self._waiting.pop() if self._waiting else next(self._source, None)

    def put_back(self, lines: list[Line]) -> None:
        self._waiting.extend(reversed(lines))


def _record(lines: _Lines, first: Line, delimiter: str, width: int) -> Record | None:
    if first.problem:
        return Record(first.number, (), first.problem, _problem_column(first, delimiter), first.text[:200])
    if not first.text.strip():
        return None if width != 1 or not first.text else Record(first.number, ("",))
    if first.text.count('"') % 2 == 0:
        return _checked(first, _split(first.text, delimiter), width)
    return _quoted_record(lines, first, delimiter, width)


def _quoted_record(lines: _Lines, first: Line, delimiter: str, width: int) -> Record:
    """Join lines until the quotes close; when they do not, or the row does not fit, only the first line is lost."""
    taken: list[Line] = []
    text = first.text
    while len(taken) < _LONGEST_RECORD and len(text) < LONGEST_LINE and (line := lines.take()) is not None:
        taken.append(line)
        text += "\n" + line.text
        if line.problem:
            break
        if text.count('"') % 2 == 0:
            fields = _split(text, delimiter)
            if fields is not None and (not width or len(fields) == width):
                return Record(first.number, fields)
            break
    lines.put_back(taken)
    position = _open_quote(first.text, delimiter)
    return Record(first.number, (), "a quote is opened and never closed", position, first.text[:200])


def _problem_column(line: Line, delimiter: str) -> int | None:
    """Return the column of a line's problem: where its bytes fail, or its longest field."""
    if line.position is not None:
        return line.text[: line.position].count(delimiter)
    sizes = [len(field) for field in line.text.split(delimiter)]
    return sizes.index(max(sizes)) if len(line.text) >= LONGEST_LINE else None


def _open_quote(text: str, delimiter: str) -> int:
    return text[: text.rfind('"')].count(delimiter)


def _split(text: str, delimiter: str) -> tuple[str, ...] | None:
    try:
        return tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ()))
    except csv.Error:
        return None


def _checked(line: Line, fields: tuple[str, ...] | None, width: int) -> Record:
    if fields is None:
        return Record(line.number, problem=f"the row is longer than {LONGEST_LINE:,} characters", value=line.text[:200])
    if width and len(fields) != width:
        word = "too few" if len(fields) < width else "too many"
        problem = f"{word} columns: {len(fields)} where the header has {width}"
        return Record(line.number, (), problem, min(len(fields), width) - 1, line.text[:200])
    for position, value in enumerate(fields):
        if "\x00" in value:
            shown = value.replace("\x00", "␀")[:200]
            return Record(line.number, (), "the value holds a NUL byte", position, shown)
    return Record(line.number, fields)


def decoded_lines(path: Path, encoding: str) -> Iterator[Line]:
    """Yield every line of a text file; one whose bytes do not fit says so. Raises SourceError for no such encoding."""
    name = _known(encoding, path)
    if name.startswith(("utf-16", "utf-32")):
        yield from _wide_lines(path, name)
        return
    for number, raw in enumerate(_raw_lines(path), 1):
        yield _decode(number, raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw, name)


def _known(encoding: str, path: Path) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        do = 'Use for example encoding = "cp1252".'
        raise SourceError(f"“{encoding}” is not an encoding.", where=path.name, do=do) from error
    return "utf-8" if name == "utf-8-sig" else name


def _decode(number: int, raw: bytes, encoding: str) -> Line:
    if len(raw) > LONGEST_LINE:
        problem = f"the line is longer than {LONGEST_LINE:,} bytes"
        return Line(number, raw.decode(encoding, "replace"), problem)
    try:
        return Line(number, raw.decode(encoding))
    except UnicodeDecodeError as error:
        text = raw.decode(encoding, "replace")
        problem = (
            f"byte 0x{raw[error.start]:02X} at character {error.start + 1} is not {encoding.upper()};"
            f' if the file is older Windows text, set encoding = "cp1252"'
        )
        return Line(number, text, problem, error.start)


def _raw_lines(path: Path) -> Iterator[bytes]:
    """Yield lines without their end; CR, LF and CRLF all end a line. Of an endless line only the beginning is kept."""
    rest = b""
    for block in blocks(path):
        parts = (rest + block).splitlines(keepends=True)
        rest = b"" if parts[-1].endswith(b"\n") else parts.pop()[: LONGEST_LINE + 2]
        yield from (part.rstrip(b"\r\n") for part in parts)
    if rest:
        yield rest.rstrip(b"\r")


def _wide_lines(path: Path, encoding: str) -> Iterator[Line]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    rest, number = "", 0
    for block in blocks(path):
        parts = (rest + decoder.decode(block)).replace("\r\n", "\n").split("\n")
        rest = parts.pop()
        for text in parts:
            number += 1
            yield Line(number, text.rstrip("\r").lstrip("\ufeff"))
    if rest:
        yield Line(number + 1, rest.rstrip("\r").lstrip("\ufeff"))
