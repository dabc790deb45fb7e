"""Makes small workspaces and runs imports on them."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb

from analytics.intake.report import ImportReport
from analytics.intake.run import run_import
from analytics.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = """
[workspace]
name = "Small"
timezone = "{zone}"
[contacts]
files = ["{files}"]
{options}
[contacts.columns]
started_at = {started_at}
channel = "channel"
reason = "reason"
{columns}
"""
HEADER = "id,at,channel,reason,seconds\n"
ROWS = "1,2024-03-01 10:00,phone,Bill,60\n2,2024-03-02 11:00,chat,Move,30\n3,2024-03-03 12:00,email,Bill,90\n"
WITH_ID = 'contact_id = "id"\nhandle_seconds = "seconds"'


def workspace(
    folder: Path,
    content: str | bytes = HEADER + ROWS,
    *,
    name: str = "calls.csv",
    files: str = "",
    zone: str = "UTC",
    options: str = "",
    columns: str = WITH_ID,
    started_at: str = '"at"',
) -> Workspace:
    """Write a workspace with one file and the minimal mapping."""
    folder.mkdir(exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(raw)
    text = MINIMAL.format(files=files or name, zone=zone, options=options, columns=columns, started_at=started_at)
    (folder / "workspace.toml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def load(made: Workspace) -> ImportReport:
    """Import and check that the outcomes add up, in the report and in the result."""
    report = run_import(made)
    outcomes = [report.rows(what) for what in ("loaded", "rejected", "superseded", "excluded")]
    assert report.rows("read") == sum(outcomes)
    stored = "select sum(rows_read), sum(rows_loaded + rows_rejected + rows_superseded + rows_excluded) from files"
    assert query(made, stored) == [(report.rows("read"), report.rows("read"))]
    return report


def query(made: Workspace, text: str) -> list[tuple[Any, ...]]:
    """Run a query on the result."""
    with duckdb.connect(str(made.result_path), read_only=True) as connection:
        return connection.execute(text).fetchall()


def problems(report: ImportReport, outcome: str = "rejected") -> list[tuple[int | None, str, str]]:
    """Return line, column and reason of the problems of one outcome."""
    return [
        (problem.line, problem.column, problem.reason) for _, problem in report.problems if problem.outcome == outcome
    ]


def command(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `python -m analytics …` and return what it said."""
    line = [sys.executable, "-m", "analytics", *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120, **options)
    assert "Traceback" not in done.stderr + done.stdout
    return done
