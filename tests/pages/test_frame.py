"""The frame: filters in the address, names, data that changes under an open session, stores that cannot be read."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.pages.conftest import Open, shown


def test_a_choice_is_written_into_the_address_and_read_from_it(open_page: Open) -> None:
    app = open_page()
    app.multiselect(key="filter_segment").set_value(["B2C"]).run()
    assert app.query_params["segment"] in ("B2C", ["B2C"])
    assert app.multiselect(key="filter_segment").value == ["B2C"]
    app.selectbox(key="filter_from").set_value(date(2024, 7, 1)).run()
    assert app.query_params["from"] in ("2024-07", ["2024-07"])
    assert app.multiselect(key="filter_segment").value == ["B2C"]


def test_the_filter_goes_along_to_another_page_and_back(open_page: Open) -> None:
    app = open_page(segment=["B2C"])
    assert app.multiselect(key="filter_segment").value == ["B2C"]
    app.switch_page("pages/taxonomy.py").run()
    assert app.multiselect(key="filter_segment").value == ["B2C"]
    assert app.query_params["segment"] in ("B2C", ["B2C"])


def test_a_link_to_what_is_not_there_says_so(open_page: Open) -> None:
    assert "segment this data does not have" in shown(open_page(segment=["<b>no</b>"]))


def test_a_typed_name_is_said_to_be_unverified(open_page: Open) -> None:
    app = open_page()
    app.text_input(key="author_name").set_value("  Ada ").run()
    assert app.text_input(key="author_name").label == "Your name (unverified)"
    assert app.session_state["_author"] == "  Ada "


def test_an_open_session_is_told_that_the_data_changed(open_page: Open, company: Callable[[str], Path]) -> None:
    folder = company("full")
    original = folder / "result.duckdb"
    kept = folder / "kept"
    shutil.copy(original, kept)
    try:
        app = open_page()
        newer = folder / "newer.duckdb"
        shutil.copy(original, newer)
        with duckdb.connect(str(newer)) as connection:
            connection.execute("update meta set value = 'later' where key = 'generation'")
        newer.replace(original)
        assert "The data changed" in shown(app.run())
        next(button for button in app.button if button.label == "Reload").click().run()
        assert "The data changed" not in shown(app)
    finally:
        kept.replace(original)


def test_without_its_store_the_app_shows_the_data_and_says_so(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_page()
    before = app.title[0].value
    monkeypatch.setenv("EBB_STORE_URL", "postgresql://nobody:secret-word@127.0.0.1:1/none")
    from analytics.settings import settings

    settings.cache_clear()
    app.run()
    assert "Edits cannot be read" in shown(app)
    assert "secret-word" not in shown(app)
    assert app.title[0].value == before


def test_a_damaged_result_is_said_in_words(open_page: Open, company: Callable[[str], Path]) -> None:
    folder = company("empty")
    folder.mkdir(exist_ok=True)
    (folder / "result.duckdb").write_bytes(b"not a database" * 100)
    try:
        app = open_page(kind="empty")
        assert not app.exception
        assert app.title[0].value == "The data cannot be shown"
        assert "import" in shown(app)
    finally:
        (folder / "result.duckdb").unlink()
