"""Settings of one running app: one frozen dataclass, read once from the environment."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between machines; everything about the data is in the workspace."""

    workspace: Path
    """Folder with the user's files, mapping and result (EBB_WORKSPACE; default: workspaces/demo)."""
    store_url: str
    """Database URL of what people write (EBB_STORE_URL; default: SQLite inside the workspace)."""
    author_header: str
    """Name of the header in which a trusted proxy passes the signed-in name (EBB_AUTHOR_HEADER; default: none)."""
    memory_limit_mb: int
    """Memory DuckDB may use (EBB_MEMORY_MB)."""
    threads: int
    """Threads DuckDB may use for an import (EBB_THREADS)."""
    data_roots: tuple[Path, ...] = ()
    """Folders whose folders may be opened as workspaces besides those next to the configured one (EBB_DATA_ROOTS)."""


def read_settings(environment: dict[str, str] | None = None) -> Settings:
    """Read the settings from `environment` (default: the process environment)."""
    values = dict(os.environ) if environment is None else environment
    workspace = Path(values.get("EBB_WORKSPACE", "workspaces/demo")).expanduser().resolve()
    return Settings(
        workspace=workspace,
        store_url=values.get("EBB_STORE_URL", f"sqlite:///{workspace / 'store.sqlite'}"),
        author_header=values.get("EBB_AUTHOR_HEADER", ""),
        memory_limit_mb=int(values.get("EBB_MEMORY_MB", "4096")),
        threads=int(values.get("EBB_THREADS", str(os.cpu_count() or 2))),
        data_roots=_folders(values.get("EBB_DATA_ROOTS", "")),
    )


def _folders(listed: str) -> tuple[Path, ...]:
    """Return the folders of a list such as PATH has."""
    return tuple(Path(name).expanduser().resolve() for name in listed.split(os.pathsep) if name.strip())


@cache
def settings() -> Settings:
    """Return the settings of this process, read once."""
    return read_settings()
