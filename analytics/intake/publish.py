"""Makes an import all or nothing: one at a time, built beside the old result, swapped in by one rename."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from analytics.errors import WorkspaceError
from analytics.workspace import Workspace

LOCK_FILE: Final = ".import.lock"
_BUILDING: Final = "result-*.duckdb.building*"
_SCRATCH: Final = ".import-*.scratch"


@contextmanager
def import_lock(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace's import lock. Raises WorkspaceError when another import holds it or it cannot be made.

    The lock belongs to the process: however the process ends, the lock ends with it.
    """
    if not workspace.folder.is_dir():
        raise WorkspaceError(f"There is no folder “{workspace.folder.name}”.", do="Name an existing workspace folder.")
    try:
        file = (workspace.folder / LOCK_FILE).open("a")
    except OSError as error:
        raise WorkspaceError(
            f"The workspace folder “{workspace.folder.name}” cannot be written to: {error.strerror}.",
            do="Give yourself the right to write there, or free disk space.",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise WorkspaceError(
                f"Another import of “{workspace.folder.name}” is running.",
                do="Wait until it has finished, or cancel it, then import again.",
            ) from error
        yield


@contextmanager
def building(workspace: Workspace) -> Iterator[tuple[Path, Path]]:
    """Lend the paths of a result being built and of a scratch folder; both are gone afterwards unless published."""
    clean_leftovers(workspace)
    target = workspace.folder / f"result-{os.getpid()}.duckdb.building"
    scratch = workspace.folder / f".import-{os.getpid()}.scratch"
    scratch.mkdir(mode=0o700)
    try:
        yield target, scratch
    finally:
        clean_leftovers(workspace)


def clean_leftovers(workspace: Workspace) -> None:
    """Remove what imports that were killed left behind; only while holding the lock."""
    for path in workspace.folder.glob(_BUILDING):
        path.unlink(missing_ok=True)
    for path in workspace.folder.glob(_SCRATCH):
        shutil.rmtree(path, ignore_errors=True)


def publish(target: Path, workspace: Workspace) -> None:
    """Put the finished result in the place of the old one, in one step."""
    with target.open("rb") as file:
        os.fsync(file.fileno())
    target.replace(workspace.result_path)
