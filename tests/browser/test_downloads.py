"""The file behind every chart holds what the chart draws, and nothing a spreadsheet would run."""

import csv
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scripts.pages import addresses, settle

DRAWERS = "[class*='st-key-'][class*='_drawer']"
KEYS = """boxes => boxes.map(box => [...box.classList].find(name => /^st-key-.*_drawer$/.test(name))
  .replace(/^st-key-/, '').replace(/_drawer$/, ''))"""
TRACES = """plot => plot._fullData.filter(trace => trace.visible === true && trace.meta !== 'layout').map(trace => ({
  name: trace.name, sideways: trace.orientation === 'h', x: [...(trace.x || [])], y: [...(trace.y || [])] }))"""
FORMULA = ("=", "+", "@", "\t", "\r")
DIGITS = 6


def drawer_keys(page: Page) -> list[str]:
    return list(dict.fromkeys(page.locator(DRAWERS).evaluate_all(KEYS)))


def downloaded(page: Page, key: str, folder: Path) -> list[dict[str, str]]:
    """Open the drawer `key` and return the rows of its file."""
    box = page.locator(f".st-key-{key}_drawer")
    box.locator("summary").first.click()
    button = box.locator('[data-testid="stDownloadButton"] button')
    expect(button).to_be_visible()
    settle(page)
    with page.expect_download() as waiting:
        button.click()
    target = folder / f"{key}.csv"
    waiting.value.save_as(target)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def drawn(page: Page, key: str) -> list[dict[str, Any]]:
    plot = page.locator(f".st-key-{key} .js-plotly-plot")
    return plot.first.evaluate(TRACES) if plot.count() else []


def number(text: object) -> float | None:
    try:
        value = float(str(text))
    except ValueError:
        return None
    return round(value, DIGITS) if math.isfinite(value) else None


def values(trace: dict[str, Any]) -> set[float]:
    """Numbers a trace draws along its measuring axis."""
    along = trace["x"] if trace["sideways"] else trace["y"]
    found = {number(value) for value in along if not isinstance(value, str)}
    return {value for value in found if value is not None}


def known_numbers(rows: list[dict[str, str]]) -> set[float]:
    """Numbers of every column; a column of shares may be drawn in percent."""
    known: set[float] = set()
    for name in rows[0]:
        column = {value for row in rows if (value := number(row[name])) is not None}
        known |= column
        if column and max(map(abs, column)) <= 1:
            known |= {percent for row in rows if (percent := number(100 * float(row[name] or "nan"))) is not None}
    return known


@pytest.mark.parametrize("address", addresses(), ids=[address or "Overview" for address in addresses()])
def test_every_drawn_number_is_in_the_file(
    open_context: Callable[..., BrowserContext], tmp_path: Path, address: str
) -> None:
    page = open_context(accept_downloads=True).new_page()
    page.goto(f"/{address}")
    settle(page)
    for key in drawer_keys(page):
        traces = drawn(page, key)
        rows = downloaded(page, key, tmp_path)
        assert rows, key
        known = known_numbers(rows)
        missing = {str(trace["name"]): sorted(values(trace) - known)[:5] for trace in traces if values(trace) - known}
        assert missing == {}, key
        assert [cell for row in rows for cell in row.values() if cell.startswith(FORMULA)] == []
