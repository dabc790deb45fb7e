"""Sections of Sources that import: start, progress that can be cancelled, and what became of every row."""

from typing import Any

import streamlit as st

from analytics.ui import cards, importing, messages, sources_draft, uploads
from analytics.ui.importing import Import
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.sources_mapping import FITS
from analytics.ui.text import md

_MINUTE = 60


def state(page: Page) -> None:
    """Draw the running import with its progress, or what the last one came to; nothing without one."""
    found = importing.current(page.workspace.folder)
    if found is None:
        return
    if found.running:
        st.markdown("**Importing.** The data shown stays until the new one is complete.")
        _follow(page)
    else:
        _ended(found)


def run(page: Page) -> None:
    """Offer to save the mapping and to import."""
    if not uploads.data_files(page.workspace):
        return
    cards.section("3 Import", "The data shown stays until the new one is complete; an import can be cancelled at any "
                  "time.")  # fmt: skip
    draft = sources_draft.draft(page.workspace)
    fits = bool(st.session_state.get(FITS))
    found = importing.current(page.workspace.folder)
    busy = found is not None and found.running
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="import_bar"):
        start = "Save and import" if draft.is_changed else "Import now"
        if st.button(start, type=emphasis(), icon=":material/play_arrow:", key="import_now", disabled=not fits or busy):
            sources_draft.save(page.workspace)
            importing.start(page.workspace.folder)
            st.rerun()
        if st.button("Save the mapping", icon=":material/save:", key="save_mapping",
                     disabled=not draft.is_changed):  # fmt: skip
            sources_draft.save(page.workspace)
            st.rerun()
        if not fits:
            st.caption("Importing waits for what is said above.")


@st.fragment(run_every=0.5)
@messages.netted
def _follow(page: Page) -> None:
    found = importing.current(page.workspace.folder)
    if found is None or not found.running:
        st.rerun(scope="app")
    told = found.progress()
    with st.container(horizontal=True, vertical_alignment="center", key="import_progress"):
        st.progress(min(float(told.get("share", 0.0)), 1.0), progress_words(told), width="stretch")
        st.button("Cancel", icon=":material/stop:", key="cancel_import", on_click=found.cancel,
                  disabled=found.cancelled)  # fmt: skip


def progress_words(told: dict[str, Any]) -> str:
    """Return a progress message in words: stage, rows, rate, time left."""
    rows, rate, left = (told.get(key) or 0 for key in ("rows", "rows_per_second", "seconds_left"))
    parts = [md(told.get("stage", "Starting"))]
    parts += [f"{rows:,} rows", f"{rate:,.0f} a second"] if rows else []
    parts += [f"about {duration(left)} left"] if left else []
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Return a time for people, such as 8 s or 3 min."""
    return f"{max(seconds, 1):.0f} s" if seconds < 1.5 * _MINUTE else f"{seconds / _MINUTE:.0f} min"


def _ended(found: Import) -> None:
    if found.refused:
        st.warning(md(found.complaint()), icon=":material/error:")
        return
    report = found.report()
    counts = {what: int(report.get(f"rows_{what}", 0)) for what in ("loaded", "rejected", "superseded", "excluded")}
    read = int(report.get("rows_read", 0))
    sums = " + ".join(f"{count:,} {what}" for what, count in counts.items())
    emptied, flagged = report.get("values_emptied", 0), report.get("rows_flagged", 0)
    doubts = f" Left empty: {uploads.counted(emptied, 'value')}; flagged: {uploads.counted(flagged, 'row')}."
    st.success(f"**Imported in {duration(report.get('seconds', 0.0))}.** {read:,} rows read = {sums}.{doubts}",
               icon=":material/check_circle:")  # fmt: skip
    notes = [f"{file['file']}: {note}" for file in report.get("files", []) for note in file.get("notes", [])]
    for note in notes[:5]:
        st.caption(md(note))
