"""Many comparisons at once: which survive when false discoveries are held at a rate (METHODS j 5).

Owns the correction for grids of p-values; a screen that shows them also says that the search was exploratory.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr
from statsmodels.stats.multitest import multipletests

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import Estimate
from analytics.statistics.proportions import Z

FALSE_DISCOVERY_RATE = 0.10


def discoveries(p_values: ArrayLike, rate: float = FALSE_DISCOVERY_RATE) -> NDArray[np.bool_]:
    """Return which p-values, shape (m,), are discoveries at the false discovery rate.

    Source: Benjamini and Hochberg (1995). Raises AnalyticsError for values outside 0..1.
    """
    p = np.asarray(p_values, dtype=np.float64)
    if p.size == 0:
        return np.zeros(0, dtype=np.bool_)
    if not np.all((p >= 0) & (p <= 1)):
        raise AnalyticsError("A p-value lies outside 0 to 1.")
    return np.asarray(multipletests(p, alpha=rate, method="fdr_bh")[0], dtype=np.bool_)


def clear_differences(differences: Sequence[Estimate], rate: float = FALSE_DISCOVERY_RATE) -> tuple[bool, ...]:
    """Return which differences from zero stand when all of them were looked at.

    The p-value is read off the width of each 95 % interval (normal approximation); a difference without an interval
    is never clear and is not counted among the looks.
    """
    p_values = [_p_value(one) for one in differences]
    known = [p for p in p_values if p is not None]
    found = iter(discoveries(known, rate).tolist())
    return tuple(p is not None and bool(next(found)) for p in p_values)


def _p_value(one: Estimate) -> float | None:
    if one.value is None or one.low is None or one.high is None or one.high <= one.low:
        return None
    error = (one.high - one.low) / (2 * Z)
    return float(2 * ndtr(-abs(one.value) / error))
