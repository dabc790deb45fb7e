"""The demand map on Remove: folded until opened, drawn by product, and a cell leads to as many contacts as it says."""

import json

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.charts.demand_map import map_cells
from analytics.ui.remove_map import drawn_cells
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def opened(open_page: Open, kind: str = "full") -> AppTest:
    app = open_page(PAGE, kind)
    app.session_state["demand_map_open"] = True
    return app.run()


def heat(app: AppTest) -> dict:
    figures = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    return next(one for one in figures if one["data"][0]["type"] == "heatmap")


def test_it_is_only_made_when_it_is_opened(open_page: Open) -> None:
    app = open_page(PAGE)
    assert all(json.loads(chart.proto.spec)["data"][0]["type"] != "heatmap" for chart in app.get("plotly_chart"))


@pytest.mark.parametrize("rows", ["reason", "owner"])
def test_behind_a_cell_lie_as_many_contacts_as_it_says(open_page: Open, rows: str) -> None:
    app = opened(open_page)
    app.segmented_control(key="map_measure").set_value("contacts")
    app.segmented_control(key="map_rows").set_value(rows).run()
    assert not app.exception
    drawn = heat(app)
    names, products = (drawn["layout"][axis]["ticktext"] for axis in ("yaxis", "xaxis"))
    assert set(products) == {"router", "phone"}
    choice = app.selectbox(key=f"map_cell_{rows}")
    for place, name in list(enumerate(names))[:2]:
        choice.set_value(f"{name}|{products[1]}").run()
        line = next(line for line in shown(app).split("\n") if "contacts behind" in line)
        assert int(line.split(" ")[0].replace(",", "")) == round(drawn["data"][0]["z"][place][1])
        assert set(app.dataframe[-1].value["product"]) == {products[1]}
        choice = app.selectbox(key=f"map_cell_{rows}")


def test_customers_and_hostile_names(open_page: Open) -> None:
    app = opened(open_page)
    app.segmented_control(key="map_measure").set_value("customers").run()
    assert "most different customers" in shown(app)
    assert app.segmented_control(key="map_rows").disabled
    app = opened(open_page, "hostile")
    assert not app.exception
    assert len(heat(app)["layout"]["yaxis"]["ticktext"]) == len(HOSTILE)


@pytest.mark.parametrize(("value", "words"), [
    (0.4, "0"), (999, "999"), (1000, "1.0k"), (9940, "9.9k"), (20187, "20k"), (999_400, "999k"), (1_260_000, "1.3M"),
])  # fmt: skip
def test_cells_say_numbers_briefly(value: float, words: str) -> None:
    rows = pd.DataFrame({"key": ["a"], "label": ["A"], "product": ["p"], "value": [value], "hover": [""]})
    assert map_cells(rows, False).data[0].text[0][0] == words


def test_a_cell_without_an_interval_says_none() -> None:
    """So it is where handled time is known in few groups of customers."""
    rows = pd.DataFrame({"key": ["a"], "label": ["A"], "product": ["p"], "value": [40.0], "low": [np.nan],
                         "high": [np.nan], "share": [1.0], "contacts": [12]})  # fmt: skip
    assert drawn_cells(rows, "EUR")["hover"].tolist() == ["A, p<br>40 EUR<br>12 contacts"]


def test_without_products_that_is_said(open_page: Open) -> None:
    assert "Only one product is known here" in shown(opened(open_page, "minimal"))
