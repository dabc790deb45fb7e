"""Says in words what is wrong with a value."""

from datetime import datetime
from math import isnan
from typing import Any

from analytics.contract import TABLES
from analytics.errors import nearest
from analytics.intake.convert import DAY_SECONDS, GIVEN_SCALE, LISTED, LONGEST
from analytics.intake.mapping import ColumnMapping, GroupMapping

_DAY_NUMBER = "; it looks like a spreadsheet's day number: format the column as a date there and save again"


def explain(group: GroupMapping, target: str, word: str, value: Any) -> str:
    """Return why `word` gave no value for contract column `target`; `value` is what was read, None if unreadable."""
    kind = TABLES[group.table].column(target).kind
    mapping = next((column for column in group.columns if column.target == target), ColumnMapping(target, "constant"))
    shown = f"“{word[:60]}”"
    if value is None:
        return f"{shown} {_unreadable(kind, target, word, mapping)}"
    return f"{shown} {_absurd(kind, target, value, mapping)}"


def _unreadable(kind: str, target: str, word: str, mapping: ColumnMapping) -> str:
    if target in LISTED:
        return f"is not one of the words for {target}. {nearest(word, LISTED[target])}"
    if kind in {"time", "day"}:
        if mapping.format:
            return f"is not a date in the format {mapping.format}"
        return f"is not a date{_DAY_NUMBER}" if _is_day_number(word) else "is not a date"
    if kind == "flag":
        return "is neither a yes nor a no; name the words with yes = […] and no = […]"
    if kind == "seconds":
        return f"is not a duration in {mapping.unit}{_comma(word, mapping)}"
    return f"is not a number{_comma(word, mapping)}"


def _comma(word: str, mapping: ColumnMapping) -> str:
    return "; for decimal commas set decimal_comma = true" if "," in word and not mapping.decimal_comma else ""


def _is_day_number(word: str) -> bool:
    """Return whether the word may be how spreadsheets count days, between 1982 and 2064."""
    try:
        return 30_000 <= float(word) <= 60_000
    except ValueError:
        return False


def _absurd(kind: str, target: str, value: Any, mapping: ColumnMapping) -> str:
    if kind == "time" and isinstance(value, datetime):
        if value.year < 1970:
            return "lies before 1970"
        return "lies before the start" if target == "closed_at" and value < datetime.now() else "lies in the future"
    if kind in {"time", "day"}:
        return "lies in a year that cannot be"
    if kind == "seconds":
        return _absurd_duration(target, float(value))
    if kind == "count":
        return "is negative" if float(value) < 0 else "is not a whole number"
    lowest, highest = mapping.scale or GIVEN_SCALE.get(target, (0, 0))
    return f"is not on the scale {lowest:g} to {highest:g}"


def _absurd_duration(target: str, value: float) -> str:
    longest = LONGEST.get(target, DAY_SECONDS)
    if 0 <= value <= longest:
        return "has a part that cannot be"
    if isnan(value):
        return "is not a number"
    return "is negative" if value < 0 else f"is longer than {longest / 3600:g} hours"
