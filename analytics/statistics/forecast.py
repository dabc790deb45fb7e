"""Baseline forecast of monthly demand: choice by rolling origin, honest accuracy, empirical intervals (METHODS i).

Owns selection, accuracy, intervals and reconciliation; the candidates are in `forecast_models`. A model is adopted
only if it beats last year's values by at least 5 % on the history's own past.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import CannotTellError
from analytics.statistics.forecast_accuracy import (
    Accuracy,
    accuracy,
    common_spread,
    coverage,
    interval_quantiles,
    log_spread,
)
from analytics.statistics.forecast_models import NAMES, gated, pool
from analytics.statistics.forecast_words import refused_words, short_words, verdict

Floats = NDArray[np.float64]

MUST_BEAT: Final = 0.95
"""A model's mean MASE may be at most this share of last year's values' MASE."""
_ORIGINS: Final = 4


@dataclass(frozen=True, slots=True)
class Forecast:
    """A monthly path with empirical intervals and the accuracy of the method that made it."""

    path: Floats
    """Expected contacts per month, shape (h,)."""
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    model: str
    """Code of the method, see `forecast_models.NAMES`."""
    model_words: str
    accuracy: Accuracy | None
    """Over the rolling origins; None where the history is too short for one."""
    last_year: Accuracy | None
    """The same for last year's values on the same months."""
    spread: Floats
    """Standard deviation of log(actual ÷ forecast) of single months, by step ahead, shape (h,)."""
    common_spread: Floats
    """The same of all months together, shape (h,): the scenario's one shared draw, which moves every month alike."""
    coverage80: float | None
    """Share of past months inside a leave-one-origin-out 80 % interval."""
    coverage95: float | None
    notes: tuple[str, ...]
    """What the reader must know, as sentences."""

    @property
    def beats_last_year(self) -> bool:
        """Whether the method was closer than last year's values on the same months."""
        return self.accuracy is not None and self.last_year is not None and self.accuracy.mase < self.last_year.mase


def forecast(
    history: ArrayLike,
    horizon: int,
    *,
    season: int = 12,
    days: ArrayLike | None = None,
    outages: Sequence[int] = (),
) -> Forecast:
    """Return the baseline path for the next `horizon` months.

    `history` holds complete months only. `days` are working days of the history and the horizon together, shape
    (n + h,): the model then sees contacts per day. `outages` are indices of months that are bridged for fitting
    and kept for accuracy. Raises CannotTellError without a usable month.
    """
    y = np.asarray(history, float)
    _refuse(y, horizon)
    weight = np.ones(y.size + horizon) if days is None else np.asarray(days, float)
    if weight.size != y.size + horizon or (weight <= 0).any():
        raise CannotTellError("Working days must be given for every month of history and horizon, above 0.")
    fitted = _bridge(y / weight[: y.size], outages)
    case = _Case(fitted, y / weight[: y.size], horizon, season)
    chosen, trials, notes = _choose(case)
    path, chosen, more = _path(chosen, case)
    return _assemble(path * weight[y.size :], chosen, trials, (*notes, *more), case)


def _refuse(y: Floats, horizon: int) -> None:
    if horizon < 1 or horizon > 60:
        raise CannotTellError("A horizon must be 1 to 60 months.")
    if not y.size or not np.isfinite(y).all() or (y < 0).any():
        raise CannotTellError("The history has missing or negative months.", do="Load complete months without gaps.")
    if y.size >= 12 and (y == 0).mean() > 0.30:
        raise CannotTellError(
            "More than 30 % of the months are zero.", do="Forecast a larger group of reasons and share it out."
        )


def _bridge(y: Floats, outages: Sequence[int]) -> Floats:
    kept = np.setdiff1d(np.arange(y.size), np.asarray(outages, int))
    return np.interp(np.arange(y.size), kept, y[kept]) if kept.size else y


@dataclass(frozen=True, slots=True)
class _Case:
    """One history to forecast: what is fitted, what accuracy is judged on, how far and with which season."""

    fitted: Floats
    actual: Floats
    horizon: int
    season: int


@dataclass(frozen=True, slots=True)
class _Trial:
    """Past forecasts of one candidate: log(actual ÷ forecast) per origin and step, NaN beyond the data."""

    mases: Floats
    accuracy: Accuracy
    log_errors: Floats


def _origins(n: int, horizon: int, season: int) -> list[int]:
    step = min(horizon, 6)
    least = max(2 * season, 4) if n > 2 * season + 2 else max(4, n - 2 * step)
    ends = [n - step - k * max(1, step // 2) for k in range(_ORIGINS)]
    return [end for end in ends if end >= least] or ([n - 1] if n > least else [])


def _try(name: str, case: _Case, origins: list[int]) -> _Trial | None:
    """Return the past forecasts of `name`, or None if any origin refuses it."""
    fitted, actual, season = case.fitted, case.actual, case.season
    scores, logs, seen, said = [], [], [], []
    for end in origins:
        step = min(case.horizon, 6, fitted.size - end)
        try:
            predicted = gated(name, fitted[:end], step, season)
        except CannotTellError:
            return None
        scores.append(accuracy(actual[end : end + step], predicted, fitted[:end], season).mase)
        errors = np.log((actual[end : end + step] + 0.5) / (predicted + 0.5))
        logs.append(np.pad(errors, (0, 6 - step), constant_values=np.nan))
        seen.append(actual[end : end + step])
        said.append(predicted)
    # the scale needs a year and a month; with less before the first origin, all that came before the last one counts
    training = min(origins) if min(origins) > season else max(origins)
    overall = accuracy(np.concatenate(seen), np.concatenate(said), fitted[:training], season)
    return _Trial(np.array(scores), overall, np.array(logs))


def _choose(case: _Case) -> tuple[str, dict[str, _Trial], tuple[str, ...]]:
    names = pool(case.fitted.size, case.season)
    origins = _origins(case.fitted.size, case.horizon, case.season)
    compared = ("seasonal_naive",) if min(origins, default=0) >= case.season else ()
    tried = {name: _try(name, case, origins) for name in dict.fromkeys((*names, *compared))} if origins else {}
    trials = {name: trial for name, trial in tried.items() if trial is not None}
    if len(names) == 1:
        return names[0], trials, (short_words(case.fitted.size, case.season),)
    return *_best(names, trials), refused_words(names, trials)


def _best(names: tuple[str, ...], trials: dict[str, _Trial]) -> tuple[str, dict[str, _Trial]]:
    naive = trials.get("seasonal_naive")
    scored = {n: float(np.mean(trials[n].mases)) for n in names if n in trials and np.isfinite(trials[n].mases).all()}
    if naive is None or not scored:
        return names[0], trials
    best = min(scored, key=lambda n: scored[n])
    return (best if scored[best] <= MUST_BEAT * scored.get("seasonal_naive", 0.0) else "seasonal_naive"), trials


def _path(chosen: str, case: _Case) -> tuple[Floats, str, tuple[str, ...]]:
    fallback = "seasonal_naive" if case.fitted.size >= case.season else "flat_mean"
    for name in dict.fromkeys((chosen, fallback, "flat_mean")):
        try:
            words = () if name == chosen else (f"{NAMES[chosen][0]} failed on the full history.",)
            return gated(name, case.fitted, case.horizon, case.season), name, words
        except CannotTellError:
            continue
    raise CannotTellError("No method gives a path inside the range of the last two years.", do="Check the history.")


def _assemble(path: Floats, chosen: str, trials: dict[str, _Trial], notes: tuple[str, ...], case: _Case) -> Forecast:
    trial, naive = trials.get(chosen), trials.get("seasonal_naive")
    errors = trial.log_errors if trial is not None else None
    spread = log_spread(errors, case.fitted, case.horizon)
    reach = interval_quantiles(errors, spread)
    said = notes if naive is None or trial is None else (*notes, *verdict(trial.accuracy, naive.accuracy, chosen))
    common = common_spread(errors, spread)
    low95, low80, high80, high95 = (path * np.exp(q) for q in reach)
    return Forecast(
        path, low80, high80, low95, high95, chosen, NAMES[chosen][0],
        trial.accuracy if trial else None, naive.accuracy if naive else None, spread, common,
        coverage(errors, 0.80), coverage(errors, 0.95), said,
    )  # fmt: skip


def reconcile(parts: ArrayLike, total: ArrayLike) -> Floats:
    """Return parts (families × months) scaled month by month so that they add to `total` (METHODS i)."""
    pieces, whole = np.asarray(parts, float), np.asarray(total, float)
    added = pieces.sum(axis=0)
    if ((added <= 0) & (whole > 0)).any():
        raise CannotTellError("A month has a total but no parts to carry it.", do="Check the families.")
    return np.asarray(pieces * np.divide(whole, added, out=np.ones_like(whole), where=added > 0), float)
