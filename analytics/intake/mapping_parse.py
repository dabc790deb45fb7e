"""Reads the table sections of `workspace.toml` into `analytics.intake.mapping`, naming every key that does not fit."""

from collections.abc import Mapping as AnyMapping
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.contract import TABLES
from analytics.errors import MappingError, nearest
from analytics.intake.column_parse import parse_column
from analytics.intake.mapping import ColumnMapping, ExcludeRule, GroupMapping, LabelRule, Mapping
from analytics.intake.toml_values import flag, text, texts, word

_GROUP_KEYS: Final = (
    "files", "columns", "format", "delimiter", "encoding", "sheet", "null_words", "timezone", "day_first",
    "decimal_comma", "key", "latest_by", "exclude", "label",
)  # fmt: skip
FORMATS: Final = ("csv", "parquet", "jsonl", "xlsx")


def parse_mapping(document: AnyMapping[str, Any]) -> Mapping:
    """Return the mapping in a parsed `workspace.toml`. Raises MappingError naming section, key and nearest name."""
    for name in document:
        if name not in {"workspace", *TABLES}:
            raise MappingError(f"There is no table “{name}”.", where="workspace.toml", do=nearest(name, TABLES))
    groups = tuple(group for name in TABLES if name in document for group in _parse_table(name, document[name]))
    if not any(group.table in {"contacts", "surveys"} for group in groups):
        raise MappingError(
            "The mapping has neither contacts nor surveys.",
            where="workspace.toml",
            do="Add a [contacts] or [surveys] section; “python -m analytics suggest FILES” writes one.",
        )
    return Mapping(groups)


def _parse_table(table: str, section: Any) -> tuple[GroupMapping, ...]:
    sections = section if isinstance(section, list) else [section]
    return tuple(parse_group(table, item) for item in sections)


def parse_group(table: str, section: Any) -> GroupMapping:
    """Return one group of files of `table`. Raises MappingError."""
    where = f"workspace.toml, [{table}]"
    if not isinstance(section, dict):
        raise MappingError(f"[{table}] must be a table with `files` and `columns`.", where="workspace.toml")
    for key in section:
        if key not in _GROUP_KEYS:
            raise MappingError(f"“{key}” is not a key of this section.", where=where, do=nearest(key, _GROUP_KEYS))
    group = GroupMapping(
        table=table,
        files=_files(section, where),
        columns=_columns(table, section, where),
        format=_format(section, where),
        delimiter=text(section, "delimiter", where),
        encoding=text(section, "encoding", where),
        sheet=text(section, "sheet", where),
        null_words=texts(section, "null_words", where),
        timezone=_zone(section, where),
        day_first=flag(section, "day_first", where),
        decimal_comma=bool(flag(section, "decimal_comma", where)),
        key=texts(section, "key", where),
        latest_by=text(section, "latest_by", where),
        excludes=tuple(_exclude(rule, where) for rule in _rules(section, "exclude", where)),
        labels=tuple(label for rule in _rules(section, "label", where) for label in _labels(table, rule, where)),
    )
    _check_group(group)
    return group


def _columns(table: str, section: dict[str, Any], where: str) -> tuple[ColumnMapping, ...]:
    named = section.get("columns", {})
    if not isinstance(named, dict):
        raise MappingError("`columns` must be a table of contract columns.", where=where)
    for target in named:
        if target not in TABLES[table].names:
            happened = f"{table} has no column “{target}”."
            raise MappingError(happened, where=f"{where} columns", do=nearest(target, TABLES[table].names))
    defaults = {
        "day_first": flag(section, "day_first", where),
        "decimal_comma": bool(flag(section, "decimal_comma", where)),
        "timezone": text(section, "timezone", where),
    }
    ordered = [target for target in TABLES[table].names if target in named]
    return tuple(parse_column(table, target, named[target], defaults) for target in ordered)


def _format(section: dict[str, Any], where: str) -> str:
    name = text(section, "format", where).lower()
    if name and name not in FORMATS:
        raise MappingError(f"“{name}” is not a file format.", where=where, do=nearest(name, FORMATS))
    return name


def _zone(section: dict[str, Any], where: str) -> str:
    name = text(section, "timezone", where)
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        do = "Use a name such as Europe/Berlin."
        raise MappingError(f"“{name}” is not a time zone.", where=where, do=do) from error


def _files(section: dict[str, Any], where: str) -> tuple[str, ...]:
    given = section.get("files", [])
    for name in given if isinstance(given, list) else [given]:
        if not isinstance(name, str) or not name.strip():
            raise MappingError(
                f"`files` holds {word(name) or 'an empty name'}, which is no file name.", where=where,
                do='Write names or patterns in quotes, for example files = ["calls_*.csv"].',
            )  # fmt: skip
    return texts(section, "files", where)


def _rules(section: dict[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    rules = section.get(key, [])
    rules = rules if isinstance(rules, list) else [rules]
    for rule in rules:
        if not isinstance(rule, dict) or not text(rule, "column", where) or not texts(rule, "values", where):
            raise MappingError(f"Each `{key}` rule needs `column` and `values`.", where=where)
    return rules


def _exclude(rule: dict[str, Any], where: str) -> ExcludeRule:
    return ExcludeRule(
        text(rule, "column", where), texts(rule, "values", where), text(rule, "why", where) or "excluded by rule"
    )


def _labels(table: str, rule: dict[str, Any], where: str) -> list[LabelRule]:
    matched, others = rule.get("set", {}), rule.get("otherwise", {})
    if not isinstance(matched, dict) or not isinstance(others, dict) or not matched:
        raise MappingError('A `label` rule needs `set = {column = "value"}`.', where=where)
    for target in (*matched, *others):
        if target not in TABLES[table].names:
            raise MappingError(
                f"{table} has no column “{target}”.", where=where, do=nearest(target, TABLES[table].names)
            )
    column, values = text(rule, "column", where), texts(rule, "values", where)
    return [
        LabelRule(column, values, target, str(value), str(others[target]) if target in others else None)
        for target, value in matched.items()
    ]


def _check_group(group: GroupMapping) -> None:
    if not group.files:
        raise MappingError("`files` is missing.", where=group.where, do='Write for example files = ["calls_*.csv"].')
    filled = group.targets()
    for name in TABLES[group.table].required:
        if name not in filled:
            raise MappingError(
                f"The required column {name} is not mapped.",
                where=f"{group.where} columns",
                do=f'Add {name} = "the file\'s column", or a constant.',
            )
    if bool(group.key) != bool(group.latest_by):
        raise MappingError("`key` and `latest_by` belong together.", where=group.where, do="Name both or neither.")
