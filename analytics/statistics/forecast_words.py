"""What a reader must know of a forecast, as sentences."""

from collections.abc import Container

from analytics.statistics.forecast_accuracy import Accuracy
from analytics.statistics.forecast_models import NAMES
from analytics.statistics.forecast_short import TREND_PAIRS


def short_words(n: int, season: int) -> str:
    """Return what a history of `n` months can carry, where it is too short for a choice."""
    if n < 4:
        return f"{n} complete months: a flat mean; no seasonality can be estimated."
    if n <= season:
        return f"{n} complete months: a smoothed level; no seasonality can be estimated."
    how = NAMES["year_with_trend" if n >= season + TREND_PAIRS else "naive_and_level"][0]
    return f"{n} complete months: {how}."


def refused_words(names: tuple[str, ...], trials: Container[str]) -> tuple[str, ...]:
    """Return which candidates could not be tried on this history."""
    missing = [NAMES[name][0] for name in names if name not in trials]
    return (f"Not usable on this history: {', '.join(missing)}.",) if missing else ()


def verdict(own: Accuracy, naive: Accuracy, chosen: str) -> tuple[str, ...]:
    """Return how the chosen method compares with last year's values, where it is not better."""
    if chosen == "seasonal_naive":
        return ("No method was at least 5 % closer than last year's values, so these are used.",)
    return () if own.mase < naive.mase else ("No better than last year's values on the same months.",)
