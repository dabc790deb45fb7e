"""The main picture first: ready before a run begins to send, and followed by the rest a moment later."""

import sys
from collections.abc import Callable
from contextlib import suppress
from time import sleep
from typing import Final, ParamSpec

import streamlit as st

P = ParamSpec("P")

_PROMPT_SECONDS: Final = 5e-4
_WHOLE_SECONDS: Final = 0.02
"""For how long at most the thread that draws keeps the turn: usually, and until its picture is complete."""
_SLICES, _SLICE_SECONDS = 10, 0.01


def send_promptly() -> None:
    """Let the thread that sends have its turn at once whenever a drawing thread has something for it."""
    sys.setswitchinterval(_PROMPT_SECONDS)


def send_in_one_piece() -> None:
    """From a callback: let the run that follows draw its picture before anything of it is sent, in one piece.

    What is sent in two pieces comes 5 ms apart and is drawn twice. Ends with `after_the_picture`.
    """
    sys.setswitchinterval(_WHOLE_SECONDS)


def ready(make: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
    """Have something made and kept by the callback of a widget, so that the run after it can send it at once.

    What goes wrong is left to the section that needs it: it says so in its place.
    """
    with suppress(Exception):
        make(*args, **kwargs)
    send_in_one_piece()


def after_the_picture() -> None:
    """Let the main picture reach the reader before the rest is sent; a newer key press ends this run here.

    Reading the session is where Streamlit lets go of a run that a newer one replaces.
    """
    send_promptly()
    for _ in range(_SLICES):
        sleep(_SLICE_SECONDS)
        st.session_state.get("_pace")
