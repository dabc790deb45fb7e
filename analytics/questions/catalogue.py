"""The metric catalogue: what each number means, in one place for screens, exports and docs."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from analytics.errors import CannotTellError, nearest

GoodDirection = Literal["up", "down", "none"]
_DIRECTIONS: dict[str, GoodDirection] = {"up": "up", "down": "down", "none": "none"}
_FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class Metric:
    """One number's label, unit and definition."""

    key: str
    label: str
    unit: str
    definition: str
    good_direction: GoodDirection
    minimum_n: int
    """Observations below which it is not shown."""
    rounding: int
    """Digits after the point."""
    counts: str
    """What n counts: contacts, issues, customers, answers."""


@cache
def catalogue() -> dict[str, Metric]:
    """Return every metric by key, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: _metric(key, row) for key, row in rows.items()}


def metric(key: str) -> Metric:
    """Return one metric. Raises CannotTellError naming the nearest key."""
    known = catalogue()
    if key not in known:
        raise CannotTellError(f"There is no metric “{key}”.", do=nearest(key, known))
    return known[key]


def _metric(key: str, row: dict[str, object]) -> Metric:
    return Metric(
        key=key,
        label=str(row["label"]),
        unit=str(row["unit"]),
        definition=str(row["definition"]),
        good_direction=_DIRECTIONS[str(row["good"])],
        minimum_n=int(str(row["minimum_n"])),
        rounding=int(str(row["rounding"])),
        counts=str(row["counts"]),
    )
