"""An import started from the page: followed, finished, refused, cancelled."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.ui import importing
from analytics.ui.importing import Import

MAPPING = """[workspace]
name = "Small"
[contacts]
files = ["calls.csv"]
[contacts.columns]
started_at = "at"
channel = {constant = "phone"}
reason = "why"
"""


def wait(found: Import, until: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        time.sleep(0.05)
    assert until(), found.complaint()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    rows = "".join(f"2025-01-{day:02d} 10:00,billing\n" for day in range(1, 29))
    (tmp_path / "calls.csv").write_text(f"at,why\n{rows}soon,billing\n", encoding="utf-8")
    (tmp_path / "workspace.toml").write_text(MAPPING, encoding="utf-8")
    yield tmp_path
    importing.forget(tmp_path)


def test_it_reports_what_became_of_every_row(folder: Path) -> None:
    found = importing.start(folder)
    wait(found, lambda: not found.running)
    report = found.report()
    assert not found.refused
    assert (report["rows_read"], report["rows_loaded"], report["rows_rejected"]) == (29, 28, 1)
    assert found.progress()["share"] == 1.0
    assert (folder / "result.duckdb").is_file()


def test_a_refusal_is_one_sentence(folder: Path) -> None:
    (folder / "workspace.toml").write_text(MAPPING.replace("calls.csv", "cals.csv"), encoding="utf-8")
    found = importing.start(folder)
    wait(found, lambda: not found.running)
    assert found.refused
    assert "calls.csv" in found.complaint()
    assert "Traceback" not in found.complaint()


def test_cancelling_leaves_nothing_behind(folder: Path) -> None:
    found = importing.start(folder)
    found.cancel()
    wait(found, lambda: not found.running)
    assert found.refused
    assert "cancelled" in found.complaint()
    assert not (folder / "result.duckdb").exists()


def test_a_second_start_follows_the_first(folder: Path) -> None:
    first = importing.start(folder)
    assert importing.start(folder) is first
    wait(first, lambda: not first.running)
