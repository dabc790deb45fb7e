"""Ideas from the front line: written, answered, converted, exported; as text, and told to the second of two."""

import os
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.errors import AnalyticsError
from analytics.questions.ideas import TEXT_LENGTH, read_idea
from analytics.store import Author, Store
from analytics.ui.text import csv_bytes
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
BOB = Author("Bob", verified=True)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def store() -> Store:
    return Store(os.environ["EBB_STORE_URL"])


def put(key: str, version: int | None = None, **body: str) -> None:
    store().put("full", "idea", key, {"text": "say it in the letter", "name": "Zoe", **body}, BOB, version)


def ideas(open_page: Open, kind: str = "full", name: str = "Ada") -> AppTest:
    app = open_page(PAGE, kind, tab=["Ideas"])
    return app.text_input(key="author_name").set_value(name).run() if name else app


def send(app: AppTest, text: str, reason: str = "", name: str = "Zoe") -> AppTest:
    app.text_area(key="idea_text_0").set_value(text)
    app.selectbox(key="idea_reason_0").set_value(reason)
    app.text_input(key="idea_name_0").set_value(name)
    return next(one for one in app.button if "Send" in one.label).click().run()


def text(app: AppTest) -> str:
    return shown(app).replace("\\", "").replace("\u2060", "")


def edit(app: AppTest, **values: str) -> AppTest:
    key = next(table.key for table in app.data_editor if table.key.startswith("ideas"))
    app.session_state[key] = {"edited_rows": {0: values}, "added_rows": [], "deleted_rows": []}
    return app.run()


def pending(app: AppTest) -> dict[int, dict[str, str]]:
    return app.session_state[app.data_editor[0].key]["edited_rows"]


def test_an_idea_is_kept_with_its_author_and_thanked(open_page: Open) -> None:
    app = send(ideas(open_page, name=""), "send the bill later", "billing error")
    (kept,) = store().list("full", "idea")
    assert (kept.body["text"], kept.body["reason"], kept.body["status"]) == (
        "send the bill later",
        "billing error",
        "new",
    )
    assert kept.author == Author("Zoe")
    assert "Thank you" in app.success[0].value
    assert app.text_area(key="idea_text_1").value == ""


def test_an_empty_idea_or_one_without_a_name_is_refused_and_stays_on_screen(open_page: Open) -> None:
    assert "The idea says nothing yet" in text(send(ideas(open_page), "  "))
    app = send(ideas(open_page, name=""), "send the bill later", name="")
    assert "Who has the idea is not known" in text(app)
    assert app.text_area(key="idea_text_0").value == "send the bill later"
    assert store().list("full", "idea") == []


def test_status_and_answer_come_back_to_its_author(open_page: Open) -> None:
    put("a")
    app = edit(ideas(open_page), status="Not now", answer="=later, maybe")
    app.button(key="ideas_save").click().run()
    assert not app.exception
    kept = store().get("full", "idea", "a")
    assert (kept.body["status"], kept.body["answer"], kept.author.name) == ("declined", "=later, maybe", "Ada")
    row = app.data_editor[0].value.iloc[0]
    assert (row["status"], row["answer"]) == ("Not now", "=later, maybe")


def test_the_second_is_told_and_what_was_typed_stays(open_page: Open) -> None:
    put("a")
    app = edit(ideas(open_page), answer="mine")
    put("a", 1, answer="theirs")
    app.button(key="ideas_save").click().run()
    assert "Bob changed this at" in text(app)
    assert pending(app) == {0: {"answer": "mine"}}
    assert store().get("full", "idea", "a").body["answer"] == "theirs"


def test_an_idea_becomes_an_initiative_and_says_so(open_page: Open) -> None:
    put("a", reason="billing error", answer="thanks")
    app = ideas(open_page)
    app.button(key="idea_convert").click().run()
    (made,) = store().list("full", "initiative")
    assert made.body["scope"] == {"reasons": ["billing error"]}
    assert (made.body["idea"], made.body["stage"], made.body["grade"]) == ("a", "idea", "D")
    kept = store().get("full", "idea", "a").body
    assert (kept["status"], kept["initiative"], kept["answer"]) == ("initiative", made.key, "thanks")
    row = app.data_editor[0].value.iloc[0]
    assert (row["status"], row["stage"]) == ("Became an initiative", "Idea")
    assert app.button(key="idea_convert").disabled


def test_an_idea_about_locked_demand_is_kept_but_does_not_become_an_initiative(open_page: Open) -> None:
    put("a", reason="fraud alert")
    app = ideas(open_page)
    app.button(key="idea_convert").click().run()
    assert "“fraud alert” must not be removed" in text(app)
    assert store().list("full", "initiative") == []
    assert store().get("full", "idea", "a").version == 1


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_ideas_are_text_on_screen_and_in_the_file(open_page: Open, hostile: str) -> None:
    app = send(ideas(open_page), hostile, name=hostile)
    assert not app.exception
    rows = app.data_editor[0].value
    assert rows["idea"].tolist() == [hostile]
    read = pd.read_csv(BytesIO(csv_bytes(rows)), encoding="utf-8-sig")
    assert read["idea"].tolist() == [f"'{hostile}" if hostile.startswith("=") else hostile]
    app.button(key="idea_convert").click().run()
    assert not app.exception
    assert store().list("full", "initiative")[0].body["name"] == hostile


def test_ideas_survive_a_restart(open_page: Open, in_subprocess) -> None:
    put("a", text="שלום 🎉")
    code = (
        "import os; from analytics.store import Store; "
        "print(ascii(Store(os.environ['EBB_STORE_URL']).list('full', 'idea')[0].body['text']))"
    )
    assert in_subprocess(code).strip() == ascii("שלום 🎉")
    assert ideas(open_page).data_editor[0].value["idea"].tolist() == ["שלום 🎉"]


def test_what_an_idea_cannot_be() -> None:
    with pytest.raises(AnalyticsError, match="longer than 1,000"):
        read_idea("a", {"name": "", "text": "x" * (TEXT_LENGTH + 1)})
    with pytest.raises(AnalyticsError, match=r"no status “lookin”\. Did you mean “looking”"):
        read_idea("a", {"name": "", "text": "x", "status": "lookin"})


def test_a_store_that_is_gone_says_so(open_page: Open, tmp_path: Path) -> None:
    app = ideas(open_page)
    with store()._engine.begin() as connection:
        connection.exec_driver_sql("drop table records")
    assert "The store is gone" in text(send(app, "x"))
    assert app.text_area(key="idea_text_0").value == "x"
