"""Sources with a file made to do harm: everything in it is text, on every page, and it is imported in the browser."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.pages import addresses, settle, watch_answers, watch_console
from scripts.server import APP, Served, serve
from tests.browser.hostile import TEXTS

COLUMNS = (
    "call id",
    "started <b>at</b>",
    "=channel()",
    "reason<img src=x onerror=alert(1)>",
    "customer",
    "x" * 300,
    "😀",
)
MADE = "[data-testid=stMain] :is(script, iframe, object, i, b:not(strong *), img[src=x], a[href^='http://x'])"
ROWS = 1_500


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the file; the fifth has no date."""
    first = datetime(2025, 1, 6, 8)
    for number in range(ROWS):
        at = first + timedelta(hours=5 * number)
        when = "31/02/2025" if number == 4 else f"{at:%Y-%m-%d %H:%M}"
        yield str(number), when, ("phone", "chat")[number % 2], TEXTS[number % 12], f"c{number % 400}", "v", "y"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file somebody sends."""
    path = tmp_path_factory.mktemp("sent") / "calls.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows()])
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app on a workspace without a file."""
    folder = tmp_path_factory.mktemp("mine")
    environment = {"EBB_WORKSPACE": str(folder / "calls"), "EBB_STORE_URL": f"sqlite:///{folder / 'store.sqlite'}"}
    (folder / "calls").mkdir()
    with serve(APP, folder / "app.log", environment) as served:
        yield served


@pytest.fixture(scope="module")
def loaded(browser: Browser, empty: Served, file: Path) -> Iterator[tuple[Page, list[str]]]:
    """A page on which the file was sent and imported, and what its console said since."""
    context = watch_answers(browser.new_context(base_url=empty.url, viewport={"width": 1440, "height": 900}))
    page = context.new_page()
    errors = watch_console(page)
    page.on("dialog", lambda dialog: (errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.goto("/sources")
    settle(page)
    page.locator('input[type="file"]').first.set_input_files(file)
    expect(page.get_by_text("Kept calls.csv.")).to_be_visible()
    settle(page)
    expect(page.get_by_text("rejected started <b>at</b>, line 6: “31/02/2025” is not a date")).to_be_visible()
    page.get_by_role("button", name="Save and import").click()
    expect(page.get_by_text("Imported in")).to_be_visible(timeout=60_000)
    settle(page)
    yield page, errors
    context.close()


def test_every_row_is_accounted_for_and_the_rejected_one_is_shown(loaded: tuple[Page, list[str]]) -> None:
    page, errors = loaded
    expect(page.get_by_text(f"{ROWS:,} rows read = {ROWS - 1:,} loaded + 1 rejected")).to_be_visible()
    assert errors == []


@pytest.mark.parametrize("address", addresses(), ids=[address or "Overview" for address in addresses()])
def test_no_page_makes_anything_of_it(loaded: tuple[Page, list[str]], address: str) -> None:
    page, errors = loaded
    page.goto(f"/{address}")
    settle(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.locator(MADE).count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert errors == []
