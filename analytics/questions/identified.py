"""Whether enough contacts have a customer: without one nobody knows what repeats what (METHODS a and j 3)."""

from analytics.engine import Reader
from analytics.questions.demand import demand_months
from analytics.questions.selection import Selection
from analytics.statistics.repeats import refusal


def too_few_identified(reader: Reader, selection: Selection) -> str:
    """Return why no repeat and no first-contact resolution may be shown; empty when they may, or without contacts."""
    sums = demand_months(reader, selection)[["contacts", "identified"]].astype(float).sum()
    return refusal(int(sums["contacts"]), int(sums["identified"]), 0) if sums["contacts"] > 0 else ""
