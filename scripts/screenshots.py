"""Renders every page at three widths in both themes, on the invented company and on a real workspace if there is one.

Writes into screenshots/<workspace>/<page>-<width>-<theme>.png; with --readme only the picture of the README.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.chromium import executable, flags
from scripts.pages import addresses, settle
from scripts.server import APP, ROOT, Served, serve
from scripts.workspaces import make_demo, opens, run_cli

WIDTHS = {1440: 900, 1920: 1080, 390: 844}
THEMES = ("light", "dark")
CONTACTS = 300_000
REAL = ROOT.parent / "shared" / "datasets" / "boston_311_2015"
REAL_MAPPING = ROOT / "tests" / "real" / "boston" / "workspace.toml"
FULL_HEIGHT = "() => document.querySelector('[data-testid=\"stMain\"]').scrollHeight"


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=flags())
        yield browser
        browser.close()


def _shoot(browser: Browser, url: str, target: Path, width: int, theme: str, *, whole: bool = True) -> None:
    """Open `url` and write its picture; a whole page is drawn as high as it is long."""
    size = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce", timezone_id="UTC")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    settle(page)
    if whole:
        page.set_viewport_size({"width": width, "height": max(WIDTHS[width], page.evaluate(FULL_HEIGHT))})
        settle(page)
    if page.get_by_text("could not be shown").count():
        sys.stdout.write(f"A part of {url} failed: see the picture.\n")
        if not whole:
            raise RuntimeError("The README shows no page with a failed part.")
    target.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=target)
    context.close()


def _demo() -> Path:
    folder = ROOT / "workspaces" / "demo"
    if opens(folder / "result.duckdb"):
        return folder
    if (folder / "workspace.toml").exists():  # what people wrote about it is kept
        run_cli("import", str(folder))
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    return make_demo(folder, CONTACTS, backlog=True)


def _real(folder: Path) -> Path | None:
    """Copy the real files and their mapping into `folder` and import them; None, and said so, where they are absent."""
    if not REAL.exists() or not REAL_MAPPING.exists():
        sys.stdout.write("No real workspace beside the project: only the invented company is drawn.\n")
        return None
    shutil.copytree(REAL, folder)
    shutil.copy(REAL_MAPPING, folder / "workspace.toml")
    run_cli("import", str(folder))
    return folder


@contextmanager
def _app(workspace: Path, scratch: Path) -> Iterator[Served]:
    with serve(APP, scratch / "app.log", {"EBB_WORKSPACE": str(workspace)}) as served:
        yield served


def _draw_all(browser: Browser, served: Served, target: Path, only: list[str]) -> None:
    for address in addresses():
        if only and (address or "Overview") not in only:
            continue
        for width in WIDTHS:
            for theme in THEMES:
                name = f"{address or 'Overview'}-{width}-{theme}.png"
                _shoot(browser, f"{served.url}/{address}", target / name, width, theme)
        sys.stdout.write(f"{target.relative_to(ROOT)}/{address or 'Overview'}\n")


def main() -> None:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only docs/overview.png")
    parser.add_argument("--pages", nargs="*", default=[], help="only these pages, such as Overview Sources")
    parser.add_argument("--workspace", type=Path, help="draw this workspace instead of the invented and the real one")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _browser() as browser:
        scratch = Path(name)
        if options.readme:
            with _app(options.workspace or _demo(), scratch) as served:
                _shoot(browser, served.url, ROOT / "docs" / "overview.png", 1440, "light", whole=False)
            return
        chosen = {"own": options.workspace} if options.workspace else {"demo": _demo(), "real": _real(scratch / "real")}
        for kind, workspace in chosen.items():
            if workspace:
                with _app(workspace, scratch) as served:
                    _draw_all(browser, served, ROOT / "screenshots" / kind, options.pages)


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
