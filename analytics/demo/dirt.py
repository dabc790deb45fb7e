"""What is wrong with the data, on purpose: contacts without customer, gaps, and links that got lost."""

from typing import Final

import numpy as np

from analytics.demo.frame import Frame, size, take

NO_CUSTOMER: Final = 0.03
DUPLICATES: Final = 0.003
LINKED_SESSIONS: Final = 0.60
"""Share of contacts after an identified session that carry its number."""


def add_dirt(rng: np.random.Generator, contacts: Frame, sessions: Frame) -> Frame:
    """Return contacts with flags for what will be missing in the files."""
    count = size(contacts)
    linked = contacts["leaked"] & (rng.random(count) < LINKED_SESSIONS)
    known = sessions["identified"][np.maximum(contacts["session"], 0)] if size(sessions) else linked
    return {
        **contacts,
        "no_customer": rng.random(count) < NO_CUSTOMER,
        "no_handle": contacts["abandoned"] | (rng.random(count) < 0.015),
        "no_resolved": rng.random(count) < 0.02,
        "no_product": rng.random(count) < 0.02,
        "no_team": rng.random(count) < 0.005,
        "shows_session": linked & known,
    }


def with_duplicates(rng: np.random.Generator, contacts: Frame) -> Frame:
    """Return contacts with a few rows written twice."""
    copies = np.flatnonzero(rng.random(size(contacts)) < DUPLICATES)
    return take(contacts, np.concatenate([np.arange(size(contacts)), copies]))
