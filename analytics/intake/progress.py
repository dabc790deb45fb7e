"""How far an import is, in words and numbers, for the terminal and the page."""

import dataclasses
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from analytics.errors import WorkspaceError


@dataclass(frozen=True, slots=True)
class Progress:
    """One message of a running import."""

    stage: str
    share: float
    """Done, 0 to 1."""
    rows: int
    """Rows of the files dealt with so far."""
    seconds: float
    rows_per_second: float
    seconds_left: float | None
    """None while it is too early to tell."""

    def to_json(self) -> str:
        """Return the message as one JSON object."""
        rounded = {
            key: round(value, 3) if isinstance(value, float) else value
            for key, value in dataclasses.asdict(self).items()
        }
        return json.dumps({"progress": rounded}, ensure_ascii=False)


Listener = Callable[[Progress], None]


@dataclass(slots=True)
class Meter:
    """Turns stages into messages; stops the import when it is asked to."""

    listener: Listener
    cancelled: Callable[[], bool]
    began: float = field(default_factory=time.monotonic)
    rows_total: int = 0
    """Rows of all files opened so far."""

    def tell(self, stage: str, share: float) -> None:
        """Report a stage. Raises WorkspaceError when the import was cancelled."""
        if self.cancelled():
            raise cancelled()
        seconds = time.monotonic() - self.began
        left = seconds * (1 - share) / share if share > 0.02 and seconds > 0.5 else None
        rows = round(self.rows_total * share) if share < 1 else self.rows_total
        self.listener(Progress(stage, min(share, 1.0), rows, seconds, rows / seconds if seconds else 0.0, left))

    def between(self, first: float, last: float) -> Callable[[str, float], None]:
        """Return a reporter for a part of the work that covers `first` to `last` of the whole."""
        return lambda stage, share: self.tell(stage, first + (last - first) * share)


def cancelled() -> WorkspaceError:
    """Return the error that says an import was cancelled."""
    return WorkspaceError("The import was cancelled; the earlier result stays as it was.", do="Import again any time.")
