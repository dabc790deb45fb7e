"""Policies and approvals: what they hold up, and which threshold of amount would be best (feature 35)."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection
from analytics.statistics.causes import DEFAULT_OWNERS
from analytics.statistics.policy import Approval, approval_thresholds

APPROVAL_MINUTES = 5.0
"""Handled minutes one approval costs, where nobody measured it: an assumption."""


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy with what it holds up, a year."""

    policy: str
    owner: str
    last_review: date | None
    contacts: float
    blocked: float
    waiting_minutes: float
    repeat_rate: float | None
    """Repeats over mature contacts held by it; None below ten."""
    amount: float
    """Amount at stake."""
    loss_probability: float | None


def policy_bands(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by policy and amount band; segments and products do not apply."""
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    return reader.frame("questions/policy_bands", months)


def policy_reasons(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return policy, reason and blocked: where each policy held contacts for an approval."""
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    return reader.frame("questions/policy_reasons", months)


def policy_table(reader: Reader, selection: Selection) -> tuple[Policy, ...]:
    """Return every policy with what it holds up a year, most waiting first."""
    rows, yearly = policy_bands(reader, selection), MONTHS_A_YEAR / selection.months
    found = [_policy(str(name), part, yearly) for name, part in rows.groupby("policy")]
    return tuple(sorted(found, key=lambda one: -one.waiting_minutes))


def policy_thresholds(
    reader: Reader,
    selection: Selection,
    rates: Rates,
    policy: str,
    *,
    approval_minutes: float = APPROVAL_MINUTES,
    loss_probability: float | None = None,
    channel: str = "phone",
) -> Approval:
    """Return the net a year of letting cases up to each amount pass without approval, and how flat it is.

    Handled minutes saved are approvals × `approval_minutes` (an assumption unless measured) at the cost per minute of
    `channel`; the risk is probability × amount. Raises CannotTellError without amounts or without a probability.
    """
    rows = policy_bands(reader, selection)
    held = rows[(rows["policy"] == policy) & rows["amount_band"].notna() & (rows["blocked"] > 0)]
    if not len(held):
        raise CannotTellError(
            f"No approval of “{policy}” has an amount.", do="Map amount and authorisation_wait_seconds on contacts."
        )
    risk = loss_probability if loss_probability is not None else _known(held["loss_probability"])
    if risk is None:
        raise CannotTellError(
            f"How often an unapproved case of “{policy}” is lost money is not known.",
            do="Enter a probability, or load it with the policies.",
        )
    yearly, rate = MONTHS_A_YEAR / selection.months, rates.of(channel)
    cases = held["blocked"].to_numpy(dtype=np.float64) * yearly
    return approval_thresholds(
        held["amount"].to_numpy(dtype=np.float64) / held["contacts"].to_numpy(dtype=np.float64),
        cases,
        cases * approval_minutes,
        cost_per_minute=rate.per_minute * rates.factor,
        loss_probability=risk,
        waiting_minutes=held["authorisation_wait_seconds"].to_numpy(dtype=np.float64) / 60.0 * yearly,
    )


def _policy(name: str, rows: pd.DataFrame, yearly: float) -> Policy:
    sums = rows[list(_MEASURES)].sum().astype(float)
    owners = rows["owner"].dropna()
    review = rows["last_review"].dropna()
    return Policy(
        policy=name,
        owner=str(owners.iloc[0]) if len(owners) else DEFAULT_OWNERS["policy"],
        last_review=pd.Timestamp(review.iloc[0]).date() if len(review) else None,
        contacts=sums["contacts"] * yearly,
        blocked=sums["blocked"] * yearly,
        waiting_minutes=sums["authorisation_wait_seconds"] / 60.0 * yearly,
        repeat_rate=sums["repeats"] / sums["eligible_mature"] if sums["eligible_mature"] >= 10 else None,
        amount=sums["amount"] * yearly,
        loss_probability=_known(rows["loss_probability"]),
    )


_MEASURES = ("contacts", "blocked", "authorisation_wait_seconds", "repeats", "eligible_mature", "amount")


def _known(column: "pd.Series[float]") -> float | None:
    held = column.dropna()
    return float(held.iloc[0]) if len(held) else None
