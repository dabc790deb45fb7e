"""Forecasters for histories too short to fit a season: last year again, a level, a damped trend (METHODS i).

Also owns what every fit has in common: one that did not converge is refused in words.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from numpy.typing import NDArray
from statsmodels.tools.sm_exceptions import ConvergenceWarning, ModelWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from analytics.errors import CannotTellError

Floats = NDArray[np.float64]

TREND_PAIRS: Final = 8
"""Months with the same month a year before from which a yearly change is told."""
TREND_KEPT: Final = 0.9
"""Share of the trend that is still there a month later."""


@contextmanager
def converged(name: str) -> Iterator[None]:
    """Turn a fit that failed to converge into a refusal; harmless chatter of the fitter stays inside."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            yield
        except (ValueError, np.linalg.LinAlgError, FloatingPointError, IndexError) as cause:
            raise CannotTellError(f"{name} could not be fitted to this history.") from cause
    if any(issubclass(w.category, ConvergenceWarning) for w in said):
        raise CannotTellError(f"{name} did not converge on this history.")
    unknown = [
        w for w in said if not issubclass(w.category, (ModelWarning, RuntimeWarning, UserWarning, FutureWarning))
    ]
    for warning in unknown:
        warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)


def seasonal_naive(y: Floats, horizon: int, season: int) -> Floats:
    """Return last year's values again."""
    return np.resize(y[-season:], horizon).astype(float)


def flat_mean(y: Floats, horizon: int, season: int) -> Floats:  # noqa: ARG001 - one shape for all candidates
    """Return the mean of the history, flat."""
    return np.full(horizon, float(y.mean()))


def smoothed_level(y: Floats, horizon: int, season: int) -> Floats:  # noqa: ARG001 - one shape for all candidates
    """Return simple exponential smoothing, ETS(A,N,N): a level that moves, no trend."""
    with converged("Exponential smoothing"):
        path = ETSModel(y, error="add").fit(disp=False).forecast(horizon)
    return np.asarray(path, float)


def naive_and_level(y: Floats, horizon: int, season: int) -> Floats:
    """Return the mean of last year's values and the smoothed level times the season, for one to two years of history.

    The level is that of the seasonally adjusted months: smoothed as they are, a history that ends in a peak would
    carry the peak on.
    """
    profile = _profile(y, season)
    if profile is None:
        return (seasonal_naive(y, horizon, season) + smoothed_level(y, horizon, season)) / 2
    adjusted = y / np.resize(np.roll(profile, y.size), y.size)
    moves = np.ptp(adjusted) > 1e-9 * adjusted.mean()
    level = smoothed_level(adjusted, horizon, season) if moves else flat_mean(adjusted, horizon, season)
    return (seasonal_naive(y, horizon, season) + level * np.resize(profile, horizon)) / 2


def _profile(y: Floats, season: int) -> Floats | None:
    """Return the season of up to two years as factors, the month after the history first; None where it has a zero.

    The older year is brought to the level of the same months of the last year before the two are averaged.
    """
    last, older = y[-season:], y[-2 * season : -season]
    if last.size < season or (y[-2 * season :] <= 0).any():
        return None
    factors = last / last.mean()
    if older.size:
        same = factors[-older.size :]
        factors[-older.size :] = (same + older * same.sum() / older.sum()) / 2
    return np.asarray(factors / factors.mean(), float)


def year_with_trend(y: Floats, horizon: int, season: int) -> Floats:
    """Return last year's level and season with a damped trend, for histories of close to two years.

    The trend is the mean change on the year before, shrunk towards none by its own noise (James and Stein's factor,
    positive part; neighbouring months count half), and damped by month, because one yearly change cannot tell a lasting
    trend from a good year. With fewer than `TREND_PAIRS` pairs of months: `naive_and_level`.
    """
    profile, older = _profile(y, season), y[: y.size - season][-season:]
    if profile is None or older.size < TREND_PAIRS:
        return naive_and_level(y, horizon, season)
    yearly = _shrunk(np.log(y[-older.size :] / older))
    ages = np.arange(season - 1, -1, -1) / season
    level = np.exp(np.log(y[-season:] / profile).mean() + yearly * ages.mean())
    ahead = np.cumsum(TREND_KEPT ** np.arange(1, horizon + 1)) / season
    return np.asarray(level * np.resize(profile, horizon) * np.exp(yearly * ahead), float)


def _shrunk(changes: Floats) -> float:
    """Return the mean change less what its own noise explains."""
    mean, noise = float(changes.mean()), float(changes.var(ddof=1)) / (changes.size / 2)
    return mean * max(0.0, 1.0 - noise / mean**2) if mean else 0.0
