"""Candidate forecasters: history in, path of the next h months out, or a reason why not (METHODS i).

Each is a function `(y, horizon, season) -> array (horizon,)`. A fit that did not converge, or a path outside the
gates, is refused with a reason, so that the next candidate takes its place.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.stl import STLForecast
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.statespace.sarimax import SARIMAX

from analytics.errors import CannotTellError
from analytics.statistics.forecast_short import (
    TREND_PAIRS,
    converged,
    flat_mean,
    naive_and_level,
    seasonal_naive,
    smoothed_level,
    year_with_trend,
)

Floats = NDArray[np.float64]
Forecaster = Callable[[Floats, int, int], Floats]


def ets_trend(y: Floats, horizon: int, season: int) -> Floats:
    """Return ETS(A,Ad,A) on log(y + 1)."""
    return _ets_log(y, horizon, season, trend=True)


def ets_level(y: Floats, horizon: int, season: int) -> Floats:
    """Return ETS(A,N,A) on log(y + 1)."""
    return _ets_log(y, horizon, season, trend=False)


def _ets_log(y: Floats, horizon: int, season: int, *, trend: bool) -> Floats:
    with converged("ETS"):
        model = ETSModel(
            np.log1p(y), error="add", trend="add" if trend else None, damped_trend=trend, seasonal="add",
            seasonal_periods=season,
        )  # fmt: skip
        path = model.fit(disp=False, maxiter=400).forecast(horizon)
    return np.asarray(np.expm1(path), float)


def theta(y: Floats, horizon: int, season: int) -> Floats:
    """Return the Theta method, deseasonalised by multiplication where all months are above zero."""
    with converged("Theta"):
        model = ThetaModel(y, period=season, method="multiplicative" if (y > 0).all() else "additive")
        path = model.fit(disp=False).forecast(horizon)
    return np.asarray(path, float)


def stl_ets(y: Floats, horizon: int, season: int) -> Floats:
    """Return robust STL on log(y + 1) with a damped additive ETS on the rest."""
    with converged("STL with ETS"):
        model = STLForecast(
            np.log1p(y), ETSModel, period=season, robust=True,
            model_kwargs={"error": "add", "trend": "add", "damped_trend": True},
        )  # fmt: skip
        path = model.fit(fit_kwargs={"disp": False, "maxiter": 400}).forecast(horizon)
    return np.asarray(np.expm1(path), float)


def airline(y: Floats, horizon: int, season: int) -> Floats:
    """Return SARIMA(0,1,1)(0,1,1) on log(y + 1); needs 36 months."""
    with converged("SARIMA"):
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
    "year_with_trend": ("last year's level and season with a damped trend", year_with_trend),
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
        return ("year_with_trend",) if months >= season + TREND_PAIRS else ("naive_and_level",)
    full = ("seasonal_naive", "ets_trend", "ets_level", "theta", "stl_ets")
    return (*full, "airline") if months >= 3 * season else full


def gated(name: str, y: Floats, horizon: int, season: int) -> Floats:
    """Return the path of candidate `name` if it is finite and within [0.2 · min, 3 · max] of the last two years."""
    path = np.maximum(NAMES[name][1](y, horizon, season), 0.0)
    recent = y[-2 * season :]
    if not np.isfinite(path).all() or (path < 0.2 * recent.min()).any() or (path > 3 * recent.max()).any():
        raise CannotTellError(f"{NAMES[name][0]} leaves the range of the last two years.")
    return path
