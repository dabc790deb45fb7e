"""How it is for the customer: high effort, first-contact resolution, value enhancement, hours, and the guardrails."""

from dataclasses import dataclass

import pandas as pd

from analytics.engine import Reader
from analytics.questions.costs import price
from analytics.questions.demand import PER, active_months, demand_groups, demand_months
from analytics.questions.identified import too_few_identified
from analytics.questions.loyalty import retention_gap
from analytics.questions.period import data_period
from analytics.questions.rates import Rates
from analytics.questions.removable import channel_months
from analytics.questions.selection import Selection
from analytics.questions.spread import by_group
from analytics.statistics import groups
from analytics.statistics.estimate import Estimate, cannot
from analytics.statistics.hidden_factor import hidden_factor
from analytics.statistics.lift import Lift
from analytics.statistics.proportions import proportion

NO_EFFORT = "No survey answer about effort is joined to a contact: load surveys with contact_id and effort."
NO_ISSUES = "Issues need customers: load customer_id, or a period whose issue window has passed."
NO_ACTIVITIES = "None of the five value-enhancing activities is recorded on contacts."
SERVICE_LEVEL = (
    "A service level needs the wait of each contact; only the mean wait is kept. Read it beside abandonment."
)


@dataclass(frozen=True, slots=True)
class Effort:
    """High-effort share with first-contact resolution beneath."""

    high_effort: Estimate
    """Share of answers of 5 to 7 on effort 1–7."""
    mean_effort: Estimate
    """1–7, high is more effort."""
    first_contact_resolution: Estimate
    """Share of issues that took one contact, at the locked window."""
    response_rate: float | None
    """Answers over contacts, 0–1."""
    months: pd.DataFrame
    """month, answers, high_effort_share, issues, first_contact_resolution."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is known about value enhancement and loyalty from the contacts alone."""

    coverage: Estimate
    """Share of contacts with at least one value-enhancing activity."""
    retention_gap: Estimate
    """Difference in the share that stayed 12 months, adjusted; a reason where there is none."""
    raw_gap: float | None = None
    """The same without adjustment: who they are, as much as what was done."""
    hidden_factor: tuple[float, float] | None = None
    """E-values of the gap and of its limit nearer to nothing: what an unrecorded factor would have to be."""


@dataclass(frozen=True, slots=True)
class Guardrails:
    """Counter-metrics that must not suffer."""

    abandonment: Estimate
    mean_wait_seconds: float | None
    mean_handle_minutes: float | None
    service_level: Estimate
    """Not computable from the cubes; says why."""
    months: pd.DataFrame
    """month, abandoned_share, mean_wait_seconds, mean_handle_minutes, resolved_share."""


def effort_groups(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return survey answers by month and replicate group: answers, high_effort_answers, effort_sum."""
    return reader.frame("questions/effort_groups", selection.parameters())


def effort(reader: Reader, selection: Selection) -> Effort:
    """Return the high-effort share, mean effort and first-contact resolution of the period, and by month."""
    answers, contacts = effort_groups(reader, selection), demand_groups(reader, selection)
    asked = by_group(answers, ["high_effort_answers", "answers"])
    given, held = float(asked[:, 1].sum()), float(contacts["contacts"].sum())
    none = cannot(0, "survey answers", NO_EFFORT)
    return Effort(
        high_effort=groups.rate(asked) if given else none,
        mean_effort=groups.mean(by_group(answers, ["effort_sum", "answers"])) if given else none,
        first_contact_resolution=first_contact_resolution(contacts, too_few_identified(reader, selection)),
        response_rate=given / held if held else None,
        months=_effort_months(answers, contacts),
    )


def first_contact_resolution(rows: pd.DataFrame, why_not: str = "") -> Estimate:
    """Return single-contact issues over issues whose first contact is mature, from rows by replicate group."""
    if why_not:
        return cannot(0, "issues", why_not)
    sums = by_group(rows, ["single_issues", "issues"])
    return groups.rate(sums) if sums[:, 1].sum() else cannot(0, "issues", NO_ISSUES)


def value(reader: Reader, selection: Selection, stayed: Lift | None = None) -> Value:
    """Return the coverage of value enhancement, and by how much more often those customers stayed.

    `stayed` is the answer of `retention_gap` where it is known already: it does not depend on the period.
    """
    sums = by_group(demand_groups(reader, selection), ["value_enhanced", "value_known"])
    known = int(sums[:, 1].sum())
    coverage = groups.rate(sums) if known else cannot(0, "contacts", NO_ACTIVITIES)
    found = stayed or retention_gap(reader, selection)
    if not found.followed:
        return Value(coverage, cannot(known, "matched customers", _retention_reason(known)))
    return Value(coverage, found.gap, found.raw, hidden_factor(found))


def hours_value(reader: Reader, selection: Selection, rates: Rates) -> pd.DataFrame:
    """Return by month: customer hours in service per 1,000 active customers, and the value-enhanced share.

    Columns month, hours, hours_per_1000, value_share, contacts, customers. Raises nothing: what is not known is NaN.
    """
    history = selection.since(data_period(reader).first_month)
    months = demand_months(reader, history).merge(active_months(reader, history), on="month", how="left")
    handled = price(channel_months(reader, history), rates).groupby("month")["minutes"].sum()
    hours = months["month"].map(handled) / 60.0 + months["wait_seconds"].astype(float) / 3600.0
    customers = months["customers"].astype(float).where(months["customers"] > 0)
    return pd.DataFrame(
        {
            "month": months["month"],
            "hours": hours,
            "hours_per_1000": PER * hours / customers,
            "value_share": _ratio(months, "value_enhanced", "value_known"),
            "contacts": months["contacts"],
            "customers": customers,
        }
    )


def guardrails(reader: Reader, selection: Selection) -> Guardrails:
    """Return abandonment, mean wait and mean handle time of the period, and by month."""
    months = demand_months(reader, selection)
    known, abandoned = int(months["abandoned_known"].sum()), int(months["abandoned"].sum())
    return Guardrails(
        abandonment=_single(abandoned, known),
        mean_wait_seconds=_mean(months, "wait_seconds", "wait_known"),
        mean_handle_minutes=_mean(months, "handle_seconds", "handle_known", 60.0),
        service_level=cannot(0, "share answered in time", SERVICE_LEVEL),
        months=pd.DataFrame(
            {
                "month": months["month"],
                "abandoned_share": _ratio(months, "abandoned", "abandoned_known"),
                "mean_wait_seconds": _ratio(months, "wait_seconds", "wait_known"),
                "mean_handle_minutes": _ratio(months, "handle_seconds", "handle_known") / 60.0,
                "resolved_share": _ratio(months, "resolved", "resolved_known"),
            }
        ),
    )


def _effort_months(answers: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    asked = answers.groupby("month")[["answers", "high_effort_answers"]].sum()
    held = contacts.groupby("month")[["issues", "single_issues"]].sum()
    months = held.join(asked, how="outer").reset_index().astype({"answers": float, "issues": float})
    return months.assign(
        high_effort_share=_ratio(months, "high_effort_answers", "answers"),
        first_contact_resolution=_ratio(months, "single_issues", "issues"),
    )[["month", "answers", "high_effort_share", "issues", "first_contact_resolution"]]


def _retention_reason(value_known: int) -> str:
    if not value_known:
        return f"{NO_ACTIVITIES} Load them, and customers with the day they left."
    return (
        "It needs customers with the day they left, followed for 12 months after a contact about which they answered a "
        "survey on effort."
    )


def _single(events: int, n: int) -> Estimate:
    if not n:
        return cannot(0, "contacts", "Whether contacts were abandoned is not in the file.")
    return proportion(events, n)


def _mean(months: pd.DataFrame, top: str, bottom: str, per: float = 1.0) -> float | None:
    n = float(months[bottom].sum())
    return float(months[top].sum()) / n / per if n else None


def _ratio(rows: pd.DataFrame, top: str, bottom: str) -> "pd.Series[float]":
    below = rows[bottom].astype(float)
    return rows[top].astype(float) / below.where(below > 0)
