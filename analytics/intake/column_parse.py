"""Reads one line of a `columns` section: a name, a list of names, or a table with the ways to convert."""

import re
from collections.abc import Mapping
from typing import Any, Final

from analytics.contract import TABLES
from analytics.errors import MappingError, nearest
from analytics.intake.mapping import UNITS, ColumnMapping, Mode
from analytics.intake.toml_values import flag, text, texts, word

_KEYS: Final = (
    "column", "columns", "sum", "date", "time", "constant", "day", "month", "year", "format", "unit", "values", "yes",
    "no", "null", "default", "scale", "high", "timezone", "day_first", "decimal_comma",
)  # fmt: skip
_HIGH: Final = ("easy", "hard", "good", "bad")

_NO_MARK = re.compile(r"%(?!%|-?[dmyHIMSj]|[aAbBYpfgzZ])-?.?")
"""A percent sign in a date format that stands for nothing."""


def parse_column(table: str, target: str, value: Any, defaults: Mapping[str, Any]) -> ColumnMapping:
    """Return how contract column `target` is made. Raises MappingError naming the key that does not fit."""
    where = f"workspace.toml, [{table}.columns] {target}"
    if isinstance(value, str):
        mapping = ColumnMapping(target, "columns", (value,), **defaults)
        _check_fit(table, mapping, where)
        return mapping
    if isinstance(value, list):
        return ColumnMapping(target, "columns", texts({"columns": value}, "columns", where), **defaults)
    if not isinstance(value, dict):
        return ColumnMapping(target, "constant", constant=word(value), **defaults)
    for key in value:
        if key not in _KEYS:
            raise MappingError(f"“{key}” is not understood here.", where=where, do=nearest(key, _KEYS))
    return _parse_details(table, target, value, defaults, where)


def _parse_details(
    table: str, target: str, value: dict[str, Any], defaults: Mapping[str, Any], where: str
) -> ColumnMapping:
    mode, columns = _source(value, where)
    mapping = ColumnMapping(
        target,
        mode,
        columns,
        constant=word(value.get("constant", "")),
        format=text(value, "format", where),
        unit=_unit(value, where),
        values=_value_map(value, where),
        yes=tuple(item.lower() for item in texts(value, "yes", where)),
        no=tuple(item.lower() for item in texts(value, "no", where)),
        null=texts(value, "null", where),
        default=word(value.get("default", "")),
        scale=_scale(table, target, value, where),
        high=_high(value, where),
        prefix=_prefix(value, where),
        timezone=text(value, "timezone", where) or defaults["timezone"],
        day_first=flag(value, "day_first", where) if "day_first" in value else defaults["day_first"],
        decimal_comma=bool(flag(value, "decimal_comma", where)) or defaults["decimal_comma"],
    )
    _check_fit(table, mapping, where)
    return mapping


def _source(value: dict[str, Any], where: str) -> tuple[Mode, tuple[str, ...]]:
    if "constant" in value:
        return "constant", ()
    if "date" in value:
        return "date_time", (text(value, "date", where), *([text(value, "time", where)] if "time" in value else []))
    if "day" in value:
        return "day_of_month", (text(value, "day", where),)
    if "sum" in value:
        return "sum", texts(value, "sum", where)
    columns = texts(value, "column", where) or texts(value, "columns", where)
    if not columns:
        raise MappingError("No column is named.", where=where, do='Write column = "…", or a constant.')
    return "columns", columns


def _unit(value: dict[str, Any], where: str) -> str:
    unit = text(value, "unit", where) or "seconds"
    if unit not in UNITS:
        raise MappingError(f"“{unit}” is not a unit of time.", where=where, do=nearest(unit, UNITS))
    return unit


def _value_map(value: dict[str, Any], where: str) -> tuple[tuple[str, str], ...]:
    values = value.get("values", {})
    if not isinstance(values, dict):
        raise MappingError('`values` must be a table such as {"Phone call" = "phone"}.', where=where)
    return tuple((str(key), word(item)) for key, item in values.items())


def _scale(table: str, target: str, value: dict[str, Any], where: str) -> tuple[float, float] | None:
    scale = value.get("scale")
    if scale is None:
        return None
    numbers = isinstance(scale, list) and len(scale) == 2 and all(type(item) in {int, float} for item in scale)
    if not numbers or scale[0] >= scale[1]:
        raise MappingError("`scale` must be [lowest, highest].", where=where)
    if TABLES[table].column(target).kind != "score":
        raise MappingError("Only scores have a scale.", where=where)
    return float(scale[0]), float(scale[1])


def _high(value: dict[str, Any], where: str) -> str:
    high = text(value, "high", where)
    if high and high not in _HIGH:
        raise MappingError(f"“{high}” does not say what a high score means.", where=where, do=nearest(high, _HIGH))
    return high


def _prefix(value: dict[str, Any], where: str) -> str:
    if "day" not in value:
        return ""
    year, month = value.get("year"), value.get("month")
    if not isinstance(year, int) or not isinstance(month, int) or not 1 <= month <= 12:
        raise MappingError("A column with only the day needs `month` (1 to 12) and `year`.", where=where)
    return f"{year:04d}-{month:02d}-"


def _check_fit(table: str, mapping: ColumnMapping, where: str) -> None:
    kind = TABLES[table].column(mapping.target).kind
    if mapping.mode in {"date_time", "day_of_month"} and kind not in {"time", "day"}:
        raise MappingError(f"{mapping.target} is not a time.", where=where)
    if mapping.mode == "sum" and kind not in {"seconds", "count", "money", "number"}:
        raise MappingError(f"{mapping.target} is not a number, it cannot be a sum.", where=where)
    if unknown := _NO_MARK.search(mapping.format):
        raise MappingError(
            f"“{unknown.group()}” in `format` stands for no part of a date.",
            where=where,
            do='Write for example format = "%d.%m.%Y %H:%M".',
        )
    if mapping.target == "effort" and (mapping.scale is None or mapping.high not in {"easy", "hard"}):
        raise MappingError(
            "An effort score needs its scale and its direction.",
            where=where,
            do='Write for example scale = [1, 5] and high = "easy" (or "hard").',
        )
