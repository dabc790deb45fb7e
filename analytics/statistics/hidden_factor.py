"""How strong a factor nobody recorded would have to be to explain an association alone: the E-value (METHODS e).

Source: VanderWeele and Ding (2017). It says nothing about who answered or was followed.
"""

import numpy as np

from analytics.statistics.lift import Lift


def e_value(ratio: float) -> float:
    """Return how strongly a hidden factor must go with both to explain a risk ratio alone (VanderWeele and Ding)."""
    strong = max(ratio, 1 / ratio)
    return strong + float(np.sqrt(strong * (strong - 1)))


def hidden_factor(found: Lift) -> tuple[float, float] | None:
    """Return the E-values of an adjusted gap and of its limit nearer to nothing; None without a gap or an interval.

    Staying and leaving give different ratios of the same gap; the smaller E-value counts. 1 = nothing is needed.
    """
    gap = found.gap
    if found.stay is None or gap.low is None or gap.high is None:
        return None
    base = found.stay[1]
    nearest = 0.0 if gap.low <= 0 <= gap.high else min(gap.low, gap.high, key=abs)
    return _weaker(found.stay[0], base), _weaker(base + nearest, base)


def _weaker(treated: float, base: float) -> float:
    """Return the smaller E-value of two shares, told as staying or as leaving; 1 where one of them is 0 or 1."""
    if not (0 < treated < 1 and 0 < base < 1):
        return 1.0
    return min(e_value(treated / base), e_value((1 - treated) / (1 - base)))
