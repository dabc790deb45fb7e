"""JSON lines: one object per line, or one list of objects; every value becomes text."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from analytics.errors import SourceError
from analytics.intake.delimited import stage_records
from analytics.intake.mapping import GroupMapping
from analytics.intake.prescan import Facts, blocks, prescan
from analytics.intake.records import Record, decoded_lines
from analytics.intake.session import Opening
from analytics.intake.source import Source, all_text

_HEAD: Final = 1_000
"""Objects whose keys make the columns; keys that come later count when the mapping names them."""

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_HALF: Final = "an escape such as \\ud83d stands for half of a character"

Row = tuple[int, dict[str, Any] | None, str, str]
"""Line, object, problem, shown text."""


def stage_json(opening: Opening) -> Source:
    """Stage a file of JSON objects. Raises SourceError when it is empty or holds no object."""
    facts = prescan(opening.path)
    rows = _rows(opening.path, facts, opening.group.encoding)
    head = list(islice(rows, _HEAD))
    names = _names(head, opening.group)
    if not names:
        raise SourceError(
            "There is no JSON object in the file.", where=opening.label, do="One object per line is expected."
        )
    seen: set[str] = set()
    every = chain(head, rows) if opening.limit is None else iter(head[: opening.limit])
    source = Source(opening.number, opening.path, opening.label, names, all_text(names), "", "", 0)
    staged = stage_records(opening.session, source, (_record(row, names, seen) for row in every))
    return replace(staged, names=tuple(name if name in seen else "" for name in names))


def _rows(path: Path, facts: Facts, encoding: str) -> Iterator[Row]:
    first = next(blocks(path, 64), b"").lstrip(b"\xef\xbb\xbf \t\r\n")
    return _list_rows(path) if first.startswith(b"[") else _line_rows(path, facts, encoding)


def _line_rows(path: Path, facts: Facts, encoding: str) -> Iterator[Row]:
    for line in decoded_lines(path, encoding or facts.encoding or "utf-8"):
        if line.problem:
            yield line.number, None, line.problem, line.text[:200]
        elif line.text.strip():
            yield _parsed(line.number, line.text)


def _parsed(number: int, text: str) -> Row:
    try:
        value = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        return number, None, f"this is not JSON: {str(error)[:120]}", text[:200]
    if not isinstance(value, dict):
        return number, None, "the line is not a JSON object", text[:200]
    if _SURROGATE.search(text) and not _is_text(value):
        return number, None, _HALF, text[:200]
    return number, value, "", ""


def _list_rows(path: Path) -> Iterator[Row]:
    try:
        items = json.loads(b"".join(blocks(path)).decode("utf-8-sig"), parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"This is not JSON: {error}.", where=path.name, do="Export it again.") from error
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            yield number, None, "not a JSON object", ascii(item)[:200]
        elif not _is_text(item):
            yield number, None, _HALF, ascii(item)[:200]
        else:
            yield number, item, "", ""


def _is_text(value: object) -> bool:
    """Return whether every text in `value` can be written: an escape may stand for half of a character."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _names(head: list[Row], group: GroupMapping) -> tuple[str, ...]:
    keys = [key for _, item, _, _ in head if item for key in item]
    return tuple(dict.fromkeys([*keys, *group.outside_columns()])) if keys else ()


def _record(row: Row, names: tuple[str, ...], seen: set[str]) -> Record:
    line, item, problem, shown = row
    if item is None:
        return Record(line, (), problem, None, shown)
    seen.update(item)
    return Record(line, tuple(_text(item.get(name)) for name in names))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\x00", "")
    return str(value).lower() if isinstance(value, bool) else json.dumps(value, ensure_ascii=False)
