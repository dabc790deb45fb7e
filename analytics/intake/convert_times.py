"""Times and days: from words or the file's own types to UTC and to clock times in the workspace's zone."""

from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from analytics.contract import Column
from analytics.intake.clock_changes import clock_changes, offset_seconds
from analytics.intake.conversion import Conversion, Expression, value_of
from analytics.intake.mapping import ColumnMapping
from analytics.intake.words import Word

MOST_CHANGES: Final = 40
"""Clock changes up to which comparing is faster than the calendar."""


def time_expression(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
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


def day_expression(conversion: Conversion, column: Column, mapping: ColumnMapping, word: Word) -> Expression:
    if word.direct and word.type == "instant":
        value = f"cast(timezone({conversion.bind(conversion.info.timezone)}, {word.direct}) as date)"
    else:
        value = f"cast({_wall_clock(conversion, mapping, word)[0]} as date)"
    return Expression(value, value_of(column))
