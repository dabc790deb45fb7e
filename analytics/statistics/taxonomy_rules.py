"""The rules R0 to R5 that put a reason into a class, as data, over many redraws at once (METHODS l).

Owns thresholds and conditions. One table of conditions serves both the decision (on arrays, so that redraws are
cheap) and the evidence in words (`taxonomy`), so the two cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Class = Literal["remove", "redistribute", "restructure", "undecided"]
Rule = Literal["R0", "R1", "R2", "R3", "R4", "R5"]
CLASSES: tuple[Class, ...] = ("remove", "redistribute", "restructure", "undecided")
_CODE = {name: code for code, name in enumerate(CLASSES)}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the rules cut; every one can be edited."""

    least_issues: int = 100
    remove_share: float = 0.50
    value_points: float = 5.0
    margin: float = 0.0
    complex_variation: float = 0.85
    complex_handle: float = 1.4
    complex_specialist: float = 0.25
    complex_containment: float = 0.30
    complex_needed: int = 2
    routine_variation: float = 0.60
    routine_handle: float = 1.0
    routine_resolution: float = 0.75
    routine_specialist: float = 0.10
    routine_containment: float = 0.50
    routine_needed: int = 4
    audit_size: int = 200
    """Labels a cause share can rest on at most; caps n in its lower bound."""
    high_confidence: float = 0.90
    medium_confidence: float = 0.70
    most_unknown: float = 0.10
    """Share of contacts without a known cause below which confidence may be high."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a measure with a threshold; an unmeasured value never holds."""

    measure: str
    sign: Literal["≥", "≤", "<", ">"]
    threshold: float
    words: str

    def holds(self, value: Floats) -> Bools:
        """Return where `value` satisfies the condition; NaN does not."""
        compare = {"≥": np.greater_equal, "≤": np.less_equal, "<": np.less, ">": np.greater}[self.sign]
        return np.asarray(compare(value, self.threshold), dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Sign:
    """One comparison a rule made for one reason."""

    rule: str
    """What the rule gives and how many of its signs it needs."""
    measure: str
    words: str
    value: float | None
    """None where it was not measured."""
    sign: str
    threshold: float
    holds: bool | None


def signs_of(rule: str, conditions: tuple[Condition, ...], values: Mapping[str, Floats]) -> tuple[Sign, ...]:
    """Return what one rule compared, from measures of shape (1,); NaN is not measured."""
    return tuple(_sign(rule, one, float(values[one.measure][0])) for one in conditions)


def _sign(rule: str, one: Condition, value: float) -> Sign:
    known = not np.isnan(value)
    holds = bool(one.holds(np.array([value]))[0]) if known else None
    return Sign(rule, one.measure, one.words, value if known else None, one.sign, one.threshold, holds)


def remove_condition(t: Thresholds) -> Condition:
    """Return the condition of R2 on the share of issues with a known negative cause."""
    return Condition("cause_share", "≥", t.remove_share, "share with a negative cause, lower bound")


def value_conditions(t: Thresholds) -> tuple[Condition, ...]:
    """Return the conditions under which contacts carry value: any of them keeps a reason from removal."""
    return (
        Condition("value_points", "≥", t.value_points, "value to customers over the company, points, lower bound"),
        Condition("margin", ">", t.margin, "margin less cost per issue, lower bound"),
    )


def complex_conditions(t: Thresholds) -> tuple[Condition, ...]:
    """Return the signs of complex work of R3."""
    return (
        Condition("variation", "≥", t.complex_variation, "variation of handle time"),
        Condition("handle_ratio", "≥", t.complex_handle, "handle time against the company"),
        Condition("specialist", "≥", t.complex_specialist, "share passed to specialists"),
        Condition("containment", "<", t.complex_containment, "solved in self-service, verified"),
    )


def routine_conditions(t: Thresholds) -> tuple[Condition, ...]:
    """Return the signs of routine work of R4."""
    return (
        Condition("variation", "≤", t.routine_variation, "variation of handle time"),
        Condition("handle_ratio", "≤", t.routine_handle, "handle time against the company"),
        Condition("resolution", "≥", t.routine_resolution, "resolved at first contact"),
        Condition("specialist", "≤", t.routine_specialist, "share passed to specialists"),
        Condition("containment", "≥", t.routine_containment, "solved in self-service, verified"),
    )


def count(conditions: tuple[Condition, ...], values: Mapping[str, Floats]) -> NDArray[np.int64]:
    """Return how many of `conditions` hold, elementwise."""
    holding = np.array([one.holds(values[one.measure]) for one in conditions])
    return np.asarray(holding.sum(axis=0), dtype=np.int64)


def rest_codes(values: Mapping[str, Floats], t: Thresholds) -> NDArray[np.int64]:
    """Return the class (index into CLASSES) that R3, R4, R5 give to what has no negative cause."""
    valuable = count(value_conditions(t), values) > 0
    restructure = valuable | (count(complex_conditions(t), values) >= t.complex_needed)
    routine = count(routine_conditions(t), values) >= t.routine_needed
    return np.where(restructure, _CODE["restructure"], np.where(routine, _CODE["redistribute"], _CODE["undecided"]))


def class_codes(values: Mapping[str, Floats], t: Thresholds) -> NDArray[np.int64]:
    """Return the class (index into CLASSES) by R2 to R5, elementwise."""
    valuable = count(value_conditions(t), values) > 0
    remove = remove_condition(t).holds(values["cause_share"]) & ~valuable
    return np.where(remove, _CODE["remove"], rest_codes(values, t))
