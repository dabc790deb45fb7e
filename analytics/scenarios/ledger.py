"""The demand ledger: every contact-minute of the baseline in exactly one cell of reason × cause × channel × month.

Owns the baseline a scenario is evaluated on. It is plain numpy and never changes; the horizon of a scenario is the
months of its ledger (a forecast, or the last year rolled forward). People and loyalty hang on it as own values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError
from analytics.scenarios.loyalty import Loyalty
from analytics.scenarios.staffing_plan import StaffingPlan
from analytics.scenarios.workforce import Workforce

Floats = NDArray[np.float64]

EffortRow = tuple[str, str, float, float]
"""Reason, channel, mean effort 1–7, share of high effort 0–1; NaN where unknown."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """The baseline. Arrays are read-only float64; two ledgers are equal if they are the same object."""

    reasons: tuple[str, ...]
    causes: tuple[str, ...]
    channels: tuple[str, ...]
    months: tuple[str, ...]
    contacts: Floats
    """Expected contacts, shape (reasons, causes, channels, months)."""
    minutes: Floats
    """Handled minutes, same shape."""
    minute_cost: Floats
    """κ: loaded cost per handled minute, shape (channels,)."""
    contact_fee: Floats
    """Licence, line and other cost per contact, shape (channels,)."""
    session_fee: Mapping[str, float] = field(default_factory=dict)
    """Cost per session of each self-service channel that demand can move to."""
    effort_mean: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    """Mean effort 1–7, shape (reasons, channels), NaN where unknown."""
    high_effort_share: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    """Share of contacts with high effort, same shape."""
    handle_spread: Floats = field(default_factory=lambda: np.zeros(0))
    """Standard deviation of log handle time by reason, NaN where unknown."""
    contacts_per_issue: Floats = field(default_factory=lambda: np.zeros(0))
    """Contacts per issue by reason, ≥ 1, NaN where unknown."""
    excess_share: Floats = field(default_factory=lambda: np.zeros(0))
    """Share of the repeats of each reason beyond natural recurrence, 0–1; NaN where unknown, then all of them."""
    repeat_share: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    """Measured share of the contacts of each reason and cause that are repeats, (reasons, causes); NaN where unknown,
    then contacts per issue say it."""
    completed: Floats = field(default_factory=lambda: np.zeros(0))
    """Share of self-service sessions about each reason reported as completed; NaN where unknown."""
    reason_class: tuple[str, ...] = ()
    """Class per reason: remove, redistribute, restructure, value, locked, undecided."""
    customers_first_seen: Floats = field(default_factory=lambda: np.zeros(0))
    """Customers whose first contact of the horizon falls in each month, shape (months,): each counted once."""
    volume_spread: Floats = field(default_factory=lambda: np.zeros(0))
    """Standard deviation of log(actual ÷ forecast) by month; 0 where the baseline is taken as certain."""
    workforce: Workforce | None = None
    staffing: StaffingPlan | None = None
    loyalty: Loyalty | None = None

    def __post_init__(self) -> None:
        if 0 in self.shape:
            raise ScenarioError("There is no demand to start from.", do="Load contacts on Sources.")
        if self.contacts.shape != self.shape or self.minutes.shape != self.shape:
            raise ScenarioError("Contacts and minutes must be reasons × causes × channels × months.")
        _months_fit(self.customers_first_seen, self.horizon, "Customers first seen")
        _months_fit(self.volume_spread, self.horizon, "The spread of the forecast")
        hires = None if self.workforce is None else self.workforce.planned_hires
        if (
            self.workforce is not None
            and hires is not None
            and hires.shape != (len(self.workforce.names), self.horizon)
        ):
            raise ScenarioError("Planned hires must be given for every site and month.")

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Reasons, causes, channels, months."""
        return len(self.reasons), len(self.causes), len(self.channels), len(self.months)

    @property
    def horizon(self) -> int:
        """Months of the ledger."""
        return len(self.months)

    @cached_property
    def cost(self) -> Floats:
        """Cost per cell: minutes × κ + contacts × fee."""
        return self.minutes * self.minute_cost[:, None] + self.contacts * self.contact_fee[:, None]

    @cached_property
    def fingerprint(self) -> str:
        """Short text that changes when any number of the baseline changes: the lock of a saved scenario."""
        digest = blake2b(digest_size=8)
        for names in (self.reasons, self.causes, self.channels, self.months):
            digest.update("\x1f".join(names).encode() + b"\x1e")
        for values in (self.contacts, self.minutes, self.minute_cost, self.contact_fee):
            digest.update(np.ascontiguousarray(values).tobytes())
        return digest.hexdigest()

    @classmethod
    def from_cells(  # noqa: PLR0917 - six columns of one query result, in its order
        cls,
        reason: Sequence[str], cause: Sequence[str], channel: Sequence[str], month: Sequence[str],
        contacts: ArrayLike, minutes: ArrayLike,
        *,
        minute_cost: Mapping[str, float],
        contact_fee: Mapping[str, float] | None = None,
        session_fee: Mapping[str, float] | None = None,
        effort: Iterable[EffortRow] = (),
        handle_spread: Mapping[str, float] | None = None,
        contacts_per_issue: Mapping[str, float] | None = None,
        excess_share: Mapping[str, float] | None = None,
        repeat_share: Mapping[tuple[str, str], float] | None = None,
        completed: Mapping[str, float] | None = None,
        reason_class: Mapping[str, str] | None = None,
        customers_first_seen: Mapping[str, float] | None = None,
        volume_spread: Sequence[float] | None = None,
        months: Sequence[str] | None = None,
        workforce: Workforce | None = None,
        staffing: StaffingPlan | None = None,
        loyalty: Loyalty | None = None,
    ) -> "Ledger":  # fmt: skip
        """Build a ledger from rows as a query returns them: one row per reason, cause, channel and month.

        The first six arguments are columns of equal length; rows of one cell add up. `months` fixes order and
        horizon (default: the sorted months of the rows). Raises ScenarioError on unequal lengths, negative or
        missing numbers, or a channel without a cost per minute.
        """
        axes = [tuple(dict.fromkeys(map(str, names))) for names in (reason, cause, channel)]
        axes = [tuple(sorted(axis)) for axis in axes]
        time = tuple(map(str, months)) if months is not None else tuple(sorted(set(map(str, month))))
        places = _places((*axes, time), (reason, cause, channel, month))
        shape = (*map(len, axes), len(time))
        _known(axes[2], minute_cost, "cost per minute")
        return cls(
            axes[0], axes[1], axes[2], time,
            _add(shape, places, contacts, "contacts"), _add(shape, places, minutes, "minutes"),
            _freeze([minute_cost[c] for c in axes[2]]), _freeze([(contact_fee or {}).get(c, 0.0) for c in axes[2]]),
            dict(session_fee or {}), *_effort(axes[0], axes[2], effort),
            _by_name(axes[0], handle_spread), _by_name(axes[0], contacts_per_issue), _by_name(axes[0], excess_share),
            _freeze([[(repeat_share or {}).get((r, u), np.nan) for u in axes[1]] for r in axes[0]]),
            _by_name(axes[0], completed), tuple((reason_class or {}).get(r, "") for r in axes[0]),
            _freeze([(customers_first_seen or {}).get(m, 0.0) for m in time]),
            _freeze(np.zeros(len(time)) if volume_spread is None else volume_spread),
            workforce, staffing, loyalty,
        )  # fmt: skip


def _months_fit(values: Floats, months: int, what: str) -> None:
    if values.size not in (0, months) or not np.isfinite(values).all() or (values < 0).any():
        raise ScenarioError(f"{what} must be given for each of the {months} months, none negative or missing.")


def _freeze(values: ArrayLike) -> Floats:
    array = np.array(values, dtype=float)
    array.setflags(write=False)
    return array


def _known(names: Sequence[str], table: Mapping[str, float], what: str) -> None:
    missing = [name for name in names if name not in table]
    if missing:
        raise ScenarioError(f"No {what} is given for {', '.join(missing)}.", do="Enter it under Assumptions.")
    if any(not np.isfinite(table[name]) or table[name] < 0 for name in names):
        raise ScenarioError(f"A {what} is negative or missing.", do="Correct it under Assumptions.")


def _places(axes: Sequence[tuple[str, ...]], columns: Sequence[Sequence[str]]) -> tuple[NDArray[np.intp], ...]:
    if len({len(column) for column in columns}) > 1:
        raise ScenarioError("The columns of the ledger have different lengths.")
    lookups = [{name: i for i, name in enumerate(axis)} for axis in axes]
    try:
        return tuple(
            np.array([lookup[str(v)] for v in column], dtype=np.intp)
            for lookup, column in zip(lookups, columns, strict=True)
        )
    except KeyError as unknown:
        raise ScenarioError(f"Month {unknown} is outside the months of the ledger.") from unknown


def _add(shape: tuple[int, ...], places: tuple[NDArray[np.intp], ...], values: ArrayLike, what: str) -> Floats:
    amounts = np.asarray(values, float)
    if amounts.shape != places[0].shape:
        raise ScenarioError(f"The column of {what} has another length than the rest.")
    if not np.isfinite(amounts).all() or (amounts < 0).any():
        raise ScenarioError(f"Some {what} are negative or missing.", do="Check the rows behind the ledger.")
    cells = np.zeros(shape)
    np.add.at(cells, places, amounts)
    return _freeze(cells)


def _by_name(names: Sequence[str], table: Mapping[str, float] | None) -> Floats:
    return _freeze([(table or {}).get(name, np.nan) for name in names])


def _effort(reasons: tuple[str, ...], channels: tuple[str, ...], rows: Iterable[EffortRow]) -> tuple[Floats, Floats]:
    mean = np.full((len(reasons), len(channels)), np.nan)
    high = mean.copy()
    for reason, channel, value, share in rows:
        if reason in reasons and channel in channels:
            at = reasons.index(reason), channels.index(channel)
            mean[at], high[at] = value, share
    return _freeze(mean), _freeze(high)
