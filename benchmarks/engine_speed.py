"""(e) The what-if engine at the size its screen is built for: processor time, so that other work does not count."""

from collections.abc import Callable, Iterator
from itertools import product
from time import process_time

import numpy as np

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import simulate
from benchmarks.report import Measure

REASONS = [f"r{number:02d}" for number in range(40)]
DRAWS_MS = 100.0
ROUNDS = 9


def measure() -> Iterator[Measure]:
    """Yield the time of the central result and of 4,096 draws over 24 months, 40 reasons and 10 levers."""
    ledger, scenario = _ledger(), _scenario()
    central = _best(lambda: evaluate(ledger, scenario))
    draws = _best(lambda: simulate(ledger, scenario))
    yield Measure("engine", "central result", central, "ms")
    yield Measure("engine", "4,096 draws × 24 months × 40 reasons × 10 levers", draws, "ms", limit=DRAWS_MS)


def _best(call: Callable[[], object]) -> float:
    call()
    times = []
    for _ in range(ROUNDS):
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
