"""Closing or limiting a channel, and lifting an approval: two what-ifs with a cost on the other side."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import ScenarioError, nearest
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever, Scope, lever

Floats = NDArray[np.float64]


def close_channel(
    ledger: Ledger, channel: str, routes: Mapping[str, float], *, share: float = 1.0, start: int = 1, ramp: int = 0
) -> tuple[Lever, ...]:
    """Return the levers that close `channel` for `share` of its demand and send it along `routes`.

    `routes` are observed switch shares by other channel (assisted or self-service), adding to at most 1; the rest
    has no other way and is lost or complains: report it as `1 − Σ`, it is never booked as a saving, so it stays.
    Raises ScenarioError when no other assisted channel would be left open.
    """
    if channel not in ledger.channels:
        raise ScenarioError(f"There is no channel “{channel}”.", do=nearest(channel, ledger.channels))
    targets = (*ledger.channels, *ledger.session_fee)
    unknown = [name for name in routes if name not in targets or name == channel]
    if unknown:
        raise ScenarioError(f"Demand cannot go to “{unknown[0]}”.", do=nearest(unknown[0], set(targets) - {channel}))
    if share >= 1 and not any(name in ledger.channels for name in routes):
        raise ScenarioError(
            f"With {channel} closed nobody could reach a person.", do="Keep one assisted channel open for everybody."
        )
    if min(routes.values(), default=0) < 0 or sum(routes.values()) > 1 + 1e-9:
        raise ScenarioError("The shares of the routes must be 0 to 1 and add to at most 1.")
    return tuple(_routes(channel, routes, share, start, ramp))


def _routes(channel: str, routes: Mapping[str, float], share: float, start: int, ramp: int) -> list[Lever]:
    """Turn shares of all demand into shares of what the routes before have left."""
    left, made = 1.0, []
    for target, part in sorted(routes.items(), key=lambda route: -route[1]):
        taken = share * part / left if left > 0 else 0.0
        made.append(
            lever(
                "redistribute", f"close-{channel}-{target}", f"{channel} → {target}", scope=Scope(channels=(channel,)),
                to_channel=target, likely=min(taken, 1.0), containment=1.0, induced=0.0, leak_uplift=0.0,
                start=start, ramp=ramp,
            )
        )  # fmt: skip
        left -= share * part
    return made


@dataclass(frozen=True, eq=False, slots=True)
class ApprovalChoice:
    """What lifting an approval below each threshold brings."""

    thresholds: Floats
    saved: Floats
    """Money not spent on contacts, escalations and waiting."""
    risk: Floats
    """Expected loss: cases × chance of loss × amount."""
    best: float
    """Threshold with the highest net; below the lowest = keep every approval."""

    @property
    def net(self) -> Floats:
        """Saved − risk."""
        return self.saved - self.risk


def lift_approval(
    amounts: ArrayLike, minutes: ArrayLike, cost_per_minute: float, loss_chance: ArrayLike, thresholds: ArrayLike
) -> ApprovalChoice:
    """Return net by threshold T when cases with amount ≤ T need no approval any more.

    `amounts`, `minutes` (of contacts, escalations and waiting the approval causes) and `loss_chance` are by case;
    chance may be one number for all.
    """
    size, work = np.asarray(amounts, float), np.asarray(minutes, float)
    chance = np.broadcast_to(np.asarray(loss_chance, float), size.shape)
    if (size < 0).any() or (work < 0).any() or (chance < 0).any() or (chance > 1).any() or cost_per_minute < 0:
        raise ScenarioError("Amounts, minutes and costs cannot be negative, chances must be 0 to 1.")
    levels = np.sort(np.asarray(thresholds, float))
    free = size[None] <= levels[:, None]
    saved, risk = free @ work * cost_per_minute, free @ (chance * size)
    gain = saved - risk
    best = float(levels[gain.argmax()]) if gain.size and gain.max() > 0 else float("-inf")
    return ApprovalChoice(levels, saved, risk, best)
