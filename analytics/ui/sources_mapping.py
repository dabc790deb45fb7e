"""Sections of Sources that bring data in: files, mapping with suggestions and live preview, import."""

import hashlib
import tomllib
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analytics.contract import TABLES
from analytics.errors import AnalyticsError, MappingError
from analytics.intake.api import Suggestion, preview, suggest
from analytics.intake.mapping_parse import parse_mapping
from analytics.ui import cached, cards, importing, messages, uploads
from analytics.ui.page import Page
from analytics.ui.text import md, short
from analytics.workspace import parse_info

_TEXT = "mapping_text"
_SUGGESTION = "_suggestion"
PREVIEW_ROWS = 50


def load(page: Page) -> None:
    """Files, mapping, import; folded once there is data, so that reading the page does not read the files."""
    if page.has_data and not _is_running(page):
        folded = st.expander("Load more files, or change the mapping", icon=":material/upload_file:", key="load_more",
                             on_change="rerun")  # fmt: skip
        if not folded.open:
            return
        with folded:
            _load(page)
        return
    _load(page)


def _load(page: Page) -> None:
    for part in (bring, mapping, run):
        page.show(part)


def _is_running(page: Page) -> bool:
    return importing.current(page.workspace.folder) is not None


def bring(page: Page) -> None:
    """Upload files, or see those that lie in the workspace folder."""
    cards.section("1 Your files", "Uploaded files are kept in the workspace folder; files put there count as well.")
    serial = st.session_state.setdefault("_upload_serial", 0)
    sent = st.file_uploader("Files of contacts, surveys, customers", accept_multiple_files=True, key=f"upload_{serial}",
                            type=[f".{kind}" for kind in uploads.KINDS])  # fmt: skip
    if sent and st.button(f"Keep {len(sent)} file(s)", type="primary", key="keep_files"):
        for upload in sent:
            uploads.keep(page.workspace, upload)
        st.session_state["_upload_serial"] = serial + 1
        st.rerun()
    files = uploads.data_files(page.workspace)
    if not files:
        messages.missing(f"No files in “{page.workspace.folder.name}” yet.", "Three columns are enough to start: when, "
                         "channel, reason. Every further column unlocks more.")  # fmt: skip
        return
    table = pd.DataFrame({"file": [path.name for path in files], "MB": [path.stat().st_size / 1e6 for path in files]})
    st.dataframe(table, hide_index=True, column_config={"MB": st.column_config.NumberColumn(format="%.1f")},
                 alt="Files in the workspace folder", key="workspace_files")  # fmt: skip


def mapping(page: Page) -> None:
    """The mapping: suggested, edited, checked against the first rows while it is being edited."""
    files = uploads.data_files(page.workspace)
    if not files:
        return
    cards.section("2 What the columns mean", "Suggestions come from names and values; look at those marked “check”.")
    if st.button("Suggest from the files", icon=":material/auto_awesome:", key="suggest"):
        with st.spinner("Reading the first rows of each file"):
            _suggest(page)
    _suggested_lines()
    st.session_state.setdefault(_TEXT, _saved_text(page))
    text = st.text_area("workspace.toml", key=_TEXT, height=320, help="One line per column: ours = yours.")
    if not text.strip():
        return
    fits = _previews(page, text)
    if text != _saved_text(page) and st.button(
        "Save the mapping", type="primary", key="save_mapping", disabled=not fits, icon=":material/save:"
    ):
        uploads.write_mapping(page.workspace, text)
        st.rerun()


def run(page: Page) -> None:
    """Import, with progress; the data shown stays until the new result is complete."""
    if not page.workspace.mapping_path.is_file() or not uploads.data_files(page.workspace):
        return
    cards.section("3 Import", "The data shown stays until the new one is complete; it can be cancelled at any time.")
    found = importing.current(page.workspace.folder)
    if found is None or not found.running:
        if found is not None:
            _ended(found)
        if st.button("Import now", type="primary", icon=":material/play_arrow:", key="import_now"):
            importing.start(page.workspace.folder)
            st.rerun()
        return
    _follow(page)


@st.fragment(run_every=0.5)
@messages.netted
def _follow(page: Page) -> None:
    found = importing.current(page.workspace.folder)
    if found is None or not found.running:
        st.rerun(scope="app")
    told = found.progress()
    left = f", {told['seconds_left']:.0f} s left" if told.get("seconds_left") else ""
    rate = f"{told.get('rows', 0):,} rows, {told.get('rows_per_second', 0):,.0f} a second{left}"
    st.progress(min(float(told.get("share", 0.0)), 1.0), f"{md(told.get('stage', 'starting'))}: {rate}")
    st.button("Cancel", icon=":material/stop:", key="cancel_import", on_click=found.cancel)


def _ended(found: importing.Import) -> None:
    if found.refused:
        st.warning(md(found.complaint()), icon=":material/error:")
        return
    report = found.report()
    st.success(
        f"Read {report.get('rows_read', 0):,} rows in {report.get('seconds', 0):.1f} s: "
        f"{report.get('rows_loaded', 0):,} loaded, {report.get('rows_rejected', 0):,} rejected, "
        f"{report.get('rows_superseded', 0):,} superseded, {report.get('rows_excluded', 0):,} excluded by rule. "
        f"{report.get('values_emptied', 0):,} values were left empty, {report.get('rows_flagged', 0):,} rows flagged.",
        icon=":material/check_circle:",
    )


def _suggest(page: Page) -> None:
    found = suggest(uploads.data_files(page.workspace))
    st.session_state[_SUGGESTION] = found
    st.session_state[_TEXT] = found.to_toml()


def _suggested_lines() -> None:
    found: Suggestion | None = st.session_state.get(_SUGGESTION)
    if found is None:
        return
    rows = [
        {
            "file": table.file, "table": table.table, "ours": column.target, "yours": ", ".join(column.columns),
            "confidence": column.confidence, "sample": short(" | ".join(column.samples), 60), "why": column.why,
            "check": column.question,
        }
        for table in found.tables
        for column in table.columns
    ]  # fmt: skip
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, key="suggested", alt="Suggested columns with confidence and sample",
        column_config={"confidence": st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1)},
    )  # fmt: skip
    missing = [f"{table.file}: {name}" for table in found.tables for name in table.missing]
    if missing:
        messages.missing("Required, but not found:", "; ".join(missing))


def _saved_text(page: Page) -> str:
    try:
        return page.workspace.mapping_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _previews(page: Page, text: str) -> bool:
    """Show what the mapping makes of the first rows; return whether it fits the files."""
    try:
        document = _parsed(text)
        parse_mapping(document)
        info = parse_info(document.get("workspace", {}), page.workspace.folder.name)
        sections = [(name, section) for name in TABLES if name in document for section in _listed(document[name])]
        stamp = hashlib.sha256(text.encode()).hexdigest()
        for place, (name, section) in enumerate(sections):
            key = f"preview {page.workspace.folder} {stamp} {place} {_stamp(page)}"
            made = cached.answer(key, partial(preview, page.workspace.folder, name, section, PREVIEW_ROWS, info))
            _preview(name, made.rows, [problem for _, problem in made.report.problems])
    except AnalyticsError as error:
        messages.problem(error)
        return False
    return True


def _preview(name: str, rows: pd.DataFrame, problems: list[Any]) -> None:
    st.caption(f"{md(name)}: the first {len(rows)} rows as they would be loaded")
    st.dataframe(rows.head(PREVIEW_ROWS), hide_index=True, height=220, alt=f"First rows of {name}")
    for problem in problems[:5]:
        where = f"line {problem.line}, " if problem.line else ""
        st.caption(
            f"{problem.outcome}: {where}{md(problem.column)} {md(short(problem.value, 40))}: {md(problem.reason)}"
        )


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"The text is not valid TOML: {error}.", where="workspace.toml") from error


def _listed(section: Any) -> list[Any]:
    return section if isinstance(section, list) else [section]


def _stamp(page: Page) -> str:
    return repr([(path.name, path.stat().st_mtime_ns) for path in uploads.data_files(page.workspace)])
