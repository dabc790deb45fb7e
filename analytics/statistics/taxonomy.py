"""Which class a reason belongs to, with the evidence per rule in words and how sure that is (METHODS l).

Owns the facts a reason is judged by, the classification, its confidence from 500 redraws, and the split of a reason's
cost into exactly one bucket per part. Inputs are those of the last 12 mature months.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.errors import AnalyticsError
from analytics.statistics import taxonomy_rules as rules
from analytics.statistics.proportions import wilson
from analytics.statistics.taxonomy_rules import CLASSES, Class, Condition, Rule, Thresholds

Floats = NDArray[np.float64]
Confidence = Literal["high", "medium", "low"]
REDRAWS = 500
MEASURES = (
    "cause_share", "value_points", "margin", "variation", "handle_ratio", "resolution", "specialist", "containment"
)  # fmt: skip
_SHARES = ("cause_share", "resolution", "specialist", "containment")


@dataclass(frozen=True, slots=True)
class Measure:
    """One input of the rules: the figure compared with the threshold and its standard error (0: taken as exact)."""

    value: float
    error: float = 0.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about a reason; None where it was not measured, which never satisfies a condition."""

    reason: str
    issues: int
    cause_share: Measure | None = None
    """Share of issues with a known negative cause, Wilson lower bound (`cause_measure`)."""
    value_points: Measure | None = None
    """Lower bound of the share that gained value minus the company's, in points."""
    margin: Measure | None = None
    """Lower bound of margin minus cost per issue, in money."""
    variation: Measure | None = None
    """Coefficient of variation of handle time."""
    handle_ratio: Measure | None = None
    """Handle time over the company's."""
    resolution: Measure | None = None
    """First-contact resolution within 7 days."""
    specialist: Measure | None = None
    """Share passed to specialists."""
    containment: Measure | None = None
    """Share of self-service sessions verified as solved."""
    sensitive: str = ""
    """Why the reason is sensitive (bereavement, fraud, …); empty when it is not."""
    is_other: bool = False
    """Whether this is the collecting reason “other”."""
    audited: int = 0
    """Labels behind the cause share."""
    unknown_cause: float = 1.0
    """Share of contacts without a known cause."""
    cause_is_proxy: bool = False
    """Whether the cause share was inferred because no cause is recorded."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The class of a reason, the rule that gave it and why."""

    reason: str
    class_: Class
    rest: Class
    """Class of the part without a negative cause."""
    locked: bool
    """Sensitive: no part of it may be removed or moved; fix the cause, keep the door."""
    rule: Rule
    evidence: tuple[str, ...]
    """One sentence per rule that was looked at, in order."""
    confidence: Confidence
    unchanged: float
    """Share of redraws of all inputs within their intervals that give the same class."""
    signs: tuple[rules.Sign, ...] = ()
    """Every comparison that was made, rule by rule; empty where a guard decided."""


def cause_measure(share: float, labelled: int, audit_size: int = Thresholds().audit_size) -> Measure:
    """Return the lower Wilson bound of `share` with n capped at the audit size, and its standard error."""
    if not 0 <= share <= 1 or labelled < 0:
        raise AnalyticsError("A share of causes must lie between 0 and 100 %, and its n not below 0.")
    n = min(labelled, audit_size)
    if n == 0:
        return Measure(0.0)
    return Measure(float(wilson(share * n, n)[0]), float(np.sqrt(share * (1 - share) / n)))


def classify(facts: Facts, thresholds: Thresholds = Thresholds(), seed: int = 0) -> Classification:  # noqa: B008
    """Return the class of a reason by the first rule that holds; `seed` fixes the redraws behind the confidence."""
    values = _point(facts)
    decided, rest, rule, locked = _decide(facts, values, thresholds)
    unchanged = 1.0 if rule in ("R0", "R1") else _unchanged(facts, decided, thresholds, seed)
    evidence = _evidence(facts, values, thresholds, rule)
    confidence = confidence_of(facts, rule, unchanged, thresholds)
    signs = _signs(values, thresholds) if rule not in ("R0", "R1") else ()
    return Classification(facts.reason, decided, rest, locked, rule, evidence, confidence, unchanged, signs)


def confidence_of(facts: Facts, rule: Rule, unchanged: float, thresholds: Thresholds) -> Confidence:
    """Return high, medium or low; low is drawn hatched and stays out of headlines.

    A sensitive reason is certain by definition, an undecided one (R1, R5) never better than low. With causes inferred
    instead of recorded nothing is better than medium.
    """
    if rule == "R0":
        return "high"
    if rule in ("R1", "R5") or unchanged < thresholds.medium_confidence:
        return "low"
    audited = facts.audited >= thresholds.audit_size and facts.unknown_cause < thresholds.most_unknown
    sure = unchanged >= thresholds.high_confidence and audited and not facts.cause_is_proxy
    return "high" if sure else "medium"


def split_cost(found: Classification, cost: float, cause_share: float | None) -> dict[Class, float]:
    """Return the cost of a reason by class; the parts add up to `cost`.

    The share with a known negative cause goes to remove, the rest to the reason's other class; a locked or unjudged
    reason keeps all. Without a cause share everything goes to the reason's class.
    """
    parts: dict[Class, float] = dict.fromkeys(CLASSES, 0.0)
    if found.locked or found.rule == "R1" or cause_share is None:
        parts[found.class_] = cost
        return parts
    removable = cost * min(max(cause_share, 0.0), 1.0)
    parts["remove"] += removable
    parts[found.rest] += cost - removable
    return parts


def _decide(facts: Facts, values: Mapping[str, Floats], t: Thresholds) -> tuple[Class, Class, Rule, bool]:
    if facts.sensitive:
        return "restructure", "restructure", "R0", True
    if facts.issues < t.least_issues or facts.is_other:
        return "undecided", "undecided", "R1", False
    decided = CLASSES[int(rules.class_codes(values, t)[0])]
    rest = CLASSES[int(rules.rest_codes(values, t)[0])]
    by_class: dict[Class, Rule] = {"remove": "R2", "restructure": "R3", "redistribute": "R4", "undecided": "R5"}
    return decided, rest, by_class[decided], False


def _unchanged(facts: Facts, decided: Class, t: Thresholds, seed: int) -> float:
    draws = {name: _redraw(getattr(facts, name), name, noise) for name, noise in _noise(seed).items()}
    return float((rules.class_codes(draws, t) == CLASSES.index(decided)).mean())


@cache
def _noise(seed: int) -> dict[str, Floats]:
    """Every reason is redrawn with the same noise, one line for each measure."""
    lines = np.random.default_rng(seed).standard_normal((len(MEASURES), REDRAWS))
    lines.flags.writeable = False
    return dict(zip(MEASURES, lines, strict=True))


def _redraw(measure: Measure | None, name: str, noise: Floats) -> Floats:
    if measure is None:
        return np.full(REDRAWS, np.nan)
    drawn = measure.value + measure.error * noise
    return np.clip(drawn, 0.0, 1.0) if name in _SHARES else drawn


def _point(facts: Facts) -> dict[str, Floats]:
    known = {name: getattr(facts, name) for name in MEASURES}
    return {name: np.array([np.nan if one is None else one.value]) for name, one in known.items()}


def _evidence(facts: Facts, values: Mapping[str, Floats], t: Thresholds, rule: Rule) -> tuple[str, ...]:
    """Return one sentence per rule up to the one that decided; for R2 also what the rest shows."""
    if rule == "R0":
        return (f"R0 guard: sensitive ({facts.sensitive}). Fix the cause, keep the door.",)
    if rule == "R1":
        why = "it is the collecting reason “other”" if facts.is_other else f"only {facts.issues} issues"
        return (f"R1 undecided: {why}; {t.least_issues} issues of one kind are needed.",)
    value, complexity, routine = rules.value_conditions(t), rules.complex_conditions(t), rules.routine_conditions(t)
    return (
        f"R2 remove: {_words(rules.remove_condition(t), values)}; and carries no value: {_list(value, values)}.",
        f"R3 restructure: {_tally(complexity, values)}, {t.complex_needed} needed: {_list(complexity, values)}.",
        f"R4 redistribute: {_tally(routine, values)}, {t.routine_needed} needed: {_list(routine, values)}.",
        *(("R5 undecided: no rule holds; split it by sub-reason or product.",) if rule == "R5" else ()),
    )


def _signs(values: Mapping[str, Floats], t: Thresholds) -> tuple[rules.Sign, ...]:
    return (
        *rules.signs_of("Remove: a known cause", (rules.remove_condition(t),), values),
        *rules.signs_of("Keep: carries value, any", rules.value_conditions(t), values),
        *rules.signs_of(f"Restructure: {t.complex_needed} of 4", rules.complex_conditions(t), values),
        *rules.signs_of(f"Redistribute: {t.routine_needed} of 5", rules.routine_conditions(t), values),
    )


def _tally(conditions: tuple[Condition, ...], values: Mapping[str, Floats]) -> str:
    return f"{int(rules.count(conditions, values)[0])} of {len(conditions)} signs"


def _list(conditions: tuple[Condition, ...], values: Mapping[str, Floats]) -> str:
    return "; ".join(_words(one, values) for one in conditions)


def _words(condition: Condition, values: Mapping[str, Floats]) -> str:
    value = values[condition.measure]
    if np.isnan(value[0]):
        return f"{condition.words} not measured"
    mark = "yes" if condition.holds(value)[0] else "no"
    return f"{condition.words} {value[0]:.2f} {condition.sign} {condition.threshold:g}: {mark}"
