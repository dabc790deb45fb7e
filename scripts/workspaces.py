"""Makes and imports the invented company through the command line, as a person would."""

import subprocess
import sys
from pathlib import Path

from analytics.engine import Reader
from analytics.errors import AnalyticsError
from scripts.server import ROOT

DONE = (0, 3)
"""Exit codes of a command that did its work; with 3 it lists rows that were rejected or flagged."""


def run_cli(*arguments: str) -> str:
    """Run `python -m analytics …` and return what it printed. Raises RuntimeError with its last lines."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "analytics", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode not in DONE:
        raise RuntimeError(f"analytics {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def make_demo(folder: Path, contacts: int, seed: int = 7, *, backlog: bool = False) -> Path:
    """Write the invented company into `folder`, with its backlog where wanted, import it, and return the folder."""
    more = ["--backlog"] if backlog else []
    run_cli("demo", "--contacts", str(contacts), "--seed", str(seed), *more, "--out", str(folder))
    run_cli("import", str(folder))
    return folder


def opens(result: Path) -> bool:
    """Return whether there is a result, and one that this version of the app reads."""
    try:
        Reader(result).close()
    except AnalyticsError:
        return False
    return True
