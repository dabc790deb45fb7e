"""What a browser makes of text from data: exactly its letters, in every element that shows it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from analytics.ui.text import plain
from scripts.pages import settle
from scripts.server import serve
from tests.browser.hostile import TEXTS

APP = Path(__file__).parent / "apps" / "texts.py"
LETTERS = """root => [...root.querySelectorAll('[data-testid="stMarkdownContainer"], h3')]
  .map(box => box.textContent)"""
OTHERS = """root => [...root.querySelectorAll('[data-testid="stMarkdownContainer"] *')]
  .filter(one => !['P', 'H3', 'SPAN', 'SMALL', 'DIV'].includes(one.tagName)).map(one => one.tagName)"""


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], list[str]]]:
    """Return by text what each element shows, and the tags it should not have made."""
    with serve(APP, tmp_path_factory.mktemp("texts") / "app.log") as served:
        page = browser.new_page()
        page.goto(served.url)
        settle(page)
        boxes = {text: page.locator(f".st-key-text_{place}") for place, text in enumerate(TEXTS)}
        found = {text: (box.evaluate(LETTERS), box.evaluate(OTHERS)) for text, box in boxes.items()}
        page.close()
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_data_is_shown_letter_by_letter(shown: dict[str, tuple[list[str], list[str]]], text: str) -> None:
    letters, tags = shown[text]
    assert len(letters) == 6
    assert {line.replace("\u2060", "").strip() for line in letters} == {plain(text)}
    assert tags == []
