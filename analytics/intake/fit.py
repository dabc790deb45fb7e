"""How well one of the user's columns fits a contract column, by name and by values."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from analytics.contract import TABLES
from analytics.intake.convert import LISTED
from analytics.intake.profile import Profile
from analytics.intake.synonyms import FLAG_WORDS, NAMES

NAME_WEIGHT: Final = 0.65
"""Share of the name in the confidence; the rest is the values'."""
LEAST: Final = 0.55
"""Confidence below which nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One possible pair."""

    target: str
    profile: Profile
    confidence: float
    why: str


def spoken(name: str) -> str:
    """Return a column name as words: CASE_ENQUIRY_ID and caseEnquiryId are “case enquiry id”."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.strip())
    return re.sub(r"[^a-z0-9]+", " ", parted.lower()).strip()


def fit(table: str, target: str, profile: Profile) -> Fit:
    """Return the fit of a column to `target`, confidence 0 to 1."""
    names = (target.replace("_", " "), *NAMES[table].get(target, ()))
    by_name = max(_likeness(spoken(profile.name), name) for name in names)
    by_values, seen = _values(TABLES[table].column(target).kind, target, profile)
    confidence = NAME_WEIGHT * by_name + (1 - NAME_WEIGHT) * by_values
    if target == "channel" and profile.channels > 0.8 and 1 < profile.distinct <= 30:
        confidence = max(confidence, 0.8)
    if by_values == 0 or (by_name < 0.75 and not (target == "channel" and profile.channels > 0.8)):
        confidence = 0.0
    return Fit(target, profile, round(confidence, 2), f"name {by_name:.0%} alike, {seen}")


def _likeness(own: str, wanted: str) -> float:
    plain = fuzz.ratio(own.replace(" ", ""), wanted.replace(" ", "")) / 100
    words = fuzz.token_sort_ratio(own, wanted) / 100
    whole = set(wanted.split()) <= set(own.split()) and len(wanted) > 3
    return max(plain, words, 0.85 if whole else 0.0)


def _values(kind: str, target: str, profile: Profile) -> tuple[float, str]:
    if profile.filled == 0:
        return 0.0, "no values"
    return _KINDS[kind](target, profile)


def _time(_target: str, profile: Profile) -> tuple[float, str]:
    share = max(profile.dates, profile.compact_dates)
    bonus = 0.15 if profile.with_time > 0.5 else 0.0
    return (min(share * 0.85 + bonus, 1.0) if share > 0.5 else 0.0), f"{share:.0%} dates"


def _seconds(_target: str, profile: Profile) -> tuple[float, str]:
    share = max(profile.clocks, profile.numbers)
    return (share if share > 0.7 else 0.0), f"{share:.0%} durations"


def _count(_target: str, profile: Profile) -> tuple[float, str]:
    whole = profile.numbers > 0.7 and (profile.lowest or 0) >= 0
    return (profile.numbers if whole else 0.0), f"{profile.numbers:.0%} numbers"


def _number(_target: str, profile: Profile) -> tuple[float, str]:
    return (profile.numbers if profile.numbers > 0.7 else 0.0), f"{profile.numbers:.0%} numbers"


def _score(target: str, profile: Profile) -> tuple[float, str]:
    top = 11.0 if target == "nps" else 10.0
    fits = profile.numbers > 0.7 and (profile.lowest or 0) >= 0 and (profile.highest or 99) <= top
    return (1.0 if fits else 0.0), f"numbers from {profile.lowest} to {profile.highest}"


def _flag(target: str, profile: Profile) -> tuple[float, str]:
    yes, no = flag_words(target, profile)
    share = max(profile.yes_no if profile.distinct <= 2 else 0.0, 0.9 if yes and no else 0.0)
    return share, f"{share:.0%} yes or no"


def flag_words(target: str, profile: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the column's words mean yes and no for `target`; empty when they do not tell."""
    if target not in FLAG_WORDS or profile.distinct > 15:
        return (), ()
    yes, no = FLAG_WORDS[target]
    return (
        tuple(word for word in profile.words if word.lower() in yes),
        tuple(word for word in profile.words if word.lower() in no or any(word.lower().startswith(w) for w in no)),
    )


def _id(target: str, profile: Profile) -> tuple[float, str]:
    if profile.dates > 0.5 or profile.distinct < 2:
        return 0.0, "dates or one value"
    return (0.6 + 0.4 * profile.unique if target == "contact_id" else 0.9), f"{profile.distinct:,} different values"


def _category(target: str, profile: Profile) -> tuple[float, str]:
    if target == "channel":
        return max(profile.channels, 0.2 if profile.distinct <= 12 else 0.0), f"{profile.channels:.0%} channel words"
    if target in LISTED:
        known = sum(word.lower() in LISTED[target] for word in profile.words) / max(len(profile.words), 1)
        return (known if known > 0.5 else 0.0), f"{known:.0%} words of the list"
    is_label = profile.dates < 0.5 and profile.clocks < 0.5 and 1 <= profile.distinct <= 400 and profile.length < 80
    return (0.9 if is_label else 0.0), f"{profile.distinct:,} different values"


def _text(_target: str, profile: Profile) -> tuple[float, str]:
    return (0.9 if profile.length > 8 and profile.numbers < 0.5 else 0.0), f"{profile.length:.0f} characters on average"


_KINDS: Final[dict[str, Callable[[str, Profile], tuple[float, str]]]] = {
    "time": _time, "day": _time, "seconds": _seconds, "count": _count, "money": _number, "number": _number,
    "score": _score, "flag": _flag, "id": _id, "category": _category, "text": _text,
}  # fmt: skip
