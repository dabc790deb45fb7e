"""Decides for each row of a table which of the four outcomes it meets, and writes down why.

Order: excluded by a rule; superseded by a later row of the same key; rejected for a missing or unreadable required
value; duplicate ids. Rows that are left are loaded. A row leaves once: it is in `staging.dropped` at most one time.
"""

from dataclasses import dataclass
from typing import Any, Final

from analytics.contract import TABLES
from analytics.intake.compose import Parsed, union
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
    view = file.parsed.view
    session.execute(
        f"insert into staging.dropped select file_no, source_line, 'excluded' from {view} where excluded_by is not null"
    )
    counts = f"select excluded_by, count(*) from {view} where excluded_by is not null group by all order by all"
    for rule_number, rows in session.execute(counts):
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
    rows = union(
        f"select file_no, source_line, row_key, newest, content from {file.parsed.view} as parsed "
        f"where row_key is not null and excluded_by is null"
        for file in keyed
    )
    session.execute(f"create or replace temp view keyed_rows as {rows}")
    session.run("drop_older_rows")
    return {int(number): int(count) for number, count in session.run("superseded_counts")}


def reject(session: Session, file: File, room: int) -> tuple[list[Problem], int]:
    """Drop the rows without a required value; return the problems listed and how many rows were dropped."""
    required = [name for name in TABLES[file.parsed.table].required if name in file.parsed.columns]
    if not required:
        return [], 0
    missing = " or ".join(f'parsed."{name}" is null' for name in required)
    remaining = f"from {file.parsed.view} as parsed where ({missing}) and not {is_dropped(file.parsed)}"
    count = int(session.execute(f"select count(*) {remaining}")[0][0])
    if not count:
        return [], 0
    listed = ", ".join(f'parsed."{name}_word", parsed."{name}_value", parsed."{name}" is null' for name in required)
    rows = session.execute(f"select parsed.source_line, {listed} {remaining} order by 1 limit {room:d}")
    session.execute(f"insert into staging.dropped select file_no, source_line, 'rejected' {remaining}")
    return [_rejection(file, required, row) for row in rows], count


def is_dropped(parsed: Parsed) -> str:
    """Return the SQL condition that a row of the view `parsed` has left already."""
    return (
        "exists (select 1 from staging.dropped as dropped "
        f"where dropped.file_no = {parsed.number:d} and dropped.source_line = parsed.source_line)"
    )


def _rejection(file: File, required: list[str], row: tuple[Any, ...]) -> Problem:
    line, states = row[0], row[1:]
    for place, name in enumerate(required):
        word, value, is_missing = states[place * 3 : place * 3 + 3]
        if is_missing:
            shown = ", ".join(file.group.outside_columns_of(name)) or name
            reason = f"{name} is missing" if word is None else explain(file.group, name, str(word), value)
            return Problem(line, shown, str(word or "")[:200], reason)
    raise AssertionError("a rejected row misses a required value")


def duplicates(
    session: Session, files: list[File], room: int
) -> tuple[dict[int, list[Problem]], dict[int, tuple[int, int]]]:
    """Drop repeated ids: copies are superseded, differing rows rejected. Returns problems, and rejected and superseded
    rows, by file number.

    Of rows that differ, the one with the smallest content is kept, so that the order of rows does not matter.
    """
    table = files[0].parsed.table
    name = UNIQUE.get(table, "")
    having = [file for file in files if name in file.parsed.columns]
    if not having:
        return {}, {}
    session.execute(f"create or replace temp view identified_rows as {_identified(having, name)}")
    total, distinct = session.run("count_ids")[0]
    if total == distinct:
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


def _identified(files: list[File], name: str) -> str:
    """Return the rows that are left, with id and content; columns the files share make the content."""
    shared = [column for column in files[0].parsed.columns if all(column in file.parsed.columns for file in files)]
    content = ", ".join(f'coalesce(parsed."{column}_word", chr(30))' for column in shared)
    return union(
        f'select parsed.file_no, parsed.source_line, parsed."{name}_word" as id, concat_ws(chr(31), {content}) as content'
        f' from {file.parsed.view} as parsed where parsed."{name}_word" is not null and not {is_dropped(file.parsed)}'
        for file in files
    )
