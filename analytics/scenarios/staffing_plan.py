"""How work becomes people: target, arrival profile, shrinkage, and the grid that makes it quick (METHODS g)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError
from analytics.statistics.staffing import ServiceTarget, rostered_people, seats_interpolated, seats_needed
from analytics.statistics.staffing_async import ChatConcurrency, chat_seats

Floats = NDArray[np.float64]
Array = NDArray[np.floating]

WEEKS_PER_MONTH: Final = 365.25 / 12 / 7
_LOADS, _HANDLES = 241, 9


@dataclass(frozen=True, slots=True)
class StaffingPlan:
    """How work becomes people."""

    paid_hours_week: float = 37.5
    shrinkage: float = 0.30
    occupancy: float = 0.85
    """Busy share of present time for work that can wait, and for the preview without a profile."""
    profile: tuple[float, ...] = ()
    """Share of a week's contacts in each half-hour (336 for a full week); empty = no profile, workload preview."""
    live_channels: tuple[str, ...] = ("phone", "chat")
    """Channels staffed by interval where there is a profile."""
    target: ServiceTarget = ServiceTarget()  # noqa: RUF009 - an immutable value
    concurrency: Mapping[str, ChatConcurrency] = field(default_factory=dict)
    """Chats held at once, by channel."""

    def __post_init__(self) -> None:
        if not 0 <= self.shrinkage < 1 or not 0 < self.occupancy <= 1 or self.paid_hours_week <= 0:
            raise ScenarioError("Shrinkage, occupancy and paid hours must make present time possible.")
        if self.profile and (min(self.profile) < 0 or not np.isclose(sum(self.profile), 1.0, atol=1e-6)):
            raise ScenarioError("The arrival profile must be shares that add to 1.")

    @property
    def by_interval(self) -> bool:
        """Whether people come from intervals; else from workload, which must be labelled a preview."""
        return bool(self.profile)

    def people_by_workload(self, minutes: Array) -> Array:
        """Return people for handled minutes a month: workload ÷ (present hours × occupancy)."""
        hours = self.paid_hours_week * WEEKS_PER_MONTH * (1 - self.shrinkage) * self.occupancy
        return np.asarray(minutes / (60 * hours))

    def seats_by_interval(self, channel: str, contacts_week: float, handle_seconds: float, *, whole: bool) -> Floats:
        """Return seats in each half-hour of the profile; exact, whole seats for rosters or interpolated."""
        return self.seats_for(channel, contacts_week * np.asarray(self.profile, float), handle_seconds, whole=whole)

    def seats_for(self, channel: str, contacts: ArrayLike, handle_seconds: float, *, whole: bool) -> Floats:
        """Return seats for contacts in each half-hour of one channel, chats held at once included."""
        chat = self.concurrency.get(channel)
        if chat is not None and chat.chats > 1:
            return chat_seats(contacts, handle_seconds, chat, self.target, whole=whole)
        seats = seats_needed if whole else seats_interpolated
        return np.asarray(seats(contacts, handle_seconds, self.target), float)


@dataclass(frozen=True, eq=False, slots=True)
class PeopleGrid:
    """Rostered people over offered load × handle time, precomputed once, then read by linear interpolation.

    Load, not volume, is the first axis: seats bend at whole numbers of the load and hardly move with handle time
    at equal load, so a fine load axis keeps the error below 0.5 % where every half-hour is alike, and far less else.
    """

    loads: Floats
    """Contacts a week × handle seconds."""
    handles: Floats
    """Handle time, seconds."""
    people: Floats
    """(loads, handles)."""

    @classmethod
    def build(cls, plan: StaffingPlan, channel: str, contacts_week: float, handle_seconds: ArrayLike) -> "PeopleGrid":
        """Return the grid up to 1.5 × today's load and around the given handle times (shortest, longest)."""
        shortest, longest = (float(v) for v in np.asarray(handle_seconds, float))
        loads = 1.5 * contacts_week * longest * (np.arange(_LOADS) / (_LOADS - 1)) ** 1.5
        handles = np.linspace(0.5 * shortest, 2.0 * longest, _HANDLES)
        profile = np.array([p for p in plan.profile if p > 0])
        values, counts = np.unique(profile, return_counts=True)
        contacts = loads[:, None, None] / handles[:, None] * values
        chat = plan.concurrency.get(channel)
        if chat is not None and chat.chats > 1:
            seats = chat_seats(contacts, handles[:, None], chat, plan.target, whole=False)
        else:
            seats = seats_interpolated(contacts, handles[:, None], plan.target)
        idle = plan.target.min_seats * (len(plan.profile) - profile.size)
        hours = plan.paid_hours_week * (1 - plan.shrinkage)
        return cls(loads, handles, ((seats * counts).sum(axis=-1) + idle) * 0.5 / hours)

    def read(self, contacts_week: Array, handle_seconds: Array) -> Array:
        """Return people at any volume and handle time, same shape and type; beyond the grid by its last slope."""
        i, u = _cell(self.loads, contacts_week * handle_seconds)
        j, v = _cell(self.handles, handle_seconds)
        flat = self.people.ravel().astype(u.dtype)
        at = i * _HANDLES + j
        low = flat[at] * (1 - v) + flat[at + 1] * v
        high = flat[at + _HANDLES] * (1 - v) + flat[at + _HANDLES + 1] * v
        return np.asarray(low * (1 - u) + high * u)


def _cell(axis: Floats, values: Array) -> tuple[NDArray[np.intp], Array]:
    """Return the grid cell of each value and the place inside it; both axes are powers of an even grid."""
    knots = axis.astype(values.dtype)
    power = 1.5 if knots[0] == 0 else 1.0
    span = max(float(axis[-1] - axis[0]), 1e-12)
    even = np.clip((values - knots[0]) / span, 0, 1) ** (1 / power) * (axis.size - 1)
    i = np.clip(even.astype(np.int32), 0, axis.size - 2)
    step = np.maximum(knots[i + 1] - knots[i], 1e-12)
    return i.astype(np.intp), np.asarray((values - knots[i]) / step)


@dataclass(frozen=True, eq=False)
class PeopleModel:
    """All channels of one baseline turned into people; build it with `people_model(ledger)`."""

    plan: StaffingPlan
    channels: tuple[str, ...]
    grids: Mapping[str, PeopleGrid]

    def required(self, contacts: Array, minutes: Array) -> Array:
        """Return people per month from contacts and minutes a month, shape (draws, months, channels)."""
        total = np.zeros(contacts.shape[:2], dtype=contacts.dtype)
        for c, name in enumerate(self.channels):
            work = np.maximum(minutes[..., c], 0)
            grid = self.grids.get(name)
            if grid is None:
                total += self.plan.people_by_workload(work)
                continue
            volume = np.maximum(contacts[..., c], 1e-9)
            total += grid.read(volume / np.float32(WEEKS_PER_MONTH), work / volume * np.float32(60))
        return total


@lru_cache(maxsize=16)
def people_model(ledger: object) -> PeopleModel | None:
    """Return the people model of a ledger, built once per ledger; None without a staffing plan."""
    plan: StaffingPlan | None = ledger.staffing  # type: ignore[attr-defined]  # Ledger imports this module
    if plan is None:
        return None
    channels: tuple[str, ...] = ledger.channels  # type: ignore[attr-defined]
    contacts = ledger.contacts.sum(axis=(0, 1))  # type: ignore[attr-defined]
    minutes = ledger.minutes.sum(axis=(0, 1))  # type: ignore[attr-defined]
    grids = {}
    for c, name in enumerate(channels):
        busy = contacts[c] > 0
        if plan.by_interval and name in plan.live_channels and busy.any():
            seconds = 60 * minutes[c, busy] / contacts[c, busy]
            span = (max(float(seconds.min()), 1.0), max(float(seconds.max()), 1.0))
            grids[name] = PeopleGrid.build(plan, name, float(contacts[c].max()) / WEEKS_PER_MONTH, span)
    return PeopleModel(plan, channels, grids)


def roster(plan: StaffingPlan, channel: str, contacts_month: float, minutes_month: float) -> tuple[Floats, float]:
    """Return whole seats by half-hour and rostered people for one channel and month, exactly (no grid)."""
    if not plan.by_interval:
        raise ScenarioError("There is no arrival profile, so no roster.", do="Add contacts by half-hour.")
    handle = 60 * minutes_month / contacts_month if contacts_month else 0.0
    seats = plan.seats_by_interval(channel, contacts_month / WEEKS_PER_MONTH, handle, whole=True)
    return seats, rostered_people(seats, plan.paid_hours_week, plan.shrinkage)


def even_profile(days: Sequence[float], hours: Sequence[float]) -> tuple[float, ...]:
    """Return a 336 half-hour profile from day-of-week (7) and half-hour (48) weights."""
    grid = np.outer(np.asarray(days, float), np.asarray(hours, float)).ravel()
    if grid.size != 336 or (grid < 0).any() or grid.sum() <= 0:
        raise ScenarioError("A profile needs 7 day weights and 48 half-hour weights, none negative.")
    return tuple((grid / grid.sum()).tolist())
