"""Approvals: up to which amount a case may pass without one, minutes saved against risk of loss.

Owns the net over a grid of thresholds and how flat it is around the best. Handled minutes are valued; the minutes a
customer waits are reported beside, never turned into money.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError

Floats = NDArray[np.float64]
FLAT = 0.95
"""Thresholds whose net reaches this share of the best are called as good as the best."""


@dataclass(frozen=True, slots=True)
class Approval:
    """What each threshold would bring; arrays of shape (T,)."""

    threshold: Floats
    """Cases up to this amount pass without approval; the first is 0: nothing changes."""
    cases: Floats
    minutes_saved: Floats
    waiting_minutes_saved: Floats
    labour_saved: Floats
    risk_loss: Floats
    """Σ probability of loss × amount over the cases let through."""
    net: Floats
    best: float
    """Threshold with the highest net; the lowest such, so no more risk than needed."""
    best_net: float
    flat_low: float
    flat_high: float
    """Ends of the run of thresholds around the best whose net reaches 95 % of it."""

    @property
    def worth_it(self) -> bool:
        """Whether any threshold brings more than it risks."""
        return self.best_net > 0


def approval_thresholds(
    amount: ArrayLike,
    cases: ArrayLike,
    minutes: ArrayLike,
    *,
    cost_per_minute: float,
    loss_probability: ArrayLike,
    waiting_minutes: ArrayLike = 0.0,
    thresholds: ArrayLike | None = None,
) -> Approval:
    """Return the net of every threshold from cases by amount, arrays of shape (B,).

    `amount` is the mean amount of each band, `minutes` and `waiting_minutes` the sums spent on approving its cases,
    `loss_probability` (number or (B,)) the chance of losing the amount *more* than with approval. `thresholds`
    defaults to the amounts. Net = minutes saved × cost per minute − Σ cases × probability × amount.
    """
    value, count, spent = (np.asarray(column, dtype=np.float64) for column in (amount, cases, minutes))
    risk = np.broadcast_to(np.asarray(loss_probability, dtype=np.float64), value.shape)
    waiting = np.broadcast_to(np.asarray(waiting_minutes, dtype=np.float64), value.shape)
    _check(value, count, spent, risk, waiting)
    grid = np.unique(np.concatenate([[0.0], value if thresholds is None else np.asarray(thresholds, dtype=np.float64)]))
    passing = (value[None, :] <= grid[:, None]) & (grid[:, None] > 0)
    saved, loss = passing @ spent, passing @ (count * risk * value)
    net = saved * cost_per_minute - loss
    best = int(np.argmax(net))
    low, high = _flat(net, best)
    return Approval(
        grid, passing @ count, saved, passing @ waiting, saved * cost_per_minute, loss, net,
        float(grid[best]), float(net[best]), float(grid[low]), float(grid[high]),
    )  # fmt: skip


def _flat(net: Floats, best: int) -> tuple[int, int]:
    good = net >= FLAT * net[best] if net[best] > 0 else net >= net[best]
    low = high = best
    while low > 0 and good[low - 1]:
        low -= 1
    while high + 1 < len(net) and good[high + 1]:
        high += 1
    return low, high


def _check(amount: Floats, cases: Floats, minutes: Floats, risk: Floats, waiting: Floats) -> None:
    if not amount.shape == cases.shape == minutes.shape or amount.ndim != 1:
        raise AnalyticsError("Amounts, cases and minutes must be given per band of amounts.")
    if any(np.any(~np.isfinite(column) | (column < 0)) for column in (amount, cases, minutes, waiting)):
        raise AnalyticsError("An amount, a number of cases or their minutes is negative or missing.")
    if not np.all((risk >= 0) & (risk <= 1)):
        raise AnalyticsError("A probability of loss lies outside 0 to 1.", do="Give it between 0 and 100 %.")
