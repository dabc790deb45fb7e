"""The one family of errors that people read. Bottom layer: this module imports nothing from the package.

Every error says what happened, where, and what to do next. Screens and the command line show `str(error)`;
nothing else of an error is ever shown to a reader.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class AnalyticsError(Exception):
    """Base of every error a person may see."""

    title = "Something did not work"

    def __init__(self, happened: str, *, do: str = "", where: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        """What happened, in one sentence that ends with a full stop."""
        self.do = do
        """What to do next, in one sentence; may be empty."""
        self.where = where
        """File, line and column, or the screen part; may be empty."""

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.where}:" if self.where else "", self.happened, self.do) if part)


class MappingError(AnalyticsError):
    """The workspace file does not describe the user's files."""

    title = "The mapping does not fit the files"


class SourceError(AnalyticsError):
    """A file could not be read as what it claims to be."""

    title = "A file could not be read"


class WorkspaceError(AnalyticsError):
    """The workspace folder or its result is missing, old, locked or damaged."""

    title = "The workspace cannot be opened"


class QueryError(AnalyticsError):
    """A question could not be answered by the engine."""

    title = "A question could not be answered"


class StoreError(AnalyticsError):
    """What people write could not be kept or read."""

    title = "The change was not saved"


class ConflictError(StoreError):
    """Somebody else changed the same thing first."""

    title = "Somebody else changed this first"


class CannotTellError(AnalyticsError):
    """The data cannot carry this number; the reason and what to collect are in the message."""

    title = "Cannot tell from this data"


class ScenarioError(AnalyticsError):
    """A scenario, lever or range is not possible as given."""

    title = "The scenario is not possible as given"


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return a sentence offering the valid names nearest to `name`, or listing them; empty if there are none."""
    choices = sorted(set(valid))
    folded = {choice.casefold(): choice for choice in choices}
    close = [folded[match] for match in get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)]
    if close:
        return f"Did you mean {' or '.join(f'“{match}”' for match in close)}?"
    return f"It must be one of: {', '.join(choices)}." if choices else ""
