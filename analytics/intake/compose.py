"""Composes the SQL of the import: the only place where statements are put together.

A statement is made of fixed fragments, names of our own contract, positions (`c7`), numbers of views and variables
(`getvariable('p7')`). Names and values of the user's files are never part of the text; `Session.bind` keeps them.

For each file one view `parsed_<n>` holds, per contract column `x`: `x_word` (text in the file), `x_value` (as read)
and `x` (after the check), with `file_no`, `source_line`, `excluded_by` (number of the rule), `row_key`, `newest`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from analytics.contract import TABLES
from analytics.intake.conversion import Conversion, Expression
from analytics.intake.convert import convert
from analytics.intake.mapping import ColumnMapping, GroupMapping
from analytics.intake.words import Reading, Word


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file under its mapping, as a view."""

    number: int
    table: str
    columns: tuple[str, ...]
    """Contract columns that the mapping fills."""
    can_fail: tuple[str, ...]
    """Those of them in which a word can end without a value."""
    typed: tuple[str, ...]
    """Columns that come in the file's own type: a value that is read is there, its text need not be made."""
    time: str
    """The first time column filled, "" if none."""
    has_wall_clock: bool
    """Whether that time is a clock time, which a clock change can make ambiguous."""
    has_key: bool

    @property
    def view(self) -> str:
        """Name of the view."""
        return f"parsed_{self.number:d}"


def create_parsed(conversion: Conversion) -> Parsed:
    """Create the view of one file and return what it holds.

    Three selects, one inside the other: words, values, checked values. Each reads the columns of the one before, so
    that no expression is written twice.
    """
    reading, group = conversion.reading, conversion.reading.group
    words = {name: _word(reading, group, name) for name in group.targets()}
    made = _in_sequence({name: _expression(conversion, name, *words[name]) for name in words})
    time = next((c.name for c in TABLES[group.table].columns if c.kind == "time" and c.name in made), "")
    inner = select([*_row_items(reading), *_word_items(words)], reading.source.relation)
    middle = select(["*", *_value_items(made, time)], f"(\n{inner}\n)")
    outer = select(["*", *_checked_items(made, time)], f"(\n{middle}\n)")
    reading.session.execute(f"create or replace temp view parsed_{reading.source.number:d} as\n{outer}")
    return Parsed(
        reading.source.number,
        group.table,
        tuple(made),
        tuple(name for name, expression in made.items() if expression.can_fail),
        tuple(name for name, (_, word) in words.items() if word.direct),
        time,
        bool(time and made[time].wall_clock),
        bool(group.key),
    )


def select(items: list[str], relation: str) -> str:
    """Return a select of `items` from a relation."""
    listed = ",\n    ".join(items)
    return f"select\n    {listed}\nfrom {relation}"


def _word(reading: Reading, group: GroupMapping, name: str) -> tuple[ColumnMapping, Word]:
    mapping = next((column for column in group.columns if column.target == name), None)
    word = reading.word(mapping) if mapping else Word("cast(null as varchar)")
    if mapping and mapping.default:
        word = reading.with_default(word, mapping.default)
    for label in group.labels:
        if label.target == name:
            word = reading.labelled(word, label)
    return mapping or ColumnMapping(name, "constant"), word


def _expression(conversion: Conversion, name: str, mapping: ColumnMapping, word: Word) -> Expression:
    column = TABLES[conversion.reading.group.table].column(name)
    parts = tuple(_named(f"{name}_{place}", part) for place, part in enumerate(word.parts))
    return convert(conversion, column, mapping, replace(_named(name, word), parts=parts))


def _named(name: str, word: Word) -> Word:
    """Return the word as the columns that hold it."""
    return Word(f'"{name}_word"', f'"{name}_direct"' if word.direct else "", word.type)


def _row_items(reading: Reading) -> list[str]:
    return [
        f"cast({reading.source.number:d} as smallint) as file_no",
        f"cast({reading.source.line} as bigint) as source_line",
        f"{_excluded_by(reading)} as excluded_by",
        *_key_items(reading),
    ]


def _word_items(words: dict[str, tuple[ColumnMapping, Word]]) -> list[str]:
    named = [(name, word) for name, (_, word) in words.items()]
    parts = [(f"{name}_{place}", part) for name, word in named for place, part in enumerate(word.parts)]
    items = [f'{word.text} as "{name}_word"' for name, word in (*named, *parts)]
    return items + [f'{word.direct} as "{name}_direct"' for name, word in (*named, *parts) if word.direct]


def _value_items(made: dict[str, Expression], time: str) -> list[str]:
    items = [f'{expression.value} as "{name}_value"' for name, expression in made.items()]
    parts = [
        f'{part} as "{name}_value_{place}"'
        for name, expression in made.items()
        for place, part in enumerate(expression.parts)
    ]
    clock = [f"{made[time].wall_clock or 'cast(null as timestamp)'} as wall_clock"] if time else []
    return items + parts + clock


def _checked_items(made: dict[str, Expression], time: str) -> list[str]:
    items = [f'{expression.checked} as "{name}"' for name, expression in made.items()]
    return items + ([f"{made[time].local} as local_at"] if time else [])


def _in_sequence(made: dict[str, Expression]) -> dict[str, Expression]:
    """Empty a closing time that lies before the start."""
    if not {"started_at", "closed_at"} <= made.keys():
        return made
    end = made["closed_at"]
    checked = f'case when "closed_at_value" < "started_at_value" then null else {end.checked} end'
    return {**made, "closed_at": replace(end, checked=checked)}


def _excluded_by(reading: Reading) -> str:
    cases = [
        f"when is_among({reading.text(rule.column)}, {reading.session.bind(list(rule.values))}) then {number:d}"
        for number, rule in enumerate(reading.group.excludes)
    ]
    return f"case {' '.join(cases)} end" if cases else "cast(null as integer)"


def _key_items(reading: Reading) -> list[str]:
    if not reading.group.key:
        return []
    parts = [reading.text(name) for name in reading.group.key]
    whole = ", ".join(f"source.c{position:d}" for position in range(len(reading.source.names)))
    present = " and ".join(f"{part} is not null" for part in parts)
    return [
        f"case when {present} then concat_ws(chr(31), {', '.join(parts)}) end as row_key",
        f"{reading.text(reading.group.latest_by)} as newest",
        f"hash({whole}) as content",
    ]


def remaining(parsed: Parsed, has_drops: bool, joined: str = "") -> str:
    """Return the `from` part for the rows of `parsed` that have not left, with a join; it ends in a condition."""
    if not has_drops:
        return f"from {parsed.view} as parsed {joined}where true"
    left = f"(from staging.dropped where file_no = {parsed.number:d}) as dropped"
    stayed = f"anti join {left} on parsed.source_line = dropped.source_line"
    return f"from {parsed.view} as parsed {stayed} {joined}where true"


def union(selects: Iterable[str]) -> str:
    """Return one select over several files."""
    return "\nunion all\n".join(selects)
