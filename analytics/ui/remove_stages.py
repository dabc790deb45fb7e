"""Where in a customer's life demand arises: the data contract has no such column, so it is said, with the way round."""

from typing import Final

import streamlit as st

from analytics.ui.page import Page

MISSING: Final = (
    "By stage of the customer's life (before purchase, onboarding, use, renewal) demand cannot be told apart: a "
    "contact has no column for it. Where your files hold the stage, map it as segment on Sources: the filter of "
    "segments then chooses a stage. Rates per customer need active customers by the same stages."
)


def missing(page: Page) -> None:
    """Say that the stage is not known, and what to do with files that hold it."""
    st.caption(MISSING)
    page.link("Sources", "Open Sources")
