"""Decides for each row of a table which of the four outcomes it meets, and writes down why.

Order: excluded by a rule; superseded by a later row of the same key; rejected for a missing or unreadable required
value; duplicate ids. Rows that are left are loaded. A row leaves once: it is in `staging.dropped` at most one time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from analytics.contract import TABLES
from analytics.intake import statements
from analytics.intake.compose import Parsed
from analytics.intake.explain import explain
from analytics.intake.mapping import GroupMapping
from analytics.intake.session import Session
from analytics.intake.source import Problem, Source

UNIQUE: Final = {
    "contacts": "contact_id",
    "customers": "customer_id",
    "agents": "agent_id",
    "policies": "policy",
    "reasons": "reason",
}
"""Tables whose rows have a number of their own."""


Repeated = tuple[dict[int, list[Problem]], dict[int, tuple[int, int]]]
"""By file number: problems listed; rows rejected and superseded."""


@dataclass(frozen=True, slots=True)
class File:
    """One file on its way through the import."""

    source: Source
    group: GroupMapping
    parsed: Parsed


def exclude(session: Session, file: File, problems: list[Problem]) -> None:
    """Drop the rows that a rule excludes; one line per rule tells how many."""
    if not file.group.excludes:
        return
    session.execute(statements.insert_excluded(file.parsed))
    for rule_number, rows in session.execute(statements.count_excluded(file.parsed)):
        rule = file.group.excludes[rule_number]
        values = ", ".join(rule.values)
        problems.append(Problem(None, rule.column, values, f"{rows:,} rows left out: {rule.why}", "excluded", rows))


def supersede(session: Session, files: list[File]) -> dict[int, int]:
    """Drop all but the newest row of each key; return how many by file number.

    Newest = highest `latest_by` as a number, else as text; the content decides between equals, so that the order of
    the rows does not matter.
    """
    keyed = [file for file in files if file.parsed.has_key]
    if not keyed:
        return {}
    session.execute(statements.keyed_rows(file.parsed for file in keyed))
    session.run("drop_older_rows")
    return {int(number): int(count) for number, count in session.run("superseded_counts")}


def reject(session: Session, file: File, has_drops: bool, room: int) -> tuple[list[Problem], int]:
    """Drop the rows without a required value; return the problems listed and how many rows were dropped."""
    required = [name for name in TABLES[file.parsed.table].required if name in file.parsed.columns]
    if not required:
        return [], 0
    which = statements.without_required(file.parsed, required, has_drops)
    count = int(session.execute(statements.count_rows(which))[0][0])
    if not count:
        return [], 0
    rows = session.execute(statements.list_rejected(which, required, room))
    session.execute(statements.insert_rejected(which))
    return [_rejection(file, required, row) for row in rows], count


def _rejection(file: File, required: list[str], row: tuple[Any, ...]) -> Problem:
    line, states = row[0], row[1:]
    for place, name in enumerate(required):
        word, value, is_missing = states[place * 3 : place * 3 + 3]
        if is_missing:
            shown = ", ".join(file.group.outside_columns_of(name)) or name
            reason = f"{name} is missing" if word is None else explain(file.group, name, str(word), value)
            return Problem(line, shown, str(word or "")[:200], reason)
    raise AssertionError("a rejected row misses a required value")


def duplicates(session: Session, files: list[File], has_drops: Callable[[int], bool], room: int) -> Repeated:
    """Drop repeated ids: copies are superseded, differing rows rejected. Returns problems, and rejected and superseded
    rows, by file number.

    Of rows that differ, the one with the smallest content is kept, so that the order of rows does not matter.
    """
    table = files[0].parsed.table
    name = UNIQUE.get(table, "")
    having = [file for file in files if name in file.parsed.columns]
    if not having:
        return {}, {}
    session.execute(statements.identified_rows([(file.parsed, has_drops(file.source.number)) for file in having], name))
    if not session.run("count_repeated_ids")[0][0]:
        return {}, {}
    session.run("list_repeated_ids")
    session.run("drop_repeated_ids")
    labels = {file.source.number: file.source.label for file in having}
    columns = {file.source.number: ", ".join(file.group.outside_columns_of(name)) for file in having}
    found: dict[int, list[Problem]] = {}
    for number, line, word, outcome, kept_number, kept_line in session.run("repeated_ids", {"room": room}):
        place = f"line {kept_line}" if kept_number == number else f"{labels[kept_number]}, line {kept_line}"
        same = "the same row as" if outcome == "superseded" else "also in"
        reason = f"{same} {place}" + ("" if outcome == "superseded" else f" with other values; line {line} is left out")
        found.setdefault(number, []).append(Problem(line, columns[number], str(word)[:200], reason, outcome))
    return found, {int(number): (int(bad), int(copies)) for number, bad, copies in session.run("repeated_counts")}
