"""Figures of one reason as the rules take them: value with standard error, or None where too little was seen."""

from collections.abc import Hashable, Mapping

import numpy as np

from analytics.questions.windows import Windows
from analytics.statistics.taxonomy import Measure

ENOUGH_TO_JUDGE = 100
"""Contacts below which a figure of a reason is not used."""
SENSITIVE_WORDS = (
    "bereave",
    "fraud",
    "vulnerab",
    "legal",
    "safety",
    "formal complaint",
    "escalat",
    "accessib",
    "death",
)


def handle(sums: Mapping[Hashable, float], company_mean: float) -> tuple[Measure | None, Measure | None]:
    """Return the coefficient of variation of handle time, and the mean over the company's."""
    n = sums["handle_known"]
    if n < ENOUGH_TO_JUDGE or sums["handle_seconds"] <= 0:
        return None, None
    mean = sums["handle_seconds"] / n
    spread = float(np.sqrt(max(sums["handle_seconds_squared"] / n - mean**2, 0.0)) / mean)
    ratio = float(mean / company_mean)
    return (
        Measure(spread, spread * float(np.sqrt((0.5 + spread**2) / n))),
        Measure(ratio, ratio * spread / float(np.sqrt(n))),
    )


def resolution(reason: str, windows: Windows, window_days: int) -> Measure | None:
    """Return first-contact resolution of a reason at one window."""
    if reason not in windows.labels:
        return None
    row, at = windows.labels.index(reason), window_days - 1
    return proportion(windows.counts("single", row)[at], windows.counts("issues", row)[at])


def proportion(events: float, n: float) -> Measure | None:
    """Return a share with its standard error."""
    if n < ENOUGH_TO_JUDGE:
        return None
    share = float(events / n)
    return Measure(share, float(np.sqrt(share * (1.0 - share) / n)))


def sensitive(reason: str, named: bool) -> str:
    """Return why a reason is sensitive, by the company's list or by its name; empty when it is not."""
    if named:
        return "named sensitive by the company"
    word = next((word for word in SENSITIVE_WORDS if word in reason.casefold()), "")
    return f"its name contains “{word}”; unlock it if that misleads" if word else ""
