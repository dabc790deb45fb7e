"""One uncertain number: low, likely, high, and the curve between them.

Owns the quantile functions and how an elicited range is read. People who give a low and a high mean a one-in-ten
case, so ranges are read as P10–P90 unless said otherwise (METHODS h). Sampling is in `sampling`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri

from analytics.errors import ScenarioError

Floats = NDArray[np.float64]
Shape = Literal["pert", "triangular", "beta", "lognormal", "normal"]
Reading = Literal["p10_p90", "limits"]
SHAPES: Final[tuple[str, ...]] = get_args(Shape)
READINGS: Final[tuple[str, ...]] = get_args(Reading)
_Z90: Final = 1.2815515655446004


@dataclass(frozen=True, slots=True)
class Range:
    """An uncertain input; `low == high` is a constant in every draw. ScenarioError unless low ≤ likely ≤ high."""

    low: float
    likely: float
    high: float
    shape: Shape = "pert"
    reading: Reading = "p10_p90"
    """Whether low and high are P10 and P90, or the limits nothing can pass."""
    least: float = float("-inf")
    """Smallest possible value; the curve is cut there."""
    most: float = float("inf")
    spike: float = 0.0
    """Chance that the value is exactly 0 (METHODS h: associations that may not be causes)."""

    def __post_init__(self) -> None:
        problem = range_problem(self.low, self.likely, self.high)
        if problem:
            raise ScenarioError(problem, do="Give low ≤ likely ≤ high.")
        if self.shape == "lognormal" and self.low <= 0:
            raise ScenarioError("A lognormal range must stay above zero.", do="Raise the low value.")

    @classmethod
    def constant(cls, value: float) -> "Range":
        """Return a range that is `value` in every draw."""
        return cls(value, value, value)

    @classmethod
    def from_counts(cls, successes: float, failures: float) -> "Range":
        """Return the share behind observed counts: the Beta(successes + 1, failures + 1) posterior."""
        a, b = successes + 1, failures + 1
        low, high = (float(betaincinv(a, b, q)) for q in (0.1, 0.9))
        likely = successes / (successes + failures) if successes + failures else 0.5
        return cls(low, min(max(likely, low), high), high, shape="beta", least=0.0, most=1.0)

    @property
    def is_constant(self) -> bool:
        """Whether every draw is the same."""
        return self.low == self.high and self.spike == 0

    def within(self, least: float, most: float) -> "Range":
        """Return the same range cut to what is possible."""
        return Range(
            self.low, self.likely, self.high, self.shape, self.reading,
            max(self.least, least), min(self.most, most), self.spike,
        )  # fmt: skip

    def quantile(self, u: ArrayLike) -> Floats:
        """Return the value at probability `u`, same shape."""
        p = np.asarray(u, float)
        if self.spike > 0:
            inner = np.clip((p - self.spike) / (1 - self.spike), 0.0, 1.0)
            return np.where(p < self.spike, 0.0, self._curve(inner))
        return self._curve(p)

    def _curve(self, p: Floats) -> Floats:
        if self.low == self.high:
            return np.full(p.shape, self.low)
        return np.asarray(np.clip(_CURVES[self.shape](self, p), self.least, self.most), float)

    @property
    def median(self) -> float:
        """Value at probability one half."""
        return float(self.quantile(0.5))

    def moments(self) -> tuple[float, float]:
        """Return mean and standard deviation, by the curve's quantiles."""
        nodes = (np.arange(20_000) + 0.5) / 20_000
        values = self.quantile(nodes)
        return float(values.mean()), float(values.std())


def range_problem(low: float, likely: float, high: float) -> str:
    """Return what is wrong with three numbers as a range, in words; empty if nothing is."""
    if not all(np.isfinite(x) for x in (low, likely, high)):
        return "A range holds something that is not a number."
    if low > likely:
        return f"The low value {low:g} is above the likely value {likely:g}."
    if likely > high:
        return f"The likely value {likely:g} is above the high value {high:g}."
    return ""


def _pert(r: Range, p: Floats) -> Floats:
    a, mode, b = (r.low, r.likely, r.high) if r.reading == "limits" else _pert_limits(r.low, r.likely, r.high)
    return unit_pert((mode - a) / (b - a), p) * (b - a) + a


def unit_pert(mode: float, p: Floats) -> Floats:
    """Return PERT quantiles on [0, 1]: Beta(1 + 4m, 5 − 4m); large arrays are read off 513 exact nodes."""
    alpha, beta = 1 + 4 * mode, 5 - 4 * mode
    if p.size <= _NODES.size:
        return np.asarray(betaincinv(alpha, beta, p), float)
    return np.interp(p, _NODES, betaincinv(alpha, beta, _NODES))


_NODES: Final = (1 - np.cos(np.linspace(0, np.pi, 513))) / 2
"""Probabilities, denser toward both ends."""


@lru_cache(maxsize=1)
def _pert_table() -> tuple[Floats, Floats, Floats]:
    mode = np.linspace(0, 1, 4001)
    q10, q90 = (np.asarray(betaincinv(1 + 4 * mode, 5 - 4 * mode, q), float) for q in (0.1, 0.9))
    return mode, q10, q90


@lru_cache(maxsize=4096)
def _pert_limits(low: float, likely: float, high: float) -> tuple[float, float, float]:
    """Return limits and mode of the PERT whose P10, mode and P90 are given."""
    modes, q10, q90 = _pert_table()
    place = (modes - q10) / (q90 - q10)
    mode = float(np.interp((likely - low) / (high - low), place, modes))
    p10, p90 = (float(np.interp(mode, modes, q)) for q in (q10, q90))
    scale = (high - low) / (p90 - p10)
    a = low - scale * p10
    return a, a + mode * scale, a + scale


def _triangular(r: Range, p: Floats) -> Floats:
    a, mode, b = (r.low, r.likely, r.high) if r.reading == "limits" else _triangle_limits(r.low, r.likely, r.high)
    c = (mode - a) / (b - a)
    up = a + (b - a) * np.sqrt(np.maximum(p * c, 0))
    down = b - (b - a) * np.sqrt(np.maximum((1 - p) * (1 - c), 0))
    return np.where(p < c, up, down)


def _triangle_limits(low: float, likely: float, high: float) -> tuple[float, float, float]:
    """Return limits of the triangle with the given P10, mode and P90, by the same reading as the PERT."""
    modes = np.linspace(0, 1, 4001)
    q10 = np.where(modes > 0.1, np.sqrt(0.1 * modes), 1 - np.sqrt(0.9 * (1 - modes)))
    q90 = np.where(modes > 0.9, np.sqrt(0.9 * modes), 1 - np.sqrt(0.1 * (1 - modes)))
    mode = float(np.interp((likely - low) / (high - low), (modes - q10) / (q90 - q10), modes))
    p10, p90 = float(np.interp(mode, modes, q10)), float(np.interp(mode, modes, q90))
    scale = (high - low) / (p90 - p10)
    return low - scale * p10, low - scale * p10 + mode * scale, low - scale * p10 + scale


def _beta(r: Range, p: Floats) -> Floats:
    a, b = _beta_fit(r.low, r.likely, r.high)
    return np.asarray(betaincinv(a, b, p), float)


@lru_cache(maxsize=4096)
def _beta_fit(low: float, likely: float, high: float) -> tuple[float, float]:
    """Return the Beta with mean near `likely` and the given P10–P90 width."""
    mean = min(max(likely, 1e-6), 1 - 1e-6)
    totals = np.geomspace(0.2, 1e7, 3000)
    width = betaincinv(mean * totals, (1 - mean) * totals, 0.9) - betaincinv(mean * totals, (1 - mean) * totals, 0.1)
    total = float(np.exp(np.interp(-(high - low), -width, np.log(totals))))
    return mean * total, (1 - mean) * total


def _lognormal(r: Range, p: Floats) -> Floats:
    sigma = float(np.log(r.high / r.low)) / (2 * _Z90)
    return np.asarray(r.likely * np.exp(sigma * ndtri(p)), float)


def _normal(r: Range, p: Floats) -> Floats:
    return np.asarray(r.likely + (r.high - r.low) / (2 * _Z90) * ndtri(p), float)


_CURVES: Final = {"pert": _pert, "triangular": _triangular, "beta": _beta, "lognormal": _lognormal, "normal": _normal}
