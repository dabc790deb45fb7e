"""Deep links, the menu, the address bar and the back button, in a real Chromium."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.pages import addresses, settle, watch_console
from scripts.server import APP, Served, serve
from tests.browser.visits import FAILED_PART

MENU = '[data-testid="stSidebar"] [data-testid="stPageLink-NavLink"]'
ADDRESSES = addresses()


def address_of(url: str) -> str:
    return urlsplit(url).path.strip("/")


def query_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def menu(page: Page) -> list[str]:
    return [address_of(str(link.get_attribute("href"))) for link in page.locator(MENU).all()]


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context().new_page()


@pytest.fixture(scope="module")
def filtered(open_context: Callable[..., BrowserContext], app: Served) -> str:
    """Query string of a filter that is not the default: one segment, taken from what the app itself writes."""
    page = open_context().new_page()
    page.goto("/")
    settle(page)
    choose_segment(page)
    return urlsplit(page.url).query


def choose_segment(page: Page) -> None:
    """Choose the largest segment in the shared filter."""
    page.get_by_role("button", name="All segments").click()
    page.get_by_role("combobox", name="Segments").click()
    page.get_by_role("option").nth(1).click()  # the first is “Select all”
    page.keyboard.press("Escape")
    settle(page)
    page.wait_for_function("() => location.search.includes('segment')")


def test_the_menu_leads_to_every_page(page: Page) -> None:
    page.goto("/")
    settle(page)
    assert sorted(menu(page)) == sorted(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES, ids=[address or "Overview" for address in ADDRESSES])
def test_a_menu_link_opens_its_page(page: Page, address: str) -> None:
    errors = watch_console(page)
    page.goto(f"/{'' if address else ADDRESSES[-1]}")
    settle(page)
    page.locator(MENU).nth(menu(page).index(address)).click()
    page.wait_for_url(lambda url: address_of(url) == address)
    settle(page)
    assert page.locator(FAILED_PART).count() == 0
    assert errors == []


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_a_deep_link_is_the_first_visit_of_a_fresh_server(
    browser: Browser, demo_folder: Path, tmp_path: Path, address: str
) -> None:
    with serve(APP, tmp_path / "app.log", {"EBB_WORKSPACE": str(demo_folder)}) as served:
        page = browser.new_page()
        page.goto(f"{served.url}/{address}")
        settle(page)
        assert sorted(menu(page)) == sorted(ADDRESSES)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text("Page not found")).to_have_count(0)
        page.close()


def test_a_filter_is_written_to_the_address_bar(filtered: str) -> None:
    assert "segment" in parse_qs(filtered)


def test_a_link_reproduces_what_the_sender_saw(page: Page, filtered: str) -> None:
    page.goto(f"/?{filtered}")
    settle(page)
    assert parse_qs(filtered).items() <= query_of(page.url).items()
    expect(page.get_by_text(parse_qs(filtered)["segment"][0], exact=False).first).to_be_visible()


@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_filters_follow_through_the_menu_and_back(page: Page, filtered: str, address: str) -> None:
    page.goto(f"/?{filtered}")
    settle(page)
    page.locator(MENU).nth(menu(page).index(address)).click()
    page.wait_for_url(lambda url: address_of(url) == address)
    settle(page)
    assert parse_qs(filtered).items() <= query_of(page.url).items()
    page.go_back()
    page.wait_for_url(lambda url: address_of(url) == "")
    settle(page)
    assert parse_qs(filtered).items() <= query_of(page.url).items()
    page.go_forward()
    page.wait_for_url(lambda url: address_of(url) == address)
    settle(page)
    assert parse_qs(filtered).items() <= query_of(page.url).items()


def test_reload_keeps_the_filter(page: Page, filtered: str) -> None:
    page.goto(f"/?{filtered}")
    settle(page)
    page.reload()
    settle(page)
    assert parse_qs(filtered).items() <= query_of(page.url).items()
