"""One invented company, one server and one Chromium for all tests in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from scripts.chromium import executable, flags
from scripts.pages import watch_answers
from scripts.server import APP, Served, serve
from scripts.workspaces import make_demo

CONTACTS = 30_000


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small invented company, imported once."""
    return make_demo(tmp_path_factory.mktemp("workspaces") / "demo", CONTACTS)


@pytest.fixture(scope="session")
def app(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on the invented company."""
    log = tmp_path_factory.mktemp("server") / "app.log"
    with serve(APP, log, {"EBB_WORKSPACE": str(demo_folder)}) as served:
        yield served


@pytest.fixture(scope="session")
def base_url(app: Served) -> str:
    """Address that relative links in tests start from."""
    return app.url


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the machine's Chromium without a call to the outside."""
    path = executable()
    if path is None:
        pytest.fail("No Chromium on this machine: `make test` finds or installs one.")
    return {"executable_path": path, "args": flags(), "headless": True}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A 1440 px laptop that moves nothing and lives in UTC."""
    return {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", "timezone_id": "UTC"}


@pytest.fixture(scope="session")
def open_context(
    browser: Browser, browser_context_args: dict[str, Any], base_url: str
) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts that differ in width or theme; all are closed at the end."""
    contexts: list[BrowserContext] = []

    def make(**changes: Any) -> BrowserContext:
        contexts.append(watch_answers(browser.new_context(**{**browser_context_args, "base_url": base_url, **changes})))
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()
