"""Candidate forecasters: history in, path of the next h months out, or a reason why not (METHODS i).

Each is a function `(y, horizon, season) -> array (horizon,)`. A fit that did not converge, or a path outside the
gates, is refused with a reason, so that the next candidate takes its place.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray
from statsmodels.tools.sm_exceptions import ConvergenceWarning, ModelWarning
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.stl import STLForecast
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.statespace.sarimax import SARIMAX

from analytics.errors import CannotTellError

Floats = NDArray[np.float64]
Forecaster = Callable[[Floats, int, int], Floats]


@contextmanager
def _converged(name: str) -> Iterator[None]:
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
    with _converged("Exponential smoothing"):
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


def ets_trend(y: Floats, horizon: int, season: int) -> Floats:
    """Return ETS(A,Ad,A) on log(y + 1)."""
    return _ets_log(y, horizon, season, trend=True)


def ets_level(y: Floats, horizon: int, season: int) -> Floats:
    """Return ETS(A,N,A) on log(y + 1)."""
    return _ets_log(y, horizon, season, trend=False)


def _ets_log(y: Floats, horizon: int, season: int, *, trend: bool) -> Floats:
    with _converged("ETS"):
        model = ETSModel(
            np.log1p(y), error="add", trend="add" if trend else None, damped_trend=trend, seasonal="add",
            seasonal_periods=season,
        )  # fmt: skip
        path = model.fit(disp=False, maxiter=400).forecast(horizon)
    return np.asarray(np.expm1(path), float)


def theta(y: Floats, horizon: int, season: int) -> Floats:
    """Return the Theta method, deseasonalised by multiplication where all months are above zero."""
    with _converged("Theta"):
        model = ThetaModel(y, period=season, method="multiplicative" if (y > 0).all() else "additive")
        path = model.fit(disp=False).forecast(horizon)
    return np.asarray(path, float)


def stl_ets(y: Floats, horizon: int, season: int) -> Floats:
    """Return robust STL on log(y + 1) with a damped additive ETS on the rest."""
    with _converged("STL with ETS"):
        model = STLForecast(
            np.log1p(y), ETSModel, period=season, robust=True,
            model_kwargs={"error": "add", "trend": "add", "damped_trend": True},
        )  # fmt: skip
        path = model.fit(fit_kwargs={"disp": False, "maxiter": 400}).forecast(horizon)
    return np.asarray(np.expm1(path), float)


def airline(y: Floats, horizon: int, season: int) -> Floats:
    """Return SARIMA(0,1,1)(0,1,1) on log(y + 1); needs 36 months."""
    with _converged("SARIMA"):
        model = SARIMAX(np.log1p(y), order=(0, 1, 1), seasonal_order=(0, 1, 1, season))
        path = model.fit(disp=False, maxiter=200).forecast(horizon)
    return np.asarray(np.expm1(path), float)


NAMES: dict[str, tuple[str, Forecaster]] = {
    "seasonal_naive": ("last year's values", seasonal_naive),
    "ets_trend": ("ETS with damped trend", ets_trend),
    "ets_level": ("ETS without trend", ets_level),
    "theta": ("Theta", theta),
    "stl_ets": ("STL with ETS", stl_ets),
    "airline": ("seasonal ARIMA", airline),
    "naive_and_level": ("last year's values averaged with a smoothed level", naive_and_level),
    "smoothed_level": ("smoothed level", smoothed_level),
    "flat_mean": ("flat mean", flat_mean),
}
"""Code → (words, function)."""


def pool(months: int, season: int = 12) -> tuple[str, ...]:
    """Return the candidates a history of `months` can carry, the fallback first (METHODS i).

    Raises CannotTellError below 1 month.
    """
    if months < 1:
        raise CannotTellError("There is no complete month to forecast from.", do="Load at least four months.")
    if months < 4:
        return ("flat_mean",)
    if months <= season:
        return ("smoothed_level",)
    if months <= 2 * season:
        return ("naive_and_level",)
    full = ("seasonal_naive", "ets_trend", "ets_level", "theta", "stl_ets")
    return (*full, "airline") if months >= 3 * season else full


def gated(name: str, y: Floats, horizon: int, season: int) -> Floats:
    """Return the path of candidate `name` if it is finite and within [0.2 · min, 3 · max] of the last two years."""
    path = np.maximum(NAMES[name][1](y, horizon, season), 0.0)
    recent = y[-2 * season :]
    if not np.isfinite(path).all() or (path < 0.2 * recent.min()).any() or (path > 3 * recent.max()).any():
        raise CannotTellError(f"{NAMES[name][0]} leaves the range of the last two years.")
    return path
