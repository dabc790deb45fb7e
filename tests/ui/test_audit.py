"""The label audit: the draw, blind labelling, what is kept, what fewer than 200 labels may say."""

import os

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.contract import CAUSES
from analytics.store import Author, Store
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
BOB = Author("Bob", verified=True)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def store() -> Store:
    return Store(os.environ["EBB_STORE_URL"])


def text(app: AppTest) -> str:
    return shown(app).replace("\\", "").replace("\u2060", "")


def audit(open_page: Open, kind: str = "full", name: str = "Ada") -> AppTest:
    app = open_page(PAGE, kind, tab=["Label audit"])
    return app.text_input(key="author_name").set_value(name).run() if name else app


def to_label(app: AppTest) -> pd.DataFrame:
    return app.data_editor[0].value


def label(app: AppTest, **by_place: str) -> AppTest:
    rows = {int(place[1:]): {"cause": cause} for place, cause in by_place.items()}
    app.session_state[app.data_editor[0].key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    return app.run()


def put(number: int, coded: str, cause: str, kind: str = "full", reason: str = "billing error") -> None:
    body = {"coded": coded, "cause": cause, "reason": reason, "weight": 2.0, "seed": 1, "predicted": coded != "none"}
    store().put(kind, "label", f"c{number}", body, BOB, None)


def test_fifty_contacts_are_drawn_blind_the_same_for_the_same_seed(open_page: Open) -> None:
    app = audit(open_page)
    rows = to_label(app)
    assert len(rows) == 50
    assert not {"customer", "customer_id", "coded", "predicted"} & set(rows.columns)
    assert rows["cause"].isna().all()
    assert "Seed 1 · 0 of 50 labelled" in text(app)
    assert list(to_label(audit(open_page)).index) == list(rows.index)
    app.number_input(key="audit_seed").set_value(2).run()
    assert list(to_label(app).index) != list(rows.index)


def test_a_label_is_kept_with_author_weight_and_seed_and_undone_by_emptying(open_page: Open) -> None:
    app = audit(open_page)
    key = to_label(app).index[0]
    app = label(app, r0=CAUSES["policy"])
    app.button(key="audit_1_save").click().run()
    kept = store().get("full", "label", key)
    assert not app.exception
    assert (kept.body["cause"], kept.body["seed"], kept.author.name) == ("policy", 1, "Ada")
    assert kept.body["weight"] >= 1
    assert to_label(app).loc[key, "by"] == "Ada (unverified)"
    assert to_label(audit(open_page)).loc[key, "cause"] == CAUSES["policy"]
    label(app, r0=None).button(key="audit_1_save").click().run()
    assert store().get("full", "label", key) is None


def test_the_second_to_label_a_contact_is_told(open_page: Open) -> None:
    app = audit(open_page)
    key = to_label(app).index[0]
    app = label(app, r0=CAUSES["policy"])
    body = {"coded": "none", "cause": "defect", "reason": "billing error", "weight": 1.0, "seed": 1, "predicted": False}
    store().put("full", "label", key, body, BOB, None)
    app.button(key="audit_1_save").click().run()
    assert "Bob changed this at" in text(app)
    assert app.session_state[app.data_editor[0].key]["edited_rows"] == {0: {"cause": CAUSES["policy"]}}
    assert store().get("full", "label", key).body["cause"] == "defect"


def test_a_few_labels_are_rough_and_never_called_corrected(open_page: Open) -> None:
    for number in range(50):
        coded = "defect" if number % 2 else "none"
        put(number, coded, coded if number % 5 else "none")
    app = audit(open_page)
    assert not app.exception
    assert "too few to correct" in text(app)
    assert "label 150 more before the share is called corrected" in text(app)
    tile = next(one for one in app.metric if one.label == "Rough share")
    assert tile.delta == "rough"
    assert not [one for one in app.metric if one.label == "Corrected share"]
    table = next(one.value for one in app.dataframe if "labelled avoidable" in one.value)
    assert table[["labelled avoidable", "labelled not avoidable"]].to_numpy().tolist() == [[20, 5], [0, 25]]


def test_too_few_labels_on_one_side_show_no_share_at_all(open_page: Open) -> None:
    for number in range(12):
        put(number, "defect", "defect")
    app = audit(open_page)
    assert "Fewer than 10 labels among those assigned “not avoidable”" in text(app)
    assert next(one for one in app.metric if one.label == "Rough share").value == "–"


def test_from_two_hundred_labels_on_the_share_is_corrected(open_page: Open) -> None:
    for number in range(200):
        coded = "defect" if number % 2 else "none"
        put(number, coded, coded if number % 10 else "defect")
    app = audit(open_page)
    assert not app.exception
    assert "of contacts are avoidable; as coded it is" in text(app)
    assert [one for one in app.metric if one.label == "Corrected share"]


def test_labels_on_locked_reasons_never_count_as_avoidable(open_page: Open) -> None:
    for number in range(12):
        put(number, "process", "defect", reason="fraud alert")
    app = audit(open_page)
    table = next(one.value for one in app.dataframe if "labelled avoidable" in one.value)
    assert table[["labelled avoidable", "labelled not avoidable"]].to_numpy().tolist() == [[0, 0], [0, 12]]


def test_hostile_reasons_are_text(open_page: Open) -> None:
    for number, reason in enumerate(HOSTILE):
        put(number, "none", "defect", "hostile", reason)
    app = audit(open_page, "hostile")
    assert not app.exception
    assert set(to_label(app)["reason"]) <= set(HOSTILE)


def test_three_columns_only_is_no_error(open_page: Open) -> None:
    app = audit(open_page, "minimal")
    assert not app.exception
