"""What happens around an import: leaving the folder, two at once, being killed, a full disk, no rights."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analytics.engine import Reader
from analytics.errors import MappingError, SourceError, WorkspaceError
from analytics.intake.progress import Progress
from analytics.intake.run import run_import
from tests.intake.workspaces import HEADER, ROOT, ROWS, command, load, query, workspace


@pytest.mark.parametrize("pattern", ["../*.csv", "/etc/passwd", "sub/../../x.csv"])
def test_globs_that_climb_out_are_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(MappingError, match="leads out of the workspace folder"):
        load(workspace(tmp_path, files=pattern))


def test_links_out_of_the_workspace_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(HEADER + ROWS)
    made = workspace(tmp_path / "inside", files="link.csv")
    (made.folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(SourceError, match=r"link\.csv: This is a link to a place outside the workspace"):
        load(made)


def test_a_failed_import_leaves_the_old_result(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    load(made)
    before = Reader(made.result_path).generation
    (tmp_path / "calls.csv").write_text(HEADER)
    with pytest.raises(SourceError):
        run_import(made)
    assert Reader(made.result_path).generation == before
    assert sorted(path.name for path in tmp_path.iterdir() if "building" in path.name or "scratch" in path.name) == []


def test_cancelling_leaves_the_old_result(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    load(made)
    before = Reader(made.result_path).generation
    seen: list[Progress] = []
    with pytest.raises(WorkspaceError, match="cancelled; the earlier result stays"):
        run_import(made, seen.append, lambda: len(seen) > 4)
    assert Reader(made.result_path).generation == before
    assert seen[0].stage == "reading calls.csv"
    assert all(0 <= one.share <= 1 for one in seen)


def test_two_imports_at_once(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    with (tmp_path / ".import.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = command("import", tmp_path)
    assert done.returncode == 1
    assert "Another import of" in done.stderr
    assert load(made).rows("loaded") == 3


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_killed_in_the_middle(tmp_path: Path, how: signal.Signals) -> None:
    made = workspace(tmp_path)
    load(made)
    before = Reader(made.result_path).generation
    rows = "".join(f"{number},2024-03-01 10:00,phone,Bill {number % 40},{number % 900}\n" for number in range(300_000))
    (tmp_path / "calls.csv").write_text(HEADER + rows)
    running = subprocess.Popen(
        [sys.executable, "-m", "analytics", "import", str(tmp_path), "--json-progress"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    while "checking contacts" not in (line := running.stdout.readline()):
        assert line
    time.sleep(0.2)
    running.send_signal(how)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode != 0
    assert "Traceback" not in stderr
    assert how is signal.SIGKILL or "cancelled" in stderr
    assert Reader(made.result_path).generation == before
    (tmp_path / "calls.csv").write_text(HEADER + ROWS)
    assert load(made).rows("loaded") == 3
    assert list(tmp_path.glob("*building*")) == list(tmp_path.glob(".import-*")) == []


def test_a_result_of_an_older_version_is_replaced(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    made.result_path.write_bytes(b"an older result")
    with pytest.raises(WorkspaceError, match="python -m analytics import"):
        Reader(made.result_path)
    assert load(made).rows("loaded") == 3
    assert query(made, "select count(*) from contacts") == [(3,)]


def _needs_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")


def _open_to_all(folder: Path) -> None:
    for parent in [folder, *folder.parents][:4]:
        if parent.owner() == "root" and "pytest" in str(parent):
            parent.chmod(0o755)


def _program(folder: Path) -> list[str]:
    """Import in a process that has loaded everything before it loses its rights."""
    text = (
        "import sys; from pathlib import Path; from analytics.errors import AnalyticsError\n"
        "from analytics.workspace import Workspace; from analytics.intake.run import run_import\n"
        "import os, resource\n"
        "exec(sys.argv[2])\n"
        "try: run_import(Workspace(Path(sys.argv[1])))\n"
        "except AnalyticsError as error: sys.exit(str(error))\n"
    )
    return [sys.executable, "-c", text, str(folder)]


def test_a_directory_without_read_right(tmp_path: Path) -> None:
    _needs_root()
    made = workspace(tmp_path / "closed")
    made.folder.chmod(0o711)
    _open_to_all(tmp_path)
    made.folder.chmod(0o733)
    made.mapping_path.chmod(0o644)
    change = "os.setgid(65534); os.setuid(65534)"
    done = subprocess.run([*_program(made.folder), change], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "may not be read by this user" in done.stderr


def test_a_directory_without_write_right(tmp_path: Path) -> None:
    _needs_root()
    made = workspace(tmp_path / "fixed")
    _open_to_all(tmp_path)
    made.folder.chmod(0o755)
    change = "os.setgid(65534); os.setuid(65534)"
    done = subprocess.run([*_program(made.folder), change], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be written to" in done.stderr


def test_a_full_disk(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    load(made)
    before = Reader(made.result_path).generation
    change = "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))"
    done = subprocess.run([*_program(made.folder), change], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "disk space" in done.stderr
    assert Reader(made.result_path).generation == before


def test_an_import_without_a_single_row_left_does_not_replace_a_full_result(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    load(made)
    before = made.result_path.read_bytes()
    (tmp_path / "calls.csv").write_text(HEADER + "1,never,phone,Bill,60\n2,nor now,chat,Move,30\n")
    with pytest.raises(SourceError) as refused:
        load(made)
    assert "None of the 2 rows could be loaded: line 2, column at, “never” is not a date" in str(refused.value)
    assert "earlier result stays" in str(refused.value)
    assert made.result_path.read_bytes() == before


def test_a_file_that_vanishes_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = workspace(tmp_path)
    load(made)

    def gone(*_: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", str(tmp_path / "calls.csv"))

    monkeypatch.setattr("analytics.intake.run.open_sources", gone)
    with pytest.raises(SourceError, match=r"“calls\.csv” is no longer there\. The earlier result stays"):
        run_import(made)
