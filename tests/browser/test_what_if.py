"""The what-if in a real Chromium: sliders by keyboard, the address, two people, a phone."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from scripts.pages import settle, watch_console

SLIDER = '[class*="st-key-what_if_slider"] input[type=range]'


@pytest.fixture
def what_if(open_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    page = open_context().new_page()
    errors = watch_console(page)
    page.goto("/what_if")
    settle(page)
    yield page
    assert errors == []


def row(page: Page) -> str:
    return page.locator(".ebb-row").inner_text()


def press(page: Page, key: str, times: int) -> None:
    page.locator(SLIDER).first.focus()
    for _ in range(times):
        page.keyboard.press(key)
    settle(page)


def reset(page: Page) -> None:
    page.get_by_role("button", name="Reset", exact=False).first.click()
    expect(page.locator("h1")).to_have_text("Nothing is changed yet; this is the baseline")
    settle(page)


def test_a_slider_moved_by_keyboard_changes_picture_and_numbers(what_if: Page) -> None:
    reset(what_if)
    before = row(what_if)
    press(what_if, "ArrowRight", 12)
    expect(what_if.locator("h1")).not_to_have_text("Nothing is changed yet; this is the baseline")
    assert what_if.locator(SLIDER).first.input_value() == "12"
    assert row(what_if) != before
    assert "Removed" in what_if.locator(".st-key-what_if_bridge").inner_text()


def test_undo_puts_the_slider_back(what_if: Page) -> None:
    reset(what_if)
    press(what_if, "ArrowRight", 5)
    what_if.get_by_role("button", name="Undo").click()
    expect(what_if.locator("h1")).to_have_text("Nothing is changed yet; this is the baseline")
    expect(what_if.locator(SLIDER).first).to_have_value("0")


def test_a_reload_loses_nothing_and_a_sent_address_shows_the_same(
    what_if: Page, open_context: Callable[..., BrowserContext]
) -> None:
    press(what_if, "ArrowRight", 9)
    what_if.wait_for_url(re.compile("change="))
    what_if.wait_for_timeout(800)
    shown, heading = row(what_if), what_if.locator("h1").inner_text()
    other = open_context().new_page()
    other.goto(what_if.url)
    settle(other)
    expect(other.locator("h1")).to_have_text(heading)
    assert row(other) == shown
    expect(other.locator(SLIDER).first).to_have_value("39")


def saved(page: Page, author: str, name: str) -> None:
    page.get_by_role("textbox", name="Your name (unverified)").fill(author)
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)  # the run this starts draws the bar anew and would close the box
    settle(page)
    _save(page, name)


def _save(page: Page, name: str) -> None:
    page.locator('[class*="st-key-what_if_save_box"] button').first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill(name, timeout=5_000)
    page.get_by_role("button", name="Save", exact=True).last.click()
    settle(page)


def test_two_people_edit_one_scenario_and_the_second_is_told(
    what_if: Page, open_context: Callable[..., BrowserContext]
) -> None:
    saved(what_if, "Ana", "Together")
    expect(what_if.locator(".st-key-what_if_bar")).to_contain_text("version 1 by Ana")
    what_if.wait_for_url(re.compile("scenario=together"))
    other = open_context().new_page()
    other.goto(what_if.url)
    settle(other)
    press(what_if, "ArrowRight", 3)
    _save(what_if, "Together")
    expect(what_if.locator(".st-key-what_if_bar")).to_contain_text("version 2 by Ana")
    press(other, "ArrowLeft", 3)
    saved(other, "Ben", "Together")
    told = other.locator(".st-key-what_if_conflict")
    expect(told).to_contain_text("Ana")
    expect(other.locator(SLIDER).first).to_have_value("27")
    told.get_by_role("button", name="Keep mine as a copy").click()
    expect(told).to_have_count(0)
    expect(other.locator(".st-key-what_if_bar")).to_contain_text("Together (Ben)")


def test_it_works_on_a_phone(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto("/what_if")
    settle(page)
    before = row(page)
    press(page, "ArrowRight", 10)
    assert row(page) != before
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_picture_stays_in_view_above_the_sliders(
    open_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = open_context(viewport={"width": 390, "height": 844}, color_scheme=scheme).new_page()
    page.goto("/what_if")
    settle(page)
    picture, sliders = page.locator(".st-key-what_if_bridge"), page.locator(SLIDER)
    assert top(picture) < top(sliders.first)
    last = sliders.nth(sliders.count() - 1)
    last.evaluate("slider => slider.scrollIntoView({block: 'end'})")
    page.keyboard.press("Tab")
    expect(picture).to_be_in_viewport(ratio=0.99)
    assert top(picture) < top(last)
    assert picture.evaluate("it => getComputedStyle(it).backgroundColor") == page.locator(
        "[data-testid=stApp]"
    ).evaluate("it => getComputedStyle(it).backgroundColor"), "what scrolls beneath must not shine through"


def top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def test_opening_the_page_leaves_the_way_back_free(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context().new_page()
    page.goto("/")
    settle(page)
    page.locator("[data-testid='stSidebar'] a[href*='what_if']").first.click()
    page.wait_for_url("**/what_if*")
    settle(page)
    page.go_back()
    page.wait_for_url(lambda url: "what_if" not in url)
