"""Whether a metric that must not get worse did: year-on-year against untouched reasons, with what can be excluded.

Owns the verdict. “Held” is claimed only where a worsening beyond the tolerance can be excluded; an interval that merely
includes zero says nothing. Shares move on the log-odds scale, means on the log scale, so that a queue that gets longer
for everybody counts the same for a reason with few and one with many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

from analytics.errors import AnalyticsError
from analytics.statistics.did import LEAST_CONTROLS
from analytics.statistics.estimate import GREY_BELOW, Estimate, cannot
from analytics.statistics.placebo import Contrast, against_controls

Floats = NDArray[np.float64]
Scale = Literal["share", "mean"]
Verdict = Literal["held", "worse", "cannot tell"]
METHOD = "same months a year before, against untouched reasons, placebo interval over them"


@dataclass(frozen=True, slots=True)
class Watched:
    """One guardrail of one initiative."""

    before: float | None
    """Level in the same months a year before."""
    after: float | None
    """Level in the months since the launch."""
    change: Estimate
    """Level since the launch less the level it would have had, had it moved as untouched reasons did."""
    worsening: Estimate
    """The same as a share of the expected level (of those it fails, where up is good); above 0 is worse."""
    verdict: Verdict
    controls: int


def watched(
    now: ArrayLike,
    then: ArrayLike,
    treated: int,
    controls: Sequence[int],
    *,
    scale: Scale,
    up_is_good: bool = False,
    tolerated: float = 0.1,
    scatter: float = 1.0,
) -> Watched:
    """Return the verdict on row `treated` of `now` and `then`, numerators and denominators of shape (R, 2).

    `tolerated` is the relative worsening that still counts as held; `scatter` the squared coefficient of variation of
    one observation of a mean (1: as waits scatter, exponentially). Refuses below 30 observations in either year.
    """
    after, before = _checked(now), _checked(then)
    used = [row for row in controls if row != treated and min(after[row, 1], before[row, 1]) >= GREY_BELOW]
    levels = (_level(before[treated]), _level(after[treated]))
    n = int(after[treated, 1] + before[treated, 1])
    why = _refusal(after[treated], before[treated], len(used), scale)
    if why:
        return Watched(*levels, cannot(n, METHOD, why), cannot(n, METHOD, why), "cannot tell", len(used))
    link = _shares if scale == "share" else lambda sums: _means(sums, scatter)
    (here, here_noise), (there, there_noise) = link(after), link(before)
    found = against_controls(here - there, here_noise + there_noise, treated, used)
    change, worsening = _said(float(here[treated]), found, n, scale, up_is_good)
    return Watched(*levels, change, worsening, _verdict(worsening, tolerated), len(used))


def _said(level: float, found: Contrast, n: int, scale: Scale, up_is_good: bool) -> tuple[Estimate, Estimate]:
    back = expit if scale == "share" else np.exp
    expected = back(level - np.array([found.value, found.value - found.half, found.value + found.half]))
    change = back(level) - expected
    worse = -change / (1 - expected) if up_is_good and scale == "share" else change / expected
    if up_is_good:
        worse = worse[[0, 2, 1]]
    return _estimate(change, n), _estimate(worse, n)


def _estimate(ends: Floats, n: int) -> Estimate:
    value, low, high = map(float, ends)
    return Estimate(value, low, high, n, METHOD)


def _verdict(worsening: Estimate, tolerated: float) -> Verdict:
    if worsening.low is None or worsening.high is None:
        return "cannot tell"
    if worsening.low > 0:
        return "worse"
    return "held" if worsening.high <= tolerated else "cannot tell"


def _shares(sums: Floats) -> tuple[Floats, Floats]:
    events, others = sums[:, 0] + 0.5, sums[:, 1] - sums[:, 0] + 0.5
    return np.asarray(logit(events / (events + others))), 1 / events + 1 / others


def _means(sums: Floats, scatter: float) -> tuple[Floats, Floats]:
    total, n = np.maximum(sums[:, 0], 1e-9), np.maximum(sums[:, 1], 1.0)
    return np.log(total / n), scatter / n


def _level(sums: Floats) -> float | None:
    return float(sums[0] / sums[1]) if sums[1] > 0 else None


def _refusal(after: Floats, before: Floats, controls: int, scale: Scale) -> str:
    least = int(min(after[1], before[1]))
    if least < GREY_BELOW:
        return f"Only {least} observations in one of the two years; {GREY_BELOW} are needed."
    if scale == "mean" and min(after[0], before[0]) <= 0:
        return "Nothing but zeros is recorded in one of the two years."
    if controls < LEAST_CONTROLS:
        return f"Only {controls} reasons without an initiative to compare with; {LEAST_CONTROLS} are needed."
    return ""


def _checked(sums: ArrayLike) -> Floats:
    cells = np.asarray(sums, dtype=np.float64)
    if cells.ndim != 2 or cells.shape[1] != 2 or np.any(~np.isfinite(cells) | (cells < 0)):
        raise AnalyticsError("A guardrail needs a numerator and a denominator for each reason, neither negative.")
    return cells
