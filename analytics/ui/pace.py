"""The main picture first: ready before a run begins to send, and followed by the rest a moment later."""

from collections.abc import Callable
from contextlib import suppress
from time import sleep
from typing import ParamSpec

import streamlit as st

P = ParamSpec("P")

_SLICES, _SLICE_SECONDS = 10, 0.01


def ready(make: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Have something made and kept by the callback of a widget, so that the run after it can send it at once.

    What goes wrong is left to the section that needs it: it says so in its place.
    """
    with suppress(Exception):
        make(*args, **kwargs)


def after_the_picture() -> None:
    """Let the main picture reach the reader before the rest is sent; a newer key press ends this run here.

    Reading the session is where Streamlit lets go of a run that a newer one replaces.
    """
    for _ in range(_SLICES):
        sleep(_SLICE_SECONDS)
        st.session_state.get("_pace")
