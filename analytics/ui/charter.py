"""Charter: what each owner function's causes cost, what it is asked for, and whether it answered; with files."""

import streamlit as st

from analytics.ui import charter_asks, charter_file, charter_shared
from analytics.ui.page import Page


def draw(page: Page) -> None:
    """Draw the shared account with its sign-offs, the asks with their answers, and the file of both."""
    page.show(charter_shared.section)
    page.show(charter_asks.section)
    st.download_button(
        "Download the charter (text)", lambda: charter_file.text_bytes(page), mime="text/plain",
        file_name=charter_file.name(page), icon=":material/download:", on_click="ignore", key="charter_download",
    )  # fmt: skip
