"""Many comparisons at once: which survive when false discoveries are held at a rate (METHODS j 5).

Owns the correction for grids of p-values; a screen that shows them also says that the search was exploratory.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.multitest import multipletests

from analytics.errors import AnalyticsError

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
