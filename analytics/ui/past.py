"""Who changed what and when, with undo: a change is taken back by writing the older version again."""

from collections.abc import Callable

import streamlit as st

from analytics.store import Record
from analytics.ui import messages
from analytics.ui.page import Page
from analytics.ui.text import md


def history(page: Page, kind: str, key: str, words: Callable[[Record], str]) -> None:
    """Draw the versions of one record, newest first, each with its author and time, and a button that undoes."""
    versions = page.store.history(page.workspace_id, kind, key)
    if not versions:
        st.caption("Nobody has changed this; it is as proposed.")
        return
    for record in versions:
        what = "taken back: as proposed" if record.deleted else words(record)
        st.markdown(f"{md(record.at[:16].replace('T', ' '))} UTC · **{md(record.author.shown)}** · {md(what)}")
    st.button("Undo the last change", icon=":material/undo:", key=f"undo_{kind}", on_click=undo, args=(page, kind, key))


def undo(page: Page, kind: str, key: str) -> None:
    """Take the last change back; the first one by going back to the proposal."""
    with messages.net("undo"):
        last, *older = page.store.history(page.workspace_id, kind, key)
        if older and (last.deleted or not older[0].deleted):
            page.store.restore(page.workspace_id, kind, key, older[0].version, page.author, last.version)
        else:
            page.store.delete(page.workspace_id, kind, key, page.author, last.version)
