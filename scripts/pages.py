"""What the app's pages are called in the address bar, and how to wait until one is drawn."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from scripts.server import ROOT

DRAWN_MS = 60_000
ANSWER_MS = 5_000
_OWN_PROBES = re.compile(r"/[^/]+/_stcore/(health|host-config)")


def addresses() -> list[str]:
    """Return the address of every page: "" for Overview, then the name Streamlit takes from each file."""
    return ["", *(re.sub(r"^\d+[_ -]*", "", path.stem) for path in sorted((ROOT / "pages").glob("*.py")))]


ALL_PAINTED = """() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
  .filter(chart => chart.checkVisibility()).every(chart => chart.querySelector('.main-svg')?.checkVisibility())"""
"""Asked again until it holds: going back shows the charts of the page that is left for a moment."""


COUNT_ANSWERS = """window.ebbUnanswered = false;
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (data) {
  if (!this.ebbHeard) { this.ebbHeard = true;
    this.addEventListener('message', ({data}) => { if (data.byteLength < 9) window.ebbUnanswered = false; }); }
  window.ebbUnanswered = true;
  return send.call(this, data); };"""
"""A busy server starts a script late: until it says, in a word of a few bytes, that a run began, the page still calls
the last one finished."""


def watch_answers(context: BrowserContext) -> BrowserContext:
    """Let `settle` know whether the server has answered the last press; returns the same context."""
    context.add_init_script(COUNT_ANSWERS)
    return context


def settle(page: Page) -> None:
    """Wait until the script has finished and every figure is painted."""
    with suppress(PlaywrightTimeout):
        page.wait_for_function("() => !window.ebbUnanswered", timeout=ANSWER_MS)
    app = page.locator('[data-testid="stApp"]')
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=DRAWN_MS)
    expect(page.locator('[data-testid="stSkeleton"]')).to_have_count(0, timeout=DRAWN_MS)
    page.wait_for_function(ALL_PAINTED, timeout=DRAWN_MS)
    page.wait_for_timeout(150)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=DRAWN_MS)


def is_own_probe(url: str) -> bool:
    """True for the two addresses Streamlit itself asks below a deep link, which answer 404 by design."""
    return bool(_OWN_PROBES.fullmatch(urlsplit(url).path))


def watch_console(page: Page) -> list[str]:
    """Return a list that fills with the page's console errors and uncaught exceptions."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"uncaught: {error}"))

    def note(message: object) -> None:
        if message.type == "error" and not is_own_probe(message.location["url"]):  # type: ignore[attr-defined]
            errors.append(f"{message.text} ({message.location['url']})")  # type: ignore[attr-defined]

    page.on("console", note)
    return errors
