"""(e) Remove in Chromium: the window slider of Repeats and the grouping switch of Generators, key to main picture.

The floors are one slider, and one row of pills, with one bar each; presses on both apps take turns in warm processes.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import pages_speed, what_if
from benchmarks.pages_speed import DISCARDED, PILL, PRESSES, Times
from benchmarks.report import Measure
from benchmarks.workspaces import demo
from scripts.chromium import executable, flags
from scripts.server import APP, serve

LIMIT, LIMIT_P95 = 1.5, 2.0
GROUPS = ("Owner function", "Reason")
"""Switched to in turns."""

Press = Callable[[Page, int], float]


def measure(contacts: int, fresh: bool) -> Iterator[Measure]:
    """Yield the median and the p95 of a step of the slider and of a switch, as times of both apps."""
    workspace = demo(contacts, fresh)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory()))
        slider, pills = (
            stack.enter_context(serve(path, scratch / f"{path.stem}.log")) for path in (what_if.BARE, pages_speed.BARE)
        )
        environment = {"EBB_WORKSPACE": str(workspace), "EBB_STORE_URL": f"sqlite:///{scratch / 'store.sqlite'}"}
        ours = stack.enter_context(serve(APP, scratch / "app.log", environment))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=flags())
        stack.callback(browser.close)
        steps = _turns(browser, (slider.url, what_if.press), (f"{ours.url}/remove?tab=Repeats", what_if.press))
        yield from _measures(steps, f"window slider of Repeats, {contacts:,} contacts")
        switches = _turns(browser, (pills.url, _pill), (f"{ours.url}/remove", _switch))
        yield from _measures(switches, f"grouping switch of Generators, {contacts:,} contacts")


def _turns(browser: Browser, floor: tuple[str, Press], ours: tuple[str, Press]) -> Times:
    """Press in turns; each side is an address and how to press there."""
    times = Times()
    pages = [what_if.ready(browser, url) for url, _ in (floor, ours)]
    for number in range(PRESSES + DISCARDED):
        times.floor.append(floor[1](pages[0], number))
        times.ours.append(ours[1](pages[1], number))
    for page in pages:
        page.context.close()
    return times


def _pill(page: Page, number: int) -> float:
    return pages_speed.press_on(page, page.locator(PILL, has_text=f"Last {3 if number % 2 else 6}").first)


def _switch(page: Page, number: int) -> float:
    group = page.locator(".st-key-generators_group").get_by_role("radio", name=GROUPS[number % 2], exact=True)
    return pages_speed.press_on(page, group)


def _measures(times: Times, what: str) -> Iterator[Measure]:
    yield times.measure(what, LIMIT)
    ours, floor = (float(np.percentile(held[DISCARDED:], 95)) for held in (times.ours, times.floor))
    yield Measure("pages", f"{what}, p95", ours, "ms", floor, LIMIT_P95, f"n {PRESSES}")
