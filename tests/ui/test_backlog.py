"""The removal backlog on screen: scopes, guard, side by side, two editors, restart, hostile text, a refusing store."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.scenarios.links import decode
from analytics.store import Author, Store
from analytics.ui.backlog_form import DEFAULTS
from analytics.ui.text import csv_bytes
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
BOB = Author("Bob", verified=True)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def store() -> Store:
    return Store(os.environ["EBB_STORE_URL"])


def put(key: str, version: int | None = None, workspace: str = "full", **body: Any) -> None:
    store().put(workspace, "initiative", key, DEFAULTS | {"name": key} | body, BOB, version)


def backlog(open_page: Open, kind: str = "full", name: str = "Ada") -> AppTest:
    app = open_page(PAGE, kind, tab=["Backlog"])
    return app.text_input(key="author_name").set_value(name).run() if name else app


def field(app: AppTest, kind: str, name: str) -> Any:
    return next(one for one in getattr(app, kind) if str(one.key).startswith(f"initiative_{name}_"))


def text(app: AppTest) -> str:
    return shown(app).replace("\\", "").replace("\u2060", "")


def test_an_empty_backlog_starts_from_the_dearest_causes(open_page: Open) -> None:
    app = backlog(open_page)
    assert "The backlog is empty" in text(app)
    app.button(key="backlog_first_0").click().run()
    (kept,) = store().list("full", "initiative")
    assert kept.body["grade"] == "D"
    assert kept.body["scope"]["reasons"]
    assert "One initiative could end" in text(app)
    assert not app.exception


def test_a_scope_is_shown_as_words_and_kept_with_author_and_time(open_page: Open) -> None:
    app = backlog(open_page)
    field(app, "text_input", "name").set_value("Fix the bill")
    field(app, "multiselect", "reasons").set_value(["billing error"])
    field(app, "multiselect", "channels").set_value(["phone", "chat"])
    app.run()
    assert "Reason billing error; channel phone or chat." in text(app)
    app.button(key="initiative_save").click().run()
    (kept,) = store().list("full", "initiative")
    assert kept.body["scope"] == {"reasons": ["billing error"], "channels": ["phone", "chat"]}
    assert (kept.author.name, kept.author.verified) == ("Ada", False)
    table = next(one.value for one in app.dataframe if "changed_by" in one.value)
    assert table["changed_by"].tolist() == ["Ada (unverified)"]


def test_three_fifths_of_one_scope_make_48_8_percent_and_no_total_adds_them(open_page: Open) -> None:
    for key in "abc":
        put(key, scope={"reasons": ["billing error"]}, stage="scaled")
    app = backlog(open_page)
    table = next(one.value for one in app.dataframe if "last_in" in one.value)
    assert len(table) == 3
    reached = table["cost"].iloc[0]
    assert table["alone_likely"].tolist() == pytest.approx([0.2 * reached] * 3)
    assert table["last_in"].tolist() == pytest.approx([0.2 * 0.64 * reached] * 3)
    assert table["credit"].sum() == pytest.approx(0.488 * reached)
    assert "Values alone must not be added up" in text(app)
    assert f"{0.6 * reached:,.0f}" not in text(app)


def test_locked_reasons_are_not_on_offer_and_left_out_with_the_reason(open_page: Open) -> None:
    app = backlog(open_page)
    assert "fraud alert" not in field(app, "multiselect", "reasons").options
    field(app, "multiselect", "causes").set_value(["process"]).run()
    assert "contacts a year in this scope must stay and are not counted" in text(app)
    assert "fraud alert" in text(app)
    assert "In scope: **0 contacts**" in text(app)


def test_a_reason_that_was_locked_later_is_refused_in_words(open_page: Open) -> None:
    put("a", scope={"reasons": ["fraud alert"]})
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    assert "“fraud alert” must not be removed" in text(app)
    assert app.button(key="initiative_save").disabled


def test_anything_else_than_dimensions_is_refused_in_words(open_page: Open) -> None:
    put("a", scope={"agents": ["7"]})
    app = backlog(open_page)
    assert "A scope cannot be narrowed by “agents”" in text(app)
    assert not app.exception


def test_what_has_begun_is_already_in_the_data(open_page: Open) -> None:
    put("a", scope={"reasons": ["billing error"]}, start="2024-03")
    put("b", scope={"reasons": ["delivery status"]})
    app = backlog(open_page)
    assert "One initiative could end" in text(app)
    assert "One initiative has begun" in text(app)


def test_the_second_is_told_who_and_when_and_loses_nothing(open_page: Open) -> None:
    put("a", scope={"reasons": ["billing error"]})
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    field(app, "text_input", "name").set_value("Mine").run()
    put("a", 1, name="Theirs", scope={"reasons": ["billing error"]})
    app.button(key="initiative_save").click().run()
    assert "Bob changed this at" in text(app)
    assert "theirs **Theirs**, yours **Mine**" in text(app)
    assert field(app, "text_input", "name").value == "Mine"
    assert store().get("full", "initiative", "a").body["name"] == "Theirs"
    app.button(key="initiative_mine").click().run()
    app.button(key="initiative_save").click().run()
    assert store().get("full", "initiative", "a").body["name"] == "Mine"
    assert [one.author.name for one in store().history("full", "initiative", "a")] == ["Ada", "Bob", "Bob"]


def test_taking_theirs_shows_theirs(open_page: Open) -> None:
    put("a", scope={"reasons": ["billing error"]})
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    field(app, "text_input", "name").set_value("Mine").run()
    put("a", 1, name="Theirs")
    app.button(key="initiative_save").click().run()
    app.button(key="initiative_theirs").click().run()
    assert field(app, "text_input", "name").value == "Theirs"


def test_what_somebody_deleted_meanwhile_stays_on_screen_and_can_come_back(open_page: Open) -> None:
    put("a", scope={"reasons": ["billing error"]})
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    field(app, "text_input", "name").set_value("Mine").run()
    store().delete("full", "initiative", "a", BOB, 1)
    app.button(key="initiative_save").click().run()
    assert "Bob deleted this at" in text(app)
    assert field(app, "text_input", "name").value == "Mine"
    app.button(key="initiative_save").click().run()
    assert store().get("full", "initiative", "a").body["name"] == "Mine"


def test_a_deletion_is_taken_back(open_page: Open) -> None:
    put("a")
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    app.button(key="initiative_delete").click().run()
    assert store().list("full", "initiative") == []
    app.button(key="initiative_restore").click().run()
    assert store().get("full", "initiative", "a").body["name"] == "a"


def test_edits_survive_a_restart(open_page: Open, in_subprocess) -> None:
    put("a", name="שלום =1+1 🎉")
    code = (
        "import os; from analytics.store import Store; "
        "print(ascii(Store(os.environ['EBB_STORE_URL']).list('full', 'initiative')[0].body['name']))"
    )
    assert in_subprocess(code).strip() == ascii("שלום =1+1 🎉")
    assert "1 rows" in backlog(open_page).get("download_button")[0].proto.label


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text_on_screen_and_in_the_file(open_page: Open, name: str) -> None:
    put("a", name=name, owner=name, person=name, scope={"channels": ["phone"]})
    put("b", name=name)
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    assert not app.exception
    assert "<script>" not in "".join(str(one.value) for one in app.markdown).replace("\\<script", "")
    rows = next(one.value for one in app.dataframe if "last_in" in one.value)
    read = pd.read_csv(BytesIO(csv_bytes(rows)), encoding="utf-8-sig")
    assert set(read["initiative"]) == {f"'{name}" if name.startswith("=") else name}


def test_hostile_reasons_can_be_a_scope(open_page: Open) -> None:
    put("a", workspace="hostile", scope={"reasons": [HOSTILE[0], HOSTILE[1]]})
    app = backlog(open_page, "hostile")
    app.selectbox(key="initiative_choice").set_value("a").run()
    assert not app.exception
    assert f"Reason {HOSTILE[0]} or {HOSTILE[1]}." in text(app)


def test_without_a_name_nothing_is_written(open_page: Open) -> None:
    app = backlog(open_page, name="")
    field(app, "text_input", "name").set_value("x").run()
    app.button(key="initiative_save").click().run()
    assert "Type your name" in text(app)
    assert field(app, "text_input", "name").value == "x"
    assert store().list("full", "initiative") == []


def test_a_store_that_may_only_be_read_says_so(open_page: Open, tmp_path: Path) -> None:
    put("a")
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    field(app, "text_input", "name").set_value("Mine").run()
    for file in tmp_path.glob("store.sqlite*"):
        file.chmod(0o444)
    if os.access(tmp_path / "store.sqlite", os.W_OK):
        Store(os.environ["EBB_STORE_URL"])._engine.dispose()
        with Store(os.environ["EBB_STORE_URL"])._engine.begin() as connection:
            for kind in ("insert", "update"):
                connection.exec_driver_sql(
                    f"create trigger refuse_{kind} before {kind} on records begin"
                    " select raise(abort, 'attempt to write a readonly database'); end"
                )
    app.button(key="initiative_save").click().run()
    assert "The store may only be read" in text(app)
    assert field(app, "text_input", "name").value == "Mine"


def test_three_columns_are_enough(open_page: Open) -> None:
    put("a", workspace="minimal", scope={"channels": ["phone"]})
    app = backlog(open_page, "minimal")
    assert not app.exception
    assert "One initiative could end" in text(app)


def test_an_initiative_opens_the_what_if_with_its_own_lever(open_page: Open) -> None:
    put("a", scope={"reasons": ["billing error"], "segments": ["B2B"]}, stage="scaled", ramp=6, one_off=500.0)
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("a").run()
    address = next(one.proto.query_string for one in app.get("page_link") if "Try" in one.proto.label)
    change = parse_qs(address.lstrip("?"))["change"][0]
    (found,) = decode(change).scenario.levers
    assert (found.scope.reasons, found.ramp, found.one_off.likely) == (("billing error",), 6, 500.0)
    assert 0.05 < found.range("share").likely < 0.15


def team(open_page: Open) -> AppTest:
    app = backlog(open_page)
    app.session_state["team_by_month"] = True
    return app.run()


def test_the_change_team_is_asked_for_by_month_and_unknown_is_said(open_page: Open) -> None:
    put("crew", people=3.0, work_months=2, scope={"reasons": ["billing error"]})
    put("silent", scope={"reasons": ["delivery status"]})
    app = team(open_page)
    assert not app.exception
    assert "could not be shown" not in text(app)
    assert "People asked for: at most 3, in Jan 2025; how many the change team has is not known" in text(app)
    assert "Nobody has said how many people “silent” take" in text(app)
    for quarter in range(4):
        app = app.number_input(key=f"backlog_quarter_{quarter}").set_value(2.0).run()
    assert "The change team is too small in 2 months: 3 people asked for in Jan 2025, 2 there" in text(app)
    assert app.switch_page("pages/portfolio.py").run().session_state["_portfolio"]["full"]["quarter_3"] == 2.0


def test_a_limit_entered_on_portfolio_is_the_team_of_the_backlog(open_page: Open) -> None:
    put("crew", people=3.0, scope={"reasons": ["billing error"]})
    app = open_page("pages/portfolio.py")
    assert app.number_input(key="portfolio_people_initiative:crew").value == 3.0, "as the backlog says"
    app.number_input(key="portfolio_team").set_value(5.0).run()
    app.session_state["tab"] = "Backlog"
    app.session_state["team_by_month"] = True
    app = app.switch_page(PAGE).run()
    assert "The change team has the people asked for: at most 3, in Jan 2025" in text(app)


def test_a_load_nobody_knows_is_no_picture(open_page: Open) -> None:
    put("silent", scope={"reasons": ["delivery status"]})
    assert "How many people the initiatives take is not known" in text(team(open_page))


def test_people_typed_are_kept_and_an_older_record_opens_unchanged(open_page: Open) -> None:
    older = {name: held for name, held in DEFAULTS.items() if name not in ("people", "work_months")}
    store().put("full", "initiative", "old", older | {"name": "old"}, BOB, None)
    app = backlog(open_page)
    app.selectbox(key="initiative_choice").set_value("old").run()
    assert field(app, "number_input", "people").value is None
    assert app.button(key="initiative_save").disabled, "nothing differs from what is kept"
    field(app, "number_input", "people").set_value(2.5).run()
    app.button(key="initiative_save").click().run()
    (kept,) = store().list("full", "initiative")
    assert (kept.body["people"], kept.body["work_months"]) == (2.5, None)
