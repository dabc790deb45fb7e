"""Invented companies whose effect of value enhancement is known: how often the app's interval holds it."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analytics.demo.block import Block, make_block
from analytics.demo.frame import take
from analytics.demo.plan import Plan
from analytics.demo.tally import Tally
from analytics.demo.truth import YEAR, measure
from analytics.demo.workforce import make_workforce
from analytics.demo.world import make_world
from analytics.questions.loyalty import ADJUSTED, cells_of
from analytics.statistics.lift import Lift, lift

BANDS = (6, 12, 24, 48)
"""Months from which a band of tenure begins, as in the model."""


def company(contacts: int, seed: int, preset: str = "default") -> tuple[float, Lift]:
    """Return the planted difference and what the app's estimator finds, without any file."""
    plan = Plan(contacts, seed, 24, 13, 13, preset)
    world, force, total, rows = make_world(plan), make_workforce(plan), Tally(), []
    for block, size in plan.block_sizes():
        made = make_block(plan, world, force, block, size)
        total.absorb(measure(plan, made))
        rows.append(_index(plan, made))
    planted = (total["stay.on.sum"] - total["stay.off.sum"]) / total["stay.on.n"]
    people = pd.concat(rows)
    people = people.assign(cell=people.groupby([*ADJUSTED, "value_enhanced"]).ngroup())
    return planted, lift(cells_of(people.drop_duplicates("cell"), people))


def _index(plan: Plan, block: Block) -> pd.DataFrame:
    """Return each customer's first answered contact with a year after it, as the model counts it."""
    rows = take(block.contacts, block.contacts["answered"])
    _, first = np.unique(rows["who"], return_index=True)
    index = take(rows, first[rows["t"][first] + YEAR <= plan.days])
    joined = block.customers["joined"][index["who"]]
    return pd.DataFrame(
        {
            "segment": block.customers["b2b"][index["who"]], "channel": index["channel"], "effort": index["effort"],
            "resolved": index["resolved"], "repeated_information": index["repeated"],
            "tenure_band": np.digitize((index["t"] - joined) / 30.4375, BANDS), "value_enhanced": index["enhanced"],
            "replicate_group": index["who"] % 32, "customers": 1,
            "stayed": (block.left[index["who"]] > index["t"] + YEAR).astype(int),
        }
    )  # fmt: skip


def found(contacts: int, seeds: range, preset: str = "default") -> Iterator[tuple[float, Lift]]:
    """Yield planted difference and estimate for each seed."""
    return (company(contacts, seed, preset) for seed in seeds)
