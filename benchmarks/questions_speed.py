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
from analytics.questions.drill import Behind, contacts_behind, count_behind
from analytics.questions.guardrails import GUARDRAILS
from analytics.questions.period import data_period, filter_choices
from analytics.questions.policies import policy_table
from analytics.questions.rates import Rates
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.selection import add_months
from analytics.questions.trend import event_list
from analytics.questions.windows import windows_by_channel, windows_of
from benchmarks.report import Measure
from benchmarks.workspaces import demo

ROUNDS = 25
WARM = 3
P95_MS = 60.0
DRILL_MS = 300.0
GROWTH = 1.2
SLACK_MS = 20.0


def measure(sizes: tuple[int, ...], fresh: bool) -> Iterator[Measure]:
    """Yield p50 and p95 of each size, and the growth of every question between the two largest."""
    timings = {size: _time_all(size, fresh) for size in sizes}
    for size, by_question in timings.items():
        pooled = np.concatenate([np.array(times) for times in by_question.values()])
        p95 = {name: float(np.percentile(times, 95)) for name, times in by_question.items()}
        slowest = sorted(p95, key=lambda name: -p95[name])
        for percent, limit in ((50, None), (95, P95_MS)):
            value = float(np.percentile(pooled, percent))
            yield Measure("questions", f"p{percent} of {len(by_question)} at {size:,}", value, "ms", limit=limit)
        over = sum(value > P95_MS for value in p95.values())
        note = f"{over} above; " + ", ".join(f"{name} {p95[name]:.0f}" for name in slowest[:4])
        yield Measure("questions", f"slowest p95 at {size:,}", p95[slowest[0]], "ms", limit=P95_MS, note=note)
    for size in sizes:
        yield Measure("questions", f"drill at {size:,}, count and first page", _drill(size), "ms", limit=DRILL_MS)
    if len(sizes) > 1:
        yield from _growth(sizes[-2], sizes[-1], timings[sizes[-2]], timings[sizes[-1]])


def _drill(contacts: int) -> float:
    """Milliseconds of the first drill on a newly opened result: what lies behind the largest reason."""
    reader = Reader(demo(contacts) / "result.duckdb")
    try:
        period, largest = data_period(reader).default, Behind(reasons=filter_choices(reader).reasons[:1])
        return _once(lambda: (count_behind(reader, period, largest), contacts_behind(reader, period, largest)))
    finally:
        reader.close()


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
    return {name: _bind(function, given) for name, function in asked().items()}


def asked() -> dict[str, Callable[..., Any]]:
    """Return every public function of `analytics.questions` that reads the cubes; the drill-down reads contacts."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(analytics.questions.__path__):
        code = importlib.import_module(f"analytics.questions.{module.name}")
        own = [pair for pair in inspect.getmembers(code, inspect.isfunction) if pair[1].__module__ == code.__name__]
        found |= {f"{module.name}.{name}": function for name, function in own if _reads_cubes(name, function)}
    return found


def _reads_cubes(name: str, function: Callable[..., Any]) -> bool:
    private = name.startswith("_") or function.__module__.endswith(".drill")
    return not private and "reader" in inspect.signature(function).parameters


def _given(reader: Reader) -> dict[str, Any]:
    """Values for everything a question may ask for, by the name of its parameter."""
    period = data_period(reader)
    selection = period.default
    windows = windows_of(windows_by_channel(reader, selection), "channel")
    policies, reason = policy_table(reader, selection), filter_choices(reader).reasons[0]
    return {
        "reader": reader,
        "selection": selection,
        "period": period,
        "rates": Rates(),
        "taxonomy": propose_taxonomy(reader),
        "windows": windows,
        "channel": windows.labels[0],
        "window_days": period.window_days,
        "policy": policies[0].policy if policies else "",
        "reason": reason,
        "reasons": (reason,),
        "metric": GUARDRAILS[0],
        "least_resolution": 0.7,
        "most_effort": 3.0,
        "launched": add_months(selection.first_month, 6),
        "first_day": selection.first_month,
        "last_day": selection.last_month,
        "year_before": add_months(selection.last_month, -12),
        "events": event_list(reader, selection.first_month, selection.last_month),
        "seed": 1,
        "row": "reason",
        "by_cause": False,
        "measure": "cost",
    }


def _bind(function: Callable[..., Any], given: dict[str, Any]) -> Callable[[], Any]:
    """Fill the parameters by name. Raises KeyError for one without a default that `_given` does not know."""
    parameters = inspect.signature(function).parameters
    needed = [name for name, parameter in parameters.items() if parameter.default is parameter.empty or name in given]
    return partial(function, **{name: given[name] for name in needed})


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
