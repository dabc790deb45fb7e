"""Customers of one block: who is there at the start, who joins, and how often each one needs help."""

from typing import Final

import numpy as np

from analytics.demo.frame import Frame
from analytics.demo.plan import BLOCK_CUSTOMERS, DAYS_PER_MONTH, Plan

JOINS_PER_MONTH: Final = 0.0195
B2B_SHARE: Final = 0.15
PRODUCTS: Final = ("Fibre", "Cable", "Mobile broadband", "Home phone", "Smart home")
_PRODUCT_SHARES: Final = (0.38, 0.24, 0.18, 0.11, 0.09)
ACQUISITION: Final = ("Website", "Shop", "Telephone sales", "Referral", "Partner", "Door-to-door sales")
_ACQUISITION_SHARES: Final = (0.34, 0.20, 0.14, 0.12, 0.10, 0.10)
DOOR_TO_DOOR: Final = 5
DOOR_TO_DOOR_DEMAND: Final = 1.5
_OTHER_DEMAND: Final = (1 - _ACQUISITION_SHARES[DOOR_TO_DOOR] * DOOR_TO_DOOR_DEMAND) / (
    1 - _ACQUISITION_SHARES[DOOR_TO_DOOR]
)


def acquisition_ratio() -> float:
    """Return the planted ratio of issues per customer: won at the door against all others."""
    return DOOR_TO_DOOR_DEMAND / _OTHER_DEMAND


def make_customers(plan: Plan, block: int, at_start: int) -> Frame:
    """Return one row per customer ever in this block.

    `joined` is in days from the first day (negative before it), `joined_month` is -1 for those there at the start.
    """
    rng = plan.stream(1, block)
    month = _joined_months(plan, rng, at_start)
    count = len(month)
    starts = np.array(plan.month_starts)
    first = month < 0
    tenure = np.minimum(rng.exponential(30, count), 120) * DAYS_PER_MONTH
    inside = starts[month] + rng.random(count) * (starts[month + 1] - starts[month])
    b2b = rng.random(count) < B2B_SHARE
    acquisition = rng.choice(len(ACQUISITION), count, p=_ACQUISITION_SHARES)
    frailty = rng.gamma(1.2, 1 / 1.2, count) * np.where(b2b, 1.7, 0.876)
    return {
        "customer_no": (block * BLOCK_CUSTOMERS * 4 + 1 + np.arange(count)).astype(np.int64),
        "joined": np.where(first, -tenure, inside),
        "joined_month": month,
        "b2b": b2b,
        "product": rng.choice(len(PRODUCTS), count, p=_PRODUCT_SHARES),
        "acquisition": acquisition,
        "frailty": frailty * np.where(acquisition == DOOR_TO_DOOR, DOOR_TO_DOOR_DEMAND, _OTHER_DEMAND),
        "margin": np.round(np.exp(rng.normal(0, 0.45, count)) * np.where(b2b, 640, 185), 2),
    }


def _joined_months(plan: Plan, rng: np.random.Generator, at_start: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    lengths = np.diff(plan.month_starts) / DAYS_PER_MONTH
    joins = rng.poisson(at_start * JOINS_PER_MONTH * lengths)
    return np.concatenate([np.full(at_start, -1), np.repeat(np.arange(len(joins)), joins)]).astype(np.int64)
