"""Starts a Streamlit app on a free port and stops it by its own process id."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app.py"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A running app."""

    url: str
    """Address without a closing slash."""
    pid: int
    log: Path
    """What the server wrote on its terminal."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(script: Path, log: Path, environment: dict[str, str] | None = None) -> Iterator[Served]:
    """Run `script` under Streamlit from the project root, so that every app gets the same configuration."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with log.open("wb") as stream:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and script
            command, cwd=ROOT, env={**os.environ, **(environment or {})}, stdout=stream, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, port, log)
            yield Served(f"http://127.0.0.1:{port}", process.pid, log)
        finally:
            _stop(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The app did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
