"""Service level by month when the people there are not the people needed (feature 87, trap T17).

A shortage is spread evenly: every live queue and half-hour has the same part of the seats it needs. What is answered in
time then follows from Erlang C (METHODS g), so it is an estimate for steady half-hours without callers giving up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.scenarios.demand import run_demand
from analytics.scenarios.frame import compile_frame
from analytics.scenarios.outcome import Outcome
from analytics.scenarios.sampling import likely_values
from analytics.scenarios.staffing_plan import WEEKS_PER_MONTH, StaffingPlan
from analytics.statistics.staffing import ServiceTarget, queue_state

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class ServicePath:
    """Share of live contacts answered in time by month, (months,), at likely values."""

    as_today: Floats
    """With the people that today's way would need in that month: shows what learning the change costs."""
    unreplaced: Floats | None
    """If nobody who leaves were replaced; None where leavers are not known."""
    target: ServiceTarget


def service_path(outcome: Outcome) -> ServicePath | None:
    """Return service level by month; None without half-hour arrivals of live contacts."""
    ledger, people = outcome.ledger, outcome.paths.people
    plan = ledger.staffing
    if plan is None or people is None or not plan.by_interval:
        return None
    need, before = people.after[0].astype(float), people.before[0].astype(float)
    volumes = _live(outcome, plan)
    if not volumes:
        return None
    force = ledger.workforce
    left = None if force is None else force.without_hiring(ledger.horizon)
    unreplaced = None if left is None else _levels(plan, volumes, _part(left, need))
    return ServicePath(_levels(plan, volumes, _part(before, need)), unreplaced, plan.target)


def _part(there: Floats, need: Floats) -> Floats:
    return np.asarray(there / np.maximum(need, 1e-9))


def _live(outcome: Outcome, plan: StaffingPlan) -> dict[str, tuple[Floats, Floats]]:
    """Return contacts a week and handle seconds after the change, (months,) each, of channels with a queue."""
    ledger = outcome.ledger
    frame = compile_frame(ledger, outcome.scenario, detail=False)
    change = run_demand(frame, likely_values(ledger, outcome.scenario))
    contacts, minutes = frame.total_contacts + change.contacts[0], frame.total_minutes + change.minutes[0]
    found = {}
    for place, name in enumerate(ledger.channels):
        count, work = contacts[:, place], minutes[:, place]
        if name in plan.live_channels and count.max(initial=0.0) > 0:
            found[name] = (count / WEEKS_PER_MONTH, 60 * work / np.maximum(count, 1e-9))
    return found


def _levels(plan: StaffingPlan, volumes: dict[str, tuple[Floats, Floats]], part: Floats) -> Floats:
    """Return the share of contacts answered in time with `part` of the seats needed, by month."""
    answered, offered = np.zeros(part.size), np.zeros(part.size)
    profile = np.array([share for share in plan.profile if share > 0])
    shares, times = np.unique(profile, return_counts=True)
    for name, (weekly, handle) in volumes.items():
        chat = plan.concurrency.get(name)
        slots, slower = (chat.chats, chat.handle_ratio()) if chat is not None and chat.chats > 1 else (1.0, 1.0)
        for month in range(part.size):
            if weekly[month] <= 0 or handle[month] <= 0:
                continue
            busy = weekly[month] * shares
            people = plan.seats_for(name, busy, float(handle[month]), whole=False) * part[month]
            level = answered_in_time(people * slots, busy, handle[month] * slower, plan.target)
            answered[month] += float((level * busy * times).sum())
            offered[month] += float((busy * times).sum())
    return np.where(offered > 0, answered / np.maximum(offered, 1e-12), 1.0)


def answered_in_time(seats: ArrayLike, contacts: ArrayLike, handle_seconds: ArrayLike, target: ServiceTarget) -> Floats:
    """Return the share answered in time per half-hour; between whole seats the level is read as linear."""
    count = np.maximum(np.asarray(seats, float), 0.0)
    below, over = np.floor(count), np.ceil(count)
    first, second = (
        queue_state(n, contacts, handle_seconds, target.within_seconds).service_level for n in (below, over)
    )
    return np.asarray(first + (count - below) * (second - first))
