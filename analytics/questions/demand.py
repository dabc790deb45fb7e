"""How much demand there is: contacts per 1,000 active customers, against a year ago (METHODS j, traps T11 and T21).

Demand is what customers made: contacts the company started and legs of transferred contacts cost, but are no demand.
"""

from dataclasses import dataclass, replace

import pandas as pd

from analytics.engine import Reader
from analytics.questions.period import DataPeriod, data_period
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats, by_group
from analytics.statistics import groups
from analytics.statistics.change import detectable_change, relative_change
from analytics.statistics.estimate import Estimate, cannot

PER = 1000.0
METHOD = "contacts over active customers, random groups of customers"
NO_CUSTOMERS = "The number of active customers is not known: load active_customers, or customers with joined_at."


@dataclass(frozen=True, slots=True)
class DemandRate:
    """Contacts per 1,000 active customers a month, now and a year ago."""

    now: Estimate
    year_ago: Estimate
    change: Estimate
    """Relative change, −0.06 for 6 % less."""
    months: pd.DataFrame
    """month, contacts, customers, contacts_per_1000: every complete month up to the last one looked at."""
    contacts: int
    """Contacts of the period that customers made."""
    customers: float | None
    """Mean active customers of the period; None when not known."""
    detectable: float | None = None
    """Smallest relative change that would be seen 4 times in 5."""
    of_all_customers: bool = False
    """Contacts are of some products but customers of all: who has which product is not known."""


def demand_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return one row per month with the sums every monthly rate needs."""
    return reader.frame("questions/demand_months", selection.parameters())


def active_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return active customers by month; empty where nobody counted them."""
    return reader.frame("questions/active_months", selection.parameters())


def demand_groups(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts and outcomes by month and replicate group."""
    return reader.frame("questions/demand_groups", selection.parameters())


def demand_rate(reader: Reader, selection: Selection) -> DemandRate:
    """Return contacts per 1,000 active customers a month with its change against the same months a year earlier."""
    period = data_period(reader)
    before = selection.year_before
    history = selection.since(period.first_month)
    months = _with_rate(demand_months(reader, history), active_months(reader, history))
    rows = demand_groups(reader, selection.since(min(before.first_month, selection.first_month)))
    now = _level(rows, months, selection)
    ago = _level(rows, months, before) if period.covers(before) else _no_year_ago(period)
    return DemandRate(
        now=now,
        year_ago=ago,
        change=_change(rows, months, selection, now, ago),
        months=months,
        contacts=int(_within(rows, selection)["made_by_customers"].sum()),
        customers=_mean_customers(months, selection),
        of_all_customers=_of_all_customers(reader, selection),
        detectable=detectable_change(_contacts(rows, before), _contacts(rows, selection)) if ago.shown else None,
    )


def _of_all_customers(reader: Reader, selection: Selection) -> bool:
    """Return whether a filter of products leaves the customers as they are."""
    if not selection.products:
        return False
    chosen, whole = active_months(reader, selection), active_months(reader, replace(selection, products=()))
    return len(chosen) > 0 and chosen.equals(whole)


def _with_rate(demand: pd.DataFrame, active: pd.DataFrame) -> pd.DataFrame:
    made = demand[["month", "made_by_customers"]].rename(columns={"made_by_customers": "contacts"})
    months = made.merge(active, on="month", how="left")
    customers = months["customers"].astype(float).where(months["customers"] > 0)
    return months.assign(customers=customers, contacts_per_1000=PER * months["contacts"].astype(float) / customers)


def _level(rows: pd.DataFrame, months: pd.DataFrame, selection: Selection) -> Estimate:
    contacts, customer_months = _contacts(rows, selection), _customer_months(months, selection)
    if customer_months is None:
        return cannot(int(contacts.sum()), METHOD, NO_CUSTOMERS)
    return groups.total(contacts, customer_months / PER)


def _change(rows: pd.DataFrame, months: pd.DataFrame, selection: Selection, now: Estimate, ago: Estimate) -> Estimate:
    for side in (now, ago):
        if not side.shown:
            return side
    before = selection.year_before
    return relative_change(
        _contacts(rows, before),
        _contacts(rows, selection),
        _customer_months(months, before) or 0.0,
        _customer_months(months, selection) or 0.0,
    )


def _contacts(rows: pd.DataFrame, selection: Selection) -> Floats:
    return by_group(_within(rows, selection), ["made_by_customers"])[:, 0]


def _customer_months(months: pd.DataFrame, selection: Selection) -> float | None:
    held = _within(months, selection)["customers"].dropna()
    return float(held.sum()) if len(held) == selection.months else None


def _mean_customers(months: pd.DataFrame, selection: Selection) -> float | None:
    held = _within(months, selection)["customers"].dropna()
    return float(held.mean()) if len(held) else None


def _no_year_ago(period: DataPeriod) -> Estimate:
    return cannot(
        0, METHOD, f"The data begins in {period.first_month:%B %Y}: the same months a year earlier are not in it."
    )


def _within(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    first, last = pd.Timestamp(selection.first_month), pd.Timestamp(selection.last_month)
    return rows[(rows["month"] >= first) & (rows["month"] <= last)]
