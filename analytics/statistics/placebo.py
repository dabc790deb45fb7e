"""One change against the changes of untouched controls, with an interval from treating each control as if it had begun.

Owns the centre of the controls (DerSimonian and Laird) and the placebo interval around it: reasons drift by more than
counting noise, so the spread between them counts, and is widened until placebo runs fit (METHODS b).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Contrast:
    """How far one change lies from what the controls did, in the unit of the changes."""

    value: float
    error: float
    """Standard error, the drift between reasons included."""
    freedom: int

    @property
    def reach(self) -> float:
        """The 97.5 % point that goes with the degrees of freedom."""
        return float(t.ppf(0.975, self.freedom))

    @property
    def half(self) -> float:
        """Half-width of the 95 % interval."""
        return self.reach * self.error


def against_controls(change: Floats, noise: Floats, treated: int, controls: Sequence[int]) -> Contrast:
    """Return `change[treated]` less the centre of the controls; `change` and its variance `noise` have shape (R,)."""
    rows = list(controls)
    centre, between, of_centre, inflation = _centre(change[rows], noise[rows])
    error = inflation * float(np.sqrt(between + noise[treated] + of_centre))
    return Contrast(float(change[treated] - centre), error, len(rows) - 1)


def _centre(change: Floats, noise: Floats) -> tuple[float, float, float, float]:
    """Return the common change, the variance between reasons, that of the centre, and the factor placebo runs need."""
    fixed = 1 / noise
    mean = float(fixed @ change / fixed.sum())
    excess = float(fixed @ (change - mean) ** 2) - (len(change) - 1)
    between = max(0.0, excess / float(fixed.sum() - (fixed**2).sum() / fixed.sum()))
    weight = 1 / (between + noise)
    total, centre = float(weight.sum()), float(weight @ change / weight.sum())
    others = (total * centre - weight * change) / (total - weight)
    placebo = (change - others) / np.sqrt(between + noise + 1 / (total - weight))
    return centre, between, 1 / total, max(1.0, float(np.sqrt((placebo**2).mean())))
