"""Start months under a change team: by hand, against every schedule there is, explained when it cannot be."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import ScenarioError
from analytics.scenarios.phasing import Task, monthly, phased

FIVE = np.full(12, 5.0)


def test_with_room_for_all_everything_begins_at_once():
    found = phased([Task("a", "A", 2, 3, 10), Task("b", "B", 3, 6, 20)], FIVE)
    assert found.starts == {"a": 1, "b": 1}
    assert found.used.tolist() == [5, 5, 5, 3, 3, 3] + [0] * 6
    assert found.full_months == 3


def test_the_dearer_goes_first_where_only_one_fits():
    found = phased([Task("a", "A", 4, 3, 10), Task("b", "B", 3, 3, 20)], FIVE)
    assert found.starts == {"b": 1, "a": 4}


def test_a_short_one_goes_before_a_dearer_long_one_when_that_loses_less():
    found = phased([Task("long", "L", 5, 8, 12), Task("short", "S", 5, 1, 10)], FIVE)
    # long first: short waits 8 months (80); short first: long waits 1 month (12)
    assert found.starts == {"short": 1, "long": 2}


def test_what_is_needed_is_finished_first():
    found = phased([Task("a", "A", 1, 2, 50, needs=("b",)), Task("b", "B", 1, 4, 1)], FIVE)
    assert found.starts == {"b": 1, "a": 5}


def test_people_by_quarter_are_never_exceeded():
    capacity = monthly([0, 2, 4], 12)
    assert capacity.tolist() == [0] * 3 + [2] * 3 + [4] * 6
    found = phased([Task(k, k, 2, 3, v) for k, v in (("a", 1), ("b", 3), ("c", 2))], capacity)
    assert found.starts == {"b": 4, "c": 7, "a": 7}
    assert (found.used <= capacity).all()


@pytest.mark.parametrize(
    ("tasks", "key", "part"),
    [([Task("a", "A", 6, 3, 1)], "a", "keeps 6 people for 3 months; at most 5 are there"),
     ([Task("a", "A", 1, 13, 1)], "a", "takes 13 months of work; 12 are looked at"),
     ([Task("a", "A", 9, 1, 1), Task("b", "B", 1, 1, 1, needs=("a",))], "b", "waits for “A”, which does"),
     ([Task(k, k, 5, 5, 1) for k in "abc"], None, "together they take 75 person-months, 60 are there in 12 months")],
)  # fmt: skip
def test_what_does_not_fit_is_explained_and_the_rest_is_placed(tasks, key, part):
    found = phased(tasks, FIVE)
    said = dict(found.waiting)
    assert part in (said[key] if key else " ".join(said.values()))
    assert len(found.starts) + len(said) == len(tasks)


def test_bad_numbers_are_said():
    with pytest.raises(ScenarioError, match="0 or more people"):
        phased([Task("a", "A", -1, 3, 1)], FIVE)
    for quarters in ([], [-1.0], [float("nan")]):
        with pytest.raises(ScenarioError, match="for every quarter"):
            monthly(quarters, 12)
    assert phased([], FIVE).starts == {}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(1, 30)), min_size=1, max_size=3),
       st.lists(st.integers(0, 5), min_size=5, max_size=5))  # fmt: skip
def test_no_other_schedule_starts_more_or_loses_less(rows, people):
    capacity = np.array(people, float)
    tasks = [Task(str(i), str(i), n, m, float(v)) for i, (n, m, v) in enumerate(rows)]
    found = phased(tasks, capacity)
    best = max(_score(tasks, starts, capacity) for starts in product(range(6), repeat=len(tasks)))
    mine = _score(tasks, [found.starts.get(task.key, 0) for task in tasks], capacity)
    assert mine[0] == best[0]
    assert mine[1] >= best[1] * 0.99


def _score(tasks, starts, capacity):
    """Number of tasks begun and value over the months; nothing when it does not fit. Start 0 = not begun."""
    used = np.zeros(capacity.size)
    for task, start in zip(tasks, starts, strict=True):
        if start and start - 1 + task.months > capacity.size:
            return (-1, 0.0)
        if start:
            used[start - 1 : start - 1 + task.months] += task.people
    begun = [(task, start) for task, start in zip(tasks, starts, strict=True) if start]
    if (used > capacity + 1e-9).any():
        return (-1, 0.0)
    return len(begun), sum(task.value * (capacity.size - start + 1) for task, start in begun)
