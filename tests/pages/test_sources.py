"""From a file to the first screen, on the page: suggest, look, save, import."""

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


def opened(fresh: Path, *folded: str) -> AppTest:
    """The page with its form; `folded` are expanders to open."""
    app = AppTest.from_file(HOME, default_timeout=60).run().switch_page(SOURCES).run()
    for key in folded:
        app.session_state[key] = True
    return app.run() if folded else app


def line(app: AppTest, target: str) -> Any:
    """What the text that would be saved says about a column."""
    draft = next(iter(app.session_state["_mapping_drafts"].values()))
    return tomllib.loads(draft.text)["contacts"]["columns"].get(target)


def test_from_a_file_to_the_first_screen(fresh: Path) -> None:
    app = AppTest.from_file(HOME, default_timeout=60).run()
    assert app.title[0].value == "There is no data yet"
    app = app.switch_page(SOURCES).run()
    assert not app.exception
    assert app.selectbox(key="map_contacts_0_started_at_from_0").value == ":started_at"
    assert "Of the first 85 rows: **84** loaded · **1** rejected" in shown(app)
    app = press(app, "import_now")
    assert (fresh / "workspace.toml").is_file()
    finished(fresh)
    app.run()
    assert "84 rows are in" in app.title[0].value
    told = "".join(element.value for element in app.success)
    assert "85 rows read = 84 loaded + 1 rejected + 0 superseded + 0 excluded" in told
    assert not app.switch_page("streamlit_app.py").run().exception
    assert "56 contacts" in shown(app)  # March is incomplete and left out


def test_the_form_writes_the_text(fresh: Path) -> None:
    app = opened(fresh)
    app.selectbox(key="map_contacts_0_reason_from_1").set_value(":channel").run()
    assert line(app, "reason") == ["reason", "channel"]
    app.selectbox(key="map_contacts_0_channel_from_0").set_value("=").run()
    app.selectbox(key="map_contacts_0_channel_constant").set_value("chat").run()
    assert line(app, "channel") == {"constant": "chat"}
    app = press(app, "take_back")
    assert line(app, "channel") == {"constant": "phone"}
    app.selectbox(key="map_contacts_0_add").set_value("team").run()
    app.selectbox(key="map_contacts_0_team_from_0").set_value(":reason").run()
    assert line(app, "team") == "reason"


def test_what_is_typed_shows_in_the_form(fresh: Path) -> None:
    app = opened(fresh, "as_text")
    text = str(app.text_area(key="mapping_text").value)
    app.text_area(key="mapping_text").set_value(
        text.replace('channel = "channel"', 'channel = {constant = "email"}')
    ).run()
    assert app.selectbox(key="map_contacts_0_channel_constant").value == "email"
    app.selectbox(key="map_contacts_0_channel_constant").set_value("app").run()
    assert '{constant = "app"}' in str(app.text_area(key="mapping_text").value)


def test_what_is_not_saved_survives_another_page(fresh: Path) -> None:
    app = opened(fresh)
    app.selectbox(key="map_contacts_0_reason_from_1").set_value(":channel").run()
    app = app.switch_page("streamlit_app.py").run().switch_page(SOURCES).run()
    assert line(app, "reason") == ["reason", "channel"]
    assert app.selectbox(key="map_contacts_0_reason_from_1").value == ":channel"
    assert not (fresh / "workspace.toml").exists()


def test_a_mapping_that_does_not_fit_says_where_and_cannot_be_imported(fresh: Path) -> None:
    app = opened(fresh, "as_text")
    text = str(app.text_area(key="mapping_text").value)
    app.text_area(key="mapping_text").set_value(text.replace('reason = "reason"', 'reason = "raeson"')).run()
    assert "Did you mean “reason”?" in shown(app)
    assert app.button(key="import_now").disabled


def test_text_that_is_no_toml_is_said_and_kept(fresh: Path) -> None:
    app = opened(fresh, "as_text")
    app.text_area(key="mapping_text").set_value("[workspace").run()
    assert "not valid TOML" in shown(app)
    assert app.text_area(key="mapping_text").value == "[workspace"
    assert app.button(key="import_now").disabled


@pytest.mark.parametrize(
    "text", ["contacts = 3", "[contacts]\nfiles = 7\ncolumns = 3", "[[contacts]]\n[surveys]\ncolumns = {x = [1]}"]
)
def test_text_of_another_shape_is_said(fresh: Path, text: str) -> None:
    app = opened(fresh, "as_text")
    app.text_area(key="mapping_text").set_value(text).run()
    assert not app.exception
    assert "could not be shown" not in shown(app)
    assert app.button(key="import_now").disabled


def test_hostile_names_are_text(fresh: Path) -> None:
    name = "<img src=x onerror=alert(1)> **b** :red[x]"
    (fresh / "calls.csv").write_text(f'"{name}",channel,reason\n2025-01-01 10:00,phone,a\n', encoding="utf-8")
    app = opened(fresh)
    app.selectbox(key="map_contacts_0_started_at_from_0").set_value(f":{name}").run()
    assert not app.exception
    assert line(app, "started_at") == name
    assert ":red[x]" not in shown(app)


def test_a_new_workspace_is_opened_empty(fresh: Path) -> None:
    app = opened(fresh)
    app.text_input(key="new_name").set_value("Support / 2025")
    app = press(app, "create_now")
    assert not app.exception
    assert (fresh.parent / "Support-2025" / "workspace.toml").is_file()
    assert app.query_params["workspace"] in ("Support-2025", ["Support-2025"])
    assert "No files in “Support-2025” yet" in shown(app)


def test_a_folder_elsewhere_is_refused_in_words(fresh: Path) -> None:
    app = opened(fresh)
    app.text_input(key="typed_folder").set_value("/etc")
    app = press(app, "open_now")
    assert "outside the folders Ebb may open" in shown(app)
    assert app.text_input(key="typed_folder").value == "/etc"
    assert not app.exception


def test_every_row_is_accounted_for(open_page: Open) -> None:
    app = open_page(SOURCES)
    assert "Every row is accounted for" in [element.value for element in app.subheader]
    groups, rows = [table.value for table in app.dataframe if "outcome" in table.value]
    assert groups.loc[0, "outcome"] == "rejected"
    assert rows.loc[rows.index[0], "value"] == "31 of May"
    files = next(table.value for table in app.dataframe if "rows_read" in table.value)
    assert files["size"].str.fullmatch(r"[\d.,]+ (bytes|KB|MB)").all()


def test_readiness_says_what_is_missing_and_what_it_unlocks(open_page: Open) -> None:
    text = shown(open_page(SOURCES, "minimal"))
    after = text[text.index("Cost of demand that should not exist") :].splitlines()[1]
    assert "is not loaded" in after
    assert "Loading it unlocks" in after
