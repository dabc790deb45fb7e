"""Where moved demand lands in another assisted channel: handle time and effort there, for the reasons that move.

Standardised to the reasons in scope: the other channel's own mix would compare easy with hard issues.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.scenarios.frame import scope_mask
from analytics.scenarios.ledger import Floats, Ledger
from analytics.scenarios.levers import Scope


@dataclass(frozen=True, slots=True)
class Landing:
    """What one moved contact is in the other channel."""

    handle_ratio: float
    """Handle time there ÷ here; 1 where no reason in scope is known in both channels."""
    effort_mean: float
    """Mean effort 1–7 there; NaN where unknown."""
    high_effort_share: float


@lru_cache(maxsize=128)
def landing(ledger: Ledger, scope: Scope, channel: str) -> Landing:
    """Return handle time and effort of `channel` for the mix of reasons in scope (METHODS c)."""
    c, inside = ledger.channels.index(channel), scope_mask(ledger, scope)
    contacts, minutes = (x.sum(axis=3) for x in (ledger.contacts, ledger.minutes))
    here, work = ((x * inside).sum(axis=(1, 2)) for x in (contacts, minutes))
    there, their_work = (x[:, :, c].sum(axis=1) for x in (contacts, minutes))
    both = (here > 0) & (there > 0) & (work > 0)
    expected = (here * np.divide(their_work, there, out=np.zeros_like(there), where=there > 0))[both].sum()
    ratio = float(expected / work[both].sum()) if both.any() else 1.0
    return Landing(ratio, *(_mean(table, here, c) for table in (ledger.effort_mean, ledger.high_effort_share)))


@lru_cache(maxsize=128)
def completion(ledger: Ledger, scope: Scope) -> float | None:
    """Return the share of self-service sessions about the reasons in scope that are completed; None where unknown.

    Containment can be no higher: who did not complete has not been helped (feature 17, trap T6).
    """
    if ledger.completed.size != len(ledger.reasons):
        return None
    weight = (ledger.contacts.sum(axis=3) * scope_mask(ledger, scope)).sum(axis=(1, 2))
    known = np.isfinite(ledger.completed) & (weight > 0)
    return float(np.average(ledger.completed[known], weights=weight[known])) if known.any() else None


def _mean(table: Floats, weight: Floats, channel: int) -> float:
    if table.shape[0] != weight.size:
        return float("nan")
    known = np.isfinite(table[:, channel]) & (weight > 0)
    return float(np.average(table[known, channel], weights=weight[known])) if known.any() else float("nan")
