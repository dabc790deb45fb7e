"""Backlog, ideas, audit and promised against realised in a real Chromium: two editors, a reload, looks, files."""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scripts.pages import settle, watch_console
from tests.browser.visits import OVERHANG, WIDEST, findings

TABS = ("Backlog", "Ideas", "Label audit", "Promised and realised")
HOSTILE = "=1+1 <b>bold</b> **x** 🎉 שלום"
Visit = Callable[..., Page]


@pytest.fixture
def visit(open_context: Callable[..., BrowserContext]) -> Iterator[Visit]:
    """Open a tab of Remove as somebody with a name, in a context of their own."""
    pages: list[Page] = []

    def make(tab: str, name: str = "", **looks: object) -> Page:
        page = open_context(accept_downloads=True, **looks).new_page()
        pages.append(page)
        page.goto(f"/remove?tab={tab.replace(' ', '+')}")
        settle(page)
        if name:
            type_into(page, "Your name (unverified)", name)
        return page

    yield make
    for page in pages:
        page.close()


def type_into(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(label, exact=True).first
    field.fill(text)
    field.press("Enter")
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=re.compile(re.escape(label))).first.click()
    page.keyboard.type(option[:8])
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    settle(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{re.escape(name)}|{re.escape(name)}$")).first.click()
    settle(page)


def save(page: Page) -> None:
    page.locator(".st-key-initiative_save button").click()
    settle(page)


def add(page: Page, name: str) -> None:
    type_into(page, "Name", name)
    choose(page, "Reasons", "Billing error")
    save(page)


def test_an_initiative_is_kept_over_a_reload_and_exported_as_text(visit: Visit, tmp_path: Path) -> None:
    page = visit("Backlog", "Ada")
    add(page, HOSTILE)
    page.reload()
    settle(page)
    choose(page, "Initiative", HOSTILE)
    expect(page.get_by_label("Name", exact=True).first).to_have_value(HOSTILE)
    assert page.locator('[data-testid="stMain"] b', has_text="bold").count() == 0
    with page.expect_download() as waiting:
        page.locator(".st-key-backlog_download button").click()
    waiting.value.save_as(tmp_path / "backlog.csv")
    with (tmp_path / "backlog.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert f"'{HOSTILE}" in {row["initiative"] for row in rows}
    assert "invented" in waiting.value.suggested_filename


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(visit: Visit) -> None:
    first = visit("Backlog", "Ada")
    add(first, "Two people change me")
    second = visit("Backlog", "Bob")
    for page in (first, second):
        choose(page, "Initiative", "Two people change me")
    type_into(first, "Person", "chosen by Ada")
    type_into(second, "Person", "chosen by Bob")
    save(first)
    save(second)
    expect(second.get_by_text(re.compile(r"Ada \(unverified\) changed this at"))).to_be_visible()
    expect(second.get_by_label("Person", exact=True).first).to_have_value("chosen by Bob")
    second.locator(".st-key-initiative_mine button").click()
    settle(second)
    expect(second.get_by_label("Person", exact=True).first).to_have_value("chosen by Bob")
    save(second)
    second.reload()
    settle(second)
    choose(second, "Initiative", "Two people change me")
    expect(second.get_by_label("Person", exact=True).first).to_have_value("chosen by Bob")


def test_an_idea_is_sent_and_becomes_an_initiative(visit: Visit) -> None:
    page = visit("Ideas")
    page.get_by_label("Your idea").fill(f"Idea {HOSTILE}")
    page.get_by_label("Your name", exact=True).fill("Zoe")
    page.get_by_role("button", name=re.compile("Send the idea")).click()
    settle(page)
    expect(page.get_by_text("Thank you. The idea is kept")).to_be_visible()
    type_into(page, "Your name (unverified)", "Ada")
    page.locator(".st-key-idea_convert button").click()
    settle(page)
    expect(page.locator(".st-key-idea_convert button")).to_be_disabled()


@pytest.mark.parametrize(
    "how", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}}]
)
def test_every_tab_reads_in_light_dark_and_on_a_phone(visit: Visit, how: dict[str, object]) -> None:
    for tab in TABS:
        page = visit(tab, **how)
        errors = watch_console(page)
        assert page.evaluate(WIDEST) <= 0, tab
        assert page.evaluate(OVERHANG) == [], tab
        assert findings(page) == (), tab
        assert errors == [], tab
