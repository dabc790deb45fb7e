"""(d) A slider of the What-if in Chromium: key to repainted main picture, against one slider and one bar.

Presses on the two apps take turns, in warm processes with the same configuration; a time ends with the DOM change of
the picture plus the next frame.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.pages_speed import DISCARDED, MARKS, Times
from benchmarks.report import Measure
from benchmarks.workspaces import demo
from scripts.chromium import executable, flags
from scripts.pages import settle
from scripts.server import APP, ROOT, serve

BARE = ROOT / "benchmarks" / "bare" / "served_slider.py"
PRESSES = 100
LIMIT, LIMIT_P95 = 1.5, 2.0
TURN = 20
"""Presses to the right before as many to the left, so that the slider stays within its ends."""


def measure(contacts: int, fresh: bool) -> Iterator[Measure]:
    """Yield the median and the p95 of a press, as times of both apps."""
    workspace = demo(contacts, fresh)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory()))
        bare = stack.enter_context(serve(BARE, scratch / "bare.log"))
        environment = {"EBB_WORKSPACE": str(workspace), "EBB_STORE_URL": f"sqlite:///{scratch / 'store.sqlite'}"}
        ours = stack.enter_context(serve(APP, scratch / "app.log", environment))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=flags())
        stack.callback(browser.close)
        yield from _measures(_times(browser, bare.url, f"{ours.url}/what_if"), contacts)


def _times(browser: Browser, bare: str, ours: str) -> Times:
    times, pages = Times(), [ready(browser, url) for url in (bare, ours)]
    for number in range(PRESSES + DISCARDED):
        times.floor.append(press(pages[0], number))
        times.ours.append(press(pages[1], number))
    return times


def _measures(times: Times, contacts: int) -> Iterator[Measure]:
    what = f"slider key to main picture, {contacts:,} contacts"
    yield times.measure(what, LIMIT)
    ours, floor = (float(np.percentile(held[DISCARDED:], 95)) for held in (times.ours, times.floor))
    yield Measure("pages", f"{what}, p95", ours, "ms", floor, LIMIT_P95, f"n {PRESSES}")


def ready(browser: Browser, url: str) -> Page:
    """Return the page behind `url`, painted, in a window of its own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", timezone_id="UTC")
    context.add_init_script(path=MARKS)
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("() => window.ebb.painted !== null", timeout=60_000)
    settle(page)
    return page


def press(page: Page, number: int) -> float:
    """Move the first slider one step, to and fro; return milliseconds from key to repainted main picture."""
    page.get_by_role("slider").first.focus()
    page.evaluate("() => window.ebbArm('keydown')")
    page.keyboard.press("ArrowLeft" if number // TURN % 2 else "ArrowRight")
    page.wait_for_function("() => window.ebb.changed !== null", timeout=30_000)
    took = float(page.evaluate("() => window.ebb.changed - window.ebb.pressed"))
    settle(page)
    return took
