"""What depends on the reader's theme."""

from typing import Literal

import streamlit as st

_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 86 28" width="86" height="28">'
    '<path d="M3 8c3 4 6 4 9 0s6-4 9 0M3 15c3 3 6 3 9 0s6-3 9 0M3 22c3 2 6 2 9 0s6-2 9 0" fill="none" '
    'stroke="{mark}" stroke-width="2.4" stroke-linecap="round"/>'
    '<text x="30" y="21" font-family="Source Sans, Source Sans Pro, sans-serif" font-size="20" font-weight="600" '
    'fill="{ink}">Ebb</text></svg>'
)


_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1F5F8B"/>'
    '<path d="M6 10c3.5 4 7 4 10 0s6.500-4 10 0M6 17c3.500 3 7 3 10 0s6.500-3 10 0M6 24c3.500 2 7 2 10 0s6.500-2 10 0" '
    'fill="none" stroke="#fff" stroke-width="2.600" stroke-linecap="round"/></svg>'
)


def icon() -> str:
    """Return the picture of the browser tab; drawn here, because named icons are fetched from outside."""
    return _ICON


def is_dark() -> bool:
    """Return whether the reader's theme is dark, as far as the browser has said."""
    return str(st.context.theme.get("type") or "light") == "dark"


def logo() -> None:
    """Fill the head of the menu with the name."""
    dark = is_dark()
    st.logo(_LOGO.format(mark="#6FB3DC" if dark else "#1F5F8B", ink="#E4EAEF" if dark else "#1B2733"), size="large")


def emphasis() -> Literal["primary", "secondary"]:
    """Return the kind of a main button: white words on the light blue that the dark theme needs could not be read."""
    return "secondary" if is_dark() else "primary"
