"""What the values of one of the user's columns look like: shares of the first rows, for the suggestions."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from analytics.contract import CHANNELS
from analytics.intake.mapping import NO_WORDS, NULL_WORDS, YES_WORDS
from analytics.intake.synonyms import CHANNEL_WORDS, MISSING_WORDS

_DATE: Final = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/. ]\d{1,2}[-/. ](\d{4}|\d{2})|\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4})"
    r"(?P<time>[ T,]+\d.*)?"
)
_COMPACT: Final = re.compile(r"(19|20)?\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
_CLOCK: Final = re.compile(r"\d{1,3}:[0-5]\d(:[0-5]\d)?")
_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d+)?|\d{1,3}([.,]\d{3})+([.,]\d+)?)")
_WORDS: Final = {word: channel for channel, words in CHANNEL_WORDS.items() for word in (channel, *words)}


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of the values that are there."""

    name: str
    samples: tuple[str, ...]
    """The most frequent values, at most six."""
    filled: float
    dates: float
    with_time: float
    compact_dates: float
    clocks: float
    numbers: float
    yes_no: float
    channels: float
    distinct: int
    unique: float
    """Different values / values."""
    length: float
    """Characters on average."""
    lowest: float | None
    highest: float | None
    missing_words: tuple[str, ...]
    words: tuple[str, ...]
    """All different values, at most 60, most frequent first."""
    counts: tuple[tuple[str, int], ...] = ()
    """Words and their rows, where a column has few different ones."""
    repeated: float = 0.0
    """Share of the values that occur a second time, of more rows than the first; only of columns that look like ids."""


def profile(name: str, values: list[str | None]) -> Profile:
    """Return the profile of a column from its first values."""
    given = [value.strip() for value in values if value is not None and value.strip() not in NULL_WORDS]
    missing = sorted({value for value in given if value.lower() in MISSING_WORDS})
    kept = [value for value in given if value not in missing]
    counted = Counter(kept)
    numbers = [_number(value) for value in kept if _NUMBER.fullmatch(value)]
    dates = [match for match in map(_DATE.fullmatch, kept) if match]
    return Profile(
        name=name,
        samples=tuple(value[:40] for value, _ in counted.most_common(6)),
        filled=len(kept) / max(len(values), 1),
        dates=_share(len(dates), kept),
        with_time=_share(sum(bool(match["time"]) for match in dates), kept),
        compact_dates=_share(sum(bool(_COMPACT.fullmatch(value)) for value in kept), kept),
        clocks=_share(sum(bool(_CLOCK.fullmatch(value)) for value in kept), kept),
        numbers=_share(len(numbers), kept),
        yes_no=_share(sum(value.lower() in {*YES_WORDS, *NO_WORDS} for value in kept), kept),
        channels=_share(sum(count for value, count in counted.items() if channel_of(value)), kept),
        distinct=len(counted),
        unique=_share(len(counted), kept),
        length=sum(map(len, kept)) / max(len(kept), 1),
        lowest=min(numbers, default=None),
        highest=max(numbers, default=None),
        missing_words=tuple(missing),
        words=tuple(value for value, _ in counted.most_common(60)),
    )


def channel_of(word: str) -> str:
    """Return our channel word for a company's word, "" if none is near."""
    folded = word.lower().replace("_", " ").strip()
    if folded in CHANNELS:
        return folded
    found = process.extractOne(folded, list(_WORDS), scorer=fuzz.token_sort_ratio, score_cutoff=84)
    return _WORDS[found[0]] if found and not folded.isdigit() else ""


def _share(count: int, values: list[str]) -> float:
    return count / len(values) if values else 0.0


def _number(value: str) -> float:
    plain = value.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 else float(plain.replace(".", ""))
