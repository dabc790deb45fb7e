"""Tables people edit: pending edits stay on what their author saw, and are saved against exactly those versions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import AnalyticsError
from analytics.store import Record
from analytics.ui import messages
from analytics.ui.look import emphasis
from analytics.ui.page import Page

Change = Mapping[str, Any]


@dataclass(frozen=True)
class Draft:
    """A table as its author saw it."""

    frame: pd.DataFrame
    """One row per key; the index is the key."""
    seen: Mapping[str, Record]
    """Records behind the rows, by key; rows without one have never been edited."""
    serial: int
    """Number of the editor: a new one begins without pending edits."""
    revision: int


def draft(name: str, page: Page, kind: str, build: Callable[[], pd.DataFrame]) -> Draft:
    """Return the table to edit; built anew when others changed something and nothing is pending here."""
    kept: Draft | None = st.session_state.get(_slot(name))
    stamp = hash((page.revision, page.workspace_id, page.reader.generation))
    if kept is not None and (kept.revision == stamp or _pending(name, kept)):
        return kept
    seen = {record.key: record for record in page.store.list(page.workspace_id, kind)} if page.edits_readable else {}
    made = Draft(build(), seen, kept.serial + 1 if kept else 0, stamp)
    st.session_state[_slot(name)] = made
    return made


def editor_key(name: str, made: Draft) -> str:
    """Return the key of the editor widget."""
    return f"{name}_editor_{made.serial}"


def changes(made: Draft, edited: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return what differs from the draft: row key → column → new value (None when emptied)."""
    found: dict[str, dict[str, Any]] = {}
    for column in edited.columns:
        before, after = made.frame[column], edited[column]
        differs = ~((before == after) | (before.isna() & after.isna())).fillna(False).astype(bool)
        for key in edited.index[differs]:
            value = after.loc[key]
            found.setdefault(str(key), {})[str(column)] = None if pd.isna(value) else _plain(value)
    return found


def save_bar(name: str, changed: Mapping[str, Change], save: Callable[[str, Change], None]) -> None:
    """Draw save and discard; `save` writes one row and may raise, then the rest stays pending."""
    if not changed:
        return
    with st.container(horizontal=True, key=f"{name}_save_bar"):
        words = "1 change" if len(changed) == 1 else f"{len(changed)} changes"
        pressed = st.button(f"Save {words}", type=emphasis(), icon=":material/save:", key=f"{name}_save")
        st.button("Discard", icon=":material/undo:", key=f"{name}_discard", on_click=drop, args=(name,))
    if pressed and _saved(changed, save):
        drop(name)
        st.rerun()


def drop(name: str) -> None:
    """Forget pending edits."""
    kept: Draft | None = st.session_state.get(_slot(name))
    if kept is not None:
        st.session_state[_slot(name)] = Draft(kept.frame, kept.seen, kept.serial + 1, 0)


def version_of(made: Draft, key: str) -> int | None:
    """Return the version the author saw; None for a row never edited."""
    record = made.seen.get(key)
    return record.version if record else None


def _saved(changed: Mapping[str, Change], save: Callable[[str, Change], None]) -> bool:
    for key, change in changed.items():
        try:
            save(key, change)
        except AnalyticsError as error:
            messages.problem(error)
            return False
    return True


def _pending(name: str, kept: Draft) -> bool:
    state = st.session_state.get(editor_key(name, kept)) or {}
    return kept.revision != 0 and bool(state.get("edited_rows"))


def _slot(name: str) -> str:
    return f"_draft_{name}"


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
