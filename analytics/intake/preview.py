"""Shows what a mapping makes of the first rows of the files, while it is being edited."""

import tempfile
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analytics.engine import first_line
from analytics.errors import SourceError
from analytics.intake import statements
from analytics.intake.files import open_file
from analytics.intake.ledger import Ledger
from analytics.intake.locate import find_files, shown
from analytics.intake.mapping import GroupMapping
from analytics.intake.mapping_parse import parse_group
from analytics.intake.report import ImportReport
from analytics.intake.session import Opening, Session
from analytics.intake.table_import import TableImport
from analytics.workspace import WorkspaceInfo

_MEMORY_MB = 512


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they would be loaded."""

    rows: pd.DataFrame
    """Contract columns that the mapping fills, plus `source_line`; ids hashed with a salt of the moment."""
    raw: pd.DataFrame
    """The same file's own columns as text."""
    report: ImportReport
    """Outcomes and problems of these rows."""


def preview(
    folder: Path, table: str, section: AnyMapping[str, Any], rows: int = 50, info: WorkspaceInfo | None = None
) -> Preview:
    """Return the first `rows` rows of the first file of `section`, a `[contacts]`-like section of workspace.toml.

    Raises MappingError or SourceError where the import would.
    """
    group = parse_group(table, dict(section))
    path = find_files(folder, group)[0]
    with tempfile.TemporaryDirectory(prefix="preview-") as scratch:
        session = Session(Path(scratch) / "preview.duckdb", Path(scratch) / "staging.duckdb", _MEMORY_MB, 1)
        try:
            opening = Opening(session, path, shown(folder, path), group, 0, rows)
            return _preview(session, opening, info or WorkspaceInfo(folder.name))
        except duckdb.Error as error:
            raise SourceError(f"The file cannot be read: {first_line(error)}.", where=path.name) from error
        finally:
            session.close()


def _preview(session: Session, opening: Opening, info: WorkspaceInfo) -> Preview:
    source = open_file(opening)[0]
    ledger = Ledger()
    now = datetime.now(UTC).replace(tzinfo=None)
    select = TableImport(session, info, "preview", now, heads_only=True).run([(opening.group, source)], ledger)
    typed = session.connection.execute(select.query).df()
    raw = pd.DataFrame(session.execute(statements.head_of(source.relation, len(source.names), source.rows)))
    raw.columns = pd.Index(source.names)
    return Preview(typed[_filled(opening.group, list(typed.columns))], raw, ledger.report(0.0, 0.0))


def _filled(group: GroupMapping, columns: list[str]) -> list[str]:
    typed = {"customer_id": "customer", "agent_id": "agent"}
    targets = [typed.get(name, name) for name in group.targets()]
    return ["source_line", *(name for name in targets if name in columns)]
