"""What people are told when something is missing or goes wrong: one sentence and the next step, never a traceback."""

import logging
import re
import secrets
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import streamlit as st

from analytics.errors import AnalyticsError, CannotTellError
from analytics.ui import filters
from analytics.ui.text import md

P = ParamSpec("P")
log = logging.getLogger("ebb")
_CREDENTIALS = re.compile(r"//[^/\s@]+@")
_DETAIL = 200


def problem(error: AnalyticsError) -> None:
    """Show an error of the family: title, what happened, what to do."""
    text = f"**{md(error.title)}.** {md(error)}"
    if isinstance(error, CannotTellError):
        st.info(text, icon=":material/help:")
    else:
        st.warning(text, icon=":material/error:")


def unexpected(error: Exception, place: str) -> str:
    """Log an error nobody foresaw, without values from data or settings, and show a reference to it."""
    reference = secrets.token_hex(4)
    steps = [
        f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(error.__traceback__)
    ]
    detail = _CREDENTIALS.sub("//…@", str(error).strip().split("\n")[0])[:_DETAIL]
    log.error("reference %s on %s: %s: %s [%s]", reference, place, type(error).__name__, detail, " > ".join(steps))
    st.warning(
        f"**This part could not be shown.** The rest of the page is not affected. Reload the page; if it stays, "
        f"report reference {reference}, under which the details are in the app's log.",
        icon=":material/error:",
    )
    return reference


@contextmanager
def net(place: str) -> Iterator[None]:
    """Catch what goes wrong inside and show it calmly in the same spot."""
    try:
        yield
    except AnalyticsError as error:
        problem(error)
    except Exception as error:
        unexpected(error, place)


def netted(section: Callable[P, None]) -> Callable[P, None]:
    """Put a section into the net; fragments need it, because they rerun without their page: `@st.fragment @netted`."""

    @wraps(section)
    def caught(*args: P.args, **kwargs: P.kwargs) -> None:
        with net(section.__name__):
            section(*args, **kwargs)

    return caught


NO_CONTACTS = "There are no contacts in this data"


def no_contacts() -> None:
    """Say that the data holds no contact at all, and what brings some; no filter can help."""
    st.info(
        "**Surveys alone say nothing about demand.** Load a file of contacts on Sources: when each began, by which "
        "channel, and why. Three columns are enough.",
        icon=":material/add_circle:",
    )


def nothing() -> None:
    """Say that the filters leave nothing, and offer to clear them."""
    st.info("**No contact matches these filters.** Choose a longer period, or other segments and products.")
    st.button("Clear all filters", on_click=filters.clear, icon=":material/filter_alt_off:")


def missing(what: str, unlocks: str) -> None:
    """Say what data is missing and what loading it would unlock."""
    st.info(f"**{md(what)}** {md(unlocks)}", icon=":material/add_circle:")
