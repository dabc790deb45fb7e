"""The mapping while it is being worked on: kept over reruns and page changes until it is saved or taken back."""

from dataclasses import dataclass, field
from pathlib import Path

import streamlit as st

from analytics.errors import AnalyticsError, MappingError
from analytics.ui import sources_toml, uploads
from analytics.ui.sources_toml import Change
from analytics.workspace import Workspace

TEXT_KEY = "mapping_text"
_SLOT = "_mapping_drafts"
_MOST_UNDONE = 50


@dataclass(slots=True)
class Draft:
    """The text of one workspace's mapping as this person has it."""

    text: str
    saved: str
    """What the file said when this person last read or wrote it."""
    serial: int = 0
    """Number of the form: tables in it begin anew when the text changes by another way than the form."""
    earlier: list[str] = field(default_factory=list)
    complaint: str = ""
    """Why the last change could not be made."""

    @property
    def is_changed(self) -> bool:
        """Whether something is not saved yet."""
        return self.text != self.saved

    def replace(self, text: str, *, by_form: bool = False) -> None:
        """Take a new text; the one before can be taken back."""
        if text == self.text:
            return
        self.earlier = [*self.earlier, self.text][-_MOST_UNDONE:]
        self.text, self.complaint = text, ""
        self.serial += not by_form


def draft(workspace: Workspace) -> Draft:
    """Return the draft of a workspace; read anew when nothing is pending and the file has changed."""
    drafts: dict[str, Draft] = st.session_state.setdefault(_SLOT, {})
    on_disk, kept = saved_text(workspace), drafts.get(str(workspace.folder))
    if kept is None or (not kept.is_changed and kept.saved != on_disk):
        kept = drafts[str(workspace.folder)] = Draft(on_disk, on_disk, kept.serial + 1 if kept else 0)
    return kept


def saved_text(workspace: Workspace) -> str:
    """Return the mapping file; empty when there is none or it cannot be read."""
    try:
        return workspace.mapping_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def change(folder: Path, made: Change, target: str = "") -> None:
    """Change the draft from the form; a text that cannot be changed stays as it is and says why."""
    found = draft(Workspace(folder))
    try:
        found.replace(sources_toml.without_stale(sources_toml.changed(found.text, made), target), by_form=True)
    except MappingError as error:
        found.complaint = str(error)


def typed(folder: Path) -> None:
    """Take what somebody typed into the text."""
    draft(Workspace(folder)).replace(st.session_state[TEXT_KEY])


def take_back(folder: Path) -> None:
    """Undo the last change."""
    found = draft(Workspace(folder))
    if found.earlier:
        found.text = found.earlier.pop()
        found.serial += 1


def save(workspace: Workspace) -> None:
    """Write the draft as the workspace's mapping. Raises SourceError when the folder refuses."""
    found = draft(workspace)
    uploads.write_mapping(workspace, found.text)
    found.saved = found.text


def has_tables(text: str) -> bool:
    """Whether a mapping speaks of any file at all."""
    try:
        return bool(sources_toml.sections(sources_toml.read(text)))
    except AnalyticsError:
        return True
