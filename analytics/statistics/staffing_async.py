"""Work that is not one call at a time: concurrent chats, and mail that may wait (METHODS g)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError
from analytics.statistics.staffing import ServiceTarget, seats_interpolated, seats_needed

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChatConcurrency:
    """How handle time grows when one person holds several chats."""

    chats: float = 1.0
    """Chats held at once, m ≥ 1."""
    slowdown: float = 0.25
    """γ: growth of handle time per further chat; an assumption until measured."""

    def handle_ratio(self) -> float:
        """Return h(m) ÷ h(1) = 1 + γ(m − 1)."""
        return 1 + self.slowdown * (self.chats - 1)

    def throughput(self) -> float:
        """Return chats ended per person relative to one at a time, m ÷ h(m)."""
        return self.chats / self.handle_ratio()


def chat_seats(
    contacts: ArrayLike,
    handle_seconds: ArrayLike,
    chat: ChatConcurrency,
    target: ServiceTarget | None = None,
    *,
    whole: bool = True,
) -> Floats:
    """Return people for chat: Erlang C over slots = people × m, an approximation to be flagged (METHODS g).

    `handle_seconds` is h(1). Raises ScenarioError where another chat would lower throughput.
    """
    if chat.chats < 1 or ChatConcurrency(chat.chats + 1, chat.slowdown).throughput() < chat.throughput():
        raise ScenarioError(
            f"With {chat.chats:g} chats at once each chat slows so much that fewer are ended.", do="Use fewer chats."
        )
    handle = np.asarray(handle_seconds, float) * chat.handle_ratio()
    slots = seats_needed if whole else seats_interpolated
    people = np.asarray(slots(contacts, handle, target), float) / chat.chats
    return np.asarray(np.ceil(np.round(people, 9)) if whole else people, float)


def backlog(arrivals: ArrayLike, capacity: ArrayLike, start: float = 0.0) -> Floats:
    """Return the backlog at the end of each period: B = max(0, B + arrivals − capacity) (METHODS g)."""
    come, can = np.broadcast_arrays(np.asarray(arrivals, float), np.asarray(capacity, float))
    net = np.concatenate([[start], come - can])
    path = np.cumsum(net)
    # Lindley: the reflected path is the free path minus its running minimum below zero
    return (path - np.minimum(np.minimum.accumulate(path), 0.0))[1:]


def backlog_age(arrivals: ArrayLike, capacity: ArrayLike) -> Floats:
    """Return the age in periods of the oldest open item at each period's end, first in first out."""
    come = np.asarray(arrivals, float)
    arrived = np.concatenate([[0.0], np.cumsum(come)])
    done = arrived[1:] - backlog(come, capacity)
    oldest = np.searchsorted(arrived, done + 1e-9, side="left") - 1
    now = np.arange(1, come.size + 1)
    return np.where(arrived[1:] - done > 1e-9, now - np.minimum(oldest, now), 0.0).astype(float)


def steady_people(
    contacts: ArrayLike, handle_seconds: ArrayLike, hours: float, occupancy: float = 0.85, clear_per_period: float = 0.0
) -> Floats:
    """Return people so that capacity ≥ mean arrivals ÷ occupancy, plus items to clear per period.

    `hours` are productive hours per person and period. Not Erlang: this work waits in a backlog.
    """
    if hours <= 0 or not 0 < occupancy <= 1:
        raise ScenarioError("Hours must be above 0 and occupancy a share up to 1.")
    work_hours = (np.asarray(contacts, float) + clear_per_period) * np.asarray(handle_seconds, float) / 3600
    return np.asarray(work_hours / (hours * occupancy), float)
