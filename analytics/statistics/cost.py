"""What a contact costs: handled minutes at a loaded rate, plus a fee per contact (METHODS b).

Owns the rate per handled minute, concurrency in chat and the scaling to the payroll line. Occupancy is in the rate
once; nothing downstream divides by it again. These figures are capacity released, not cash.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError, CannotTellError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Payroll:
    """Labour cost scaled so that it adds up to what is really paid."""

    cost: Floats
    """Scaled cost, same shape as given."""
    factor: float
    """Payroll over computed cost; shown next to every scaled figure."""


def cost_per_handled_minute(annual_cost: float, paid_hours: float, shrinkage: float, occupancy: float) -> float:
    """Return κ = annual loaded cost per FTE / (paid hours · (1 − shrinkage) · occupancy · 60), per minute (B1)."""
    if annual_cost < 0 or paid_hours <= 0 or not 0 <= shrinkage < 1 or not 0 < occupancy <= 1:
        raise AnalyticsError(
            "The cost assumptions are not possible as given.",
            do="Cost must not be negative, hours positive, shrinkage 0 to below 100 %, occupancy above 0 to 100 %.",
        )
    return annual_cost / (paid_hours * (1 - shrinkage) * occupancy * 60)


def labour_cost(minutes: ArrayLike, per_minute: ArrayLike, concurrency: ArrayLike = 1.0) -> Floats:
    """Return handled minutes · κ / concurrency, broadcast; concurrency is the contacts one agent handles at once."""
    at_once = np.asarray(concurrency, dtype=np.float64)
    if np.any(at_once < 1):
        raise AnalyticsError("Concurrency is below 1.", do="Give the contacts one agent handles at once, at least 1.")
    return np.asarray(np.asarray(minutes, dtype=np.float64) * np.asarray(per_minute) / at_once, dtype=np.float64)


def contact_cost(
    contacts: ArrayLike, minutes: ArrayLike, per_minute: ArrayLike, fee: ArrayLike = 0.0, concurrency: ArrayLike = 1.0
) -> Floats:
    """Return Σ handled minutes · κ / concurrency + contacts · fee per cell; `minutes` is the sum over the contacts.

    Use the handle time of the cell itself, never a blended one.
    """
    fees = np.asarray(contacts, dtype=np.float64) * np.asarray(fee, dtype=np.float64)
    return labour_cost(minutes, per_minute, concurrency) + fees


def scale_to_payroll(labour: ArrayLike, payroll: float) -> Payroll:
    """Return labour cost scaled to add up to `payroll`, with the factor; fees are invoices and are not scaled."""
    cost = np.asarray(labour, dtype=np.float64)
    total = float(cost.sum())
    if payroll < 0:
        raise AnalyticsError("The payroll line is negative.")
    if total <= 0:
        raise CannotTellError(
            "There are no handled minutes to spread the payroll over.",
            do="Map the handle time, or give one per channel.",
        )
    return Payroll(cost * (payroll / total), payroll / total)
