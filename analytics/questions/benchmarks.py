"""Published claims: shown beside own data in their own style, never part of a calculation (METHODS j 6)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

_FILE = Path(__file__).with_name("benchmarks.toml")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One published claim."""

    key: str
    value: float
    upper: float | None
    """Upper end where the claim is a range."""
    unit: str
    text: str
    """Wording of the claim."""
    verbatim: bool
    """True when `text` is the source's wording, False when it is a summary."""
    claim: str
    """The claim as a sentence."""
    publisher: str
    title: str
    date: str
    """As published; empty when not stated."""
    population: str
    definition_known: bool
    note: str
    metric: str
    """Key of the metric it may stand beside; empty when none."""


@cache
def benchmarks() -> dict[str, Benchmark]:
    """Return every published claim by key, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: Benchmark(key=key, **{"upper": None, **row}) for key, row in rows.items()}


def benchmarks_for(metric: str) -> tuple[Benchmark, ...]:
    """Return the claims that may stand beside `metric`."""
    return tuple(claim for claim in benchmarks().values() if claim.metric == metric)


def benchmark_table() -> pd.DataFrame:
    """Return the claims as the table people see and download."""
    columns = ["claim", "value", "upper", "unit", "text", "verbatim", "publisher", "title", "date", "population"]
    rows = [{name: getattr(claim, name) for name in columns} for claim in benchmarks().values()]
    known = [
        "yes" if claim.definition_known else "no: definition may differ from yours" for claim in benchmarks().values()
    ]
    return pd.DataFrame(rows, columns=columns).assign(definition_known=known)
