"""Kept answers: the reader of each result and every answered question, until data, edits or filter change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from analytics.engine import Reader
from analytics.store import Store
from analytics.workspace import Workspace

T = TypeVar("T")
KEPT_ANSWERS = 512


def reader(workspace: Workspace) -> Reader:
    """Return the reader of the workspace's result; a new one as soon as an import has swapped the file.

    Raises WorkspaceError when there is none or it cannot be opened.
    """
    path = workspace.result_path
    try:
        stat = path.stat()
    except OSError:
        return Reader(path)
    return _reader(str(path), stat.st_ino, stat.st_mtime_ns)


@st.cache_resource(max_entries=4, show_spinner=False, on_release=Reader.close)
def _reader(path: str, inode: int, changed: int) -> Reader:  # noqa: ARG001 - part of the cache key
    return Reader(Path(path))


@st.cache_resource(max_entries=4, show_spinner=False)
def store(url: str) -> Store:
    """Return the store behind `url`, one per process."""
    return Store(url)


def answer(key: str, call: Callable[[], T]) -> T:
    """Return `call()`, computed once per key; the key holds generation, edits, question, filter and arguments.

    All sessions share the one answer, which nobody may change: copying frames on every run costs more than drawing.
    """
    result: T = _answer(key, call)
    return result


@st.cache_resource(max_entries=KEPT_ANSWERS, show_spinner=False)
def _answer(key: str, _call: Callable[[], Any]) -> Any:  # noqa: ARG001 - the cache key
    return _call()
