"""Every page of the menu in a real Chromium: laptop light, laptop dark, phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from scripts.pages import addresses
from tests.browser.visits import LOOKS, Visit, look

EVERY_LOOK = [
    pytest.param((address, how), id=f"{address or 'Overview'}-{how}") for address in addresses() for how in LOOKS
]


@pytest.fixture(scope="module", params=EVERY_LOOK)
def visit(request: pytest.FixtureRequest, open_context: Callable[..., BrowserContext]) -> Visit:
    """One look at one page, shared by the tests below."""
    return look(open_context, *request.param)


def test_no_console_error(visit: Visit) -> None:
    assert visit.console_errors == ()


def test_no_exception_box(visit: Visit) -> None:
    assert visit.exceptions == ()


def test_one_heading_says_what_the_page_is_about(visit: Visit) -> None:
    assert len(visit.headings) == 1
    assert visit.headings[0].strip()


def test_nothing_sticks_out_sideways(visit: Visit) -> None:
    assert visit.overflow_pixels <= 0
    assert visit.overhanging == ()


def test_no_serious_accessibility_finding(visit: Visit) -> None:
    assert visit.violations == ()


def test_the_theme_follows_the_reader(visit: Visit, request: pytest.FixtureRequest) -> None:
    is_dark = sum(visit.background) < 3 * 128
    assert is_dark == ("-dark" in request.node.name)
