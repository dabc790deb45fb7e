"""The margin beside a figure is reckoned, not searched for: no name may need more room than it gets."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from analytics.charts.theme import label, text_pixels
from scripts.pages import settle
from scripts.server import serve
from tests.browser.hostile import TEXTS

APP = Path(__file__).parent / "apps" / "texts.py"
NAMES = (
    *TEXTS, "Billing error", "WWWWWWWWWWWWWW", "MMMMMMMM mmmmmm", "illicit little title", "ÄÖÜ ÅÉÑ ßøþ", "Ж Щ Ю Ы Ш Д",
    "会社の請求の誤り", "خطأ في الفاتورة", "बिल में त्रुटि", "😀😀😀 🇩🇪", "1,234,567 & 89 % @ 0", "“quoted” – dashed — …",
)  # fmt: skip
WIDTHS = """names => {
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = '13px "Source Sans", "Source Sans Pro", sans-serif';
  return document.fonts.load(pen.font).then(() => names.map(name => pen.measureText(name).width));
}"""


@pytest.fixture(scope="module")
def widths(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Return the pixels each name takes in the browser, in the font of the figures."""
    with serve(APP, tmp_path_factory.mktemp("widths") / "app.log") as served:
        page = browser.new_page()
        page.goto(served.url)
        settle(page)
        shown = [" ".join(name.split())[:34] for name in NAMES]
        found = page.evaluate(WIDTHS, shown)
        page.close()
    return dict(zip(NAMES, found, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_wider_than_its_margin(widths: dict[str, float], name: str) -> None:
    assert text_pixels([label(name)]) + 6 >= widths[name]


def test_the_margin_is_not_much_wider_than_a_name_of_every_day(widths: dict[str, float]) -> None:
    assert text_pixels(["Billing error"]) <= 1.35 * widths["Billing error"]
