"""One thing wrong with a scenario, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong."""

    words: str
    """One sentence or two: what, where, what to do."""
    lever: str = ""
    """Key of the lever, empty for the scenario itself."""
    field: str = ""
    blocking: bool = True
    """Whether the scenario cannot be evaluated; else a warning."""
