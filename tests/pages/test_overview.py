"""What Overview says."""

import json

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, shown


def spec(app: AppTest, place: int) -> dict:
    return json.loads(app.get("plotly_chart")[place].proto.spec)


def test_five_numbers_at_most(open_page: Open) -> None:
    app = open_page()
    assert [tile.label for tile in app.metric][:5] == [
        "Contacts per 1,000", "Avoidable cost", "High effort", "Loyalty gap", "Cash realised",
    ]  # fmt: skip


def test_a_number_comes_with_interval_n_and_definition(open_page: Open) -> None:
    app = open_page()
    assert "n 1,201 contacts" in shown(app)
    assert all(tile.help for tile in app.metric)


def test_what_cannot_be_told_is_not_a_zero(open_page: Open) -> None:
    app = open_page(kind="minimal")
    tiles = {tile.label: tile.value for tile in app.metric}
    assert set(list(tiles.values())[:5]) == {"–"}
    assert "cannot be told yet" in app.title[0].value


def test_the_picture_holds_all_cost(open_page: Open) -> None:
    app = open_page()
    bars = spec(app, 0)["data"]
    assert {bar["type"] for bar in bars} == {"bar"}
    assert spec(app, 0)["layout"]["showlegend"] is False  # the look is on
    assert any(bar["marker"].get("pattern") for bar in bars)  # unknown cause is hatched


def test_the_title_is_a_finding(open_page: Open) -> None:
    assert "of the cost should not exist" in open_page().title[0].value


def test_nothing_left_offers_to_clear_the_filters(open_page: Open) -> None:
    app = open_page(segment=["B2B"], product=["phone"])
    assert app.title[0].value == "No contact matches these filters"
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert "of the cost should not exist" in app.title[0].value
    assert "segment" not in app.query_params
