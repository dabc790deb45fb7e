"""Poisson regression of counts on an exposure by Newton steps, with over-dispersion (McCullagh and Nelder, 1989).

Owns the fit and two ways to a variance that over-dispersion does not fool: quasi-Poisson, that of the Poisson fit times
the dispersion φ = Σ (y − μ)² / μ over the degrees of freedom, at least 1; and from each row's own residual (HC2;
MacKinnon and White, 1985), which also holds where large counts scatter more than φ times their mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError, CannotTellError

Floats = NDArray[np.float64]
MOST_STEPS = 50
TOLERANCE = 1e-10
"""Relative change of the deviance below which nothing is left to gain."""
ENDLESS = 1e3
"""Variance of a coefficient from which it has no end: its group holds no counts."""
UNSETTLED = "The counts do not settle a rate: there are too few of them."


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of log μ = log exposure + design · coefficients."""

    coefficients: Floats
    covariance: Floats
    """Of the Poisson fit; times the dispersion it is that of the quasi-Poisson one."""
    fitted: Floats
    """μ of each row."""
    dispersion: float
    """Σ (y − μ)² / μ over the degrees of freedom, as it is: it may be below 1. NaN without degrees of freedom."""
    freedom: int
    robust: Floats
    """Covariance measured on each row's own residual (HC2), whatever the variance depends on."""


def fit(design: ArrayLike, counts: ArrayLike, exposure: ArrayLike) -> Fit:
    """Return the fit of `counts` (n,) on `design` (n, k) with `exposure` (n,) > 0.

    Raises CannotTellError where columns of the design say the same, or the steps do not settle (a row or group whose
    counts are all 0 has a coefficient without an end).
    """
    x, y, e = np.asarray(design, np.float64), np.asarray(counts, np.float64), np.asarray(exposure, np.float64)
    if np.any(y < 0) or np.any(e <= 0) or x.shape[:1] != y.shape or y.shape != e.shape:
        raise AnalyticsError("Counts cannot be negative, and every count needs an exposure above 0.")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise CannotTellError("Two of the things compared cannot be told apart in these data.")
    found = _steps(x, y, np.log(e))
    fitted: Floats = (np.exp(np.log(e) + x @ found)).astype(np.float64)
    freedom = len(y) - x.shape[1]
    spread = float(((y - fitted) ** 2 / fitted).sum())
    covariance: Floats = np.linalg.inv((x * fitted[:, None]).T @ x).astype(np.float64)
    if np.diag(covariance).max() > ENDLESS:
        raise CannotTellError(UNSETTLED)
    robust = _robust(x, y, fitted, covariance)
    return Fit(found, covariance, fitted, spread / freedom if freedom > 0 else float("nan"), freedom, robust)


def deviance(counts: ArrayLike, fitted: ArrayLike) -> float:
    """Return 2 Σ (y log(y / μ) − (y − μ))."""
    y, mean = np.asarray(counts, dtype=np.float64), np.asarray(fitted, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(y > 0, y * np.log(y / mean), 0.0)
    return float(2.0 * (ratio - (y - mean)).sum())


def _robust(x: Floats, y: Floats, fitted: Floats, covariance: Floats) -> Floats:
    leverage = fitted * np.einsum("ij,jk,ik->i", x, covariance, x)
    pull = x * ((y - fitted) / np.sqrt(np.maximum(1.0 - leverage, 1e-6)))[:, None]
    return np.asarray(covariance @ (pull.T @ pull) @ covariance, dtype=np.float64)


def _steps(x: Floats, y: Floats, offset: Floats) -> Floats:
    start = (y + y.mean() + 1e-9) / 2.0
    linear, last = np.log(start), np.inf
    found: Floats = np.zeros(x.shape[1])
    for _ in range(MOST_STEPS):
        mean = np.exp(linear)
        working = linear - offset + (y - mean) / mean
        weighted = x * mean[:, None]
        try:
            found = np.linalg.solve(weighted.T @ x, weighted.T @ working)
        except np.linalg.LinAlgError as error:
            raise CannotTellError(UNSETTLED) from error
        linear = np.clip(offset + x @ found, -50.0, 50.0)
        now = deviance(y, np.exp(linear))
        if abs(last - now) <= TOLERANCE * (abs(now) + 0.1):
            return np.asarray(found, dtype=np.float64)
        last = now
    raise CannotTellError(UNSETTLED)
