"""Finds the files a mapping names, and refuses to leave the workspace folder while doing so."""

import os
from pathlib import Path, PurePosixPath

from analytics.errors import MappingError, SourceError, nearest
from analytics.intake.mapping import GroupMapping
from analytics.workspace import MAPPING_FILE, RESULT_FILE

_OWN = (MAPPING_FILE, RESULT_FILE)
_BUILDING = Path(RESULT_FILE).stem


def find_files(folder: Path, group: GroupMapping) -> tuple[Path, ...]:
    """Return the files of one group, sorted by name, each once.

    Raises MappingError for a pattern that climbs out or matches nothing, SourceError for a link out of the folder
    or a file that may not be read.
    """
    found: dict[Path, None] = {}
    for pattern in group.files:
        for path in _matches(folder, pattern, group.where):
            found[path] = None
    for path in found:
        check_readable(path)
    return tuple(found)


def shown(folder: Path, path: Path) -> str:
    """Return a file's name as people know it: relative to the workspace."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name


def _matches(folder: Path, pattern: str, where: str) -> list[Path]:
    _refuse_climbing(pattern, where)
    _check_folder(folder)
    try:
        paths = sorted(path for path in folder.glob(pattern) if path.is_file() and _is_meant(path, folder, pattern))
    except (ValueError, OSError) as error:
        raise MappingError(
            f"“{pattern[:60]}” is not a file pattern.", where=where, do='Write for example files = ["calls_*.csv"].'
        ) from error
    if not paths:
        names = [path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
        offered = [name for name in names if not _is_own(Path(name)) and _is_text(name)]
        do = nearest(pattern, offered) if offered else "Copy the file into the folder."
        raise MappingError(
            f"No file matches “{pattern}” in “{folder.name}”.{_why(folder / pattern)}", where=where, do=do
        )
    for path in paths:
        _refuse_unwritable_name(path)
        _refuse_links_out(folder, path)
    return paths


def _is_own(path: Path) -> bool:
    """Return whether the file is the workspace's own: the mapping, the result, or a result being built."""
    return path.name in _OWN or (path.name.startswith(_BUILDING) and ".duckdb" in path.suffixes)


def _is_meant(path: Path, folder: Path, pattern: str) -> bool:
    """Return whether a pattern means this file: none of the workspace's own, hidden ones only when it names them."""
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not _is_own(path) and (not hidden or pattern.startswith(".") or "/." in pattern)


def _why(path: Path) -> str:
    if path.is_dir():
        return " That is a folder."
    if path.is_symlink():
        return " That is a link that leads nowhere."
    return " That is no ordinary file." if path.exists() else ""


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_unwritable_name(path: Path) -> None:
    if not _is_text(path.name):
        raise SourceError(
            "The name of this file is not UTF-8.", where=ascii(path.name).strip("'"), do="Rename the file."
        )


def _refuse_climbing(pattern: str, where: str) -> None:
    parts = PurePosixPath(pattern.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or (len(pattern) > 1 and pattern[1] == ":"):
        raise MappingError(
            f"“{pattern}” leads out of the workspace folder.",
            where=where,
            do="Copy the files into the workspace and name them relative to it.",
        )


def _refuse_links_out(folder: Path, path: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SourceError(
            "This is a link to a place outside the workspace, which is not followed.",
            where=shown(folder, path),
            do="Copy the file into the workspace.",
        )


def _check_folder(folder: Path) -> None:
    if not os.access(folder, os.R_OK | os.X_OK):
        raise SourceError(
            f"The folder “{folder.name}” may not be read by this user.", do="Give yourself the right to read it."
        )


def check_readable(path: Path) -> None:
    """Raise SourceError when the file may not be read."""
    if not os.access(path, os.R_OK):
        raise SourceError(
            "This file may not be read by this user.", where=path.name, do="Ask for the right to read it."
        )
