"""Opens pages through the frame, as a browser does: first the home page, then a switch."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics import settings
from tests.pages import companies

HOME = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")
Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a company, built once: full, minimal, hostile, or empty (no data at all)."""
    folder, built = tmp_path_factory.mktemp("companies"), {"empty"}

    def get(kind: str) -> Path:
        if kind not in built:
            getattr(companies, kind)(folder / kind)
            built.add(kind)
        return folder / kind

    return get


@pytest.fixture
def open_page(company: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page of a company: `open_page("pages/remove.py", "full", segment=["B2B"])`."""
    monkeypatch.setenv("EBB_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")

    def make(path: str = "streamlit_app.py", kind: str = "full", **query: list[str]) -> AppTest:
        monkeypatch.setenv("EBB_WORKSPACE", str(company(kind)))
        settings.settings.cache_clear()
        app = AppTest.from_file(HOME, default_timeout=30)
        for key, values in query.items():
            app.query_params[key] = values
        app.run()
        return app if path == "streamlit_app.py" else app.switch_page(path).run()

    yield make
    settings.settings.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _caches() -> Iterator[None]:
    """Close what the pages kept open."""
    yield
    st.cache_resource.clear()
    st.cache_data.clear()


@pytest.fixture
def in_subprocess() -> Callable[[str], str]:
    """Run a few lines of Python in a fresh process, as after a restart, and return what they print."""

    def run(code: str) -> str:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
        return done.stdout

    return run


def shown(app: AppTest) -> str:
    """Return every text of a page, one a line."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
    lines = [str(element.value) for kind in kinds for element in getattr(app, kind)]
    return "\n".join(lines + [f"{tile.label} {tile.value} {tile.delta}" for tile in app.metric])
