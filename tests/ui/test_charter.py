"""Charter: figures by function, sign-offs and asks with author, time and conflict; everything exported as text."""

import os
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.store import Author, Store
from analytics.ui.backlog_form import DEFAULTS
from analytics.ui.charter_asks import title
from analytics.ui.text import csv_bytes
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
BOB = Author("Bob", verified=True)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def store() -> Store:
    return Store(os.environ["EBB_STORE_URL"])


def put(key: str, **body: Any) -> None:
    whole = DEFAULTS | {"name": key, "owner": "Billing", "scope": {"reasons": ["billing error"]}} | body
    store().put("full", "initiative", key, whole, BOB, None)


def charter(open_page: Open, kind: str = "full", **query: list[str]) -> AppTest:
    app = open_page(PAGE, kind, tab=["Charter"], **query)
    return app.text_input(key="author_name").set_value("Ada").run()


def editor(app: AppTest, name: str) -> Any:
    return next(one for one in app.data_editor if one.key.startswith(f"{name}_editor"))


def edit(app: AppTest, name: str, row: int = 0, **values: Any) -> AppTest:
    app.session_state[editor(app, name).key] = {"edited_rows": {row: values}, "added_rows": [], "deleted_rows": []}
    return app.run()


def text(app: AppTest) -> str:
    return shown(app).replace("\\", "").replace("\u2060", "")


def test_every_function_has_its_cost_and_its_part_of_the_saving(open_page: Open) -> None:
    put("new engine", owner="marketing")
    app = charter(open_page)
    assert not app.exception
    rows = editor(app, "sign_off").value
    assert (rows["low"] <= rows["cost"]).all() and (rows["cost"] <= rows["high"]).all()
    assert rows.loc["Marketing", "saving"] > 0, "a function is the same however it is spelt"
    assert "the backlog would save" in text(app)
    assert "no blame" in text(app)


def test_without_a_backlog_the_account_still_stands(open_page: Open) -> None:
    app = charter(open_page)
    assert "nothing waits in the backlog yet" in text(app)
    assert "Nobody has been asked for anything yet" in text(app)


def test_without_causes_nobody_is_asked(open_page: Open) -> None:
    app = charter(open_page, "minimal")
    assert not app.exception
    assert "Which function can end what cannot be told yet" in text(app)


def test_a_sign_off_keeps_author_time_figure_and_says_when_it_moved(open_page: Open) -> None:
    app = charter(open_page)
    owner = str(editor(app, "sign_off").value.index[0])
    app = edit(app, "sign_off", status="Agreed", comment="=fine")
    app.button(key="sign_off_save").click().run()
    assert not app.exception
    kept = store().get("full", "sign_off", owner)
    assert (kept.body["status"], kept.body["comment"], kept.author.name) == ("agreed", "=fine", "Ada")
    assert kept.body["cost"] == pytest.approx(editor(app, "sign_off").value.loc[owner, "cost"])
    row = editor(app, "sign_off").value.loc[owner]
    assert row["signed"].startswith("Ada (unverified)")
    assert row["since"] == ""
    narrowed = editor(charter(open_page, segment=["B2B"]), "sign_off").value.loc[owner]
    assert narrowed["since"].startswith("signed at")


def test_undo_takes_a_sign_off_back(open_page: Open) -> None:
    app = edit(charter(open_page), "sign_off", status="Agreed")
    app.button(key="sign_off_save").click().run()
    app.button(key="undo_sign_off").click().run()
    assert not app.exception
    assert editor(app, "sign_off").value.iloc[0]["status"] == "Not signed"


def test_an_ask_is_answered_and_its_roles_are_kept(open_page: Open) -> None:
    put("new engine", person="Zoe")
    app = charter(open_page)
    row = editor(app, "asks").value.loc["new engine"]
    assert (row["responsible"], row["accountable"], row["answer"]) == ("Zoe", "Billing", "Waiting")
    assert row["promised"] > 0
    app = edit(app, "asks", answer="Accepted", consulted="+Legal", asked="2020-01-01")
    app.button(key="asks_save").click().run()
    assert not app.exception
    kept = store().get("full", "ask", "new engine")
    assert (kept.body["answer"], kept.body["consulted"], kept.body["asked"]) == ("accepted", "+Legal", "2020-01-01")
    assert "The one ask has an answer" in text(app)


def test_an_ask_without_an_answer_becomes_overdue(open_page: Open) -> None:
    put("new engine")
    app = charter(open_page)
    assert "none longer than agreed" in text(app)
    app = edit(app, "asks", asked="2020-01-01")
    app.button(key="asks_save").click().run()
    assert "1 of 1 asks wait for an answer, 1 longer than agreed" in text(app)
    assert editor(app, "asks").value.loc["new engine", "is_overdue"]


def test_the_second_is_told_and_what_was_typed_stays(open_page: Open) -> None:
    put("new engine")
    app = edit(charter(open_page), "asks", consulted="Legal")
    store().put("full", "ask", "new engine", {"informed": "Ops"}, BOB, None)
    app.button(key="asks_save").click().run()
    assert "Bob changed this" in text(app)
    assert store().get("full", "ask", "new engine").body == {"informed": "Ops"}
    assert app.session_state[editor(app, "asks").key]["edited_rows"] == {0: {"consulted": "Legal"}}


def test_hostile_names_are_text_on_screen_and_in_files(open_page: Open) -> None:
    for place, name in enumerate(HOSTILE):
        put(str(place), name=name, person=name, owner=name)
    app = charter(open_page)
    assert not app.exception
    rows = editor(app, "asks").value
    assert set(rows["initiative"]) == set(HOSTILE)
    back = pd.read_csv(BytesIO(csv_bytes(rows)))
    assert not back["initiative"].str.startswith("=").any()


def test_the_title_counts_answers() -> None:
    rows = pd.DataFrame({"answer": ["Accepted", "Declined"], "is_overdue": [False, False]})
    assert title(rows) == "Every one of 2 asks has an answer"
