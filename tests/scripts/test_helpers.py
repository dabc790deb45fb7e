"""The helpers of the Makefile: what they take for granted is checked here."""

import os
import subprocess
from pathlib import Path

import pytest

from scripts.chromium import flags
from scripts.pages import addresses, is_own_probe
from scripts.server import ROOT, serve

SHELL_SCRIPTS = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh"))]
SOURCED = {"common.sh"}


def test_overview_comes_first() -> None:
    assert addresses()[0] == ""


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("http://127.0.0.1:1/Remove/_stcore/health", True),
        ("http://127.0.0.1:1/Remove/_stcore/host-config", True),
        ("http://127.0.0.1:1/_stcore/health", False),
        ("http://127.0.0.1:1/Remove/missing.js", False),
    ],
)
def test_only_streamlits_two_probes_are_forgiven(url: str, own: bool) -> None:
    assert is_own_probe(url) is own


def test_the_browser_calls_nobody() -> None:
    assert "--disable-background-networking" in flags()


@pytest.mark.parametrize("path", SHELL_SCRIPTS, ids=[path.name for path in SHELL_SCRIPTS])
def test_shell_scripts_parse_and_can_be_run(path: Path) -> None:
    subprocess.run(["bash", "-n", str(path)], check=True)
    assert path.name in SOURCED or os.access(path, os.X_OK)


def test_make_help_lists_each_target_with_words() -> None:
    text = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "check", "study", "bench", "screenshots", "clean"):
        assert f"  make {target} " in text


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="did not start"), serve(tmp_path / "absent.py", tmp_path / "app.log"):
        pass
