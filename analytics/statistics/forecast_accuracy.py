"""How far a forecast is off, and the intervals that follow from its own past errors (METHODS i)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm
from scipy.stats import t as student

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How far forecasts of the history's own past were off."""

    mase: float
    """Mean absolute error ÷ mean absolute year-on-year change of the training part."""
    wape: float
    """Σ|error| ÷ Σ actual."""
    bias: float
    """Σ(forecast − actual) ÷ Σ actual; above 0 = too high."""
    rmse: float
    mae: float
    mape: float


def accuracy(actual: ArrayLike, predicted: ArrayLike, training: ArrayLike, season: int = 12) -> Accuracy:
    """Return accuracy of `predicted` (METHODS i); MASE scales by the training part's year-on-year changes.

    MASE is NaN when the training part is shorter than a season + 1 or never changed.
    """
    y, f, past = (np.asarray(x, float) for x in (actual, predicted, training))
    error = f - y
    scale = float(np.abs(past[season:] - past[:-season]).mean()) if past.size > season else 0.0
    total = float(y.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        return Accuracy(
            mase=float(np.abs(error).mean() / scale) if scale > 0 else float("nan"),
            wape=float(np.abs(error).sum() / total) if total else float("nan"),
            bias=float(error.sum() / total) if total else float("nan"),
            rmse=float(np.sqrt((error**2).mean())),
            mae=float(np.abs(error).mean()),
            mape=float(100 * np.mean(np.abs(error / y))),
        )


def log_spread(errors: Floats | None, y: Floats, horizon: int) -> Floats:
    """Return the sd of log errors by step; grows with √step beyond the steps the history could test."""
    steps = np.arange(1, horizon + 1)
    if errors is None or np.isfinite(errors).sum() < 3:
        noise = np.sqrt(1 / max(float(y.mean()), 1.0))
        seen = float(np.std(np.log(y + 0.5))) if y.size > 1 else 0.0
        return np.full(horizon, max(noise, seen))
    by_step = np.sqrt(np.nanmean(errors**2, axis=0, where=np.isfinite(errors)))
    known = np.maximum.accumulate(by_step[np.isfinite(by_step)])
    held = known[np.minimum(steps, known.size) - 1]
    return np.asarray(held * np.sqrt(np.maximum(steps / known.size, 1.0)), float)


def common_spread(errors: Floats | None, single: Floats) -> Floats:
    """Return the sd of the error that all months of a path share, by step; never more than `single`, that of one month.

    A year adds up the common part of its months' errors, while the rest cancels: the sd is the root mean square of the
    origins' mean log errors, widened as Student's t asks at P10 and P90 for so few origins, and grows with √step
    beyond the steps tested. `errors` is (origins, steps), NaN where the history ends.
    """
    if errors is None or errors.shape[0] < 2:
        return single
    means, tested = np.nanmean(errors, axis=1), int(np.isfinite(errors).any(axis=0).sum())
    widened = float(student.ppf(0.9, means.size - 1) / norm.ppf(0.9)) * float(np.sqrt((means**2).mean()))
    steps = np.arange(1, single.size + 1)
    return np.minimum(widened * np.sqrt(np.maximum(steps / tested, 1.0)), single)


def interval_quantiles(errors: Floats | None, spread: Floats) -> list[Floats]:
    """Return log-error quantiles at 2.5, 10, 90, 97.5 %: empirical shape, widened for few errors, scaled by step."""
    levels = (0.025, 0.10, 0.90, 0.975)
    finite = errors[np.isfinite(errors)] if errors is not None else np.array([])
    if finite.size < 3:
        return [q * spread for q in (-1.96, -1.2816, 1.2816, 1.96)]
    scale = float(np.sqrt((finite**2).mean())) or 1.0
    wide = [float(np.quantile(finite, q)) / scale for q in levels]
    sure = [float(student.ppf(q, finite.size - 1)) for q in levels]
    outer = [min(a, b) if q < 0.5 else max(a, b) for q, a, b in zip(levels, wide, sure, strict=True)]
    return [q * spread for q in outer]


def coverage(errors: Floats | None, share: float) -> float | None:
    """Return how often an origin's errors fall inside the interval made from the other origins."""
    if errors is None or errors.shape[0] < 3:
        return None
    tail, inside = (1 - share) / 2, []
    for i in range(errors.shape[0]):
        others = np.delete(errors, i, axis=0)
        others = others[np.isfinite(others)]
        reach = float(student.ppf(1 - tail, others.size - 1)) * float(np.sqrt((others**2).mean()))
        own = errors[i][np.isfinite(errors[i])]
        inside.append(np.abs(own) <= reach)
    return float(np.concatenate(inside).mean())
