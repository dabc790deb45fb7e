"""Imports a real data set with its mapping, once per test run."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb

from analytics.intake.report import ImportReport
from analytics.intake.run import run_import
from analytics.workspace import Workspace
from tests.shared import shared_path

_FOLDERS = {
    "boston": "boston_311_2015",
    "servicenow": "servicenow_incidents_2016",
    "bank": "anonymous_bank_calls_1999",
    "sfo": "sfo_airport_survey",
}


def imported(name: str) -> tuple[Workspace, ImportReport]:
    """Return workspace and report of the real set `name`; skips the test when the shared data is absent."""
    source = shared_path(f"datasets/{_FOLDERS[name]}")
    return _import(name, source)


@cache
def _import(name: str, source: Path) -> tuple[Workspace, ImportReport]:
    folder = Path(mkdtemp(prefix=f"ebb-{name}-")) / name
    folder.mkdir()
    for path in source.iterdir():
        shutil.copyfile(path, folder / path.name)
    shutil.copyfile(Path(__file__).parent / name / "workspace.toml", folder / "workspace.toml")
    workspace = Workspace(folder)
    return workspace, run_import(workspace)


def query(workspace: Workspace, text: str) -> list[tuple[Any, ...]]:
    """Run a query on the result."""
    with duckdb.connect(str(workspace.result_path), read_only=True) as connection:
        return connection.execute(text).fetchall()


def counts(report: ImportReport) -> dict[str, int]:
    """Return the four outcomes and what was read."""
    return {what: report.rows(what) for what in ("read", "loaded", "rejected", "superseded", "excluded")}
