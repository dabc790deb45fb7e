"""The executive bridge on Overview: whose scenario it is, and that it is the one the What-if shows."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Open, shown
from tests.pages.test_what_if import PAGE, move, save, signed

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def bars(app: AppTest, name: str) -> list[dict[str, Any]]:
    """Return the traces of the figure called `name`."""
    figure = next(part for part in app.get("plotly_chart") if part.proto.id.endswith(name))
    found: list[dict[str, Any]] = json.loads(figure.proto.spec)["data"]
    return found


def test_while_nothing_is_saved_it_is_the_first_proposal_and_says_so(open_page: Open) -> None:
    app = open_page()
    assert "No scenario is saved yet" in shown(app)
    here = bars(app, "overview_bridge")
    assert here == bars(app.switch_page(PAGE).run(), "what_if_bridge")


def test_a_saved_scenario_is_drawn_with_author_and_the_numbers_of_the_what_if(open_page: Open) -> None:
    app = signed(open_page(PAGE), "Ana")
    there = bars(save(move(app, 70), "Fix delivery"), "what_if_bridge")
    home = app.switch_page("streamlit_app.py").run()
    assert "“Fix delivery”" in shown(home)
    assert "Saved last, by Ana (unverified)" in shown(home)
    assert bars(home, "overview_bridge") == there


def test_filters_do_not_change_it(open_page: Open) -> None:
    assert bars(open_page(), "overview_bridge") == bars(open_page(segment=["B2B"]), "overview_bridge")


def test_a_saved_scenario_that_fits_no_longer_is_said_not_drawn(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signed(open_page(PAGE), "Ana")
    save(move(app, 70), "Fix <b>delivery</b>")
    from analytics.errors import ScenarioError
    from analytics.ui import overview_bridge

    def refuse(*_: object) -> None:
        raise ScenarioError("The reason is not in this data.")

    monkeypatch.setattr(overview_bridge, "quick", refuse)
    home = app.switch_page("streamlit_app.py").run()
    assert "cannot be drawn" in shown(home)
    assert "The reason is not in this data." in shown(home)
    assert len(home.title) == 1
