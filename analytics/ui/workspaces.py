"""Which workspace is looked at: the configured one, or one beside it that the address names; no other folder."""

from pathlib import Path

import streamlit as st

from analytics.settings import settings
from analytics.workspace import MAPPING_FILE, Workspace

PARAMETER = "workspace"


def chosen_workspace() -> Workspace:
    """Return the workspace the address names if it lies beside the configured one, else the configured one."""
    configured, named = settings().workspace, st.query_params.get(PARAMETER, "")
    if named and named != configured.name and named in {folder.name for folder in beside()}:
        return Workspace(configured.parent / named)
    return Workspace(configured)


def beside() -> list[Path]:
    """Return the folders beside the configured workspace that are workspaces, by name."""
    parent = settings().workspace.parent
    try:
        return sorted(folder for folder in parent.iterdir() if not folder.is_symlink() and _is_workspace(folder))
    except OSError:
        return []


def _is_workspace(folder: Path) -> bool:
    return (folder / MAPPING_FILE).is_file()
