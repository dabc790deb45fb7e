"""What an idea from the front line is: its fields, where it stands, and how it is read from what people wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analytics.errors import AnalyticsError, nearest

STATUSES: Final = {
    "new": "New",
    "looking": "Being looked at",
    "initiative": "Became an initiative",
    "declined": "Not now",
}
TEXT_LENGTH: Final = 1000
NAME_LENGTH: Final = 80


@dataclass(frozen=True, slots=True)
class Idea:
    """What somebody who talks to customers would end, and what came of it."""

    key: str
    text: str
    name: str = ""
    """Who had it."""
    reason: str = ""
    """What it is about; empty when about no one reason."""
    status: str = "new"
    answer: str = ""
    """What was said back to them."""
    initiative: str = ""
    """Key of the initiative it became."""
    written_at: str = ""
    """UTC, ISO 8601."""

    def body(self) -> dict[str, Any]:
        """Return what the store keeps."""
        return {name: getattr(self, name) for name in _FIELDS}


_FIELDS: Final = ("text", "name", "reason", "status", "answer", "initiative", "written_at")


def read_idea(key: str, body: Mapping[str, Any]) -> Idea:
    """Return the idea people wrote; raises AnalyticsError in words where it is not possible as written."""
    found = Idea(key, **{name: str(body[name] or "") for name in _FIELDS if name in body})
    if not found.text.strip():
        raise AnalyticsError("The idea says nothing yet.", do="Write what customers should no longer need to ask.")
    if len(found.text) > TEXT_LENGTH or len(found.name) > NAME_LENGTH:
        raise AnalyticsError(f"The idea is longer than {TEXT_LENGTH:,} characters, or the name than {NAME_LENGTH}.")
    if found.status not in STATUSES:
        raise AnalyticsError(f"There is no status “{found.status}”.", do=nearest(found.status, STATUSES))
    return found
