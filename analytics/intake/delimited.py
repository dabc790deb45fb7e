"""Text files with columns: finds encoding and delimiter, stages the rows as text, and accounts for every line.

Clean files go through the engine's fast reader, checked by counting; all others record by record.
"""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

import duckdb

from analytics.engine import sql
from analytics.errors import SourceError
from analytics.intake import statements
from analytics.intake.prescan import LONGEST_LINE, WIDE, Facts, blocks, prescan
from analytics.intake.records import Record, records
from analytics.intake.session import BATCH_ROWS, Opening, Session
from analytics.intake.source import Problem, Source, all_text

DELIMITERS: Final = (",", ";", "\t", "|", ":")
_NO_DELIMITER: Final = frozenset('"\r\n\0')
MOST_LISTED: Final = 100_000
"""Problems listed one by one for one import; all are counted."""


def stage_delimited(opening: Opening) -> Source:
    """Stage a delimited file and return it as a Source; with a limit only its first rows.

    Raises SourceError for an empty file, a file with a header only, an unreadable header or broken packing.
    """
    facts, readable, encoding = _readable(opening)
    delimiter = find_delimiter(readable, facts, encoding, opening.group.delimiter)
    names = _header(readable, facts, delimiter, encoding, opening.label)
    source = Source(opening.number, opening.path, opening.label, names, all_text(names), "", "", 0, notes=_notes(facts))
    if opening.limit is None and facts.is_plain and encoding in {"", "utf-8"}:
        rows = _stage_fast(opening, readable, facts, delimiter, len(names))
        if rows is not None:
            table = f"staging.s{opening.number:d} as source"
            return with_rows(replace(source, relation=table, line="source.rowid + 2", rows=rows))
    stop = None if opening.limit is None else opening.limit + 1
    found = islice(records(readable, facts, delimiter, encoding, len(names)), 1, stop)
    return stage_records(opening.session, source, found)


def with_rows(source: Source) -> Source:
    """Return the source as it is. Raises SourceError when it has no rows."""
    if source.rows + source.unreadable == 0:
        do = "Export it again, or take it out of the mapping."
        raise SourceError("The file has a header but no rows.", where=source.label, do=do)
    return source


def stage_records(session: Session, source: Source, found: Iterable[Record]) -> Source:
    """Write good records to the staging table and list the others."""
    session.create_staging(source.number, len(source.names))
    problems: list[Problem] = []
    rows = unreadable = 0
    for batch in _batches(found):
        good = [record for record in batch if not record.problem]
        bad = [record for record in batch if record.problem]
        unreadable += len(bad)
        rows += len(good)
        problems.extend(_problem(record, source.names) for record in bad[: MOST_LISTED - len(problems)])
        if good:
            columns = list(zip(*(record.fields for record in good), strict=True))
            session.append(source.number, columns, [record.line for record in good])
    table = f"staging.s{source.number:d} as source"
    staged = replace(source, relation=table, line="source.line", rows=rows, unreadable=unreadable)
    return with_rows(replace(staged, problems=tuple(problems)))


def _batches(found: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(found)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch


def _problem(record: Record, names: tuple[str, ...]) -> Problem:
    column = names[record.column] if record.column is not None and 0 <= record.column < len(names) else ""
    return Problem(record.line, column, record.value, record.problem)


def _readable(opening: Opening) -> tuple[Facts, Path, str]:
    """Return facts, the file to read and the encoding to read it in, after turning other encodings into UTF-8."""
    path = opening.path
    facts = prescan(path)
    encoding = opening.group.encoding or (facts.encoding if facts.encoding.startswith(WIDE) else "")
    if opening.limit is not None or encoding.lower() in {"", "utf-8", "utf8", "utf-8-sig"}:
        return facts, path, "" if encoding.lower().startswith("utf-8") else encoding
    copy = opening.session.scratch / f"{path.name}.utf8"
    return (prescan(copy), copy, "") if _transcode(path, encoding, copy) else (facts, path, encoding)


def _transcode(path: Path, encoding: str, copy: Path) -> bool:
    """Write `path` as UTF-8 into `copy`; False when some byte does not fit the encoding."""
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        do = 'Use for example encoding = "cp1252".'
        raise SourceError(f"“{encoding}” is not an encoding.", where=path.name, do=do) from error
    try:
        with copy.open("w", encoding="utf-8", newline="") as file:
            for block in blocks(path):
                file.write(decoder.decode(block).removeprefix("\ufeff"))
            file.write(decoder.decode(b"", final=True))
    except UnicodeError:
        return False
    return True


def find_delimiter(path: Path, facts: Facts, encoding: str, given: str) -> str:
    """Return the delimiter given, else the one that the first rows agree on. Raises SourceError."""
    if given:
        wanted = {"tab": "\t", "\\t": "\t"}.get(given, given)
        if len(wanted) != 1 or wanted in _NO_DELIMITER:
            raise SourceError(
                f"The delimiter “{given}” must be one character, and neither a quote nor a line end.",
                where=path.name,
                do='Write for example delimiter = ";".',
            )
        return wanted
    return max(DELIMITERS, key=lambda mark: (_agreement(path, facts, mark, encoding), -DELIMITERS.index(mark)))


def _agreement(path: Path, facts: Facts, mark: str, encoding: str) -> int:
    """Return how many of the first rows have the header's number of columns, times that number."""
    sizes = [len(record.fields) for record in islice(records(path, facts, mark, encoding), 30)]
    return 0 if not sizes or sizes[0] < 2 else sizes[0] * sum(size == sizes[0] for size in sizes)


def _header(path: Path, facts: Facts, delimiter: str, encoding: str, label: str) -> tuple[str, ...]:
    first = next(records(path, facts, delimiter, encoding), None)
    if first is None or first.problem or not any(name.strip() for name in first.fields):
        reason = f"its header cannot be read: {first.problem}" if first and first.problem else "it has no header"
        where = f"{label}, line {first.line}" if first else label
        raise SourceError(f"The file cannot be used: {reason}.", where=where, do="Export it again with column names.")
    return first.fields


def _stage_fast(opening: Opening, path: Path, facts: Facts, delimiter: str, width: int) -> int | None:
    """Stage with the engine's reader and return the rows, None when the file is not as clean as it looked."""
    parameters = {
        "file": str(path),
        "columns": {f"c{position}": "VARCHAR" for position in range(width)},
        "delimiter": delimiter,
        "compression": "gzip" if facts.gzipped else "none",
        "longest": LONGEST_LINE,
    }
    session, number, text = opening.session, opening.number, sql("sources/read_delimited")
    try:
        session.connection.execute(statements.fill_staging(number, text), parameters)
        rows = int(session.execute(statements.count_staged(number))[0][0])
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return None
    return rows if rows == facts.lines - 1 else None


def _notes(facts: Facts) -> tuple[str, ...]:
    if facts.encoding.startswith(WIDE) and facts.encoding not in WIDE:
        return (f"read as {facts.encoding.upper()}, which the file does not announce",)
    return ("lines end in different ways; each was taken as one",) if facts.has_mixed_ends else ()
