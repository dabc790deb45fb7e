"""Files people bring stay in the workspace folder, under harmless names."""

import io
from pathlib import Path

import pytest

from analytics.errors import SourceError
from analytics.ui.uploads import data_files, keep, safe_name, write_mapping
from analytics.workspace import Workspace


class Sent(io.BytesIO):
    def __init__(self, name: str, data: bytes = b"a,b\n1,2\n") -> None:
        super().__init__(data)
        self.name = name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("calls 2025.csv", "calls_2025.csv"),
        ("../../etc/cron.d/x.csv", "x.csv"),
        ("C:\\temp\\calls.xlsx", "calls.xlsx"),
        (".hidden.csv", "hidden.csv"),
        ("calls.tsv.gz", "calls.tsv.gz"),
        ("звонки.csv", "звонки.csv"),
    ],
)
def test_a_name_is_made_harmless(name: str, kept: str) -> None:
    assert safe_name(name) == kept


@pytest.mark.parametrize("name", ["workspace.toml", "result.duckdb", "run.sh", "csv", "..", ""])
def test_other_kinds_are_refused(name: str) -> None:
    with pytest.raises(SourceError, match="not a data file"):
        safe_name(name)


def test_an_upload_lands_in_the_workspace(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "new")
    assert keep(workspace, Sent("../calls.csv")) == workspace.folder / "calls.csv"
    assert [path.name for path in data_files(workspace)] == ["calls.csv"]


def test_an_upload_replaces_the_same_name(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    keep(workspace, Sent("calls.csv"))
    keep(workspace, Sent("calls.csv", b"new"))
    assert (tmp_path / "calls.csv").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


def test_links_are_not_listed(tmp_path: Path) -> None:
    (tmp_path / "out.csv").symlink_to("/etc/hostname")
    assert data_files(Workspace(tmp_path)) == []


def test_the_mapping_is_written_whole(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    write_mapping(workspace, "[workspace]\n")
    assert workspace.mapping_path.read_text(encoding="utf-8") == "[workspace]\n"
    assert len(list(tmp_path.iterdir())) == 1
