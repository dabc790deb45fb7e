"""What a what-if starts from: the ledger of the months to come, built once per data, rates and basis, and shared.

Owns the way from answered questions to the scenario engine's ledger: history, forecast by cause, people, retention.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from analytics.contract import CHANNELS
from analytics.errors import CannotTellError
from analytics.questions.assumptions import assumed
from analytics.questions.channels import completed_shares
from analytics.questions.headcount import Headcount, headcount
from analytics.questions.ledger import LONGEST, LedgerColumns
from analytics.questions.ledger import ledger as ledger_columns
from analytics.questions.rates import Rates
from analytics.questions.selection import add_months
from analytics.scenarios.baseline import project
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.loyalty import Loyalty
from analytics.scenarios.ranges import Range
from analytics.scenarios.staffing_plan import StaffingPlan
from analytics.scenarios.workforce import Workforce
from analytics.statistics.forecast import Forecast, forecast, reconcile
from analytics.statistics.staffing import ServiceTarget
from analytics.statistics.staffing_async import ChatConcurrency
from analytics.ui.page import Page

Floats = NDArray[np.float64]
HORIZONS = (12, 24, 36)
LONGEST_RAMP = 36.0
"""Months; nobody learns for longer before doing full work."""
SELF_SERVICE = ("portal", "app", "bot", "ivr", "community")
"""Channels demand can move to without a person in it, best fitting first."""
LIVE = ("phone", "chat", "messaging", "callback")
"""Channels where customers wait in a queue."""
WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Basis:
    """What a reader chose about the baseline itself; part of every saved scenario."""

    months: int = 12
    attrition: float | None = None
    """Share of people leaving a year, where somebody entered one; None = as the data says."""
    replacement: float = 0.0
    """Cost of replacing one person."""
    ramp: float = 0.0
    """Months until a new person does full work."""
    retention: tuple[float, float, float] | None = None
    """Share who stay, points lost with high effort, margin per customer and month; None = not counted."""
    published: bool = False
    """Whether the retention figures are a published claim somebody picked."""


@dataclass(frozen=True, eq=False)
class Baseline:
    """The ledger of the months to come, and what is known about it."""

    ledger: Ledger
    forecast: Forecast
    """Of all contacts together."""
    history: tuple[tuple[str, float], ...]
    """Contacts of the past complete months, oldest first."""
    headcount: Headcount | None
    assumed_share: float
    """Share of the cost that rests on default handle times."""
    generation: str
    last_month: str
    """Last complete month of the data, “2026-10”."""
    by_cause_words: tuple[str, ...]
    """Causes whose forecast is last year again, because too few months hold any."""

    @property
    def fingerprint(self) -> str:
        """Lock of a saved scenario: changes when any number of the baseline changes."""
        return self.ledger.fingerprint


def baseline(page: Page, basis: Basis) -> Baseline:
    """Return the baseline for this data and basis; built once and shared by all sessions.

    Raises CannotTellError where the history is too short.
    """
    found: Baseline = _kept(f"{page.assumptions_key} {basis!r}", page, basis)
    return found


@st.cache_resource(max_entries=8, show_spinner="Preparing the months to come …")
def _kept(key: str, _page: Page, _basis: Basis) -> Baseline:  # noqa: ARG001 - the cache key
    return _build(_page, _basis)


def _build(page: Page, basis: Basis) -> Baseline:
    columns = ledger_columns(page.reader, page.rates, page.taxonomy, months=LONGEST, rolled_forward=False)
    people = headcount(page.reader, page.period)
    history = _history(page, columns, people, basis)
    total, paths, again = _paths(history, basis.months)
    months = [f"{add_months(page.period.last_full_month, step):%Y-%m}" for step in range(1, basis.months + 1)]
    first = [columns.customers_first_seen.get(month, 0.0) for month in columns.months][: basis.months]
    ledger = project(
        history,
        paths,
        months,
        spread=total.common_spread,
        customers_first_seen=np.pad(first, (0, basis.months - len(first))),
    )
    past = zip(history.months, history.contacts.sum(axis=(0, 1, 2)).tolist(), strict=True)
    return Baseline(
        _with_planned(ledger), total, tuple(past), people, columns.assumed_share, page.reader.generation,
        f"{page.period.last_full_month:%Y-%m}", again,
    )  # fmt: skip


def _with_planned(ledger: Ledger) -> Ledger:
    """Contacts that cost nothing per minute and have no minutes stay; the fingerprint must be ready before sharing."""
    _ = ledger.fingerprint
    return ledger


def _history(page: Page, columns: LedgerColumns, people: Headcount | None, basis: Basis) -> Ledger:
    return Ledger.from_cells(
        columns.reason, columns.cause, columns.channel, columns.month, columns.contacts, columns.minutes,
        minute_cost=columns.minute_cost, contact_fee=columns.contact_fee,
        session_fee=_session_fees(page.rates, columns.channel), effort=columns.effort,
        handle_spread=columns.handle_spread, contacts_per_issue=columns.contacts_per_issue,
        excess_share=columns.excess_share, repeat_share=columns.repeat_share,
        completed=completed_shares(page.reader, page.period.default),
        reason_class=columns.reason_class, months=columns.months,
        staffing=_staffing(page.entered, columns),
        workforce=_workforce(page.entered, people, basis), loyalty=_loyalty(basis),
    )  # fmt: skip


def _session_fees(rates: Rates, channels: list[str]) -> dict[str, float]:
    """Return the cost of one session in each self-service channel that holds no contacts of its own."""
    held = set(channels)
    fees = {name: rates.of(name) for name in SELF_SERVICE if name in CHANNELS and name not in held}
    return {name: rate.fee + rate.default_minutes * rate.per_minute for name, rate in fees.items()}


def _staffing(entered: Mapping[str, float], columns: LedgerColumns) -> StaffingPlan:
    live = [name for name in LIVE if name in columns.arrivals]
    chats = {name: assumed(entered, "concurrency", name) for name in live}
    return StaffingPlan(
        paid_hours_week=assumed(entered, "paid_hours_per_year") / WEEKS_A_YEAR,
        shrinkage=assumed(entered, "shrinkage"),
        occupancy=assumed(entered, "occupancy"),
        profile=_profile(columns, live),
        live_channels=tuple(live),
        target=ServiceTarget(occupancy_cap=assumed(entered, "occupancy")),
        # the measured handle time is that of a contact among others, so it already holds the slowdown
        concurrency={name: ChatConcurrency(count, 0.0) for name, count in chats.items() if count > 1},
    )


def _profile(columns: LedgerColumns, live: list[str]) -> tuple[float, ...]:
    """Return when live contacts arrive in a week; empty where no channel is live."""
    volume = dict.fromkeys(live, 0.0)
    for channel, contacts in zip(columns.channel, columns.contacts.tolist(), strict=True):
        if channel in volume:
            volume[channel] += contacts
    total = sum(volume.values())
    if total <= 0:
        return ()
    mixed = sum((np.array(columns.arrivals[name]) * volume[name] / total for name in live), np.zeros(336))
    return tuple((mixed / mixed.sum()).tolist()) if mixed.sum() > 0 else ()


def _workforce(entered: Mapping[str, float], people: Headcount | None, basis: Basis) -> Workforce | None:
    """Return the people there are; None where nobody knows how many leave."""
    seen = people.monthly_attrition if people is not None else None
    rate = 1 - (1 - basis.attrition) ** (1 / 12) if basis.attrition is not None else seen
    if people is None or rate is None:
        return None
    cost = people.cost_per_year or assumed(entered, "loaded_cost_per_year")
    return Workforce(("all teams",), (people.total,), (1.0,), (rate,), cost, basis.replacement, basis.ramp)


def _loyalty(basis: Basis) -> Loyalty | None:
    if basis.retention is None:
        return None
    stay, points, margin = basis.retention
    half = Range(points / 2, points, min(1.5 * points, 0.99))
    return Loyalty(stay, margin, half, Range.constant(0.0), grade="D")


def _paths(history: Ledger, horizon: int) -> tuple[Forecast, dict[str, Floats], tuple[str, ...]]:
    """Return the forecast of all contacts, one path per cause that adds to it, and causes without a forecast."""
    by_cause = history.contacts.sum(axis=(0, 2))
    total = forecast(by_cause.sum(axis=0), horizon)
    parts, again = [], []
    for cause, past in zip(history.causes, by_cause, strict=True):
        try:
            parts.append(forecast(past, horizon).path)
        except CannotTellError:
            parts.append(np.resize(past[-12:], horizon))
            again.append(cause)
    lines = reconcile(np.array(parts), total.path)
    return total, dict(zip(history.causes, lines, strict=True)), tuple(again)


def with_months(basis: Basis, months: int) -> Basis:
    """Return the basis with another horizon."""
    return replace(basis, months=months)
