"""Checks mapping and files without importing: every column found, every file readable, the first rows converted."""

import dataclasses
import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.engine import first_line
from analytics.errors import SourceError
from analytics.intake.compose import create_parsed
from analytics.intake.files import open_file
from analytics.intake.locate import find_files, shown
from analytics.intake.mapping import GroupMapping
from analytics.intake.mapping_parse import parse_mapping
from analytics.intake.session import Opening, Session
from analytics.intake.source import Source
from analytics.intake.table_import import TableImport
from analytics.workspace import Workspace

HEAD_ROWS = 2_000
_MEMORY_MB = 1024


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file that fits its mapping."""

    table: str
    file: str
    columns: int
    columns_mapped: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the check found; a mapping that does not fit raises instead."""

    files: tuple[CheckedFile, ...]
    warnings: tuple[str, ...]

    def to_json(self) -> str:
        """Return the report as one JSON object."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False)


def check(workspace: Workspace) -> CheckReport:
    """Check the mapping against the head of each file. Raises MappingError, SourceError or WorkspaceError."""
    mapping, info = parse_mapping(workspace.mapping()), workspace.info()
    with tempfile.TemporaryDirectory(prefix="check-") as scratch:
        session = Session(Path(scratch) / "check.duckdb", Path(scratch) / "staging.duckdb", _MEMORY_MB, 1)
        try:
            opened = _open_heads(session, workspace, mapping.groups)
            work = TableImport(session, info, "", datetime.now(UTC).replace(tzinfo=None), heads_only=True)
            for table in mapping.tables():
                for conversion in work.conversions([pair for pair in opened if pair[0].table == table]):
                    create_parsed(conversion)
        except duckdb.Error as error:
            raise SourceError(f"A file cannot be read: {first_line(error)}.", do="Export it again.") from error
        finally:
            session.close()
    return CheckReport(tuple(_checked(*pair) for pair in opened), _warnings(opened))


def _open_heads(
    session: Session, workspace: Workspace, groups: tuple[GroupMapping, ...]
) -> list[tuple[GroupMapping, Source]]:
    opened: list[tuple[GroupMapping, Source]] = []
    for group in groups:
        for path in find_files(workspace.folder, group):
            label = shown(workspace.folder, path)
            sources = open_file(Opening(session, path, label, group, len(opened), HEAD_ROWS))
            opened.extend((group, source) for source in sources)
    return opened


def _mapped(group: GroupMapping, source: Source) -> list[str]:
    return [name for name in group.outside_columns() if source.position(name, group.where) is not None]


def _checked(group: GroupMapping, source: Source) -> CheckedFile:
    return CheckedFile(group.table, source.label, len(source.names), len(_mapped(group, source)))


def _warnings(opened: list[tuple[GroupMapping, Source]]) -> tuple[str, ...]:
    missing = [
        f"{source.label} has no column “{name}”; it stays empty there"
        for group, source in opened
        for name in group.outside_columns()
        if source.position(name, group.where) is None
    ]
    notes = [f"{source.label}: {note}" for _, source in opened for note in source.notes]
    unreadable = [
        f"{source.label}, line {source.problems[0].line}: {source.problems[0].reason}"
        for _, source in opened
        if source.problems
    ]
    return (*missing, *notes, *unreadable)
