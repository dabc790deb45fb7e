"""Runs one import from mapping to published result."""

import resource
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.engine import first_line
from analytics.errors import SourceError, WorkspaceError
from analytics.intake.build import build_model
from analytics.intake.files import open_file
from analytics.intake.ledger import Ledger
from analytics.intake.locate import find_files, shown
from analytics.intake.mapping import GroupMapping, Mapping
from analytics.intake.mapping_parse import parse_mapping
from analytics.intake.progress import Listener, Meter
from analytics.intake.progress import cancelled as cancelled_error
from analytics.intake.publish import building, import_lock, publish
from analytics.intake.report import ImportReport
from analytics.intake.session import Opening, Session
from analytics.intake.source import Source
from analytics.intake.table_import import TableImport
from analytics.intake.typed import TypedSource
from analytics.settings import settings
from analytics.workspace import Workspace, WorkspaceInfo

_MOST_FILES = 30_000
APP_VERSION = "0.1.0"


def run_import(
    workspace: Workspace, progress: Listener | None = None, cancelled: Callable[[], bool] | None = None
) -> ImportReport:
    """Import the workspace's files and publish the result.

    Whatever goes wrong, the earlier result stays as it is. Raises MappingError, SourceError or WorkspaceError.
    """
    began = time.monotonic()
    mapping, info = parse_mapping(workspace.mapping()), workspace.info()
    meter = Meter(progress or (lambda _: None), cancelled or (lambda: False), began)
    with import_lock(workspace):
        try:
            ledger = _build(workspace, mapping, info, meter)
        except KeyboardInterrupt as error:
            raise cancelled_error() from error
        except RuntimeError as error:  # how the engine ends when a signal arrives inside it
            if "interrupt" not in str(error).lower():
                raise
            raise cancelled_error() from error
        except FileNotFoundError as error:
            raise _gone(error) from error
        except OSError as error:
            raise disk_error(error) from error
        except duckdb.Error as error:
            raise _engine_error(error) from error
    return ledger.report(time.monotonic() - began, peak_memory_mb())


def _build(workspace: Workspace, mapping: Mapping, info: WorkspaceInfo, meter: Meter) -> Ledger:
    ledger = Ledger()
    with building(workspace) as (target, scratch):
        session = Session(target, scratch / "staging.duckdb", settings().memory_limit_mb, settings().threads)
        try:
            _Import(session, workspace, mapping, info, meter, ledger).run()
        finally:
            session.close()
        meter.tell("publishing", 1.0)
        publish(target, workspace)
    return ledger


@dataclass(frozen=True, slots=True)
class _Import:
    """One import on one connection."""

    session: Session
    workspace: Workspace
    mapping: Mapping
    info: WorkspaceInfo
    meter: Meter
    ledger: Ledger

    def run(self) -> None:
        """Read, decide, build, check the books."""
        opened = open_sources(self.session, self.workspace, self.mapping, self.meter)
        now = datetime.now(UTC).replace(tzinfo=None)
        typed = self._typed(opened, now)
        self.ledger.refuse_nothing()
        generation = f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        facts = {"generation": generation, "built_at": now.isoformat(" ", "seconds"), "app_version": APP_VERSION}
        build_model(self.session.connection, self.info, self.meter.between(0.45, 0.98), typed, facts)
        self.ledger.reconcile(self.session)
        self.ledger.write(self.session)
        self.session.run("forget_staging")

    def _typed(self, opened: list[tuple[GroupMapping, Source]], now: datetime) -> TypedSource | None:
        """Decide on every row; make the small tables; return the select of the contacts, None without contacts."""
        typed = None
        salt = self.workspace.salt().decode()
        tables = self.mapping.tables()
        for place, table in enumerate(tables):
            self.meter.tell(f"checking {table}", 0.3 + 0.15 * place / len(tables))
            files = [(group, source) for group, source in opened if group.table == table]
            select = TableImport(self.session, self.info, salt, now).run(files, self.ledger)
            if table == "contacts":
                typed = TypedSource(select.query, nameless=select.nameless)
            else:
                self.session.execute(f'create table "{table}" as\n{select.query}')
        return typed


def open_sources(
    session: Session, workspace: Workspace, mapping: Mapping, meter: Meter
) -> list[tuple[GroupMapping, Source]]:
    """Open every file of the mapping, staging what has to be staged. Raises MappingError or SourceError."""
    named = [(group, path) for group in mapping.groups for path in find_files(workspace.folder, group)]
    sizes = [path.stat().st_size for _, path in named]
    if len(named) > _MOST_FILES:
        raise SourceError(f"{len(named):,} files are too many; at most {_MOST_FILES:,}.", do="Join them first.")
    opened: list[tuple[GroupMapping, Source]] = []
    for place, (group, path) in enumerate(named):
        label = shown(workspace.folder, path)
        meter.tell(f"reading {label}", 0.3 * sum(sizes[:place]) / max(sum(sizes), 1))
        sources = open_file(Opening(session, path, label, group, len(opened)))
        opened.extend((group, source) for source in sources)
        meter.rows_total += sum(source.rows + source.unreadable for source in sources)
    return opened


def _gone(error: FileNotFoundError) -> SourceError:
    return SourceError(
        f"“{Path(str(error.filename or '')).name}” is no longer there. The earlier result stays as it was.",
        do="Put the file back, or take it out of the mapping, then import again.",
    )


def disk_error(error: OSError) -> WorkspaceError:
    """Return what to say when the file system refuses."""
    return WorkspaceError(
        f"The result could not be written: {error.strerror or first_line(error)}. The earlier result stays as it was.",
        do="Free disk space or give yourself the right to write in the workspace folder.",
    )


def _engine_error(error: duckdb.Error) -> WorkspaceError:
    if isinstance(error, duckdb.InterruptException):
        return cancelled_error()
    if isinstance(error, duckdb.OutOfMemoryException):
        return WorkspaceError(
            f"The import needs more memory or disk than it has: {first_line(error)}.",
            do="Raise EBB_MEMORY_MB or free disk space, then import again.",
        )
    if isinstance(error, duckdb.IOException):
        return WorkspaceError(
            f"Reading or writing failed: {first_line(error)}. The earlier result stays as it was.",
            do="Free disk space and check that the files are still there, then import again.",
        )
    return WorkspaceError(f"The import failed: {first_line(error)}.", do="The earlier result stays as it was.")


def peak_memory_mb() -> float:
    """Return the most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
