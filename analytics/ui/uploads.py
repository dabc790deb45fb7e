"""Files people bring: into the workspace folder under a harmless name, and nowhere else."""

import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final, Protocol

from analytics.errors import SourceError
from analytics.workspace import MAPPING_FILE, Workspace

KINDS: Final = ("csv", "tsv", "txt", "gz", "parquet", "jsonl", "ndjson", "json", "xlsx")
_UNSAFE = re.compile(r"[^\w.-]+")
_OWN = {"result.duckdb", MAPPING_FILE}


class Upload(Protocol):
    """What the browser sent."""

    name: str

    def read(self, size: int = -1, /) -> bytes: ...


def safe_name(name: str) -> str:
    """Return a file name without folders or marks. Raises SourceError when it is no data file."""
    base = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).lstrip("._")
    if "." not in base or base.rsplit(".", 1)[1].lower() not in KINDS or base in _OWN:
        raise SourceError(f"“{base or name}” is not a data file.", do=f"Bring one of: {', '.join(KINDS)}.")
    return base


def keep(workspace: Workspace, upload: Upload) -> Path:
    """Write an upload into the workspace, replacing a file of the same name only when it has arrived whole."""
    name = safe_name(upload.name)
    try:
        workspace.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=workspace.folder, prefix=".upload-", delete=False) as part:
            _copy(upload, part)
        target = workspace.folder / name
        return Path(part.name).replace(target)
    except OSError as error:
        raise SourceError(f"“{name}” could not be kept: {error.strerror}.", do="Check space and rights.") from error


def keep_all(workspace: Workspace, sent: Iterable[Upload]) -> tuple[list[Path], list[SourceError]]:
    """Keep every upload that can be kept; return the files, and why the others were not."""
    kept, refused = [], []
    for upload in sent:
        try:
            kept.append(keep(workspace, upload))
        except SourceError as error:
            refused.append(error)
    return kept, refused


def counted(count: int, one: str) -> str:
    """Return a count with its word, such as 1 row or 1,204 rows."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def size(count: float) -> str:
    """Return a number of bytes for people, such as 874 KB or 4.4 MB."""
    for unit in ("bytes", "KB", "MB"):
        if count < 999.5:
            return f"{count:.0f} {unit}" if unit == "bytes" or count >= 10 else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} GB"


def _copy(upload: Upload, part: "IO[bytes]") -> None:
    shutil.copyfileobj(upload, part, 4 * 1024 * 1024)


def data_files(workspace: Workspace) -> list[Path]:
    """Return the data files in the workspace folder, by name."""
    try:
        found = sorted(path for path in workspace.folder.iterdir() if path.is_file() and not path.is_symlink())
    except OSError:
        return []
    return [path for path in found if path.suffix.lstrip(".").lower() in KINDS and not path.name.startswith(".")]


def write_mapping(workspace: Workspace, text: str) -> None:
    """Write workspace.toml in one step. Raises SourceError when the folder refuses."""
    try:
        workspace.folder.mkdir(parents=True, exist_ok=True)
        part = workspace.folder / f".{MAPPING_FILE}.part"
        part.write_text(text, encoding="utf-8")
        part.replace(workspace.mapping_path)
    except OSError as error:
        raise SourceError(f"{MAPPING_FILE} could not be written: {error.strerror}.", do="Check the rights.") from error
