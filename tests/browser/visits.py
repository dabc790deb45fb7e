"""Opens a page once and keeps what can be wrong with it; every test then looks at one thing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from scripts.pages import settle, watch_console

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}
"""How a page is looked at: context options by name."""

WIDEST = """() => {
  const boxes = [document.documentElement, ...document.querySelectorAll('[data-testid="stMain"]')];
  return Math.max(...boxes.map(box => box.scrollWidth - box.clientWidth));
}"""
OVERHANG = """() => {
  const scrolls = e => { for (let p = e.parentElement; p && p.dataset.testid !== 'stMain'; p = p.parentElement) {
    if (getComputedStyle(p).overflowX !== 'visible') return true; } return false; };
  return [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter(e => e.getBoundingClientRect().width > 0 && e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e))
    .slice(0, 5).map(e => (e.dataset.testid || e.tagName) + ' ' + (e.textContent || '').trim().slice(0, 40));
}"""
BACKGROUND = "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"


FAILED_PART = '[data-testid="stException"], [data-testid="stAlert"]:has-text("could not be shown")'
EMPTY_HOVER_MARK = re.compile(r'<g class="mark-symbol role-mark metric_chart_\w+_highlighted_points_marks"[^>]*></g>')
"""Streamlit's sparkline keeps an empty group for the point under the pointer; it holds nothing anybody could name."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one look at one page showed."""

    console_errors: tuple[str, ...]
    exceptions: tuple[str, ...]
    """Texts of Streamlit's red exception boxes, and of our own that stand where a part of the page failed."""
    headings: tuple[str, ...]
    overflow_pixels: int
    """How far the page can be scrolled sideways."""
    overhanging: tuple[str, ...]
    """First elements that end right of the window."""
    violations: tuple[str, ...]
    """Serious and critical findings of axe."""
    background: tuple[int, ...]


def look(open_context: Callable[..., BrowserContext], address: str, how: str) -> Visit:
    """Open `address` in the look `how` and note everything."""
    context = open_context(**LOOKS[how])
    page = context.new_page()
    errors = watch_console(page)
    page.goto(f"/{address}")
    settle(page)
    visit = _note(page, errors)
    context.close()
    return visit


def _note(page: Page, errors: list[str]) -> Visit:
    return Visit(
        console_errors=tuple(errors),
        exceptions=tuple(page.locator(FAILED_PART).all_inner_texts()),
        headings=tuple(page.locator('[data-testid="stMain"] h1').all_inner_texts()),
        overflow_pixels=page.evaluate(WIDEST),
        overhanging=tuple(page.evaluate(OVERHANG)),
        violations=findings(page),
        background=_rgb(page.evaluate(BACKGROUND)),
    )


def findings(page: Page) -> tuple[str, ...]:
    """Return axe's serious and critical findings, one line each with the first element they are about."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [found for found in violations if found["impact"] in {"serious", "critical"}]
    ours = [
        (found, [node["html"] for node in found["nodes"] if not EMPTY_HOVER_MARK.fullmatch(node["html"])])
        for found in serious
    ]
    return tuple(
        f"{found['id']}: {found['help']} ({len(nodes)}×, first {nodes[0][:160]})" for found, nodes in ours if nodes
    )


def _rgb(text: str) -> tuple[int, ...]:
    return tuple(
        int(float(part)) for part in text.removeprefix("rgba(").removeprefix("rgb(").rstrip(")").split(",")[:3]
    )
