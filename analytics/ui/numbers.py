"""Numbers for people on tiles and chips, in the words the sentences use; the unit comes from the metric catalogue."""

from datetime import date, datetime

from analytics.questions.catalogue import Metric
from analytics.questions.words import MINUS, money, percent, signed
from analytics.statistics.estimate import Estimate


def number(value: float, digits: int = 0) -> str:
    """Return `value` with thousands separated and a true minus, e.g. 12,345 or −0.4."""
    return signed(value, digits)


def change(share: float) -> str:
    """Return a relative change with its sign, e.g. −6 % or +4 %."""
    return f"{'+' if share > 0 else ''}{percent(share)}"


def month(day: date) -> str:
    """Return a month for people, e.g. Oct 2025."""
    return f"{day:%b %Y}"


def day(at: date | datetime) -> str:
    """Return a day for people, e.g. 31 Oct 2025."""
    return f"{at.day} {at:%b %Y}"


def shown(metric: Metric, value: float, currency: str = "") -> str:
    """Return a value of `metric` in its unit: shares as percent or points, money with its currency, else plain."""
    if metric.unit.startswith("%"):
        return percent(value, metric.rounding)
    if metric.unit.startswith("currency"):
        return money(value, currency)
    if metric.unit.startswith("points"):
        return f"{'+' if value > 0 else ''}{signed(100 * value, metric.rounding)} points"
    return signed(value, metric.rounding)


def interval(metric: Metric, estimate: Estimate, currency: str = "") -> str:
    """Return the 95 % interval in the metric's unit, e.g. “28–33 %”; empty where there is none or it has no width."""
    if estimate.low is None or estimate.high is None or estimate.low == estimate.high:
        return ""
    low, high = (shown(metric, end, currency) for end in (estimate.low, estimate.high))
    for unit in (currency, "%", "M", "points"):
        if unit and f" {unit}" in high and low.endswith(f" {unit}"):
            low = low.removesuffix(f" {unit}")
    return f"{low}{' to ' if MINUS in low + high or '+' in high else '–'}{high}"
