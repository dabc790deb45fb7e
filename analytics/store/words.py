"""Database failures in words: what happened and what to do, never an address with a password in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from analytics.errors import StoreError

_CAUSES: Final = (
    (("readonly", "read-only", "permission denied", "insufficient"), "The store may only be read.",
     "Ask for the right to write to it, then try again; nothing was changed."),
    (("full", "disk i/o", "no space", "file too large"), "The disk of the store is full or failing.",
     "Free some space, then try again; nothing was changed."),
    (("no such table", "does not exist", "undefined"), "The store is gone: its tables are no longer there.",
     "Put the file back from a backup, or restart the app to begin a new one."),
    (("locked", "deadlock", "timeout expired"), "The store is busy with another change.",
     "Wait a moment and try again; nothing was changed."),
    (("not a database", "malformed"), "The store is damaged or is not a database.",
     "Put the file back from a backup."),
    (("unable to open",), "The store cannot be opened.",
     "Check that its folder exists and may be written."),
    (("refused", "could not", "connection", "server closed", "terminat", "resolve"), "The store cannot be reached.",
     "Check that the database server runs, then try again; nothing was changed."),
)  # fmt: skip


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what a database or the file system raises into a StoreError."""
    try:
        yield
    except (sa.exc.DBAPIError, OSError) as error:
        happened, do = _said(str(getattr(error, "orig", None) or error).casefold())
        raise StoreError(happened, do=do) from error


def _said(message: str) -> tuple[str, str]:
    for signs, happened, do in _CAUSES:
        if any(sign in message for sign in signs):
            return happened, do
    return "The store did not answer as it should.", "Try again; if it stays, look at the log of the app."
