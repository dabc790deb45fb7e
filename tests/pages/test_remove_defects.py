"""The tab Defects: what it says, what it says when data is missing, and that its lever opens the what-if with it."""

import json
import os

import pytest
from streamlit.testing.v1 import AppTest

from analytics.store import Store
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def opened(open_page: Open, kind: str = "defects") -> AppTest:
    app = open_page(PAGE, kind)
    app.session_state["tab"] = "Defects"
    return app.run()


def test_products_are_compared_per_customer(open_page: Open) -> None:
    app = opened(open_page)
    assert not app.exception
    assert "No product stands out" in shown(app)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert set(figure["data"][0]["y"]) == {"router", "phone"}
    assert "The data holds no defect reports and no faulty units" in shown(app)


def test_a_release_has_its_contacts_and_what_came_is_no_proof(open_page: Open) -> None:
    app = opened(open_page)
    rows = app.dataframe[-1].value
    assert rows["name"].tolist() == ["Router 2"]
    assert rows["product"].tolist() == ["router"]
    assert rows["observed"].iloc[0] > rows["expected"].iloc[0]
    assert bool(rows["clear"].iloc[0])
    assert "“Router 2” came with" in shown(app)


def test_the_lever_sets_the_what_if_and_starts_an_initiative(open_page: Open) -> None:
    app = opened(open_page)
    app.slider(key="defect_product_cut").set_value(50).run()
    links = [link.proto for link in app.get("page_link")]
    mine = [link for link in links if "fewer defects" in link.label]
    assert len(mine) == 1
    assert "50%" in mine[0].label
    assert "change=" in mine[0].query_string
    app.text_input(key="author_name").set_value("Ada").run()
    app.button(key="defect_product_start").click().run()
    assert not app.exception
    (kept,) = Store(os.environ["EBB_STORE_URL"]).list("defects", "initiative")
    assert kept.body["scope"] == {"causes": ["defect"], "products": ["router"]}
    assert (kept.body["low"], kept.body["likely"], kept.body["high"]) == (0.25, 0.5, 0.65)


@pytest.mark.parametrize("kind", ["minimal", "full", "hostile"])
def test_what_is_missing_is_said(open_page: Open, kind: str) -> None:
    app = opened(open_page, kind)
    assert not app.exception
    assert "No contact has a defect as its cause" in shown(app)
    assert "No release or outage is known" in shown(app)
