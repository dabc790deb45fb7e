"""Closing or limiting a channel, and lifting an approval: two levers with a cost on the other side.

Owns what the measured figures on such levers mean. A closed channel sends its demand along the observed switches; who
gives up or complains instead is never booked as a saving. A lifted approval saves handled minutes and risks amounts.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ScenarioError, nearest
from analytics.scenarios.frame import scope_mask
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import KINDS, Lever, Scope, lever
from analytics.scenarios.ranges import Range

ROUTE: Final = "to "
"""Facts of a closed channel that begin so are routes: “to phone” → share of its demand that goes there."""
ONLY_HERE: Final = "only here"
"""Share of the channel's customers who used no other."""
CASES: Final = "cases"
AMOUNT: Final = "amount"
LIMIT: Final = "limit"
WITHIN: Final = "minutes"
"""Facts of a lifted approval: cases a year that pass, their mean amount, the amount up to which they pass, and the
handled minutes a year in scope they were counted in: cases grow and shrink with these."""
CLOSED: Final = 0.999
"""Share from which a channel counts as closed."""


def close_channel(
    ledger: Ledger, channel: str, routes: Mapping[str, float], *, share: float = 1.0, lost: Range | None = None,
    reasons: tuple[str, ...] = (), only_here: float | None = None, start: int = 1, ramp: int = 0,
) -> Lever:  # fmt: skip
    """Return the lever that closes `channel` for `share` of its demand and sends it along `routes`.

    `routes` are observed switches by other channel of the ledger, in any unit ≥ 0; `only_here` is the share of
    customers who used no other. Raises ScenarioError when no other channel would be left open.
    """
    if channel not in ledger.channels:
        raise ScenarioError(f"There is no channel “{channel}”.", do=nearest(channel, ledger.channels))
    others = [name for name in ledger.channels if name != channel]
    unknown = [name for name in routes if name not in others]
    if unknown:
        raise ScenarioError(f"Demand cannot go to “{unknown[0]}”.", do=nearest(unknown[0], others))
    total = sum(routes.values())
    if min(routes.values(), default=0) < 0 or total <= 0:
        raise ScenarioError(f"With {channel} closed nobody could reach a person.", do="Keep another channel open.")
    facts = [(f"{ROUTE}{name}", part / total) for name, part in sorted(routes.items(), key=lambda r: -r[1]) if part > 0]
    facts += [(ONLY_HERE, only_here)] if only_here is not None else []
    return lever(
        "close", f"close:{channel}", f"Close {channel}" if share >= CLOSED else f"Limit {channel}", share=share,
        scope=Scope(reasons, (), (channel,)), facts=tuple(facts), grade="C", start=start, ramp=ramp,
        lost=KINDS["close"].parameters["lost"].default if lost is None else lost,
    )  # fmt: skip


def routes_of(item: Lever) -> dict[str, float]:
    """Return where the demand of a closed channel goes: channel → share, adding to 1."""
    found = {name.removeprefix(ROUTE): part for name, part in item.facts if name.startswith(ROUTE) and part > 0}
    total = sum(found.values())
    return {name: part / total for name, part in found.items()} if total > 0 else {}


def lift_approval(
    ledger: Ledger, policy: str, *, cases: float, amount: float, limit: float, minutes: Range, loss: Range,
    reasons: tuple[str, ...] = (), share: float = 1.0,
) -> Lever:  # fmt: skip
    """Return the lever that lets cases up to `limit` pass without approval.

    `cases` a year pass with a mean `amount`; `minutes` are handled minutes one approval takes, `loss` the chance of
    losing the amount beyond what is lost with approval.
    """
    if min(cases, amount, limit) < 0:
        raise ScenarioError("Cases and amounts cannot be negative.")
    return lever(
        "approval", f"approval:{policy}", f"No approval up to {limit:,.0f}: {policy}", share=share,
        scope=Scope(reasons), minutes=minutes, loss=loss, grade="D",
        facts=((CASES, cases), (AMOUNT, amount), (LIMIT, limit), (WITHIN, minutes_in_scope(ledger, Scope(reasons)))),
    )  # fmt: skip


def fact(item: Lever, name: str) -> float:
    """Return one measured figure of a lever; 0 where it has none of that name."""
    return dict(item.facts).get(name, 0.0)


@lru_cache(maxsize=128)
def minutes_in_scope(ledger: Ledger, scope: Scope) -> float:
    """Return handled minutes a year that a scope holds."""
    months = min(ledger.horizon, 12)
    return float(ledger.minutes[scope_mask(ledger, scope)][:, :months].sum()) * 12 / months


def approval_share(item: Lever) -> float:
    """Return the share of the minutes in scope that goes when every case passes and one approval takes a minute."""
    whole = fact(item, WITHIN)
    return fact(item, CASES) / whole if whole > 0 else 0.0


def risk_months(ledger: Ledger, item: Lever) -> NDArray[np.float64]:
    """Return amounts at stake by month when every case up to the limit passes: cases × amount, (months,)."""
    minutes = ledger.minutes[scope_mask(ledger, item.scope)].sum(axis=0)
    return np.asarray(item.active(ledger.horizon) * minutes * approval_share(item) * fact(item, AMOUNT))


def facts_words(item: Lever) -> str:
    """Return what a lever was measured to rest on, in words; empty where it rests on nothing measured."""
    routes = routes_of(item)
    if routes:
        return f"; its demand goes where customers switch today: {', '.join(_route(*r) for r in routes.items())}"
    if item.kind == "approval":
        risk = fact(item, CASES) * fact(item, AMOUNT)
        return f"; {fact(item, CASES):,.0f} cases a year up to {fact(item, LIMIT):,.0f}, {risk:,.0f} in all at stake"
    return ""


def _route(name: str, part: float) -> str:
    return f"{100 * part:.0f} % {name}"
