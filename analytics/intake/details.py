"""The finer points of a suggested line: date order, unit, value map, yes and no words, scale, update logs."""

import re
from typing import Any, Final

from analytics.intake.fit import Fit, flag_words, spoken
from analytics.intake.mapping import NO_WORDS, YES_WORDS
from analytics.intake.profile import Profile, channel_of

_SCALES: Final = ((1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (1.0, 10.0))
_VERSIONS: Final = ("mod count", "version", "sequence", "update number", "revision")
_COMMON_MISSING: Final = ("?", "-", "--")
_PEOPLE: Final = ("customer_id", "agent_id")
_STARTS: Final = ("start", "entry", "time", "begin", "vru")

Details = tuple[tuple[str, ...], dict[str, Any], str]
"""Columns, further keys, question."""


def column_details(pair: Fit, kind: str, profiles: list[Profile]) -> Details:
    """Return columns, further keys and what to ask for one suggested pair."""
    own = pair.profile
    if kind in {"time", "day"}:
        return _time_details(pair, kind, profiles)
    if kind == "seconds":
        return (own.name,), _unit(own), "" if own.clocks > 0.5 else "is it in seconds?"
    if kind == "score":
        return (own.name,), _scale(pair.target, own), _scale_question(pair.target)
    if kind == "flag" or pair.target in _PEOPLE:
        return (own.name,), _yes_no(pair.target, own) if kind == "flag" else _nobody(own), ""
    if pair.target == "channel":
        words = {word: channel_of(word) or "other" for word in own.words[:30]}
        unknown = [word for word in own.words[:30] if not channel_of(word)]
        question = f"what are {', '.join(f'“{word}”' for word in unknown)}?" if unknown else ""
        return (own.name,), {"values": words} if any(w != c for w, c in words.items()) else {}, question
    return (own.name,), {}, ""


def _nobody(own: Profile) -> dict[str, Any]:
    """Return the words that stand for nobody: zero where it is the most frequent number, NO_SERVER and the like."""
    words = [word for word in own.missing_words if word not in _COMMON_MISSING]
    if own.samples and own.samples[0] in {"0", "-1"} and own.unique < 0.9:
        words.append(own.samples[0])
    return {"null": words} if words else {}


def _time_details(pair: Fit, kind: str, profiles: list[Profile]) -> Details:
    own = pair.profile
    if own.compact_dates > 0.8 and own.dates < 0.5:
        date = "%Y%m%d" if len(own.samples[0]) == 8 else "%y%m%d"
        clock = _clock_column(profiles) if kind == "time" else None
        if clock:
            seconds = ":%S" if clock.samples[0].count(":") == 2 else ""
            details = {"date": own.name, "time": clock.name, "format": f"{date} %H:%M{seconds}"}
            return (own.name, clock.name), details, ""
        return (own.name,), {"format": date}, ""
    if kind == "time" and own.with_time < 0.2 and (clock := _clock_column(profiles)):
        return (own.name, clock.name), {"date": own.name, "time": clock.name}, _order_question(own)
    return (own.name,), _order(own), _order_question(own)


def _clock_column(profiles: list[Profile]) -> Profile | None:
    clocks = [one for one in profiles if one.clocks > 0.9 and any(word in spoken(one.name) for word in _STARTS)]
    return clocks[0] if clocks else None


def _numbers(own: Profile) -> list[tuple[int, int]]:
    found = (re.match(r"(\d{1,2})[/. -](\d{1,2})[/. -]\d", word) for word in own.words)
    return [(int(match[1]), int(match[2])) for match in found if match]


def _order(own: Profile) -> dict[str, Any]:
    numbers = _numbers(own)
    if any(first > 12 for first, _ in numbers):
        return {"day_first": True}
    return {"day_first": False} if any(second > 12 for _, second in numbers) else {}


def _order_question(own: Profile) -> str:
    return "day first or month first? Add day_first = true or false" if _numbers(own) and not _order(own) else ""


def _unit(own: Profile) -> dict[str, Any]:
    if own.clocks > 0.5:
        return {"unit": "hh:mm:ss"}
    return {"unit": "minutes" if "min" in spoken(own.name).split() or "minutes" in spoken(own.name) else "seconds"}


def _scale(target: str, own: Profile) -> dict[str, Any]:
    lowest, highest = own.lowest or 0.0, own.highest or 10.0
    if target == "nps":
        return {"null": [f"{highest:g}"]} if highest > 10 else {}
    inside = [scale for scale in _SCALES if scale[0] <= lowest and highest <= scale[1]]
    scale = min(inside or [(1.0, 5.0)], key=lambda pair: pair[1] - pair[0])
    details: dict[str, Any] = {"scale": [int(scale[0]), int(scale[1])]}
    if target == "effort":
        details["high"] = "easy" if "eas" in spoken(own.name) else "hard"
    return details


def _scale_question(target: str) -> str:
    return "is the scale right, and does high mean easy or hard?" if target == "effort" else ""


def _yes_no(target: str, own: Profile) -> dict[str, Any]:
    if all(word.lower() in {*YES_WORDS, *NO_WORDS} for word in own.words):
        return {}
    yes, no = flag_words(target, own)
    return {"yes": list(yes), "no": list(no)}


def row_options(pairs: list[Fit], profiles: list[Profile]) -> dict[str, Any]:
    """Return null words that occur, and key and version where rows are updates of the same thing."""
    missing = sorted({word for one in profiles for word in one.missing_words if word in _COMMON_MISSING})
    options: dict[str, Any] = {"null_words": missing} if missing else {}
    number = next((pair.profile for pair in pairs if pair.target == "contact_id"), None)
    version = next((one for one in profiles if any(word in spoken(one.name) for word in _VERSIONS)), None)
    if number and version and number.unique < 0.7 and version.numbers > 0.9:
        options |= {"key": [number.name], "latest_by": version.name}
    return options
