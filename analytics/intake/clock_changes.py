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


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> ClockChange:
    old, new = _offset(zone, before), _offset(zone, after)
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    at = after.replace(second=0, microsecond=0, tzinfo=None)
    return ClockChange(at + min(old, new), at + max(old, new), is_gap=new > old)
