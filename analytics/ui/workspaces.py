"""Which workspace is looked at: the configured one, or one under the allowed folders; no other folder is opened.

Allowed are the folder the configured workspace lies in, and those of EBB_DATA_ROOTS.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import streamlit as st
import tomlkit

from analytics.errors import WorkspaceError, nearest
from analytics.settings import settings
from analytics.ui.uploads import write_mapping
from analytics.workspace import MAPPING_FILE, Workspace

PARAMETER = "workspace"
_MARKS = re.compile(r"[^\w-]+")
_LONGEST_NAME = 60


def chosen_workspace() -> Workspace:
    """Return the workspace the address names if it may be opened, else the configured one."""
    named = st.query_params.get(PARAMETER, "")
    folder = _folder_at(named) if named else None
    return Workspace(folder or settings().workspace)


def address(folder: Path) -> str:
    """Return under which name links and the store know a workspace: its path within the allowed folder."""
    if folder == settings().workspace:
        return folder.name
    for prefix, root in _roots():
        if folder.is_relative_to(root):
            return f"{prefix}{folder.relative_to(root).as_posix()}"
    return folder.name


def known() -> list[Path]:
    """Return the workspaces that lie directly in the allowed folders, and the configured one, by name."""
    found = {folder for _, root in _roots() for folder in _folders(root) if _is_workspace(folder)}
    return sorted(found | {settings().workspace}, key=lambda folder: address(folder).casefold())


def create(name: str) -> Path:
    """Make an empty workspace beside the configured one. Raises WorkspaceError when the name or the folder refuses."""
    folder_name = _MARKS.sub("-", name.strip()).strip("-_")[:_LONGEST_NAME]
    if not folder_name:
        raise WorkspaceError("A workspace needs a name.", do="Letters and digits make one, for example Support 2025.")
    folder = settings().workspace.parent / folder_name
    if folder.exists():
        raise WorkspaceError(
            f"There is already a folder “{folder_name}”.", do="Choose it in the list, or another name."
        )
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise WorkspaceError(f"“{folder_name}” could not be made: {error.strerror}.", do="Check the rights.") from error
    _mark(folder, name.strip())
    return folder


def open_folder(typed: str) -> Path:
    """Return the folder somebody typed, made a workspace. Raises WorkspaceError when it may not or cannot be one."""
    folder = _typed_folder(typed)
    if not any(_is_inside(folder, root) for _, root in _roots()):
        roots = ", ".join(f"“{root}”" for _, root in _roots())
        raise WorkspaceError(
            f"“{typed.strip()}” is outside the folders Ebb may open.",
            do=f"Allowed: folders in {roots}. EBB_DATA_ROOTS adds others.",
        )
    if not folder.is_dir():
        others = {found.name for found in _folders(folder.parent)}
        raise WorkspaceError(f"There is no folder “{typed.strip()}”.", do=nearest(folder.name, others))
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        do = "Mapping and result are written beside the files: give the right to write, or copy the files elsewhere."
        raise WorkspaceError(f"“{folder.name}” cannot be written.", do=do)
    if not _is_workspace(folder):
        _mark(folder, folder.name)
    return folder


def _typed_folder(typed: str) -> Path:
    try:
        path = Path(typed.strip()).expanduser()
        return (path if path.is_absolute() else settings().workspace.parent / path).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise WorkspaceError("That is no path.", do="Type the folder as the server knows it.") from error


def _mark(folder: Path, name: str) -> None:
    document = tomlkit.document()
    document["workspace"] = {"name": name}
    write_mapping(Workspace(folder), tomlkit.dumps(document))


def _roots() -> list[tuple[str, Path]]:
    """Return the allowed folders with the beginning of the addresses inside; further ones are told apart by number."""
    further = [(f"@{place}/", root) for place, root in enumerate(settings().data_roots, 1)]
    return [("", settings().workspace.parent), *further]


def _folder_at(named: str) -> Path | None:
    if named == settings().workspace.name:
        return settings().workspace
    prefix = named[: named.index("/") + 1] if named.startswith("@") and "/" in named else ""
    root = dict(_roots()).get(prefix)
    if root is None:
        return None
    try:
        folder = (root / named.removeprefix(prefix)).resolve()
        return folder if _is_inside(folder, root) and _is_workspace(folder) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _is_inside(folder: Path, root: Path) -> bool:
    """Whether `folder` lies in `root`; hidden folders are nobody's data. A root of EBB_DATA_ROOTS may be one itself."""
    if folder == root:
        return root in settings().data_roots
    return folder.is_relative_to(root) and not any(part.startswith(".") for part in folder.relative_to(root).parts)


def _folders(root: Path) -> Iterator[Path]:
    try:
        yield from (folder for folder in root.iterdir() if folder.is_dir() and not folder.is_symlink())
    except OSError:
        return


def _is_workspace(folder: Path) -> bool:
    return (folder / MAPPING_FILE).is_file()
