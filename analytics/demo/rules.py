"""The definitions the app uses, applied to rows in memory with a plain sort: issues, repeats, first-contact resolution.

Written apart from the app's own queries on purpose: the two must agree.
"""

from dataclasses import dataclass

import numpy as np

from analytics.demo.frame import Array, Flags, Floats, Frame, Ints


@dataclass(frozen=True, slots=True)
class Chains:
    """Gap-rule chains over the rows that count, in their own order (customer, reason, time)."""

    order: Ints
    """Positions of the rows that count, sorted."""
    gap_next: Floats
    """Days to the customer's next contact with this reason; infinity if none."""
    gap_prev: Floats

    def roots(self, window: float) -> Array:
        """Return for each sorted row the position (in `order`) of the first contact of its issue."""
        starts = np.where(self.gap_prev > window, np.arange(len(self.order)), 0)
        return np.asarray(np.maximum.accumulate(starts))


def chains(contacts: Frame, counts: Flags) -> Chains:
    """Sort the rows that count and measure their gaps."""
    rows = np.flatnonzero(counts)
    order = rows[np.lexsort((contacts["contact_no"][rows], contacts["t"][rows], _key(contacts, rows)))]
    key, t = _key(contacts, order), contacts["t"][order]
    gap = np.where(key[1:] == key[:-1], t[1:] - t[:-1], np.inf)
    return Chains(order, np.concatenate([gap, [np.inf]]), np.concatenate([[np.inf], gap]))


def _key(contacts: Frame, rows: Array) -> Array:
    return np.asarray(contacts["who"][rows] * 64 + contacts["reason"][rows])


def eligible(contacts: Frame, *, recorded: bool) -> Flags:
    """Return rows that count for issues: no planned follow-up, no transfer leg; as `recorded` also with a customer."""
    counts = contacts["extra"] == 0
    return np.asarray(counts & ~contacts["no_customer"]) if recorded else np.asarray(counts)
