"""Who starts when: start months of a chosen set, so that the change team is never asked for more than it has.

Exact on its own terms: a time-indexed mixed-integer program that loses the least value to late starts. It takes the
set as chosen and knows nothing of how it was chosen. An ask that does not fit is explained, and what fits is placed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.errors import ScenarioError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """One chosen initiative as work of the change team."""

    key: str
    name: str
    people: float
    """People of the change team it keeps while it lasts."""
    months: int
    """How long it keeps them, ≥ 1."""
    value: float
    """Value a month once it has begun; what a month of delay loses."""
    needs: tuple[str, ...] = ()
    """Keys whose work must be finished first; keys outside the set do not matter."""


@dataclass(frozen=True, eq=False, slots=True)
class Schedule:
    """Start months of a set."""

    starts: dict[str, int]
    """Month each begins in, 1 = first; without those that do not fit."""
    used: Floats
    """People of the change team at work by month, (months,)."""
    capacity: Floats
    """People there by month."""
    waiting: tuple[tuple[str, str], ...]
    """Key and reason, in words, of each that cannot finish within the months."""

    @property
    def full_months(self) -> int:
        """Months in which everybody there is at work."""
        return int(((self.used >= self.capacity - 1e-9) & (self.capacity > 0)).sum())


def monthly(quarters: Sequence[float], months: int) -> Floats:
    """Return people by month from people by quarter; the last quarter given goes on. Raises ScenarioError below 0."""
    if not quarters or min(quarters) < 0 or not np.isfinite(quarters).all():
        raise ScenarioError("The change team needs a number of people, 0 or more, for every quarter.")
    places = np.minimum(np.arange(months) // 3, len(quarters) - 1)
    return np.asarray(np.asarray(quarters, float)[places])


def phased(tasks: Sequence[Task], capacity: Floats) -> Schedule:
    """Return start months with the least value lost; `capacity` is people there by month, (months,).

    Work must finish within the months. All begin if all can; else as many as can, dearest first.
    """
    for task in tasks:
        if task.people < 0 or task.months < 1:
            raise ScenarioError(f"“{task.name}” needs 0 or more people for 1 month or more.")
    starts = _solve(tasks, capacity, everything=True)
    if starts is None:
        starts = _solve(tasks, capacity, everything=False) or {}
    used = _used(tasks, starts, capacity.size)
    waiting = tuple((task.key, _why(task, tasks, starts, capacity)) for task in tasks if task.key not in starts)
    return Schedule(starts, used, capacity, waiting)


def _used(tasks: Sequence[Task], starts: dict[str, int], months: int) -> Floats:
    used = np.zeros(months)
    for task in tasks:
        if task.key in starts:
            used[starts[task.key] - 1 : starts[task.key] - 1 + task.months] += task.people
    return used


def _solve(tasks: Sequence[Task], capacity: Floats, *, everything: bool) -> dict[str, int] | None:
    """Return start months by key; None when not everything fits and everything was asked for."""
    months, count = capacity.size, len(tasks)
    if not count:
        return {}
    rows = [*_capacity_rows(tasks, capacity), *_need_rows(tasks, months), *_once_rows(count, months, everything)]
    matrix = np.array([row for row, _, _ in rows])
    low, high = (np.array([row[place] for row in rows]) for place in (1, 2))
    late = np.array([[1.0 if s + task.months > months else 0.0 for s in range(months)] for task in tasks])
    found = milp(
        -_worth(tasks, months).ravel(), integrality=np.ones(count * months, dtype=np.int64),
        bounds=Bounds(0, 1 - late.ravel()), constraints=LinearConstraint(matrix, low, high),
        options={"mip_rel_gap": 1e-9},
    )  # fmt: skip
    if found.x is None:
        return None
    chosen = np.round(found.x).reshape(count, months)
    return {task.key: int(chosen[i].argmax()) + 1 for i, task in enumerate(tasks) if chosen[i].any()}


def _worth(tasks: Sequence[Task], months: int) -> Floats:
    """Return value of starting each task in each month; starting at all, and early, is worth a little by itself."""
    left = months - np.arange(months)
    value = np.maximum([task.value for task in tasks], 0.0)
    spare = max(float(value.max(initial=0.0)), 1.0)
    return np.asarray(np.outer(value + 1e-3 * spare, left) + 100.0 * spare * months)


def _capacity_rows(tasks: Sequence[Task], capacity: Floats) -> list[tuple[Floats, float, float]]:
    rows = []
    for month in range(capacity.size):
        row = np.zeros((len(tasks), capacity.size))
        for i, task in enumerate(tasks):
            row[i, max(month - task.months + 1, 0) : month + 1] = task.people
        rows.append((row.ravel(), -np.inf, float(capacity[month])))
    return rows


def _need_rows(tasks: Sequence[Task], months: int) -> list[tuple[Floats, float, float]]:
    """A task begins by a month only if what it needs was finished before."""
    place, rows = {task.key: i for i, task in enumerate(tasks)}, []
    for i, task in enumerate(tasks):
        for other in (place[key] for key in task.needs if key in place):
            for month in range(months):
                row = np.zeros((len(tasks), months))
                row[i, : month + 1] = 1.0
                row[other, : max(month + 1 - tasks[other].months, 0)] -= 1.0
                rows.append((row.ravel(), -np.inf, 0.0))
    return rows


def _once_rows(count: int, months: int, everything: bool) -> list[tuple[Floats, float, float]]:
    return [(np.repeat(np.eye(count)[i], months), 1.0 if everything else 0.0, 1.0) for i in range(count)]


def _why(task: Task, tasks: Sequence[Task], starts: dict[str, int], capacity: Floats) -> str:
    """Return why a task cannot finish within the months, in words."""
    months = capacity.size
    missing = [other.name for other in tasks if other.key in task.needs and other.key not in starts]
    if missing:
        return f"“{task.name}” waits for “{missing[0]}”, which does not fit itself."
    if task.months > months:
        return f"“{task.name}” takes {task.months} months of work; {months} are looked at."
    windows = np.array([capacity[s : s + task.months].min() for s in range(months - task.months + 1)])
    if task.people > windows.max():
        return (
            f"“{task.name}” keeps {task.people:g} people for {_months(task.months)}; at most {windows.max():g} are "
            "there for that long."
        )
    asked = sum(one.people * one.months for one in tasks)
    return (
        f"“{task.name}” does not fit beside the others: together they take {asked:g} person-months, {capacity.sum():g} "
        f"are there in {months} months."
    )


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"
