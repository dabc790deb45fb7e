"""(a) Importing N contacts against the floor: the engine alone doing the least the import must do on the same file."""

import os
import resource
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import duckdb

from analytics.contract import CONTACTS
from benchmarks.data import write_contacts
from benchmarks.import_floor import floor_seconds
from benchmarks.report import Measure
from benchmarks.workspaces import KEPT, measured_cli

LIMIT = 2.5
MEMORY_MB = 6 * 1024
PER_MB = 2**20 if sys.platform == "darwin" else 2**10
"""Units of the system's peak memory in one MB."""
HEAD = '[workspace]\nname = "Speed"\ninvented = true\n\n[contacts]\nfiles = ["{name}"]\n\n[contacts.columns]\n'


def measure(contacts: int, rounds: int = 1) -> Iterator[Measure]:
    """Yield seconds and memory of the import of `contacts` rows from Parquet, and apart from CSV."""
    folder = KEPT / f"import-{contacts}"
    parquet = _parquet(folder, contacts)
    for kind in ("parquet", "csv"):
        workspace = _workspace(folder, parquet, kind)
        pairs = [(_import(workspace), _floor(parquet)) for _ in range(rounds)]
        (ours, memory), (floor, floor_memory) = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
        what, limit = f"{contacts:,} contacts from {kind}", LIMIT if kind == "parquet" else None
        yield Measure("import", what, ours, "s", floor, limit, f"{contacts / ours:,.0f} rows a second")
        note = f"the floor {floor_memory:,.0f} MB"
        yield Measure("memory", f"peak, {what}", memory, "MB", limit=MEMORY_MB, note=note)


def _import(workspace: Path) -> tuple[float, float]:
    for name in ("result.duckdb", "store.sqlite"):
        (workspace / name).unlink(missing_ok=True)
    run = measured_cli("import", str(workspace))
    return run.seconds, run.peak_memory_mb


def _floor(parquet: Path) -> tuple[float, float]:
    """Run the floor in a process of its own, so that neither warms the other."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_floor_here, parquet).result()


def _floor_here(parquet: Path) -> tuple[float, float]:
    target = parquet.with_name(f"floor-{os.getpid()}.duckdb")
    try:
        seconds = sum(floor_seconds(parquet, target).values())
    finally:
        target.unlink(missing_ok=True)
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MB


def _parquet(folder: Path, contacts: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "contacts.parquet"
    return path if path.exists() else write_contacts(path, contacts)


def _workspace(folder: Path, parquet: Path, kind: str) -> Path:
    """Return a folder with the file in the wanted format and a mapping that takes every column as it is."""
    workspace = folder / kind
    workspace.mkdir(exist_ok=True)
    source = workspace / f"contacts.{kind}"
    if not source.exists():
        shutil.copy(parquet, source) if kind == "parquet" else duckdb.read_parquet(str(parquet)).write_csv(str(source))
    columns = [name for name in duckdb.read_parquet(str(parquet)).columns if name in CONTACTS.names]
    mapping = HEAD.format(name=source.name) + "".join(f'{name} = "{name}"\n' for name in columns)
    (workspace / "workspace.toml").write_text(mapping, encoding="utf-8")
    return workspace
