"""Blocks: independent of their order, and memory that does not grow with the number of contacts."""

import tracemalloc
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from analytics.demo import plan as plan_module
from analytics.demo import write_demo
from analytics.demo.block import Block, make_block
from analytics.demo.plan import Plan
from analytics.demo.workforce import make_workforce
from analytics.demo.world import make_world


def blocks(plan: Plan, numbers: list[int]) -> dict[int, Block]:
    world, force = make_world(plan), make_workforce(plan)
    return {number: make_block(plan, world, force, number, 900) for number in numbers}


def test_a_block_is_the_same_whatever_was_made_before() -> None:
    plan = Plan(20_000, 3, 12, 7, 7, "default")
    forward, backward = blocks(plan, [0, 1, 2]), blocks(plan, [2, 1, 0])
    for number in (0, 1, 2):
        for name, values in forward[number].contacts.items():
            np.testing.assert_array_equal(values, backward[number].contacts[name], err_msg=name)


def test_numbers_of_contacts_and_customers_are_unique_over_blocks() -> None:
    made = blocks(Plan(20_000, 3, 12, 7, 7, "default"), [0, 1, 2])
    for frame, name in (("contacts", "contact_no"), ("customers", "customer_no")):
        numbers = np.concatenate([getattr(block, frame)[name] for block in made.values()])
        assert len(np.unique(numbers)) == len(numbers)


def peak_mb(folder: Path, contacts: int) -> float:
    tracemalloc.start()
    write_demo(folder, contacts=contacts, seed=2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def test_memory_does_not_grow_with_the_number_of_contacts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_module, "BLOCK_CUSTOMERS", 1_000)
    few, many = peak_mb(tmp_path / "few", 15_000), peak_mb(tmp_path / "many", 90_000)
    assert many < 1.3 * few
    made = pq.read_metadata(tmp_path / "many" / "contacts_001.parquet")
    assert made.num_row_groups >= 10
    assert max(made.row_group(i).num_rows for i in range(made.num_row_groups)) < 10_000


def test_progress_is_told_and_ends_at_one(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    write_demo(tmp_path, contacts=5_000, progress=lambda step, part: told.append((step, part)))
    assert told[-1] == ("done", 1.0)
    assert all(0 <= part <= 1 for _, part in told)
