"""Overview: is service demand falling while customer value rises? The five numbers, their findings, what to look at."""

from dataclasses import dataclass

import pandas as pd

from analytics.engine import Reader
from analytics.questions import words
from analytics.questions.cash import Cash, cash_finding, no_cash
from analytics.questions.change import ChangeSplit, change_split, driver, reason_changes
from analytics.questions.demand import DemandRate, demand_rate
from analytics.questions.experience import Effort, Guardrails, Value, effort, guardrails, hours_value, value
from analytics.questions.next_steps import NextStep, next_steps
from analytics.questions.once import Once
from analytics.questions.period import data_period
from analytics.questions.rates import Rates
from analytics.questions.removable import Removable, divided_cells, pillars, removable_months, removable_of
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import Taxonomy
from analytics.questions.value_words import value_finding
from analytics.questions.words import Finding
from analytics.statistics.lift import Lift


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page shows, computed once per selection."""

    headline: Finding
    demand: DemandRate
    removable: Removable
    effort: Effort
    value: Value
    cash: Cash
    guardrails: Guardrails
    findings: tuple[Finding, ...]
    """One per number, in their order: demand, removable cost, effort, value, cash."""
    pillars: pd.DataFrame
    """bucket, owner, cause_known, contacts, minutes, cost, share."""
    removable_months: pd.DataFrame
    """month, cost, removable_cost, removable_share."""
    hours_value: pd.DataFrame
    """month, hours, hours_per_1000, value_share, contacts, customers."""
    change: ChangeSplit
    reason_changes: pd.DataFrame
    """reason, name, before, after, difference, share."""
    next_steps: tuple[NextStep, ...]


def overview(  # noqa: PLR0917 - what the page knows already comes in
    reader: Reader,
    selection: Selection,
    rates: Rates,
    taxonomy: Taxonomy,
    cash: Cash | None = None,
    stayed: Lift | None = None,
) -> Overview:
    """Answer the whole page; `rates` as completed by `costs.reconcile`, `stayed` as told by `loyalty.retention_gap`."""
    once = Once(reader, _every_month(reader, selection))
    cells = divided_cells(once, selection, rates, taxonomy)
    found, demand = removable_of(cells, rates), demand_rate(once, selection)
    felt, added = effort(once, selection), value(once, selection, stayed)
    changes, money = reason_changes(once, selection, taxonomy), cash or no_cash()
    return Overview(
        headline=words.headline(demand, found, rates.currency),
        demand=demand,
        removable=found,
        effort=felt,
        value=added,
        cash=money,
        guardrails=guardrails(once, selection),
        findings=(
            words.demand_finding(demand, driver(changes)),
            words.removable_finding(found, rates.currency),
            words.effort_finding(felt),
            value_finding(added),
            cash_finding(money, rates.currency),
        ),
        pillars=pillars(cells),
        removable_months=removable_months(once, selection, rates, taxonomy),
        hours_value=hours_value(once, selection, rates),
        change=change_split(once, selection),
        reason_changes=changes,
        next_steps=next_steps(cells, taxonomy, rates.currency),
    )


def _every_month(reader: Reader, selection: Selection) -> Selection:
    """Return the selection from the first month that any of the answers compares with."""
    return selection.since(min(data_period(reader).first_month, selection.year_before.first_month))
