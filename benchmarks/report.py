"""What a measurement says, as a short table and as JSON."""

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured thing beside what it is compared with."""

    part: str
    """import, questions, engine, pages or memory."""
    what: str
    ours: float
    unit: str
    floor: float | None = None
    """The same unit, measured in the same run; None where nothing is compared."""
    limit: float | None = None
    """What the ratio (or, without a floor, the value) may be at most."""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the floor."""
        return self.ours / self.floor if self.floor else None

    @property
    def holds(self) -> bool | None:
        """True within the limit; None where there is none."""
        judged = self.ratio if self.floor is not None else self.ours
        return None if self.limit is None or judged is None else judged <= self.limit


def table(measures: Iterable[Measure]) -> str:
    """Return the measures as lines of aligned text."""
    head = ("part", "what", "ours", "floor", "ratio", "limit", "holds", "note")
    rows = [head, *(_cells(measure) for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def save(measures: Iterable[Measure], path: Path) -> None:
    """Write the measures, with the machine and the time, as JSON."""
    rows = [{**asdict(measure), "ratio": measure.ratio, "holds": measure.holds} for measure in measures]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"measured_at": datetime.now(UTC).isoformat(), **machine(), "measures": rows}, indent=1))


def machine() -> dict[str, object]:
    """Return what the figures depend on: cores, memory, Python."""
    memory_gb = round(psutil.virtual_memory().total / 2**30, 1)
    return {"cores": psutil.cpu_count(), "memory_gb": memory_gb, "python": platform.python_version()}


def _cells(measure: Measure) -> tuple[str, ...]:
    holds = {True: "yes", False: "NO", None: ""}[measure.holds]
    return (
        measure.part,
        measure.what,
        f"{_short(measure.ours)} {measure.unit}",
        f"{_short(measure.floor)} {measure.unit}" if measure.floor is not None else "",
        f"{measure.ratio:.2f} ×" if measure.ratio is not None else "",
        _short(measure.limit) if measure.limit is not None else "",
        holds,
        measure.note,
    )


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
