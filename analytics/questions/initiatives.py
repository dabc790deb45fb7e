"""What an initiative of the removal backlog is: its fields, what is possible, how it is read from what people wrote.

Owns the closed lists (levers, grades, stages) and every refusal in words. Values in, values out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from analytics.contract import CAUSES
from analytics.errors import AnalyticsError, nearest
from analytics.questions.backlog import Proposed
from analytics.questions.guard import why_locked
from analytics.questions.guardrails import GUARDRAILS
from analytics.questions.scope import Scope
from analytics.questions.taxonomy import Taxonomy

LEVERS: Final = {
    "cause": "End the cause",
    "steps": "Take out steps or hand-offs",
    "policy": "Change or drop a policy",
    "words": "Rewrite a letter or message",
    "notice": "Tell customers before they ask",
    "first_contact": "Solve at first contact",
}
"""What is done: code → words."""
GRADES: Final = {
    "A": "experiment",
    "B": "comparison with untouched demand",
    "C": "observed, adjusted",
    "D": "judgement or published figure",
}
STAGES: Final = {"idea": "Idea", "pilot": "Pilot", "first_version": "First version", "scaled": "Scaled"}
WIDENING: Final = {"idea": 2.0, "pilot": 1.5, "first_version": 1.25, "scaled": 1.0}
"""By how much the range of the effect is widened until the initiative is scaled; an assumption, said on the page."""
DIMENSIONS: Final = {
    "reasons": "reason", "causes": "cause", "channels": "channel", "segments": "segment", "products": "product",
    "policies": "policy", "repeats": "repeats or first contacts",
}  # fmt: skip
"""What a scope may be made of."""
NAME_LENGTH: Final = 120
MOST_SHARE: Final = 0.95
MOST_RAMP: Final = 36
WHOLE: Final = ("ramp", "work_months")
"""Fields that count in whole months."""


@dataclass(frozen=True, slots=True)
class Initiative:
    """One thing that would make demand go away."""

    key: str
    name: str
    scope: Scope
    owner: str = ""
    """Function that can end the cause."""
    person: str = ""
    lever: str = "cause"
    low: float = 0.1
    likely: float = 0.2
    high: float = 0.3
    """Shares removed of what the scope reaches, in full effect, 0–1."""
    ramp: int = 3
    """Months to the full effect; 0 is at once."""
    one_off: float = 0.0
    running: float = 0.0
    """A month, from the launch on."""
    decay: float = 0.0
    """Share of the effect that grows back a year; 0 is lasting."""
    grade: str = "D"
    stage: str = "idea"
    guardrail: str = "repeat_rate"
    start: str = ""
    """Month it began in, YYYY-MM; empty while it has not."""
    idea: str = ""
    """Key of the front-line idea it came from."""
    people: float | None = None
    """People of the change team it keeps while it is worked on; None is not known."""
    work_months: int | None = None
    """Months it keeps them; None is as long as its ramp."""

    @property
    def started(self) -> date | None:
        """First day of the month it began in."""
        return date.fromisoformat(f"{self.start}-01") if self.start else None

    @property
    def work(self) -> int:
        """Months of work: as entered, else its ramp, at least one."""
        return max(self.ramp, 1) if self.work_months is None else self.work_months

    @property
    def monthly_decay(self) -> float:
        """Share of the effect that grows back a month."""
        return float(1.0 - (1.0 - self.decay) ** (1 / 12))

    def proposed(self) -> Proposed:
        """Return what it wants, its range widened by how far it has come."""
        factor = WIDENING[self.stage]
        low, high = (self.likely + factor * (end - self.likely) for end in (self.low, self.high))
        return Proposed(self.key, self.name, self.scope, max(low, 0.0), self.likely, min(high, MOST_SHARE))

    def body(self) -> dict[str, Any]:
        """Return what the store keeps."""
        plain = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in ("key", "scope")}
        return plain | {"scope": scope_body(self.scope)}


def scope_body(scope: Scope) -> dict[str, Any]:
    """Return the scope as the store keeps it: only what it narrows."""
    plain = {name: getattr(scope, name) for name in DIMENSIONS}
    return {
        name: list(held) if isinstance(held, tuple) else held for name, held in plain.items() if held not in ((), None)
    }


def read_scope(body: Mapping[str, Any]) -> Scope:
    """Return the scope of a body. Raises AnalyticsError for anything that demand is not divided by."""
    for name in body:
        if name not in DIMENSIONS:
            raise AnalyticsError(
                f"A scope cannot be narrowed by “{name}”.", do=f"It can by {', '.join(DIMENSIONS.values())}."
            )
    lists = {name: tuple(map(str, held)) for name, held in body.items() if name != "repeats"}
    unknown = [cause for cause in lists.get("causes", ()) if cause not in CAUSES]
    if unknown:
        raise AnalyticsError(f"“{unknown[0]}” is not a cause.", do=nearest(unknown[0], CAUSES))
    repeats = body.get("repeats")
    return Scope(**lists, repeats=None if repeats is None else bool(repeats))


def read_initiative(key: str, body: Mapping[str, Any]) -> Initiative:
    """Return the initiative people wrote; raises AnalyticsError in words where it is not possible as written."""
    known = {field.name for field in fields(Initiative)} - {"key", "scope"}
    values = {name: _number(name, held) for name, held in body.items() if name in known}
    made = Initiative(key=key, scope=read_scope(body.get("scope", {})), **values)
    for problem in _problems(made):
        raise AnalyticsError(problem, do="Correct it, then save again.")
    return made


def _number(name: str, held: Any) -> Any:
    """Return a number as the kind its field has, however it was written: fields of a page take one kind only."""
    if isinstance(held, bool) or not isinstance(held, int | float):
        return held
    if name in WHOLE:
        return int(held) if float(held).is_integer() else held
    return float(held)


def check_scope(scope: Scope, taxonomy: Taxonomy, values: Mapping[str, Iterable[str]]) -> None:
    """Refuse, in words, a scope that names what must stay or what the data does not hold.

    `values` are what the data holds, by dimension (reasons, channels, …).
    """
    for reason in scope.reasons:
        why = why_locked(taxonomy.of(reason))
        if why:
            raise AnalyticsError(f"“{reason}” must not be removed: {why}", do="Take it out of the scope.")
    for name, held in values.items():
        allowed = set(held)
        for value in getattr(scope, name):
            if value not in allowed:
                do = nearest(value, allowed) if len(allowed) < 100 else "Choose one that is in the data."
                raise AnalyticsError(f"There is no {DIMENSIONS[name]} “{value}” in the data.", do=do)


def reached_share(done: Initiative, months: Iterable[int]) -> float:
    """Return the mean share of the full effect in these months after the launch, 0 being the month it began in.

    Ramp and decay as in the what-if (METHODS h): min(1, (t + 1) / ramp), then growing back month by month.
    """
    shares = [_share_in(done, month) for month in months]
    return sum(shares) / len(shares) if shares else 1.0


def _share_in(done: Initiative, month: int) -> float:
    up = min(1.0, (month + 1) / done.ramp) if done.ramp else 1.0
    return float(up * (1.0 - done.monthly_decay) ** max(month + 1 - max(done.ramp, 1), 0))


def _problems(made: Initiative) -> Iterable[str]:
    if not made.name.strip():
        yield "The initiative has no name."
    if len(made.name) > NAME_LENGTH:
        yield f"The name is longer than {NAME_LENGTH} characters."
    if not 0 <= made.low <= made.likely <= made.high <= MOST_SHARE:
        yield f"The effect must rise from low over likely to high, within 0 to {MOST_SHARE:.0%}."
    if not 0 <= made.ramp <= MOST_RAMP or not 0 <= made.decay <= 1:
        yield f"The ramp must be 0 to {MOST_RAMP} months and the decay 0 to 100 %."
    if made.one_off < 0 or made.running < 0:
        yield "Costs cannot be negative."
    if (made.people or 0) < 0 or not 1 <= made.work <= MOST_RAMP:
        yield f"The change team needs 0 or more people for 1 to {MOST_RAMP} months."
    yield from _unknown_codes(made)


def _unknown_codes(made: Initiative) -> Iterable[str]:
    lists: dict[str, Iterable[str]] = {"lever": LEVERS, "grade": GRADES, "stage": STAGES, "guardrail": GUARDRAILS}
    for name, codes in lists.items():
        if getattr(made, name) not in tuple(codes):
            yield f"There is no {name} “{getattr(made, name)}”. {nearest(str(getattr(made, name)), codes)}"
    try:
        _ = made.started
    except ValueError:
        yield f"“{made.start}” is not a month; write it like 2026-03."
