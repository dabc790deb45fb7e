"""Who is looking: signed in, named by a trusted proxy, or a name typed once and shown as unverified."""

import streamlit as st

from analytics.settings import settings
from analytics.store import Author
from analytics.ui.look import emphasis

_TYPED = "author_name"


def gate() -> None:
    """Where sign-in is configured, let nobody further who has not signed in."""
    if getattr(st.user, "is_logged_in", True):
        return
    st.title("Sign in to see this page")
    st.button("Sign in", type=emphasis(), on_click=st.login)
    st.stop()


def author() -> Author:
    """Return who makes a change now; the name is empty until somebody gives one."""
    known = getattr(st.user, "is_logged_in", False) or st.get_option("server.trustedUserHeaders")
    signed_in = (st.user.get("email") or st.user.get("name")) if known else None
    if signed_in:
        return Author(str(signed_in), verified=True)
    header = settings().author_header
    passed = st.context.headers.get(header) if header else None
    if passed:
        return Author(passed, verified=True)
    return Author(str(st.session_state.get("_author", "")).strip()[:80])


def name_field() -> None:
    """Let people type their name where nothing vouches for it; it stays for the session."""
    if author().verified:
        return
    if _TYPED not in st.session_state:
        st.session_state[_TYPED] = st.session_state.get("_author", "")
    st.text_input(
        "Your name (unverified)", key=_TYPED, max_chars=80, on_change=_keep, placeholder="for your edits",
        help="Written beside every change you make. Nobody checks it, so it is shown as unverified.",
    )  # fmt: skip


def _keep() -> None:
    st.session_state["_author"] = st.session_state[_TYPED]
