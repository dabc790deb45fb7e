"""Whose effect is it: stand-alone, last-in and Shapley values of levers that share demand (METHODS b).

Go or no-go uses the last-in value; Shapley only shares credit. The sum of stand-alone values is never a total: this
module does not offer one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.frame import compile_frame, scope_mask
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import COMMON
from analytics.scenarios.paths import Paths, run_paths
from analytics.scenarios.sampling import likely_values
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]
Coalitions = NDArray[np.bool_]
"""(coalitions, players): who takes part."""
Worths = Callable[[Coalitions], Floats]
Measure = Literal["net", "npv", "contacts", "minutes"]

EXACT_UP_TO: Final = 15
PERMUTATIONS: Final = 2000


@dataclass(frozen=True, slots=True)
class Credit:
    """One player's values."""

    key: str
    stand_alone: float
    last_in: float
    """Loss of the total if only this one were left out: the figure for go or no-go."""
    shapley: float
    """Fair share of the total; shares add to it."""
    shapley_error: float
    """Half-width of the 95 % interval; 0 where exact."""


@dataclass(frozen=True, slots=True)
class Credits:
    """All players and the only total there is."""

    total: float
    players: tuple[Credit, ...]
    exact: bool


def share_credit(keys: Sequence[str], worths: Worths, *, seed: int = 0) -> Credits:
    """Return all values of a game; exact to 15 players, else by 2,000 permutations with an interval."""
    m = len(keys)
    everyone = np.ones((1, m), dtype=bool)
    alone, without = np.eye(m, dtype=bool), ~np.eye(m, dtype=bool)
    empty = float(worths(np.zeros((1, m), dtype=bool))[0])
    total = float(worths(everyone)[0])
    single, rest = worths(alone) - empty, total - worths(without)
    share, error = _exact(m, worths) if m <= EXACT_UP_TO else _sampled(m, worths, seed)
    rows = (Credit(k, *(float(x) for x in row)) for k, *row in zip(keys, single, rest, share, error, strict=True))
    return Credits(total - empty, tuple(rows), m <= EXACT_UP_TO)


def _exact(m: int, worths: Worths) -> tuple[Floats, Floats]:
    codes = np.arange(2**m)
    members = (codes[:, None] >> np.arange(m) & 1).astype(bool)
    value = worths(members)
    size = members.sum(axis=1)
    weight = np.array([factorial(s) * factorial(m - s - 1) / factorial(m) for s in range(m)] or [0.0])
    share = np.zeros(m)
    for i in range(m):
        outside = codes[~members[:, i]]
        share[i] = float((weight[size[outside]] * (value[outside | 1 << i] - value[outside])).sum())
    return share, np.zeros(m)


def _sampled(m: int, worths: Worths, seed: int) -> tuple[Floats, Floats]:
    random = np.random.Generator(np.random.PCG64(seed))
    orders = np.array([random.permutation(m) for _ in range(PERMUTATIONS)])
    place = np.argsort(orders, axis=1)
    marginal = np.zeros((PERMUTATIONS, m))
    before = worths(np.zeros((1, m), dtype=bool)).repeat(PERMUTATIONS)
    rows = np.arange(PERMUTATIONS)
    for step in range(m):
        now = worths(place <= step)
        marginal[rows, orders[:, step]] = now - before
        before = now
    return marginal.mean(axis=0), 1.96 * marginal.std(axis=0, ddof=1) / np.sqrt(PERMUTATIONS)


def lever_credits(ledger: Ledger, scenario: Scenario, measure: Measure = "net") -> Credits:
    """Return the values of the active levers at likely values, costs included where the measure is money."""
    return share_credit(
        [item.key for item in scenario.active], _lever_worths(ledger, scenario, measure), seed=scenario.seed
    )


def launch_values(ledger: Ledger, scenario: Scenario, measure: Measure = "net") -> dict[str, float]:
    """Return what each lever adds to those launched before it (by start month, then list order); adds to the total."""
    starts = np.array([item.start for item in scenario.active])
    order = np.argsort(starts, kind="stable")
    steps = np.zeros((order.size + 1, order.size), dtype=bool)
    for place, player in enumerate(order):
        steps[place + 1 :, player] = True
    gains = np.diff(_lever_worths(ledger, scenario, measure)(steps))
    return {scenario.active[player].key: float(gain) for player, gain in zip(order, gains, strict=True)}


def _lever_worths(ledger: Ledger, scenario: Scenario, measure: Measure) -> Worths:
    frame = compile_frame(ledger, scenario, detail=False)
    inputs = likely_values(ledger, scenario)

    def worths(members: Coalitions) -> Floats:
        values = {name: np.repeat(v, members.shape[0]) for name, v in inputs.items()}
        for i, item in enumerate(scenario.active):
            for name in COMMON:
                values[f"{item.key}.{name}"] = values[f"{item.key}.{name}"] * members[:, i]
        return measured(run_paths(frame, values), measure, members.shape[0])

    return worths


def measured(paths: Paths, measure: Measure, draws: int) -> Floats:
    """Return one figure per draw: net or present value, or contacts or minutes saved over the horizon."""
    if measure == "npv":
        return np.asarray(paths.npv, float)
    if measure == "net":
        return np.asarray(paths.net.sum(axis=1), float)
    before, after = getattr(paths, f"{measure}_before"), getattr(paths, f"{measure}_after")
    return np.broadcast_to(np.asarray((before - after).sum(axis=1), float), (draws,)).copy()


def removal_worths(volume: Floats, shares: Floats) -> Worths:
    """Return the removed volume of any set of initiatives: Σ D_k (1 − Π(1 − r_ik)); shares are (players, causes)."""

    def worths(members: Coalitions) -> Floats:
        left = np.prod(np.where(members[:, :, None], 1 - shares[None], 1.0), axis=1)
        return np.asarray((1 - left) @ volume, float)

    return worths


def overlap_range(volume: Floats, shares: Floats) -> dict[str, float]:
    """Return volume removed by all together under each reading of overlap."""
    return {
        "independent": float((1 - np.prod(1 - shares, axis=0)) @ volume),
        "nested": float(shares.max(axis=0) @ volume),
        "disjoint": float(np.minimum(shares.sum(axis=0), 1) @ volume),
    }


def overlap_matrix(ledger: Ledger, scenario: Scenario) -> Floats:
    """Return baseline cost both levers of a pair reach, (levers, levers), for the demand levers in order."""
    masks = np.array([scope_mask(ledger, item.scope).ravel() for item in scenario.demand_levers], dtype=float)
    if not masks.size:
        return np.zeros((0, 0))
    return np.asarray((masks * ledger.cost.sum(axis=-1).ravel()) @ masks.T, float)


def share_by_grade(found: Credits, scenario: Scenario) -> dict[str, float]:
    """Return the share of the total by evidence grade A–D, from Shapley values (they add to the total).

    Shares are of the sum of absolute values, so a loss does not lift the others above 100 %.
    """
    size = sum(abs(c.shapley) for c in found.players)
    shares = dict.fromkeys("ABCD", 0.0)
    for player in found.players:
        shares[scenario.lever(player.key).grade] += abs(player.shapley) / size if size else 0.0
    return shares
