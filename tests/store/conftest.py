"""The same store on SQLite and on a real PostgreSQL server that lives as long as the tests."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from analytics.store import Store


def _programs() -> Path | None:
    found = shutil.which("initdb")
    candidates = [Path(found).parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of an empty PostgreSQL server; skipped where Debian's server package is absent."""
    programs = _programs()
    if programs is None:
        pytest.skip("needs the PostgreSQL server programs (Debian: postgresql)")
    folder = Path(mkdtemp(prefix="ebb-pg-"))
    user = {"user": "nobody"} if os.geteuid() == 0 else {}  # the server refuses to run as root
    if user:
        shutil.chown(folder, "nobody")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **user}
    port = _free_port()
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "ebb", "-A", "trust", "-N", "-E", "UTF8"], check=True, **quiet
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    control = [programs / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-l", folder / "log", "-o", options, "start"], check=True, **quiet)
    try:
        yield f"postgresql+psycopg://ebb@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*control, "-m", "immediate", "stop"], check=True, **quiet
        )  # stops the server of this data folder only
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a store; the PostgreSQL one is shared, so tests use their own workspace."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def open_store(url: str) -> Iterator[Callable[[], Store]]:
    """Open the same store again and again; all are closed at the end."""
    opened: list[Store] = []

    def make() -> Store:
        opened.append(Store(url))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    """A store of each kind."""
    return open_store()


@pytest.fixture
def workspace(request: pytest.FixtureRequest) -> str:
    """A workspace id no other test uses."""
    return str(request.node.name)
