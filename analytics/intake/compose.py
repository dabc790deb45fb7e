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
from analytics.intake.convert import GIVEN_SCALE, convert
from analytics.intake.mapping import ColumnMapping, GroupMapping
from analytics.intake.typed import typed_columns
from analytics.intake.words import Reading, Word

HASHED = {"customer_id": "customer", "agent_id": "agent"}


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
    inner = _select([*_row_items(reading), *_word_items(words)], reading.source.relation)
    middle = _select(["*", *_value_items(made, time)], f"(\n{inner}\n)")
    outer = _select(["*", *_checked_items(made, time)], f"(\n{middle}\n)")
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


def _select(items: list[str], relation: str) -> str:
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


def typed_select(conversion: Conversion, parsed: Parsed, has_drops: bool, hashed_once: bool = False) -> str:
    """Return a select of one file's loaded rows with every column of the typed table.

    With `hashed_once` the customers come from the table that `create_people` makes.
    """
    known = {"customer": "people.customer"} if hashed_once else {}
    items = [
        f'cast({known.get(name) or _typed_item(conversion, parsed, name)} as {kind}) as "{name}"'
        for name, kind in typed_columns(parsed.table).items()
    ]
    listed = ",\n    ".join(items)
    people = f'left join {_people(parsed)} as people on parsed."customer_id_word" = people.word ' if hashed_once else ""
    return f"select\n    {listed}\n{remaining(parsed, has_drops, people)}"


def stage_typed(conversion: Conversion, parsed: Parsed, has_drops: bool) -> str:
    """Write the loaded rows of one file into the staging file, typed; return the select of what was written."""
    table = f"staging.typed_{parsed.number:d}"
    conversion.reading.session.execute(f"create table {table} as\n{typed_select(conversion, parsed, has_drops)}")
    return _select(["*"], table)


def create_people(conversion: Conversion, parsed: Parsed) -> None:
    """Hash each customer of a file once: customers are many times fewer than rows, and a SHA-256 is dear."""
    salt = conversion.bind(conversion.salt)
    words = _select(['distinct "customer_id_word" as word'], f'{parsed.view}\nwhere "customer_id_word" is not null')
    select = _select(["word", f"hashed(word, {salt}) as customer"], f"(\n{words}\n)")
    conversion.reading.session.execute(f"create or replace table {_people(parsed)} as\n{select}")


def _people(parsed: Parsed) -> str:
    return f"staging.people_{parsed.number:d}"


def remaining(parsed: Parsed, has_drops: bool, joined: str = "") -> str:
    """Return the `from` part for the rows of `parsed` that have not left, with a join; it ends in a condition."""
    if not has_drops:
        return f"from {parsed.view} as parsed {joined}where true"
    left = f"(from staging.dropped where file_no = {parsed.number:d}) as dropped"
    stayed = f"anti join {left} on parsed.source_line = dropped.source_line"
    return f"from {parsed.view} as parsed {stayed} {joined}where true"


def _typed_item(conversion: Conversion, parsed: Parsed, name: str) -> str:
    source = {typed: own for own, typed in HASHED.items()}.get(name, name)
    if name in {"file_no", "source_line"} or (name == "local_at" and parsed.time):
        return f"parsed.{name}"
    if parsed.table == "contacts" and name == "contact_id":
        own = 'parsed."contact_id"' if "contact_id" in parsed.columns else "null"
        return f"coalesce({own}, {conversion.bind(conversion.reading.source.label + ':')} || parsed.source_line)"
    if name == "csat_scale" and "csat" in parsed.columns:
        return conversion.bind(_csat_scale(conversion.reading.group))
    return f'parsed."{source}"' if source in parsed.columns else "null"


def _csat_scale(group: GroupMapping) -> float:
    mapping = next((column for column in group.columns if column.target == "csat"), None)
    return (mapping.scale if mapping and mapping.scale else GIVEN_SCALE["csat"])[1]


def union(selects: Iterable[str]) -> str:
    """Return one select over several files."""
    return "\nunion all\n".join(selects)
