"""Remove in a real Chromium: bars lead to their contacts, the slider answers, tabs have an address."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scripts.pages import settle
from tests.browser.visits import OVERHANG, WIDEST, findings

LENGTHS = """plot => { const sums = {};
  plot._fullData.filter(trace => trace.type === 'bar').forEach(trace => [...trace.y].forEach((name, row) => {
    sums[name] = (sums[name] || 0) + trace.x[row]; }));
  return sums; }"""
TABS = ("Generators", "Repeats", "Trend", "Defects", "Policies")


@pytest.fixture
def remove(open_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    page = open_context(accept_downloads=True).new_page()
    page.goto("/remove")
    settle(page)
    yield page
    page.close()


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()
    settle(page)


def lengths(page: Page) -> dict[str, float]:
    found: dict[str, float] = page.locator(".st-key-generators .js-plotly-plot").first.evaluate(LENGTHS)
    return found


def behind(page: Page) -> tuple[int, str]:
    heading = page.get_by_role("heading", name=re.compile("contacts behind"))
    expect(heading).to_be_visible()
    count, _, name = heading.inner_text().partition(" contacts behind ")
    return int(count.replace(",", "")), name.strip("“”")


def click_bar(page: Page, place: int) -> None:
    box = page.locator(".st-key-generators .barlayer .trace").first.locator(".point path").nth(place).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    settle(page)


def test_a_click_on_a_bar_lists_as_many_contacts_as_the_bar(remove: Page, tmp_path: Path) -> None:
    choose(remove, "Contacts")
    bars = lengths(remove)
    click_bar(remove, 1)
    count, name = behind(remove)
    assert count == round(bars[name])
    with remove.expect_download() as waiting:
        remove.get_by_role("button", name=re.compile("Download .* contacts")).click()
    waiting.value.save_as(tmp_path / "contacts.csv")
    with (tmp_path / "contacts.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == count
    assert {row["reason"] for row in rows} == {name}
    assert all(re.fullmatch(r"[0-9a-f]{1,6}|", row["customer"]) for row in rows)


def test_the_keyboard_leads_to_the_same_contacts(remove: Page) -> None:
    choose(remove, "Contacts")
    name, length = next(iter(lengths(remove).items()))
    field = remove.get_by_label("Look behind a bar").first
    field.focus()
    remove.keyboard.type(name)
    remove.keyboard.press("Enter")
    settle(remove)
    assert behind(remove) == (round(length), name)


def test_the_window_slider_answers(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context().new_page()
    page.goto("/remove?tab=Repeats")
    settle(page)
    slider = page.get_by_role("slider").first
    slider.focus()
    for days in (8, 9):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("heading", name=re.compile(f"came back within {days} days"))).to_be_visible()


def test_an_event_shows_its_author_in_another_session(open_context: Callable[..., BrowserContext]) -> None:
    writer, reader = open_context().new_page(), open_context().new_page()
    writer.goto("/remove?tab=Trend")
    settle(writer)
    writer.get_by_role("textbox", name="Your name (unverified)").fill("Ada")
    writer.keyboard.press("Enter")
    settle(writer)
    writer.get_by_text("Add or change an event").click()
    settle(writer)
    writer.get_by_role("textbox", name="What happened").fill("=1+1 <b>letter</b>")
    writer.get_by_role("button", name="Save event").click()
    settle(writer)
    reader.goto("/remove?tab=Trend")
    settle(reader)
    reader.locator(".st-key-events_drawer summary").click()
    button = reader.locator('.st-key-events_drawer [data-testid="stDownloadButton"] button')
    expect(button).to_be_visible()
    settle(reader)
    with reader.expect_download() as waiting:
        button.click()
    with waiting.value.path().open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    mine = [row for row in rows if row["source"].startswith("Ada (unverified), ")]
    assert [row["name"] for row in mine] == ["'=1+1 <b>letter</b>"]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("width", [1440, 390])
def test_every_tab_fits_and_can_be_read_by_all(
    open_context: Callable[..., BrowserContext], tab: str, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(f"/remove?tab={tab}")
    settle(page)
    assert page.get_by_role("radio", name=tab, exact=True).get_attribute("aria-checked") == "true"
    assert page.evaluate(WIDEST) <= 0
    assert page.evaluate(OVERHANG) == []
    assert findings(page) == ()
