"""(e) The what-if engine at the size its screen is built for: processor time, so that other work does not count."""

from collections.abc import Callable, Iterator
from itertools import product
from time import process_time

import numpy as np

from analytics.scenarios import portfolio_pareto as two_aims
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.initiatives import Ask, Initiative, Portfolio
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.portfolio import best, next_best
from analytics.scenarios.portfolio_questions import (
    binding,
    frontier,
    marginal_budget,
    marginal_team,
    stability,
    why_not,
)
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import simulate
from benchmarks.report import Measure

INITIATIVES, CAUSES = 20, 40
REASONS = [f"r{number:02d}" for number in range(40)]
DRAWS_MS = 100.0
PORTFOLIO_MS = 2_000.0
ROUNDS = 9


def measure() -> Iterator[Measure]:
    """Yield the time of the central result and of 4,096 draws over 24 months, 40 reasons and 10 levers."""
    ledger, scenario = _ledger(), _scenario()
    central = _best(lambda: evaluate(ledger, scenario))
    draws = _best(lambda: simulate(ledger, scenario))
    yield Measure("engine", "central result", central, "ms")
    yield Measure("engine", "4,096 draws × 24 months × 40 reasons × 10 levers", draws, "ms", limit=DRAWS_MS)
    plan, ask = _portfolio()
    optimum = _best(lambda: best(_portfolio()[0], ask), rounds=3)
    everything = _best(lambda: _asked_in_full(*_portfolio()), rounds=3)
    yield Measure("engine", f"best set of {len(plan.initiatives)} initiatives, {CAUSES} causes", optimum, "ms")
    yield Measure("engine", "the same with all that is shown beside it", everything, "ms", limit=PORTFOLIO_MS)


def _portfolio() -> tuple[Portfolio, Ask]:
    """Twenty initiatives that each reach most causes, with rules, under half the money they cost and a small team."""
    rng = np.random.default_rng(11)
    items = tuple(
        Initiative(
            str(i), f"Initiative {i}", float(rng.integers(20_000, 120_000)),
            tuple((rng.uniform(0, 0.7, CAUSES) * (rng.random(CAUSES) < 0.6)).tolist()), float(rng.normal(0, 20_000)),
            float(rng.integers(0, 4)), (str(i - 2),) if i % 7 == 2 else (), (str(i - 1),) if i % 5 == 1 else (),
        )
        for i in range(INITIATIVES)
    )  # fmt: skip
    plan = Portfolio(items, rng.uniform(50_000, 600_000, (1, CAUSES)))
    return plan, Ask((sum(item.cost for item in items) / 2,), (12.0,))


def _asked_in_full(plan: Portfolio, ask: Ask) -> None:
    chosen = best(plan, ask)
    assert chosen is not None
    for question in (next_best, why_not, binding, marginal_budget, marginal_team, stability):
        question(plan, ask, chosen)
    frontier(plan, ask)
    two_aims.frontier(plan, Portfolio(plan.initiatives, plan.values[:, ::-1]), ask)


def _best(call: Callable[[], object], rounds: int = ROUNDS) -> float:
    call()
    times = []
    for _ in range(rounds):
        start = process_time()
        call()
        times.append((process_time() - start) * 1000)
    return min(times)


def _ledger() -> Ledger:
    channels = ("phone", "chat", "email", "store")
    cells = list(product(REASONS, ("defect", "policy", "process", "none"), channels, [f"{m:02d}" for m in range(24)]))
    contacts = np.random.default_rng(1).gamma(2, 50, len(cells))
    reason, cause, channel, month = ([cell[axis] for cell in cells] for axis in range(4))
    spread = {name: 0.5 + 0.01 * number for number, name in enumerate(REASONS)}
    prices = dict.fromkeys(channels, 0.7)
    return Ledger.from_cells(
        reason, cause, channel, month, contacts, contacts * 8, minute_cost=prices, handle_spread=spread
    )


def _scenario() -> Scenario:
    levers = tuple(
        lever(
            "remove", f"l{number}", scope=Scope(tuple(REASONS[4 * number : 4 * number + 8])),
            share=Range(0.1, 0.3, 0.5), start=1 + number, ramp=6,
        )
        for number in range(10)
    )  # fmt: skip
    return Scenario("big", levers)
