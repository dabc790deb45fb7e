"""Issues and repeat flags by plain loops: the reference against which the fast computation is tested (METHODS a).

Owns the definition, not the speed: every contact is compared with every other of its issue, O(n²) within an issue.
An issue is (customer, reason); a contact opens a new one when none came before within the window (rolling).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from analytics.errors import AnalyticsError


@dataclass(frozen=True, slots=True)
class Contact:
    """One eligible contact: known customer, no planned follow-up, no transfer leg, not started by the company."""

    contact_id: str
    customer: str
    reason: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Flags:
    """What holds for one contact under one window."""

    is_repeat: bool
    """Backward: an earlier contact of the same issue lies at most the window before."""
    has_repeat: bool
    """Forward: a later contact of the same issue lies at most the window after."""
    is_mature: bool
    """The whole window after the contact lies within the data."""
    is_observed: bool
    """The whole window before the contact lies within the data, so an earlier contact would have been seen."""
    opens_issue: bool
    is_single: bool
    """Opens an issue that has no second contact."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Numerators and denominators of the three rates."""

    contacts: int
    repeats: int
    mature: int
    mature_with_repeat: int
    mature_issues: int
    """Issues whose first contact is mature; conditioning on the last would flatter the rate."""
    mature_single_issues: int


def reference_flags(
    contacts: list[Contact], window_days: int, data_start: datetime, data_end: datetime
) -> dict[str, Flags]:
    """Return the flags by contact id, whatever the order of `contacts`; ties in time are broken by id."""
    if len({contact.contact_id for contact in contacts}) < len(contacts):
        raise AnalyticsError("A contact id occurs twice.")
    window = timedelta(days=window_days)
    issues: dict[tuple[str, str], list[Contact]] = {}
    for one in contacts:
        issues.setdefault((one.customer, one.reason), []).append(one)
    return {
        one.contact_id: _flags(one, issues[one.customer, one.reason], window, data_start, data_end) for one in contacts
    }


def reference_counts(flags: dict[str, Flags]) -> Counts:
    """Return the sums behind the repeat share, the repeat rate and first-contact resolution."""
    every = list(flags.values())
    observed = [one for one in every if one.is_observed]
    mature = [one for one in every if one.is_mature]
    return Counts(
        contacts=len(observed),
        repeats=sum(one.is_repeat for one in observed),
        mature=len(mature),
        mature_with_repeat=sum(one.has_repeat for one in mature),
        mature_issues=sum(one.opens_issue for one in mature),
        mature_single_issues=sum(one.is_single for one in mature),
    )


def _flags(one: Contact, same: list[Contact], window: timedelta, start: datetime, end: datetime) -> Flags:
    before = [c for c in same if _key(c) < _key(one)]
    after = [c for c in same if _key(c) > _key(one)]
    is_repeat = any(one.started_at - c.started_at <= window for c in before)
    has_repeat = any(c.started_at - one.started_at <= window for c in after)
    return Flags(
        is_repeat=is_repeat,
        has_repeat=has_repeat,
        is_mature=one.started_at + window <= end,
        is_observed=one.started_at - window >= start,
        opens_issue=not is_repeat,
        is_single=not is_repeat and not has_repeat,
    )


def _key(contact: Contact) -> tuple[datetime, str]:
    return contact.started_at, contact.contact_id
