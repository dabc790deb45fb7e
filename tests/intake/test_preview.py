"""The live preview of a mapping that is being edited."""

from pathlib import Path

import pytest

from analytics.errors import MappingError
from analytics.intake.preview import preview
from tests.intake.workspaces import HEADER, ROWS, workspace

SECTION = {
    "files": ["calls.csv"],
    "columns": {"started_at": "at", "channel": "channel", "reason": "reason", "handle_seconds": "seconds"},
}


def test_preview_converts_the_first_rows(tmp_path: Path) -> None:
    workspace(tmp_path, HEADER + ROWS + "4,never,chat,Bill,x\n")
    shown = preview(tmp_path, "contacts", SECTION)
    assert list(shown.rows.columns) == ["source_line", "started_at", "channel", "reason", "handle_seconds"]
    assert shown.rows["handle_seconds"].tolist() == [60, 30, 90]
    assert shown.raw["at"].tolist()[-1] == "never"
    assert [problem.reason for _, problem in shown.report.problems] == ["“never” is not a date"]


def test_preview_says_what_does_not_fit(tmp_path: Path) -> None:
    workspace(tmp_path)
    with pytest.raises(MappingError, match="Did you mean “reason”"):
        preview(tmp_path, "contacts", {**SECTION, "columns": {**SECTION["columns"], "reason": "resaon"}})
