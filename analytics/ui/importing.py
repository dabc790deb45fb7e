"""One import as a process of its own: started, followed and cancelled from the page; the app never reads the files."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import streamlit as st

DONE = (0, 3)
"""Exit codes of an import that left a result: all well, or with problems listed."""


@dataclass
class Import:
    """A running or finished import of one workspace."""

    process: "subprocess.Popen[bytes]"
    output: IO[bytes]
    errors: IO[bytes]
    began: float = field(default_factory=time.monotonic)
    cancelled: bool = False

    @property
    def running(self) -> bool:
        """Whether the process still works."""
        return self.process.poll() is None

    @property
    def refused(self) -> bool:
        """Whether it ended without a result."""
        return not self.running and (self.cancelled or self.process.returncode not in DONE)

    def lines(self) -> list[dict[str, Any]]:
        """Return what it has said so far: progress messages, and the report as the last line when it is done."""
        self.output.seek(0)
        found = []
        for line in self.output.read().splitlines():
            try:
                found.append(json.loads(line))
            except ValueError:  # the line is still being written
                break
        return [line for line in found if isinstance(line, dict)]

    def progress(self) -> dict[str, Any]:
        """Return the latest progress message; empty before the first."""
        told = [line["progress"] for line in self.lines() if "progress" in line]
        return dict(told[-1]) if told else {}

    def report(self) -> dict[str, Any]:
        """Return the report of a finished import; empty when there is none."""
        told = [line for line in self.lines() if "rows_read" in line]
        return told[-1] if told else {}

    def complaint(self) -> str:
        """Return what it said when it refused."""
        if self.cancelled:
            return "The import was cancelled; the earlier result stays as it was."
        self.errors.seek(0)
        said = self.errors.read().decode("utf-8", "replace").strip()
        return said.splitlines()[-1] if said else "The import ended without a word; the earlier result stays as it was."

    def cancel(self) -> None:
        """End the process; what it has built so far is thrown away."""
        self.cancelled = True
        self.process.terminate()


@st.cache_resource(show_spinner=False)
def _imports() -> dict[str, Import]:
    return {}


def current(folder: Path) -> Import | None:
    """Return the latest import of a workspace started from the app, by anybody."""
    return _imports().get(str(folder))


def start(folder: Path) -> Import:
    """Start an import of `folder`, or return the one that is running."""
    running = current(folder)
    if running is not None and running.running:
        return running
    forget(folder)
    output, errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - live as long as the import
    command = [sys.executable, "-m", "analytics", "import", str(folder), "--json-progress", "--json"]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=root)  # noqa: S603 - our own program
    _imports()[str(folder)] = Import(process, output, errors)
    return _imports()[str(folder)]


def forget(folder: Path) -> None:
    """Put a finished import out of sight."""
    found = _imports().pop(str(folder), None)
    if found is not None:
        found.output.close()
        found.errors.close()
