"""What the model costs above the floor: a plain load of the same file, one wide group-by, one lag window.

Both run in one process after the other, on disk, with the same threads and memory; only their ratio means anything.
`python -m benchmarks.import_floor --contacts 1000000` prints JSON.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from analytics.intake.build import STEPS, build_model
from analytics.intake.typed import TypedSource
from analytics.workspace import WorkspaceInfo
from benchmarks.data import write_contacts

HERE = Path(__file__).parent
THREADS = 2
MEMORY_MB = 4096


def open_database(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a database file with the threads and memory that DATA.md's floor names."""
    connection = duckdb.connect(str(path))
    connection.execute(f"set threads = {THREADS}")
    connection.execute(f"set memory_limit = '{MEMORY_MB}MB'")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set temp_directory = $folder", {"folder": str(path.with_suffix(".tmp"))})
    return connection


def floor_seconds(contacts: Path, database: Path) -> dict[str, float]:
    """Load all columns, group, run the lag window; return the seconds of each."""
    statements = {
        "load": "create table loaded as select * from read_parquet($file)",
        "group": "create table grouped as " + (HERE / "floor.sql").read_text(encoding="utf-8"),
        "gaps": "create table gaps as " + (HERE / "floor_gaps.sql").read_text(encoding="utf-8"),
        "checkpoint": "checkpoint",
    }
    with open_database(database) as connection:
        return {
            name: _seconds(lambda text=text: _run(connection, text, contacts))  # type: ignore[misc]
            for name, text in statements.items()
        }


def model_seconds(contacts: Path, database: Path) -> tuple[dict[str, float], dict[str, int]]:
    """Build the whole model; return the seconds and the rows of each table."""
    seconds: dict[str, float] = {}
    clock = _Clock(seconds)
    query = (HERE / "typed_contacts.sql").read_text(encoding="utf-8")
    source = TypedSource(query, {"source_file": str(contacts)})
    with open_database(database) as connection:
        build_model(connection, WorkspaceInfo("benchmark"), clock.tick, source)
        connection.execute("checkpoint")
        clock.tick("end", 1.0)
        kept = [step.name for step in STEPS if step.kept]
        rows = {name: connection.execute(f"select count(*) from {name}").fetchall()[0][0] for name in kept}
    return seconds, rows


def measure(contacts: int, folder: Path) -> dict[str, Any]:
    """Measure floor and model on `contacts` invented contacts below `folder`."""
    file = write_contacts(folder / "contacts.parquet", contacts)
    floor = floor_seconds(file, folder / "floor.duckdb")
    model, rows = model_seconds(file, folder / "model.duckdb")
    total, floor_total = sum(model.values()), sum(floor.values())
    at_contacts = sum(model.get(name, 0.0) for name in ("start", "reason groups", "issue places", "contacts"))
    return {
        "contacts": contacts,
        "floor_seconds": {"total": round(floor_total, 2), **_rounded(floor)},
        "model_seconds": {"total": round(total, 2), **_rounded(model)},
        "contacts_ratio": round(at_contacts / floor_total, 2),
        "cubes_ratio": round((total - at_contacts) / floor_total, 2),
        "ratio": round(total / floor_total, 2),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rows": rows,
    }


class _Clock:
    """Turns progress calls into seconds per step."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds, self._label, self._since = seconds, "start", time.perf_counter()

    def tick(self, label: str, _share: float) -> None:
        now = time.perf_counter()
        self._seconds[self._label] = now - self._since
        self._label, self._since = label, now


def _run(connection: duckdb.DuckDBPyConnection, text: str, contacts: Path) -> None:
    connection.execute(text, {"file": str(contacts)} if "$file" in text else {}).fetchall()


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}


def main() -> None:
    """Print the measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=None, help="where to work; default: a temporary folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        print(json.dumps(measure(arguments.contacts, Path(folder)), indent=2))


if __name__ == "__main__":
    main()
