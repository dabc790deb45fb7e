"""Looks at the columns of an opened file: a profile of each from the first rows, and the words of those with few."""

from dataclasses import replace
from typing import Final

from analytics.intake import statements
from analytics.intake.profile import Profile, profile
from analytics.intake.session import Session
from analytics.intake.source import Source

HEAD: Final = 3_000
"""Rows that profiles are made of."""
READ: Final = 200_000
"""Rows among which the words of columns with few are counted; a rare channel often comes late."""
_LIKE_AN_ID: Final = 0.9
_FEW: Final = 200
_SHOWN: Final = 60


def look_at(session: Session, source: Source) -> list[Profile]:
    """Return the profile of every named column of a file."""
    rows = session.execute(statements.head_of(source.relation, len(source.names), HEAD))
    made = [(place, profile(name, [row[place] for row in rows])) for place, name in enumerate(source.names) if name]
    return [
        _counted(session, source, place, one) if one.distinct <= _FEW else _repeated(session, source, place, one)
        for place, one in made
    ]


def _repeated(session: Session, source: Source, place: int, one: Profile) -> Profile:
    """Return the profile of a column that looks like an id with the share of values that occur again later."""
    if one.unique < _LIKE_AN_ID:
        return replace(one, repeated=1 - one.unique)
    found = session.execute(statements.repeated_of(source.relation, place))[0][0]
    return replace(one, repeated=float(found or 0.0))


def _counted(session: Session, source: Source, place: int, one: Profile) -> Profile:
    """Return a profile with the words of more rows, and how often each occurs."""
    found = session.execute(statements.words_of(source.relation, place, _FEW))
    counts = tuple((str(word).strip(), int(rows)) for word, rows in found if word is not None and str(word).strip())
    words = tuple(word for word, _ in counts if word not in one.missing_words)
    return replace(one, counts=counts, words=words[:_SHOWN] or one.words)
