"""(c) Opening a page and changing a filter in Chromium, against a bare Streamlit app served the same way.

Presses on the two apps take turns, in warm processes; a time ends with the DOM change of the main picture plus the
next frame. Keys are pressed through the browser's own input, so that the way of a press is the same for both.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from benchmarks.report import Measure
from benchmarks.workspaces import demo
from scripts.chromium import executable, flags
from scripts.pages import addresses, settle
from scripts.server import APP, ROOT, Served, serve

BARE = ROOT / "benchmarks" / "bare" / "served_pills.py"
MARKS = Path(__file__).with_name("painted.js")
OPENINGS = 12
PRESSES = 100
DISCARDED = 3
LIMIT = 2.0
PILL = 'button[data-variant="pills"]'
CHIP = '[data-testid="stPopover"] button'


@dataclass
class Times:
    """Milliseconds of the app and of the floor, taken in turns."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    def measure(self, what: str, limit: float | None = LIMIT) -> Measure:
        """Return the medians side by side, with the ratio of the p95 in the note."""
        ours, floor = np.array(self.ours[DISCARDED:]), np.array(self.floor[DISCARDED:])
        p95 = [float(np.percentile(times, 95)) for times in (ours, floor)]
        note = f"p95 {p95[0]:.0f} and {p95[1]:.0f} ms, n {len(ours)}"
        return Measure("pages", what, float(np.median(ours)), "ms", float(np.median(floor)), limit, note)


def measure(contacts: int, fresh: bool) -> Iterator[Measure]:
    """Yield page opening for every page, the filter change on Overview, and the memory of both servers."""
    workspace = demo(contacts, fresh)
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory()))
        bare = stack.enter_context(serve(BARE, scratch / "bare.log"))
        environment = {"EBB_WORKSPACE": str(workspace), "EBB_STORE_URL": f"sqlite:///{scratch / 'store.sqlite'}"}
        ours = stack.enter_context(serve(APP, scratch / "app.log", environment))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=executable(), args=flags())
        stack.callback(browser.close)
        for address in addresses():
            if _draws(browser, f"{ours.url}/{address}"):
                yield _openings(browser, bare, ours, address)
        yield _presses(browser, bare, ours)
        yield _memory(bare, ours)


def _draws(browser: Browser, url: str) -> bool:
    """Return whether the page opens with a figure: opening is timed until the main picture is painted."""
    with _context(browser) as context:
        page = context.new_page()
        page.goto(url)
        settle(page)
        return page.locator('[data-testid="stPlotlyChart"]').count() > 0


def _openings(browser: Browser, bare: Served, ours: Served, address: str) -> Measure:
    """Open the page and the bare app in turns, each in a new tab of a browser that has been there before."""
    times = Times()
    contexts = [_context(browser) for _ in range(2)]
    for _ in range(OPENINGS + DISCARDED):
        times.floor.append(_open(contexts[0], bare.url))
        times.ours.append(_open(contexts[1], f"{ours.url}/{address}"))
    for context in contexts:
        context.close()
    return times.measure(f"open {address or 'Overview'}")


def _open(context: BrowserContext, url: str) -> float:
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("() => window.ebb.painted !== null", timeout=60_000)
    painted = float(page.evaluate("() => window.ebb.painted"))
    page.close()
    return painted


def _presses(browser: Browser, bare: Served, ours: Served) -> Measure:
    times = Times()
    pages = [_ready(browser, served.url) for served in (bare, ours)]
    for number in range(PRESSES + DISCARDED):
        times.floor.append(_press(pages[0], number))
        times.ours.append(_press(pages[1], number))
    for page in pages:
        page.context.close()
    return times.measure("change the period on Overview")


def _ready(browser: Browser, url: str) -> Page:
    page = _context(browser).new_page()
    page.goto(url)
    page.wait_for_function("() => window.ebb.painted !== null", timeout=60_000)
    settle(page)
    if page.locator(CHIP).count():
        page.locator(CHIP).first.click()
    page.locator(PILL).first.wait_for()
    return page


def _press(page: Page, number: int) -> float:
    """Choose three or six months in turns; the time starts with the key that chooses."""
    return press_on(page, page.locator(PILL, has_text=f"Last {3 if number % 2 else 6}").first)


def press_on(page: Page, button: Locator) -> float:
    """Press a button by its key; return milliseconds from the key to the repainted main picture."""
    button.focus()
    return _until_changed(page, "keydown", lambda: page.keyboard.press("Enter"))


def _until_changed(page: Page, event: str, act: Callable[[], None]) -> float:
    page.evaluate("type => window.ebbArm(type)", event)
    act()
    page.wait_for_function("() => window.ebb.changed !== null", timeout=30_000)
    took = float(page.evaluate("() => window.ebb.changed - window.ebb.pressed"))
    settle(page)
    return took


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", timezone_id="UTC")
    context.add_init_script(path=MARKS)
    return context


def _memory(bare: Served, ours: Served) -> Measure:
    used = [psutil.Process(served.pid).memory_info().rss / 2**20 for served in (ours, bare)]
    return Measure("memory", "server after all of the above", used[0], "MB", used[1])
