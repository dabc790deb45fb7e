"""Stores that cannot be read or written say so in words, and never show an address or a password."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import chown
from tempfile import mkdtemp

import pytest

from analytics.errors import StoreError
from analytics.store import Author, Store

ADA = Author("Ada", verified=True)
ROOT = Path(__file__).resolve().parents[2]
WRITE = """
import os, resource, sys
from analytics.errors import StoreError
from analytics.store import Author, Store
Store("sqlite:///:memory:").put("w", "idea", "a", {}, Author("Ada"), None)
if sys.argv[2] == "nobody":
    os.setgid(65534)
    os.setuid(65534)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
store = Store(sys.argv[1])
sys.stdout.write(f"{len(store.list('w', 'idea'))} ")
try:
    store.put("w", "idea", "b", {"text": "x" * 200_000}, Author("Ada"), None)
except StoreError as error:
    sys.stdout.write(str(error))
"""


@pytest.fixture
def open_folder() -> Path:
    """A folder everybody may reach, unlike pytest's own."""
    folder = Path(mkdtemp(prefix="ebb-store-"))
    folder.chmod(0o755)
    return folder


def run(url: str, limit: str) -> str:
    """Read, then write 200 kB in a process of its own: as nobody, or with files of at most `limit` bytes."""
    done = subprocess.run(
        [sys.executable, "-c", WRITE, url, limit], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without the right to write")
def test_a_folder_that_may_only_be_read(open_folder: Path) -> None:
    url = f"sqlite:///{open_folder / 'store.sqlite'}"
    Store(url).put("w", "idea", "a", {}, ADA, None)
    assert run(url, "nobody").startswith("1 The store may only be read.")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody without the right to write")
def test_a_file_that_may_only_be_read(open_folder: Path) -> None:
    url = f"sqlite:///{open_folder / 'store.sqlite'}"
    Store(url).put("w", "idea", "a", {}, ADA, None)
    chown(open_folder, "nobody")
    assert run(url, "nobody").startswith("1 The store may only be read.")


def test_a_full_disk(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    Store(url).put("w", "idea", "a", {}, ADA, None)
    assert run(url, "100000").startswith("1 The disk of the store is full or failing.")
    assert [record.key for record in Store(url).list("w", "idea")] == ["a"]


def test_a_store_that_was_removed(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    store.put("w", "idea", "a", {}, ADA, None)
    for file in tmp_path.iterdir():
        file.unlink()
    with pytest.raises(StoreError, match="The store is gone"):
        store.put("w", "idea", "b", {}, ADA, None)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "store.sqlite").write_text("nothing of the kind " * 200, encoding="utf-8")
    with pytest.raises(StoreError, match="damaged or is not a database"):
        Store(f"sqlite:///{tmp_path / 'store.sqlite'}").list("w", "idea")


def test_a_server_that_does_not_run() -> None:
    with pytest.raises(StoreError, match="cannot be reached") as told:
        Store("postgresql+psycopg://ebb:secret-word@127.0.0.1:1/none").list("w", "idea")
    assert "secret-word" not in str(told.value)


def test_an_address_that_is_none() -> None:
    with pytest.raises(StoreError, match="EBB_STORE_URL"):
        Store("what is this").list("w", "idea")


def test_a_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}")
    assert store.list("w", "idea") == []


def test_readers_do_not_wait_for_writers(tmp_path: Path) -> None:
    Store(f"sqlite:///{tmp_path / 'store.sqlite'}").put("w", "idea", "a", {}, ADA, None)
    assert (tmp_path / "store.sqlite").read_bytes()[18:20] == b"\x02\x02"  # file format of WAL mode
