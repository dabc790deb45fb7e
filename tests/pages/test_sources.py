"""From a file to the first screen, on the page: suggest, look, save, import."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics import settings
from analytics.ui import importing
from tests.pages.conftest import HOME, Open, shown

SOURCES = "pages/sources.py"


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with one file of contacts and nothing else."""
    folder = tmp_path / "fresh"
    folder.mkdir()
    days = [f"2025-{month:02d}-{day:02d} 10:00" for month in (1, 2, 3) for day in range(1, 29)]
    rows = "".join(f"{day},{('phone', 'chat')[number % 2]},billing\n" for number, day in enumerate(days))
    (folder / "calls.csv").write_text(f"started_at,channel,reason\n{rows}soon,phone,billing\n", encoding="utf-8")
    monkeypatch.setenv("EBB_WORKSPACE", str(folder))
    monkeypatch.setenv("EBB_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    settings.settings.cache_clear()
    yield folder
    importing.forget(folder)
    settings.settings.cache_clear()


def finished(folder: Path) -> None:
    found = importing.current(folder)
    assert found is not None
    end = time.monotonic() + 60
    while found.running and time.monotonic() < end:
        time.sleep(0.1)
    assert not found.running


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_from_a_file_to_the_first_screen(fresh: Path) -> None:
    app = AppTest.from_file(HOME, default_timeout=60).run()
    assert app.title[0].value == "There is no data yet"
    app = press(app.switch_page(SOURCES).run(), "suggest")
    assert not app.exception
    suggested = next(table.value for table in app.dataframe if "confidence" in table.value)
    assert set(suggested["ours"]) == {"started_at", "channel", "reason"}
    assert suggested["sample"].str.len().gt(0).all()
    app = press(app, "save_mapping")
    assert (fresh / "workspace.toml").is_file()
    app = press(app, "import_now")
    finished(fresh)
    app.run()
    assert "84 rows are in" in app.title[0].value
    assert "Read 85 rows" in "".join(element.value for element in app.success)
    assert not app.switch_page("streamlit_app.py").run().exception
    assert "56 contacts" in shown(app)  # March is incomplete and left out


def test_a_mapping_that_does_not_fit_says_where_and_cannot_be_saved(fresh: Path) -> None:
    app = AppTest.from_file(HOME, default_timeout=60).run().switch_page(SOURCES).run()
    app = press(app, "suggest")
    text = app.text_area(key="mapping_text").value
    app.text_area(key="mapping_text").set_value(text.replace('reason = "reason"', 'reason = "raeson"')).run()
    assert "Did you mean “reason”?" in shown(app)
    assert app.button(key="save_mapping").disabled


def test_text_that_is_no_toml_is_said(fresh: Path) -> None:
    app = AppTest.from_file(HOME, default_timeout=60).run().switch_page(SOURCES).run()
    app.text_area(key="mapping_text").set_value("[workspace").run()
    assert "not valid TOML" in shown(app)


def test_every_row_is_accounted_for(open_page: Open) -> None:
    app = open_page(SOURCES)
    assert "Every row is accounted for" in [element.value for element in app.subheader]
    problems = next(table.value for table in app.dataframe if "outcome" in table.value)
    assert problems.loc[0, "value"] == "31 of May"


def test_readiness_says_what_is_missing_and_what_it_unlocks(open_page: Open, company: Callable[[str], Path]) -> None:
    table = next(table.value for table in open_page(SOURCES, "minimal").dataframe if "Missing" in table.value)
    missing = table[table["Question"] == "Cost of demand that should not exist"].iloc[0]
    assert missing["Answered"] == "– not yet"
    assert missing["Missing"]
    assert missing["Loading it unlocks"]
