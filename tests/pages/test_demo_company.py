"""The company that `make run` opens, backlog and all, on every page and every part of Remove."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics import settings
from analytics.ui.menu import built
from scripts.workspaces import make_demo
from tests.pages.conftest import HOME, shown

CALM = "This part could not be shown"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


@pytest.fixture(scope="module")
def company_of_make_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("run") / "demo", 20_000, backlog=True)


@pytest.fixture
def open_it(company_of_make_run: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.delenv("EBB_STORE_URL", raising=False)
    monkeypatch.setenv("EBB_WORKSPACE", str(company_of_make_run))
    settings.settings.cache_clear()

    def opened(path: str, **state: str) -> AppTest:
        app = AppTest.from_file(HOME, default_timeout=60).run()
        for name, value in state.items():
            app.session_state[name] = value
        return app if path == "streamlit_app.py" else app.switch_page(path).run()

    return opened


@pytest.mark.parametrize("path", [entry.file for entry in built()])
def test_every_page_is_whole(path: str, open_it: Callable[..., AppTest]) -> None:
    app = open_it(path)
    assert not app.exception
    assert len(app.title) == 1
    assert CALM not in shown(app)


def test_every_part_of_remove_is_whole(open_it: Callable[..., AppTest]) -> None:
    first = open_it("pages/remove.py")
    parts = next(one.options for one in first.get("button_group") if one.key == "tab")
    assert len(parts) > 8
    said = {}
    for part in parts:
        app = open_it("pages/remove.py", tab=part)
        assert not app.exception, part
        said[part] = shown(app)
        assert CALM not in said[part], part
    assert len(set(said.values())) == len(parts)


def test_the_portfolio_funds_from_the_backlog(open_it: Callable[..., AppTest]) -> None:
    app = open_it("pages/portfolio.py")
    assert app.title[0].value.startswith("Fund ")
    assert "8 initiatives wait in the backlog" in shown(app)
