"""Cash over time: discounting, net present value, payback that stays paid back, horizon split (METHODS h)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from analytics.errors import CannotTellError

Floats = NDArray[np.float64]


def monthly_rate(yearly: float) -> float:
    """Return the monthly rate with (1 + monthly)¹² = 1 + yearly."""
    return float((1 + yearly) ** (1 / 12) - 1)


def present_value(flows: ArrayLike, rate: float) -> Floats:
    """Return Σ flow_t ÷ (1 + rate)^t over the last axis, the first flow at t = 0."""
    values = np.asarray(flows, float)
    return np.asarray(values @ (1 + rate) ** -np.arange(values.shape[-1], dtype=float), float)


def internal_rate(flows: ArrayLike) -> float:
    """Return the rate at which present value is 0; raises CannotTellError if flows never change sign."""
    values = np.asarray(flows, float)
    if (values >= 0).all() or (values <= 0).all():
        raise CannotTellError("The flows never change sign, so there is no rate of return.")
    return float(brentq(lambda r: float(present_value(values, r)), -0.99, 100.0, xtol=1e-12))


def cumulative(flows: ArrayLike) -> Floats:
    """Return running sums over the last axis."""
    return np.asarray(np.cumsum(np.asarray(flows, float), axis=-1), float)


def payback_month(path: ArrayLike) -> Floats:
    """Return per row the first month with cumulative cash ≥ 0 that stays ≥ 0 to the end; NaN if there is none.

    `path` is cumulative, month 0 first, shape (…, months + 1). Rows that never spend anything give NaN too:
    there is nothing to pay back.
    """
    rows = np.asarray(path, float)
    below = rows < -1e-9
    last_below = rows.shape[-1] - 1 - np.argmax(below[..., ::-1], axis=-1)
    month = last_below + 1.0
    never = ~below.any(axis=-1) | (month > rows.shape[-1] - 1)
    return np.where(never, np.nan, month)


def trough(path: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    """Return the lowest point of cumulative cash and its month, per row."""
    rows = np.asarray(path, float)
    return rows.min(axis=-1), np.asarray(rows.argmin(axis=-1), dtype=np.intp)
