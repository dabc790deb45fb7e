"""The short statements of the import, put together like those of `analytics.intake.compose`.

They are built from fixed fragments, names of our own contract, numbers of views and tables, and expressions that
`Session.bind` or `compose` returned. No name or value of the user's files is ever part of the text.
"""
# ruff: noqa: S608  (see above: nothing from outside reaches the text)

from collections.abc import Iterable, Sequence

from analytics.intake.compose import Parsed, remaining, union


def insert_excluded(parsed: Parsed) -> str:
    """Return the statement that drops the rows a rule excludes."""
    return (
        f"insert into staging.dropped select file_no, source_line, 'excluded' from {parsed.view} "
        "where excluded_by is not null"
    )


def count_excluded(parsed: Parsed) -> str:
    """Return the query for the rows each rule excludes: number of the rule, rows."""
    return f"select excluded_by, count(*) from {parsed.view} where excluded_by is not null group by all order by all"


def keyed_rows(files: Iterable[Parsed]) -> str:
    """Return the statement that makes the view of all rows with a key."""
    rows = union(
        f"select file_no, source_line, row_key, newest, content from {parsed.view} "
        "where row_key is not null and excluded_by is null"
        for parsed in files
    )
    return f"create or replace temp view keyed_rows as {rows}"


def without_required(parsed: Parsed, required: Sequence[str], has_drops: bool) -> str:
    """Return the `from` part for the rows that are left and miss a required value."""
    missing = " or ".join(f'parsed."{name}" is null' for name in required)
    return f"{remaining(parsed, has_drops)} and ({missing})"


def count_rows(which: str) -> str:
    """Return the query for the number of rows in a `from` part."""
    return f"select count(*) {which}"


def list_rejected(which: str, required: Sequence[str], room: int) -> str:
    """Return the query for rejected rows: line, then word, value and “is missing” per required column."""
    listed = ", ".join(f'parsed."{name}_word", parsed."{name}_value", parsed."{name}" is null' for name in required)
    return f"select parsed.source_line, {listed} {which} order by 1 limit {room:d}"


def insert_rejected(which: str) -> str:
    """Return the statement that drops the rows in a `from` part as rejected."""
    return f"insert into staging.dropped select file_no, source_line, 'rejected' {which}"


def identified_rows(files: Sequence[tuple[Parsed, bool]], name: str) -> str:
    """Return the statement that makes the view of the rows left, with id and content.

    The content is what all columns hold that any file fills; each file comes with whether some rows have left.
    """
    columns = list(dict.fromkeys(column for parsed, _ in files for column in parsed.columns))
    rows = union(
        f'select parsed.file_no, parsed.source_line, parsed."{name}_word" as id, '
        f"{_content(parsed, columns)} as content {remaining(parsed, has_drops)} "
        f'and parsed."{name}_word" is not null'
        for parsed, has_drops in files
    )
    return f"create or replace temp view identified_rows as {rows}"


def _content(parsed: Parsed, columns: Sequence[str]) -> str:
    words = [f'coalesce(parsed."{name}_word", chr(30))' if name in parsed.columns else "chr(30)" for name in columns]
    return f"concat_ws(chr(31), {', '.join(words)})"


def is_emptied(parsed: Parsed, name: str) -> str:
    """Return the condition that a word ended without a value."""
    there = "value" if name in parsed.typed else "word"
    return f'parsed."{name}_{there}" is not null and parsed."{name}" is null'


def count_emptied(parsed: Parsed, names: Sequence[str], which: str) -> str:
    """Return the query for the emptied values per column."""
    counts = ", ".join(f"count(*) filter (where {is_emptied(parsed, name)})" for name in names)
    return f"select {counts} {which}"


def list_emptied(parsed: Parsed, name: str, which: str, room: int) -> str:
    """Return the query for emptied values: line, word, value as read."""
    return (
        f'select parsed.source_line, parsed."{name}_word", parsed."{name}_value" '
        f"{which} and {is_emptied(parsed, name)} order by 1 limit {room:d}"
    )


def unknown_channels(which: str, known: str) -> str:
    """Return the query for channel words that are not in the list `known`: word, rows, first line."""
    return (
        f"select parsed.channel, count(*), min(parsed.source_line) {which} "
        f"and not is_among(parsed.channel, {known}) group by all order by 2 desc, 1 limit 50"
    )


def clock_extent(which: str) -> str:
    """Return the query for first and last clock time."""
    return f"select min(parsed.wall_clock), max(parsed.wall_clock) {which}"


def clock_rows(which: str, days: str) -> str:
    """Return the statement that makes the view of the rows on certain days."""
    return (
        f"create or replace temp view clock_rows as select parsed.source_line, parsed.wall_clock {which} "
        f"and list_contains({days}, cast(parsed.wall_clock as date))"
    )


def time_words(line: str, word: str, relation: str) -> str:
    """Return the statement that makes the view of the words of a time column."""
    return f"create or replace temp view time_words as select {line} as line, {word} as word from {relation}"


def year_extent(column: str, relation: str) -> str:
    """Return the query for first and last year of a column of times."""
    return f"select year(min({column})), year(max({column})) from {relation}"


def head_of(relation: str, width: int, rows: int) -> str:
    """Return the query for the first rows of a file, every column as text."""
    columns = ", ".join(f"cast(source.c{place:d} as varchar)" for place in range(width))
    return f"select {columns} from {relation} limit {rows:d}"


def words_of(relation: str, place: int, most: int) -> str:
    """Return the query for the words of one column of a file with their rows, the most frequent first."""
    word = f"cast(source.c{place:d} as varchar)"
    return f"select {word}, count(*) from {relation} group by 1 order by 2 desc, 1 limit {most:d}"


def repeated_of(relation: str, place: int) -> str:
    """Return the query for the share of a column's values that occur a second time."""
    return f"select 1 - count(distinct source.c{place:d}) / nullif(count(source.c{place:d}), 0) from {relation}"


def count_loaded(table: str, number: int) -> str:
    """Return the query for the rows of one file in a finished table."""
    return f'select count(*) from "{table}" where file_no = {number:d}'


def fill_staging(number: int, select: str) -> str:
    """Return the statement that makes a staging table from a select."""
    return f"create or replace table staging.s{number:d} as {select}"


def count_staged(number: int) -> str:
    """Return the query for the rows of a staging table."""
    return f"select count(*) from staging.s{number:d}"
