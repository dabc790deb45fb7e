"""The charter of removal: what each owner function is asked for, by when it answers, and who takes part (RACI).

Owns the fields of an ask beside its initiative, the closed list of answers, and when an ask is overdue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from analytics.errors import AnalyticsError, nearest
from analytics.questions.initiatives import LEVERS, STAGES, Initiative

ANSWERS: Final = {"waiting": "Waiting", "accepted": "Accepted", "question": "Asks back", "declined": "Declined"}
"""What the owner function said: code → words."""
ROLES: Final = ("responsible", "accountable", "consulted", "informed")
TEXT_LENGTH: Final = 200
MOST_DAYS: Final = 365
NOBODY: Final = "not said yet"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is agreed about one initiative with the function that can end the cause."""

    key: str
    """Key of the initiative."""
    asked: date
    """Day of the ask."""
    days: int
    """Days within which an answer is agreed."""
    answer: str = "waiting"
    responsible: str = ""
    accountable: str = ""
    consulted: str = ""
    informed: str = ""

    def age(self, today: date) -> int:
        """Return the days since the ask."""
        return max((today - self.asked).days, 0)

    def overdue(self, today: date) -> bool:
        """Return whether the agreed time is over without an answer."""
        return self.answer == "waiting" and self.age(today) > self.days

    def body(self) -> dict[str, Any]:
        """Return what the store keeps."""
        plain = {name: getattr(self, name) for name in ("days", "answer", *ROLES)}
        return plain | {"asked": self.asked.isoformat()}


def proposed_ask(one: Initiative, written: date, days: int) -> Ask:
    """Return the ask nobody has touched yet: made when the initiative was written, accepted once it has begun."""
    answer = "accepted" if one.started is not None else "waiting"
    return Ask(one.key, written, days, answer, responsible=one.person, accountable=one.owner)


def read_ask(proposed: Ask, body: Mapping[str, Any]) -> Ask:
    """Return the ask people wrote, completed by the proposed one; raises AnalyticsError in words where impossible."""
    held = proposed.body() | {name: value for name, value in body.items() if value is not None}
    try:
        asked, days = date.fromisoformat(str(held["asked"])[:10]), int(held["days"])
    except ValueError as error:
        raise AnalyticsError("The day or the agreed time of an ask cannot be read.", do="Enter them again.") from error
    if not 0 <= days <= MOST_DAYS:
        raise AnalyticsError(f"An answer within {days} days cannot be agreed.", do=f"Enter 0 to {MOST_DAYS} days.")
    if held["answer"] not in ANSWERS:
        raise AnalyticsError(f"There is no answer “{held['answer']}”.", do=nearest(str(held["answer"]), ANSWERS))
    roles = {name: str(held[name]).strip() for name in ROLES}
    if any(len(text) > TEXT_LENGTH for text in roles.values()):
        raise AnalyticsError(f"A role is longer than {TEXT_LENGTH} characters.", do="Shorten it.")
    return Ask(proposed.key, asked, days, str(held["answer"]), **roles)


def ask_words(one: Initiative) -> str:
    """Return the ask in words: what is to be done about which contacts."""
    return f"{LEVERS[one.lever]}: {one.scope.words()}"


def pipeline(asks: pd.DataFrame, ideas: Mapping[str, int]) -> pd.DataFrame:
    """Return one row per owner function: initiatives by stage, front-line ideas, waiting, overdue, oldest, promised.

    `asks` holds owner, stage (code), answer (code), is_overdue, age_days and promised; `ideas` counts ideas not yet
    turned into an initiative by owner function. Most overdue first, then most promised.
    """
    owners = sorted({*asks["owner"], *ideas})
    rows = [_function(owner, asks[asks["owner"] == owner], ideas.get(owner, 0)) for owner in owners]
    found = pd.DataFrame(rows, columns=["owner", "ideas", *STAGES, "waiting", "overdue", "oldest_days", "promised"])
    return found.sort_values(["overdue", "promised"], ascending=False, kind="stable").reset_index(drop=True)


def _function(owner: str, rows: pd.DataFrame, ideas: int) -> tuple[object, ...]:
    waiting = rows[rows["answer"] == "waiting"]
    return (
        owner, ideas, *(int((rows["stage"] == stage).sum()) for stage in STAGES), len(waiting),
        int(rows["is_overdue"].sum()), int(waiting["age_days"].max()) if len(waiting) else 0,
        float(rows["promised"].sum()),
    )  # fmt: skip
