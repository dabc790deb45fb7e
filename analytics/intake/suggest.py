"""Suggests a mapping from names and values: which table each file is, and which column is what."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import duckdb
from rapidfuzz import fuzz

from analytics.contract import TABLES
from analytics.engine import first_line
from analytics.errors import SourceError
from analytics.intake.details import column_details, row_options
from analytics.intake.files import open_file
from analytics.intake.fit import LEAST, Fit, fit, spoken
from analytics.intake.look import READ, look_at
from analytics.intake.mapping import GroupMapping
from analytics.intake.profile import Profile, channel_of
from analytics.intake.session import Opening, Session
from analytics.intake.source import Source
from analytics.intake.suggest_toml import to_toml

_MEMORY_MB: Final = 1024
_MOST_REPEATED: Final = 0.02
_DECISIVE: Final = {
    "contacts": ("started_at", "channel", "reason"),
    "surveys": ("nps", "effort", "csat"),
}
"""Columns that make a file that table, where they are not the required ones."""


@dataclass(frozen=True, slots=True)
class SuggestedColumn:
    """One line of the mapping."""

    target: str
    columns: tuple[str, ...]
    details: dict[str, Any]
    """Further keys of the line: format, unit, values, yes, no, scale, …"""
    confidence: float
    samples: tuple[str, ...]
    why: str
    question: str = ""
    """What a person should check; empty when nothing."""


@dataclass(frozen=True, slots=True)
class SuggestedTable:
    """One section of the mapping."""

    table: str
    file: str
    confidence: float
    columns: tuple[SuggestedColumn, ...]
    options: dict[str, Any] = field(default_factory=dict)
    """Keys of the section besides `files` and `columns`."""
    unmapped: tuple[str, ...] = ()
    """The file's columns that nothing is suggested for."""
    missing: tuple[str, ...] = ()
    """Required contract columns that nothing was found for."""
    profiles: tuple[Profile, ...] = ()
    """What the values of the file's columns look like."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A mapping to start from."""

    tables: tuple[SuggestedTable, ...]

    def to_toml(self) -> str:
        """Return the text of a `workspace.toml`, with what to check as comments."""
        return to_toml(self)


def suggest(files: list[Path], table: str = "") -> Suggestion:
    """Return a suggestion for `files`, all of them `table` when one is named.

    Raises SourceError for a file that cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="suggest-") as scratch:
        session = Session(Path(scratch) / "suggest.duckdb", Path(scratch) / "staging.duckdb", _MEMORY_MB, 1)
        try:
            return Suggestion(tuple(_suggest_file(session, path, place, table) for place, path in enumerate(files)))
        except duckdb.Error as error:
            raise SourceError(f"A file cannot be read: {first_line(error)}.", do="Export it again.") from error
        finally:
            session.close()


def _suggest_file(session: Session, path: Path, place: int, wanted: str) -> SuggestedTable:
    if not path.is_file():
        raise SourceError("There is no such file.", where=str(path), do="Check the name.")
    group = GroupMapping("contacts", (path.name,), (), sheet="*")
    source = open_file(Opening(session, path, path.name, group, place * 100, READ))[0]
    encoding = ""
    if any("cp1252" in problem.reason for problem in source.problems):
        encoding = "cp1252"
        source = open_file(
            Opening(session, path, path.name, GroupMapping("contacts", (), (), encoding=encoding), place * 100, READ)
        )[0]
    profiles = look_at(session, source)
    table = wanted or max(TABLES, key=lambda name: _table_score(name, path, profiles))
    return _suggest_table(table, path, source, profiles, {"encoding": encoding} if encoding else {})


def _table_score(table: str, path: Path, profiles: list[Profile]) -> float:
    """Return how much a file looks like `table`: its decisive columns, the share of it that is found, its name."""
    decisive = _DECISIVE.get(table) or TABLES[table].required
    best = {target: max((fit(table, target, one).confidence for one in profiles), default=0.0) for target in decisive}
    found = max(best.values()) if table == "surveys" else sum(best.values()) / len(best)
    named = fuzz.partial_ratio(path.name.split(".")[0].lower(), table.replace("_", " ")) / 100
    others = sum(bool(one.target) for one in _pairs(table, profiles)) / 20
    penalty = 0.35 if table not in _DECISIVE and named < 0.8 else 0.0
    return found + 0.3 * named + min(others, 0.3) - penalty


def _pairs(table: str, profiles: list[Profile]) -> list[Fit]:
    """Return the best pairs, each contract column and each of the user's columns at most once."""
    every = [fit(table, target, one) for target in TABLES[table].names for one in profiles]
    chosen: dict[str, Fit] = {}
    used: set[str] = set()
    for pair in sorted(every, key=lambda pair: -pair.confidence):
        free = pair.target not in chosen and pair.profile.name not in used
        if pair.confidence >= LEAST and free:
            chosen[pair.target] = pair
            used.add(pair.profile.name)
    return [chosen[target] for target in TABLES[table].names if target in chosen]


def _usable(pairs: list[Fit], profiles: list[Profile]) -> list[Fit]:
    """Leave out a number of the contact that later rows use again: all but one of them would be rejected."""
    if "key" in row_options(pairs, profiles):
        return pairs
    return [pair for pair in pairs if pair.target != "contact_id" or pair.profile.repeated <= _MOST_REPEATED]


def _suggest_table(
    table: str, path: Path, source: Source, profiles: list[Profile], options: dict[str, Any]
) -> SuggestedTable:
    pairs = _usable(_pairs(table, profiles), profiles)
    columns = tuple(_column(pair, table, profiles) for pair in pairs)
    if table == "contacts" and all(column.target != "channel" for column in columns):
        columns += _channel_by_name(path, profiles)
    mapped = {name for column in columns for name in column.columns}
    filled = {column.target for column in columns}
    missing = tuple(name for name in TABLES[table].required if name not in filled)
    confidence = sum(pair.confidence for pair in pairs) / len(pairs) if pairs else 0.0
    return SuggestedTable(
        table=table,
        file=path.name,
        confidence=round(confidence, 2),
        columns=columns,
        options={**options, **row_options(pairs, profiles)},
        unmapped=tuple(name for name in source.names if name and name not in mapped),
        missing=missing,
        profiles=tuple(profiles),
    )


def _column(pair: Fit, table: str, profiles: list[Profile]) -> SuggestedColumn:
    columns, details, question = column_details(pair, TABLES[table].column(pair.target).kind, profiles)
    return SuggestedColumn(pair.target, columns, details, pair.confidence, pair.profile.samples, pair.why, question)


def _channel_by_name(path: Path, profiles: list[Profile]) -> tuple[SuggestedColumn, ...]:
    """Return a fixed channel for a file that is named after one, such as calls_2024.csv; nothing otherwise."""
    words = spoken(path.name.split(".")[0]).split() + [word for one in profiles for word in spoken(one.name).split()]
    found = next((channel for word in words if (channel := channel_of(word.removesuffix("s")))), "")
    if not found:
        return ()
    why, question = "named after a channel", f"did all of these contacts come by {found}?"
    return (SuggestedColumn("channel", (), {"constant": found}, 0.6, (), why, question),)


def suggest_column(table: str, target: str, name: str, profiles: list[Profile]) -> SuggestedColumn:
    """Return the line for one contract column made of the file's column `name`, which must have a profile."""
    own = next(one for one in profiles if one.name == name)
    return _column(fit(table, target, own), table, profiles)
