"""(b) Every question on the cubes at several sizes: p50, p95 and growth from the second largest to the largest."""

import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

import analytics.questions
from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.period import data_period
from analytics.questions.rates import Rates
from benchmarks.report import Measure
from benchmarks.workspaces import demo

ROUNDS = 25
WARM = 3
P95_MS = 60.0
GROWTH = 1.2
SLACK_MS = 20.0


def measure(sizes: tuple[int, ...], fresh: bool) -> Iterator[Measure]:
    """Yield p50 and p95 of each size, and the growth of every question between the two largest."""
    timings = {size: _time_all(size, fresh) for size in sizes}
    for size, by_question in timings.items():
        pooled = np.concatenate([np.array(times) for times in by_question.values()])
        slowest = max(by_question, key=lambda name: float(np.percentile(by_question[name], 95)))
        for percent, limit in ((50, None), (95, P95_MS)):
            value = float(np.percentile(pooled, percent))
            yield Measure("questions", f"p{percent} of {len(by_question)} at {size:,}", value, "ms", limit=limit)
        worst = float(np.percentile(by_question[slowest], 95))
        yield Measure("questions", f"slowest p95 at {size:,}", worst, "ms", limit=P95_MS, note=slowest)
    if len(sizes) > 1:
        yield from _growth(sizes[-2], sizes[-1], timings[sizes[-2]], timings[sizes[-1]])


def _growth(small: int, large: int, before: dict[str, list[float]], after: dict[str, list[float]]) -> Iterator[Measure]:
    """A question holds when it takes at most 1.2 times as long, or 20 ms more."""
    medians = {name: (float(np.median(before[name])), float(np.median(after[name]))) for name in before.keys() & after}
    excess = {name: late / max(early * GROWTH, early + SLACK_MS) for name, (early, late) in medians.items()}
    worst = max(excess, key=lambda name: excess[name])
    early, late = medians[worst]
    allowed = max(GROWTH, 1 + SLACK_MS / early)
    what = f"growth {small:,} to {large:,}, worst of {len(excess)}"
    yield Measure("questions", what, late, "ms", floor=early, limit=allowed, note=worst)


def _time_all(contacts: int, fresh: bool) -> dict[str, list[float]]:
    folder = demo(contacts, fresh)
    reader = Reader(folder / "result.duckdb")
    try:
        return {name: _times(call) for name, call in questions(reader).items() if _answers(call)}
    finally:
        reader.close()


def questions(reader: Reader) -> dict[str, Callable[[], Any]]:
    """Return every public question bound to what its parameters ask for, by `module.function`."""
    given = _given(reader)
    found: dict[str, Callable[[], Any]] = {}
    for module in pkgutil.iter_modules(analytics.questions.__path__):
        code = importlib.import_module(f"analytics.questions.{module.name}")
        for name, function in inspect.getmembers(code, inspect.isfunction):
            bound = _bind(function, given)
            if function.__module__ == code.__name__ and not name.startswith("_") and bound:
                found[f"{module.name}.{name}"] = bound
    return found


def _given(reader: Reader) -> dict[str, Any]:
    given: dict[str, Any] = {"reader": reader, "selection": data_period(reader).default, "rates": Rates()}
    try:
        taxonomy = importlib.import_module("analytics.questions.proposal")
        given["taxonomy"] = _bind(taxonomy.propose, given)()  # type: ignore[misc]
    except (ImportError, AttributeError, TypeError):
        pass
    return given


def _bind(function: Callable[..., Any], given: dict[str, Any]) -> Callable[[], Any] | None:
    parameters = inspect.signature(function).parameters
    needed = [name for name, parameter in parameters.items() if parameter.default is parameter.empty]
    if "reader" not in parameters or any(name not in given for name in needed):
        return None
    return partial(function, **{name: given[name] for name in parameters if name in given})


def _answers(call: Callable[[], Any]) -> bool:
    try:
        call()
    except CannotTellError:
        return False
    return True


def _times(call: Callable[[], Any]) -> list[float]:
    """Milliseconds of each round, after a few that warm the file."""
    for _ in range(WARM):
        call()
    return [_once(call) for _ in range(ROUNDS)]


def _once(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000
