"""Whether taking longer goes with fewer repeats: the slope within reason and channel, and when more time pays back.

Owns the association (never an effect: harder issues take longer *and* come back more) and the arithmetic of relaxing a
handle-time target. If a contact comes back with probability ρ, an issue takes 1/(1 − ρ) contacts; that is used for the
what-would-change only, never as a measurement (METHODS a).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import Estimate
from analytics.statistics.jackknife import JACKKNIFE, estimates

Floats = NDArray[np.float64]
MEASURES = 5
"""Contacts, repeats, Σx, Σx², Σx over repeats, with x the logarithm of the handle time."""
METHOD = f"slope within reason and channel; {JACKKNIFE}"


def slope(sums: ArrayLike) -> Estimate:
    """Return the change of the repeat probability per unit of log handle time, pooled within cells.

    `sums` (G, C, 5) hold, by customer group and cell (reason and channel): contacts, repeats, Σx, Σx², Σx of repeats.
    n is the number of contacts.
    """
    cells = np.asarray(sums, dtype=np.float64)
    if cells.ndim != 3 or cells.shape[2] != MEASURES:
        raise AnalyticsError("A slope needs five sums by customer group and cell.")
    flat = cells.reshape(1, cells.shape[0], -1)
    return estimates(flat, _slope, [int(cells[:, :, 0].sum())], method=METHOD)[0]


def fall_of_repeats(slope_per_log: float, seconds: float, mean_seconds: float, repeat_rate: float) -> float:
    """Return the relative fall of repeats that goes with `seconds` more per contact: above 0 is fewer repeats."""
    return float(-slope_per_log * np.log1p(seconds / mean_seconds) / repeat_rate)


def break_even(seconds: float, mean_seconds: float, repeat_rate: float) -> float:
    """Return the relative fall of repeats at which `seconds` more per contact cost no minute: (1 − ρ)·s / (h·ρ).

    Above 1 no fall of repeats pays it back.
    """
    return (1.0 - repeat_rate) * seconds / (mean_seconds * repeat_rate)


def net_change(fall: ArrayLike, seconds: float, mean_seconds: float, repeat_rate: float) -> Floats:
    """Return the relative change of handled minutes when repeats fall by `fall` and contacts take `seconds` more."""
    left = repeat_rate * (1.0 - np.asarray(fall, dtype=np.float64))
    return np.asarray((1.0 - repeat_rate) / (1.0 - left) * (1.0 + seconds / mean_seconds) - 1.0)


def _slope(sums: Floats) -> Floats:
    n, y, x, xx, xy = np.moveaxis(sums.reshape(*sums.shape[:-1], -1, MEASURES), -1, 0)
    held = np.maximum(n, 1e-12)
    together, spread = (xy - x * y / held).sum(axis=-1), (xx - x * x / held).sum(axis=-1)
    return np.asarray(together / spread)
