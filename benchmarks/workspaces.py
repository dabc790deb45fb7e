"""Invented companies of several sizes, imported once and kept in bench/workspaces."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from scripts.server import ROOT
from scripts.workspaces import DONE, opens

KEPT = ROOT / "bench" / "workspaces"


@dataclass(frozen=True, slots=True)
class Run:
    """What one command of the app took."""

    seconds: float
    peak_memory_mb: float
    """Largest resident memory of the process, as the system counted it."""
    output: str


def measured_cli(*arguments: str) -> Run:
    """Run `python -m analytics …` as a process of its own. Raises RuntimeError with its last words."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "analytics", *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout
    output = process.stdout.read().decode(errors="replace")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in DONE:
        raise RuntimeError(f"analytics {' '.join(arguments)} failed:\n{output[-2000:]}")
    scale = 2**20 if sys.platform == "darwin" else 2**10  # the system counts in bytes there, in KB elsewhere
    return Run(time.perf_counter() - started, usage.ru_maxrss / scale, output)


def demo(contacts: int, fresh: bool = False) -> Path:
    """Return the folder of an imported invented company of about `contacts` contacts."""
    folder = KEPT / f"demo-{contacts}"
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    if not (folder / "workspace.toml").exists():
        shutil.rmtree(folder, ignore_errors=True)
        measured_cli("demo", "--contacts", str(contacts), "--seed", "7", "--out", str(folder))
    if not opens(folder / "result.duckdb"):
        measured_cli("import", str(folder))
    return folder
