"""Sections of Sources that choose the workspace and bring files into it."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.errors import AnalyticsError
from analytics.ui import cards, messages, uploads, workspaces
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md, plain

_SAID = "_sources_said"
_GONE = "_workspace_choices"
_SERIAL = "_upload_serial"


def choose(page: Page) -> None:
    """Switch to another workspace, begin a new one, or open a folder of the server."""
    here, others = page.workspace.folder, workspaces.known()
    _say()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="workspace_bar"):
        options = others if here in others else [here, *others]
        st.session_state["workspace_choice"] = here
        st.selectbox("Workspace", options, key="workspace_choice", on_change=_switched, width=320,
                     format_func=lambda folder: plain(workspaces.address(folder)))  # fmt: skip
        gone = st.session_state.setdefault(_GONE, 0)  # another key closes the boxes once they have led somewhere
        new = st.popover("New workspace", icon=":material/create_new_folder:", key=f"new_workspace_{gone}")
        with new, st.form("create_workspace", border=False):
            st.text_input("Name of the new workspace", key="new_name", placeholder="Support 2025", max_chars=60)
            st.form_submit_button("Create", type=emphasis(), on_click=_create, key="create_now")
        with st.popover("Open a folder", icon=":material/folder_open:", key=f"open_folder_{gone}"):
            st.caption("A folder on the machine Ebb runs on. Its files stay where they are; mapping and result are "
                       "written beside them.")  # fmt: skip
            with st.form("point_at_folder", border=False):
                st.text_input("Folder", key="typed_folder", placeholder=str(here.parent / "calls"))
                st.form_submit_button("Open", type=emphasis(), on_click=_open, key="open_now")


def _switched() -> None:
    _go(st.session_state["workspace_choice"])


def _create() -> None:
    _try("new_name", workspaces.create, "Workspace “{}” is ready for files.")


def _open() -> None:
    _try("typed_folder", workspaces.open_folder, "Folder “{}” is open.")


def _try(key: str, make: Callable[[str], Path], done: str) -> None:
    """Make or open a workspace and go there; a refusal is said, and what was typed stays."""
    try:
        folder = make(st.session_state[key])
    except AnalyticsError as error:
        st.session_state[_SAID] = [error]
        return
    st.session_state[_SAID] = [done.format(plain(folder.name))]
    st.session_state[key] = ""
    _go(folder)


def _go(folder: Path) -> None:
    st.session_state[_GONE] = st.session_state.get(_GONE, 0) + 1
    st.query_params.clear()
    st.query_params[workspaces.PARAMETER] = workspaces.address(folder)


def _say() -> None:
    """Say once what the last choice or upload came to."""
    for said in st.session_state.pop(_SAID, []):
        if isinstance(said, AnalyticsError):
            messages.problem(said)
        else:
            st.success(md(said), icon=":material/check_circle:")


def bring(page: Page) -> None:
    """Upload files, and see those that lie in the workspace folder."""
    cards.section("1 Your files", "Uploaded files are kept in the workspace folder at once; files put there count as "
                  "well.")  # fmt: skip
    serial = st.session_state.setdefault(_SERIAL, 0)
    sent = st.file_uploader(
        "Contacts, surveys, customers: csv, tsv, gz, parquet, jsonl, xlsx", accept_multiple_files=True,
        key=f"upload_{serial}", type=[f".{kind}" for kind in uploads.KINDS],
    )  # fmt: skip
    if sent:
        with st.spinner("Keeping the files"):
            kept, refused = uploads.keep_all(page.workspace, sent)
        st.session_state[_SAID] = [*refused, *([f"Kept {', '.join(path.name for path in kept)}."] if kept else [])]
        st.session_state[_SERIAL] = serial + 1
        st.rerun()
    _listing(page)


def _listing(page: Page) -> None:
    files = uploads.data_files(page.workspace)
    if not files:
        messages.missing(f"No files in “{page.workspace.folder.name}” yet.", "Three columns are enough to start: when, "
                         "channel, reason. Every further column unlocks more.")  # fmt: skip
        return
    table = pd.DataFrame(
        {"File": [plain(path.name) for path in files], "Size": [uploads.size(path.stat().st_size) for path in files]}
    )
    st.dataframe(
        table,
        hide_index=True,
        alt="Files in the workspace folder",
        placeholder=NOT_KNOWN,
        key="workspace_files",
        width=520,
    )
