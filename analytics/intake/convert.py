"""From the word in the file to the typed value of a contract column, as SQL.

Each conversion yields three expressions: the word as it stands in the file, the value as read, and the value after
the check for what cannot be. A word without a value was unreadable; a value that fails the check was absurd.
"""

from collections.abc import Callable
from typing import Final

from analytics.contract import CAUSES, CHANNELS, INITIATED_BY, Column
from analytics.intake.conversion import Conversion, Expression, value_of
from analytics.intake.convert_times import day_expression, time_expression
from analytics.intake.mapping import NO_WORDS, UNITS, YES_WORDS, ColumnMapping
from analytics.intake.words import Word

DAY_SECONDS: Final = 86_400.0
LONGEST: Final = {"authorisation_wait_seconds": 90 * DAY_SECONDS}
"""Longest believable duration in seconds where it is not 24 hours: approvals may take weeks."""
STORED_SCALE: Final = {"effort": (1.0, 7.0), "csat": (1.0, 5.0)}
"""Scale a score is stored on; the others stay on the scale they are given on."""
GIVEN_SCALE: Final = {
    "csat": (1.0, 5.0),
    "nps": (0.0, 10.0),
    "value_ability": (1.0, 7.0),
    "value_confidence": (1.0, 7.0),
}
LISTED: Final[dict[str, tuple[str, ...]]] = {
    "cause": tuple(CAUSES),
    "secondary_cause": tuple(CAUSES),
    "initiated_by": INITIATED_BY,
}


def convert(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    """Return the expressions of one contract column; `word` names the columns that hold what stands in the file."""
    return _KINDS[column.kind](conversion, column, mapping, word)


def _category(conversion: Conversion, column: Column, _mapping: ColumnMapping, word: Word) -> Expression:
    if column.name in {"channel", "channel_preference"}:
        known = f"as_known({word.text}, {conversion.bind(list(CHANNELS))})"
        return Expression(known, value_of(column), can_fail=False)
    if column.name in LISTED:
        return Expression(f"as_listed({word.text}, {conversion.bind(list(LISTED[column.name]))})", value_of(column))
    return Expression(word.text, value_of(column), can_fail=False)


def _id(conversion: Conversion, column: Column, _mapping: ColumnMapping, word: Word) -> Expression:
    if column.name in {"customer_id", "agent_id"}:
        return Expression(f"hashed({word.text}, {conversion.bind(conversion.salt)})", value_of(column), can_fail=False)
    return Expression(word.text, value_of(column), can_fail=False)


def _flag(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    if word.type == "flag" and word.direct and not (mapping.yes or mapping.no):
        return Expression(word.direct, value_of(column), can_fail=False)
    yes = conversion.bind(list(mapping.yes or YES_WORDS))
    no = conversion.bind(list(mapping.no or NO_WORDS))
    return Expression(f"as_flag({word.text}, {yes}, {no})", value_of(column))


def _number_of(conversion: Conversion, mapping: ColumnMapping, word: Word, macro: str = "as_number") -> str:
    if word.type == "number" and word.direct:
        return f"cast({word.direct} as double)"
    return f"{macro}({word.text}, {conversion.bind(mapping.decimal_comma)})"


def _seconds_of(conversion: Conversion, mapping: ColumnMapping, word: Word) -> str:
    factor = conversion.bind(UNITS[mapping.unit])
    if word.type == "number" and word.direct:
        return f"cast({word.direct} as double) * {factor}"
    return f"as_seconds({word.text}, {factor}, {conversion.bind(mapping.decimal_comma)})"


def _seconds(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    longest = conversion.bind(LONGEST.get(column.name, DAY_SECONDS))
    return _summed(
        column,
        word,
        lambda part: _seconds_of(conversion, mapping, part),
        lambda value: f"between_or_null({value}, 0, {longest})",
    )


def _count(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    return _summed(column, word, lambda part: _number_of(conversion, mapping, part), lambda value: f"as_count({value})")


def _amount(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    macro = "as_money" if column.kind == "money" else "as_number"
    return _summed(
        column, word, lambda part: _number_of(conversion, mapping, part, macro), lambda value: f"finite({value})"
    )


def _summed(column: Column, word: Word, read: Callable[[Word], str], check: Callable[[str], str]) -> Expression:
    """Return the expressions of a number or a sum: blank parts count 0, an absurd part spoils the sum."""
    if not word.parts:
        return Expression(read(word), check(value_of(column)))
    parts = tuple(read(part) for part in word.parts)
    names = [f'"{column.name}_value_{place}"' for place in range(len(parts))]
    spoilt = " or ".join(
        f"({part.text} is not null and {check(name)} is null)" for part, name in zip(word.parts, names, strict=True)
    )
    total = " + ".join(f"coalesce({part}, 0)" for part in parts)
    value = f"case when {word.text} is not null then {total} end"
    return Expression(value, f"case when not ({spoilt}) then {check(value_of(column))} end", parts=parts)


def _score(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    value = _number_of(conversion, mapping, word)
    lowest, highest = mapping.scale or GIVEN_SCALE[column.name]
    low, high = conversion.bind(lowest), conversion.bind(highest)
    checked = f"between_or_null({value_of(column)}, {low}, {high})"
    new_low, new_high = STORED_SCALE.get(column.name, (lowest, highest))
    if mapping.high in {"easy", "bad"}:
        new_low, new_high = new_high, new_low
    if (new_low, new_high) != (lowest, highest):
        bounds = f"{low}, {high}, {conversion.bind(new_low)}, {conversion.bind(new_high)}"
        checked = f"rescaled({checked}, {bounds})"
    return Expression(value, checked)


_KINDS: Final[dict[str, Callable[[Conversion, Column, ColumnMapping, Word], Expression]]] = {
    "time": time_expression,
    "day": day_expression,
    "category": _category,
    "id": _id,
    "text": _category,
    "seconds": _seconds,
    "count": _count,
    "flag": _flag,
    "money": _amount,
    "number": _amount,
    "score": _score,
}
