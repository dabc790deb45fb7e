"""Negative causes: which one is primary, whose it is to end, and a stand-in where no cause was recorded (METHODS l).

Owns the order of causes and the default owner functions. One primary cause per contact, so nothing counts twice; the
next that holds is a tag.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from analytics.errors import AnalyticsError, nearest
from analytics.statistics import coverage

NEGATIVE_CAUSES = ("defect", "policy", "process", "communication", "fit", "repeat")
"""In the order in which the first that holds is primary; a repeat follows the cause of its root, so it comes last."""
UNTOLD = ("none", "unknown")
DEFAULT_OWNERS: Mapping[str, str] = {
    "defect": "product",
    "policy": "policy owner",
    "process": "operations",
    "communication": "marketing",
    "fit": "sales",
    "repeat": "service",
    "none": "service",
    "unknown": "not known",
}
"""Function that can end a cause where the workspace names none for the reason."""
RULES: Mapping[str, str] = {
    "defect": "after a release, an outage or a wrong bill",
    "policy": "held by a policy or waiting for an approval",
    "process": "two or more hand-offs, or asking how far it is",
    "communication": "after a message of ours, or we already held the answer",
    "fit": "a customer we should not have won this way",
    "repeat": "the same issue came back",
}


@dataclass(frozen=True, slots=True)
class Proxy:
    """Share of contacts with a negative cause, inferred from signals; never better than medium confidence."""

    low: float
    """If the signals fall on the same contacts."""
    value: float
    """If the signals meet by chance."""
    high: float
    """If no contact shows two signals."""


def primary_cause(holding: Iterable[str]) -> tuple[str, str | None]:
    """Return (primary, secondary) of the causes that hold for a contact; (“none”, None) when none does."""
    given = set(holding)
    unknown = given - {*NEGATIVE_CAUSES, *UNTOLD}
    if unknown:
        raise AnalyticsError(f"“{min(unknown)}” is no cause.", do=nearest(min(unknown), NEGATIVE_CAUSES))
    ranked = [cause for cause in NEGATIVE_CAUSES if cause in given]
    if not ranked:
        return ("unknown" if "unknown" in given else "none"), None
    return ranked[0], ranked[1] if len(ranked) > 1 else None


def main_cause(weight: Mapping[str, float]) -> str:
    """Return the negative cause with the most weight (contacts or cost) in a reason; the order of causes breaks ties.

    “none” when no negative cause has any weight.
    """
    heaviest = max(NEGATIVE_CAUSES, key=lambda cause: weight.get(cause, 0.0))
    return heaviest if weight.get(heaviest, 0.0) > 0 else "none"


def owner_of(cause: str, named: str = "") -> str:
    """Return the function named for the reason, else the default one of the cause."""
    return named or DEFAULT_OWNERS.get(cause, DEFAULT_OWNERS["unknown"])


def above_baseline(observed: ArrayLike, expected: ArrayLike) -> float:
    """Return contacts beyond what the days after an event would bring anyway, summed over events, never below 0."""
    surplus = np.asarray(observed, dtype=np.float64) - np.asarray(expected, dtype=np.float64)
    return float(np.maximum(surplus.sum(), 0.0))


def proxy_share(signals: Mapping[str, float], contacts: int) -> Proxy:
    """Return the share of `contacts` explained by signals (name → contacts beyond baseline) when causes are missing."""
    if contacts <= 0:
        raise AnalyticsError("There are no contacts to infer causes for.")
    shares = np.clip(np.array([list(signals.values())], dtype=np.float64).T / contacts, 0.0, 1.0)
    reach = {mode: 1.0 - float(coverage.survivors(shares, mode)[0]) if len(shares) else 0.0 for mode in coverage.MODES}
    return Proxy(reach["nested"], reach["independent"], reach["disjoint"])
