"""Clock times that do not exist or exist twice in a time zone, because its clocks change."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ClockChange:
    """Clock times from `start` up to `end` that are missing (gap) or doubled (overlap)."""

    start: datetime
    end: datetime
    is_gap: bool
    seconds_before: int
    """Seconds ahead of UTC before the change."""
    seconds_after: int
    """Seconds ahead of UTC after it."""

    @property
    def takes_effect(self) -> datetime:
        """Clock time from which the new offset is meant: missing times count as before, doubled ones as after."""
        return self.end if self.is_gap else self.start


def clock_changes(zone: ZoneInfo, first_year: int, last_year: int) -> list[ClockChange]:
    """Return the clock changes of `zone` in the years given, both included, in order of time."""
    moment = datetime(max(first_year, 1900), 1, 1, tzinfo=UTC)
    end = datetime(min(last_year, 2200) + 1, 1, 1, tzinfo=UTC)
    changes = []
    while moment < end:
        following = moment + timedelta(days=1)
        if _offset(zone, moment) != _offset(zone, following):
            changes.append(_change(zone, moment, following))
        moment = following
    return changes


def offset_seconds(zone: ZoneInfo, year: int) -> int:
    """Return how many seconds `zone` is ahead of UTC at the beginning of a year."""
    return int(_offset(zone, datetime(max(year, 1900), 1, 1, tzinfo=UTC)).total_seconds())


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> ClockChange:
    old, new = _offset(zone, before), _offset(zone, after)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    at = after.replace(second=0, microsecond=0, tzinfo=None)
    ahead = int(old.total_seconds()), int(new.total_seconds())
    return ClockChange(at + min(old, new), at + max(old, new), new > old, *ahead)
