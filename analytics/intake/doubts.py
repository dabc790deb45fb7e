"""Values that were emptied and rows that deserve a second look, among the rows that are loaded."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.contract import CHANNELS
from analytics.errors import nearest
from analytics.intake import statements
from analytics.intake.clock_changes import clock_changes
from analytics.intake.compose import remaining
from analytics.intake.decide import File
from analytics.intake.explain import explain
from analytics.intake.session import Session
from analytics.intake.source import Problem


@dataclass(frozen=True, slots=True)
class Count:
    """How many values of one column of one file met one outcome."""

    column: str
    outcome: str
    rows: int


def emptied(session: Session, file: File, has_drops: bool, room: int) -> tuple[list[Problem], list[Count]]:
    """Return the values that could not be kept, listed up to `room`, and exact counts by column."""
    names = file.parsed.can_fail
    if not names:
        return [], []
    which = remaining(file.parsed, has_drops)
    counts = session.execute(statements.count_emptied(file.parsed, names, which))[0]
    problems: list[Problem] = []
    for name, count in zip(names, counts, strict=True):
        if count:
            problems.extend(_listed(session, file, name, which, room - len(problems)))
    return problems, [Count(name, "emptied", int(rows)) for name, rows in zip(names, counts, strict=True) if rows]


def _listed(session: Session, file: File, name: str, which: str, room: int) -> list[Problem]:
    shown = ", ".join(file.group.outside_columns_of(name)) or name
    found = session.execute(statements.list_emptied(file.parsed, name, which, max(room, 0)))
    return [
        Problem(line, shown, str(word)[:200], explain(file.group, name, str(word), value) + "; the value is left empty",
                "emptied")
        for line, word, value in found
    ]  # fmt: skip


def unknown_channels(session: Session, file: File, has_drops: bool) -> tuple[list[Problem], list[Count]]:
    """Return the channel words that are kept as they are although no page knows them, one problem per word."""
    if "channel" not in file.parsed.columns or file.parsed.table != "contacts":
        return [], []
    known = session.bind(list(CHANNELS))
    words = session.execute(statements.unknown_channels(remaining(file.parsed, has_drops), known))
    column = ", ".join(file.group.outside_columns_of("channel")) or "channel"
    problems = [
        Problem(line, column, str(word)[:200], f"“{word}” is no channel word; the {rows:,} rows keep it. "
                f"{nearest(str(word), CHANNELS)} Map it with values = {{…}}.", "flagged", int(rows))
        for word, rows, line in words
    ]  # fmt: skip
    total = sum(problem.rows for problem in problems)
    return problems, [Count("channel", "flagged", total)] if total else []


def clock_change_rows(
    session: Session, file: File, zone: str, has_drops: bool, room: int
) -> tuple[list[Problem], list[Count]]:
    """Return rows whose clock time does not exist or exists twice because the clocks change; they are kept."""
    parsed = file.parsed
    if not parsed.has_wall_clock or zone == "UTC":
        return [], []
    which = remaining(parsed, has_drops)
    first, last = session.execute(statements.clock_extent(which))[0]
    changes = clock_changes(ZoneInfo(zone), first.year, last.year) if isinstance(first, datetime) else []
    if not changes:
        return [], []
    days = session.bind(sorted({day for change in changes for day in (change.start.date(), change.end.date())}))
    session.execute(statements.clock_rows(which, days))
    rows = session.run(
        "clock_change_rows",
        {"starts": [c.start for c in changes], "ends": [c.end for c in changes], "gaps": [c.is_gap for c in changes]},
    )
    column = ", ".join(file.group.outside_columns_of(parsed.time))
    problems = [
        Problem(line, column, str(at), _clock_words(zone, is_gap), "flagged")
        for line, at, is_gap in rows[: max(room, 0)]
    ]
    return problems, [Count(parsed.time, "flagged", len(rows))] if rows else []


def _clock_words(zone: str, is_gap: bool) -> str:
    happened = "does not exist: the clocks go forward" if is_gap else "exists twice: the clocks go back"
    return f"this clock time {happened} in {zone}; the row is kept"
