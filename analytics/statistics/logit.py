"""Weighted logistic regression by Newton steps: the one fit that the loyalty estimators need (METHODS e)."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from analytics.errors import CannotTellError

Floats = NDArray[np.float64]
MOST_STEPS = 50
TOLERANCE = 1e-10
"""Relative change of the deviance below which nothing is left to gain."""
_RIDGE = 1e-8
"""Keeps the step defined where two columns say the same; too small to move an estimate."""


def fit(design: Floats, outcome: Floats, weight: Floats) -> Floats:
    """Return the coefficients (k,) of a logit of `outcome` in [0, 1] on `design` (n, k), rows counted `weight` times.

    Converged when the likelihood no longer grows: where one property decides the outcome alone its coefficient has no
    end, but its prediction has, 0 or 1. Raises CannotTellError where the steps do not settle.
    """
    found: Floats = np.zeros(design.shape[1])
    last = np.inf
    for _ in range(MOST_STEPS):
        linear = design @ found
        deviance = float(weight @ (np.logaddexp(0, linear) - outcome * linear))
        if abs(last - deviance) <= TOLERANCE * (abs(deviance) + 1):
            return found
        fitted, last = expit(linear), deviance
        curvature = (design * (weight * fitted * (1 - fitted))[:, None]).T @ design
        step = np.linalg.solve(curvature + _RIDGE * np.eye(len(found)), design.T @ (weight * (outcome - fitted)))
        found = np.asarray(found + np.clip(step, -5.0, 5.0), dtype=np.float64)
    raise CannotTellError("The adjustment does not settle: too few customers for what they are compared by.")


def predict(design: Floats, coefficients: Floats) -> Floats:
    """Return the probability of each row, shape (n,)."""
    return np.asarray(expit(design @ coefficients), dtype=np.float64)
