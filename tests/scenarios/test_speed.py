"""Processor time of the engine at the size the screens are built for, so that other work does not count."""

from time import process_time

import numpy as np
import pytest

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import simulate

REASONS = [f"r{i:02d}" for i in range(40)]


def big() -> Ledger:
    rng = np.random.default_rng(1)
    axes = (REASONS, ("defect", "policy", "process", "none"), ("phone", "chat", "email", "store"), range(24))
    rows = [(r, u, c, f"{t:02d}") for r in axes[0] for u in axes[1] for c in axes[2] for t in axes[3]]
    contacts = rng.gamma(2, 50, len(rows))
    prices = dict.fromkeys(axes[2], 0.7)
    spread = {r: 0.5 + 0.01 * i for i, r in enumerate(REASONS)}
    return Ledger.from_cells(*zip(*rows, strict=True), contacts, contacts * 8, minute_cost=prices, handle_spread=spread)


def plan() -> Scenario:
    items = [
        lever(
            "remove",
            f"l{i}",
            scope=Scope(tuple(REASONS[4 * i : 4 * i + 8])),
            share=Range(0.1, 0.3, 0.5),
            start=1 + i,
            ramp=6,
        )
        for i in range(10)
    ]
    return Scenario("big", tuple(items))


def best_of(times: int, call) -> float:
    seconds = []
    for _ in range(times):
        start = process_time()
        call()
        seconds.append(process_time() - start)
    return min(seconds)


@pytest.mark.slow
def test_draws_of_forty_reasons_and_ten_levers():
    ledger, scenario = big(), plan()
    simulate(ledger, scenario)
    assert best_of(9, lambda: simulate(ledger, scenario)) <= 0.100


@pytest.mark.slow
def test_the_central_result_does_not_wait():
    ledger, scenario = big(), plan()
    assert best_of(9, lambda: evaluate(ledger, scenario)) <= 0.040
