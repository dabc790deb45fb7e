"""What people change on Taxonomy and Assumptions: kept with author and time, undone, refused, told to the second."""

import os

from streamlit.testing.v1 import AppTest

from analytics.store import Author, Store
from tests.pages.conftest import Open, shown

TAXONOMY, ASSUMPTIONS = "pages/taxonomy.py", "pages/assumptions.py"


def named(app: AppTest, name: str = "Ada") -> AppTest:
    return app.text_input(key="author_name").set_value(name).run()


def edit(app: AppTest, editor: str, row: str, **values: object) -> AppTest:
    """Change cells of one row as a person does, and let the page run."""
    key = next(table.key for table in app.data_editor if table.key.startswith(editor))
    place = list(app.data_editor(key=key).value.index).index(row)
    app.session_state[key] = {"edited_rows": {place: values}, "added_rows": [], "deleted_rows": []}
    return app.run()


def save(app: AppTest, name: str) -> AppTest:
    return app.button(key=f"{name}_save").click().run()


def store() -> Store:
    return Store(os.environ["EBB_STORE_URL"])


def test_a_class_is_kept_with_author_and_time_and_used(open_page: Open) -> None:
    app = save(
        edit(named(open_page(TAXONOMY)), "taxonomy", "password reset", class_="remove", owner="product"), "taxonomy"
    )
    assert not app.exception
    kept = store().get("full", "taxonomy", "password reset")
    assert kept is not None
    assert kept.body == {"class_": "remove", "owner": "product"}
    assert (kept.author.name, kept.author.verified) == ("Ada", False)
    assert app.title[0].value.startswith("2 of 5 reasons should not exist")
    assert "Ada (unverified)" in app.data_editor[0].value.loc["password reset", "edited"]


def test_edits_survive_a_new_session(open_page: Open) -> None:
    save(edit(named(open_page(TAXONOMY)), "taxonomy", "password reset", class_="remove"), "taxonomy")
    assert open_page(TAXONOMY).title[0].value.startswith("2 of 5 reasons should not exist")


def test_a_change_is_undone(open_page: Open) -> None:
    app = save(edit(named(open_page(TAXONOMY)), "taxonomy", "billing error", class_="restructure"), "taxonomy")
    app.selectbox(key="evidence_reason").set_value("billing error").run()
    assert "class: restructure" in shown(app).replace("\\", "")
    app.button(key="undo_taxonomy").click().run()
    assert "taken back" in shown(app)
    assert store().get("full", "taxonomy", "billing error") is None


def test_the_second_is_told_and_loses_nothing(open_page: Open) -> None:
    app = edit(named(open_page(TAXONOMY)), "taxonomy", "billing error", class_="restructure")
    store().put("full", "taxonomy", "billing error", {"class_": "redistribute"}, Author("Bob", verified=True), None)
    app = save(app, "taxonomy")
    assert "Bob changed this at" in shown(app).replace("\\", "")
    kept = store().get("full", "taxonomy", "billing error")
    assert kept is not None
    assert kept.body == {"class_": "redistribute"}


def test_without_a_name_nothing_is_written(open_page: Open) -> None:
    app = save(edit(open_page(TAXONOMY), "taxonomy", "billing error", class_="restructure"), "taxonomy")
    assert "Type your name" in shown(app)
    assert store().list("full", "taxonomy") == []


def test_the_payroll_line_scales_every_cost(open_page: Open) -> None:
    app = save(edit(named(open_page(ASSUMPTIONS)), "assumptions", "payroll_line", value=1_000_000.0), "assumptions")
    assert "to the 1.0 M EUR in the books" in app.title[0].value
    home = app.switch_page("streamlit_app.py").run()
    assert "not yet scaled" not in shown(home)


def test_a_value_out_of_range_is_refused_in_words(open_page: Open) -> None:
    app = save(edit(named(open_page(ASSUMPTIONS)), "assumptions", "occupancy", value=7.0), "assumptions")
    assert "Enter a value from 0.3 to 1" in shown(app)
    assert store().list("full", "assumption") == []


def test_emptying_a_value_goes_back_to_the_default(open_page: Open) -> None:
    app = save(edit(named(open_page(ASSUMPTIONS)), "assumptions", "occupancy", value=0.5), "assumptions")
    app = save(edit(app, "assumptions", "occupancy", value=None), "assumptions")
    assert store().get("full", "assumption", "occupancy") is None
    assert app.data_editor[0].value.loc["occupancy", "value"] == 0.85


def test_published_claims_are_marked(open_page: Open) -> None:
    app = open_page(ASSUMPTIONS)
    tables = [table.value for table in app.dataframe if "kind" in table.value]
    assert [set(table["kind"]) for table in tables] == [{"published claim – not your data"}]
