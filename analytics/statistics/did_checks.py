"""What speaks against a before-after comparison: a trend already there, or a launch at a peak.

Owns the two checks beside `did`. Both compare the reason with the control reasons, and judge its deviation by how far
the controls deviate from each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

Floats = NDArray[np.float64]
YEAR = 12
NEXT_TO_LAUNCH = 3
"""Months before the launch that are left out of comparisons, because launches follow peaks."""
LEAST_MONTHS = 6
LEAST_CONTROLS = 5
PEAK = 0.05
"""Excess over the earlier level from which a launch may count as at a peak."""


@dataclass(frozen=True, slots=True)
class PreTrend:
    """Whether the reason already moved differently from the controls before the launch."""

    per_month: float | None
    """Relative drift against the controls per month; None when it cannot be told."""
    differs: bool | None
    """Beyond 95 % of what controls show among themselves; None when it cannot be told."""
    why: str


@dataclass(frozen=True, slots=True)
class Peak:
    """Whether the launch followed a peak, so that a fall was to come anyway (regression to the mean)."""

    excess: float | None
    """Level of the last months before the launch over the earlier ones, against the controls."""
    warned: bool
    why: str


def pre_trend(counts: Floats, treated: int, controls: tuple[int, ...], end: int) -> PreTrend:
    """Return the drift of `treated` against the controls over months 0..end−1 of counts (R, M)."""
    if end < LEAST_MONTHS or len(controls) < LEAST_CONTROLS:
        return PreTrend(None, None, f"Needs {LEAST_MONTHS} months before the launch and {LEAST_CONTROLS} controls.")
    month = np.arange(end) - (end - 1) / 2
    slopes = _against_others(counts[:, :end], treated, controls) @ month / (month @ month)
    differs = abs(_score(slopes)) > float(t.ppf(0.975, len(controls) - 1))
    why = "The reason already moved differently before the launch; read the effect with care." if differs else ""
    return PreTrend(float(np.expm1(slopes[0])), bool(differs), why)


def launched_at_peak(
    counts: Floats, treated: int, controls: tuple[int, ...], launch: int, after: tuple[int, ...]
) -> Peak:
    """Return whether the three months before the launch stood above the reason's level, from counts (R, M).

    Free of season where the data allows it: against the same months a year earlier, else a year later (where `after`,
    the months compared with those a year before, tells the effect apart), else against the earlier months. Warned
    from 5 % and one standard deviation of the controls on: a warning costs little, a false saving much.
    """
    if launch < NEXT_TO_LAUNCH + LEAST_MONTHS or len(controls) < LEAST_CONTROLS:
        return Peak(None, False, "Too few months before the launch to tell whether it followed a peak.")
    excess = _excess(_against_others(counts, treated, controls), launch, after)
    above = float(np.expm1(excess[0] - excess[1:].mean()))
    warned = bool(above >= PEAK and _score(excess) > 1)
    why = (
        f"The {NEXT_TO_LAUNCH} months before the launch stood {above:.0%} above the usual level: part of any fall "
        "after it was to come anyway."
    )
    return Peak(above, warned, why if warned else "")


def _excess(levels: Floats, launch: int, after: tuple[int, ...]) -> Floats:
    """Return log level of the three months before the launch over its reference, per row of `levels` (1 + J, M)."""
    recent = levels[:, launch - NEXT_TO_LAUNCH : launch].mean(axis=1)
    year_before = launch - YEAR
    if year_before >= NEXT_TO_LAUNCH:
        return np.asarray(recent - levels[:, year_before - NEXT_TO_LAUNCH : year_before].mean(axis=1))
    if launch + YEAR <= levels.shape[1] and after:
        later = levels[:, launch + YEAR - NEXT_TO_LAUNCH : launch + YEAR].mean(axis=1)
        month = np.array(after)
        effect = levels[:, month].mean(axis=1) - levels[:, month - YEAR].mean(axis=1)
        return np.asarray(recent - (later - effect))
    return np.asarray(recent - levels[:, : launch - NEXT_TO_LAUNCH].mean(axis=1))


def _against_others(counts: Floats, treated: int, controls: tuple[int, ...]) -> Floats:
    """Return log levels against the other controls, shape (1 + J, M); row 0 is the treated reason."""
    rows = np.array([treated, *controls])
    logs = np.log(counts[rows] + 0.5)
    logs -= logs.mean(axis=1, keepdims=True)
    total = logs[1:].sum(axis=0)
    others = np.vstack([total / len(controls), (total - logs[1:]) / (len(controls) - 1)])
    return np.asarray(logs - others, dtype=np.float64)


def _score(deviation: Floats) -> float:
    """Return how many standard deviations of the controls row 0 lies away from them."""
    spread = float(deviation[1:].std(ddof=1)) * np.sqrt(1 + 1 / (len(deviation) - 1))
    return float((deviation[0] - deviation[1:].mean()) / spread) if spread > 0 else 0.0
