"""From the word in the file to the typed value of a contract column, as SQL.

Each conversion yields three expressions: the word as it stands in the file, the value as read, and the value after
the check for what cannot be. A word without a value was unreadable; a value that fails the check was absurd.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from analytics.contract import CAUSES, CHANNELS, INITIATED_BY, Column
from analytics.intake.clock_changes import clock_changes, offset_seconds
from analytics.intake.mapping import NO_WORDS, UNITS, YES_WORDS, ColumnMapping
from analytics.intake.words import Reading, Word
from analytics.workspace import WorkspaceInfo

MOST_CHANGES: Final = 40
"""Clock changes up to which comparing is faster than the calendar."""
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


@dataclass(frozen=True, slots=True)
class Expression:
    """SQL of one contract column of one file, in two steps that each read the columns of the step before."""

    value: str
    """Typed value as read from the word, null where the word is unreadable; reads `x_word` and `x_direct`."""
    checked: str
    """Typed value after the check, null where it cannot be; reads `x_value`."""
    can_fail: bool = True
    """Whether a word can end without a value."""
    parts: tuple[str, ...] = ()
    """Values of the parts of a sum; they become `x_value_0`, `x_value_1`, …"""
    wall_clock: str = ""
    """Times without an offset: the clock time in the file's zone."""
    local: str = ""
    """Times: the clock time in the workspace's zone; reads `x_value` and `wall_clock`."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """What conversions need besides the word."""

    reading: Reading
    info: WorkspaceInfo
    salt: str
    now: datetime
    """Time of the import in UTC; later times cannot be."""
    formats: dict[str, tuple[list[str], bool]]
    """Time column → strptime formats to try, and whether its words carry offsets."""
    years: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Time column → first and last year, where that is known without reading words."""

    def bind(self, value: object) -> str:
        """Keep a value for SQL."""
        return self.reading.session.bind(value)


def convert(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    """Return the expressions of one contract column; `word` names the columns that hold what stands in the file."""
    return _KINDS[column.kind](conversion, column, mapping, word)


def value_of(column: Column) -> str:
    """Return the name of the column that holds the value as read."""
    return f'"{column.name}_value"'


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


def _time(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    zone, home = mapping.timezone or conversion.info.timezone, conversion.info.timezone
    wall_clock, utc = _instant(conversion, mapping, word, zone)
    local = value_of(column)
    if wall_clock and zone == home:
        local = "wall_clock"
    elif home != "UTC":
        local = f"to_zone({local}, {conversion.bind(home)})"
    latest = conversion.bind(conversion.now + timedelta(days=1))
    return Expression(utc, f"plausible_time({value_of(column)}, {latest})", wall_clock=wall_clock, local=local)


def _instant(conversion: Conversion, mapping: ColumnMapping, word: Word, zone: str) -> tuple[str, str]:
    """Return the clock time in the file's zone ("" for absolute times) and the time in UTC."""
    if word.direct and word.type == "instant":
        return "", f"timezone('UTC', {word.direct})"
    if mapping.format in {"epoch", "epoch_ms"}:
        millis = "1000" if mapping.format == "epoch" else "1"
        return "", f"epoch_ms(cast(as_number({word.text}, false) * {millis} as bigint))"
    wall_clock, with_offset = _wall_clock(conversion, mapping, word)
    utc = wall_clock if zone == "UTC" else _utc(conversion, mapping, wall_clock, zone)
    if with_offset:
        return "", f"case when has_offset({word.text}) then offset_utc({word.text}) else {utc} end"
    return wall_clock, utc


def _utc(conversion: Conversion, mapping: ColumnMapping, wall_clock: str, zone: str) -> str:
    """Return a clock time of `zone` in UTC: by a few known changes of its clocks, else by the engine's calendar.

    Both say the same; comparing with the changes of two or three years is many times faster.
    """
    if mapping.target not in conversion.years:
        return f"to_utc({wall_clock}, {conversion.bind(zone)})"
    first, last = conversion.years[mapping.target]
    changes = clock_changes(ZoneInfo(zone), first - 1, last + 1)
    if len(changes) > MOST_CHANGES:
        return f"to_utc({wall_clock}, {conversion.bind(zone)})"
    cases = " ".join(
        f"when {wall_clock} < {conversion.bind(change.takes_effect)} then {change.seconds_before * 1_000_000:d}"
        for change in changes
    )
    after = changes[-1].seconds_after if changes else offset_seconds(ZoneInfo(zone), first)
    ahead = f"case {cases} else {after * 1_000_000:d} end" if cases else f"{after * 1_000_000:d}"
    return f"make_timestamp(epoch_us({wall_clock}) - {ahead})"


def _wall_clock(conversion: Conversion, mapping: ColumnMapping, word: Word) -> tuple[str, bool]:
    if word.direct and word.type in {"timestamp", "date"}:
        return f"cast({word.direct} as timestamp)", False
    if mapping.format:
        return f"try_strptime({word.text}, {conversion.bind([mapping.format])})", False
    formats, with_offset = conversion.formats.get(mapping.target, (["%Y-%m-%d"], False))
    return f"as_wall_clock({word.text}, {conversion.bind(formats)})", with_offset


def _day(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    if word.direct and word.type == "instant":
        value = f"cast(timezone({conversion.bind(conversion.info.timezone)}, {word.direct}) as date)"
    else:
        value = f"cast({_wall_clock(conversion, mapping, word)[0]} as date)"
    return Expression(value, value_of(column))


_KINDS: Final[dict[str, Callable[[Conversion, Column, ColumnMapping, Word], Expression]]] = {
    "time": _time,
    "day": _day,
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
