"""Section of Sources that says what the columns mean: suggested, corrected in a form or as text, tried on real rows."""

from typing import Any

import streamlit as st

from analytics.errors import AnalyticsError
from analytics.ui import (
    cards,
    messages,
    sources_draft,
    sources_fields,
    sources_form,
    sources_looks,
    sources_preview,
    sources_rules,
    sources_toml,
    uploads,
)
from analytics.ui.page import Page
from analytics.ui.sources_draft import TEXT_KEY, Draft
from analytics.ui.sources_form import Form
from analytics.ui.sources_toml import Place
from analytics.ui.text import md, short
from analytics.workspace import Workspace

FITS = "_mapping_fits"


def mapping(page: Page) -> None:
    """Draw the mapping of the workspace's files; suggested at once where there is none."""
    files = uploads.data_files(page.workspace)
    if not files:
        return
    cards.section("2 What the columns mean", "Suggested from names and values; look at what is orange. The first rows "
                  "beneath show what would be loaded.")  # fmt: skip
    draft = sources_draft.draft(page.workspace)
    if not sources_draft.has_tables(draft.text) and not draft.earlier:
        _suggest(page.workspace, draft)
    _bar(page.workspace, draft)
    fits = sources_preview.fits(draft.text, page.workspace.folder.name)
    shown = _form(page.workspace, draft)
    st.session_state[FITS] = fits and shown
    _as_text(page.workspace, draft)


def _suggest(workspace: Workspace, draft: Draft) -> None:
    """Put the suggestion for all readable files into the draft, keeping what is said about the company."""
    found, refused = sources_looks.suggestions(uploads.data_files(workspace))
    for error in refused:
        messages.problem(error)
    if not found.tables:
        return
    text = found.to_toml()
    try:
        known = sources_toml.read(draft.text).get("workspace", {})
    except AnalyticsError:
        known = {}
    for key, value in {"name": workspace.folder.name, **known}.items():
        text = sources_toml.changed(text, sources_toml.info_set(key, value))
    draft.replace(text)


def _bar(workspace: Workspace, draft: Draft) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="mapping_bar"):
        if st.button("Suggest anew from the files", icon=":material/auto_awesome:", key="suggest"):
            _suggest(workspace, draft)
        st.button("Take back the last change", icon=":material/undo:", key="take_back", disabled=not draft.earlier,
                  on_click=sources_draft.take_back, args=(workspace.folder,))  # fmt: skip
        if draft.is_changed:
            st.caption("Not saved yet; kept while this window is open.")
    if draft.complaint:
        st.warning(md(draft.complaint), icon=":material/error:")
    if draft.is_changed and sources_draft.saved_text(workspace) != draft.saved:
        st.warning("Somebody else saved another mapping meanwhile. Saving yours replaces it.", icon=":material/group:")


def _form(workspace: Workspace, draft: Draft) -> bool:
    """Draw a form per section and its first rows; return whether all fit the files."""
    try:
        document = sources_toml.read(draft.text)
        found = sources_toml.sections(document)
    except AnalyticsError as error:
        messages.problem(error)
        return False
    info = document.get("workspace", {})
    sources_rules.company(workspace, info if isinstance(info, dict) else {})
    _forgotten(workspace, document)
    fits = [_section(workspace, draft, place, document) for place, _ in found]
    return bool(fits) and all(fits)


def _section(workspace: Workspace, draft: Draft, place: Place, document: dict[str, Any]) -> bool:
    section = sources_toml.section_of(document, place)
    names = ", ".join(short(name, 50) for name in sources_toml.texts(section.get("files")))
    title = f"**{md(place.table)}** from {md(names) or 'no file'}"
    box = st.expander(title, expanded=True, key=f"section_{place.table}_{place.index}", on_change="rerun")
    if not box.open:
        return True
    with box:
        form = Form(workspace.folder, place, section, sources_looks.looks_of(workspace.folder, place.table, section),
                    draft.serial)  # fmt: skip
        sources_rules.table_and_files(form, workspace)
        sources_form.columns(form, sources_fields.details)
        sources_rules.rules(form)
        st.markdown("**The first rows as they would be loaded** :small[:gray[times in UTC]]")
        return sources_preview.show(workspace.folder, place, section, document)


def _forgotten(workspace: Workspace, document: dict[str, Any]) -> None:
    """Offer to add files that lie in the folder and that no section names."""
    left = sources_looks.unnamed(workspace.folder, document, uploads.data_files(workspace))
    if not left:
        return
    named = ", ".join(f"“{short(path.name, 50)}”" for path in left)
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f"Not used yet: {md(named)}.", width="stretch")
        if st.button("Add to the mapping", icon=":material/add:", key="add_files"):
            _add(workspace, left)


def _add(workspace: Workspace, paths: list[Any]) -> None:
    found, refused = sources_looks.suggestions(paths)
    for error in refused:
        messages.problem(error)
    for table, path in zip(found.tables, [path for path in paths if _is_read(path, found)], strict=True):
        section = sources_rules.section_for(table.table, path, {})
        sources_draft.change(workspace.folder, sources_toml.section_added(table.table, section))
    if found.tables:
        st.rerun()


def _is_read(path: Any, found: Any) -> bool:
    return any(table.file == path.name for table in found.tables)


def _as_text(workspace: Workspace, draft: Draft) -> None:
    """Draw the text the form writes; what is typed there shows in the form."""
    folded = st.expander("Edit as text", icon=":material/code:", key="as_text", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.session_state[TEXT_KEY] = draft.text
        st.text_area("workspace.toml", key=TEXT_KEY, height=420, on_change=sources_draft.typed,
                     args=(workspace.folder,), help="One line per column: ours = yours.")  # fmt: skip
