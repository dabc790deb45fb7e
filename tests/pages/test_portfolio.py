"""The portfolio driven as people drive it: a full backlog, an empty one, an impossible ask, data that is too thin."""

import os
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.scenarios.links import decode
from analytics.store import Author, Store
from analytics.ui.portfolio_kept import EXCLUDES
from tests.pages.conftest import Open, shown

PAGE = "pages/portfolio.py"
BODY: dict[str, Any] = {"low": 0.1, "likely": 0.2, "high": 0.3, "ramp": 0, "stage": "scaled", "grade": "C"}
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def put(key: str, reason: str, cost: float, **more: Any) -> None:
    body = BODY | {"name": key, "scope": {"reasons": [reason]}, "one_off": cost} | more
    Store(os.environ["EBB_STORE_URL"]).put("full", "initiative", key, body, Author("Bo"), None)


def three() -> None:
    """Two on the same demand, one on other demand: with 100 for each, a budget of 200 takes one of the twins."""
    put("twin a", "billing error", 100.0, low=0.5, likely=0.6, high=0.7)
    put("twin b", "billing error", 100.0, low=0.4, likely=0.5, high=0.6)
    put("other", "delivery status", 100.0, low=0.2, likely=0.3, high=0.4)


def budget(app: AppTest, amount: float) -> AppTest:
    return app.number_input(key="portfolio_budget").set_value(amount).run()


def rule(app: AppTest, key: str, words: str) -> AppTest:
    control: Any = next(one for one in app.get("button_group") if one.key == f"portfolio_rule_initiative:{key}")
    changed: AppTest = control.set_value([words] if isinstance(control.value, list) else words).run()
    return changed


def chosen(app: AppTest) -> list[str]:
    return next(one.value for one in app.dataframe if "last_in" in one.value)["initiative"].tolist()


def test_of_two_on_the_same_demand_one_is_funded_with_the_other_demand(open_page: Open) -> None:
    three()
    app = budget(open_page(PAGE), 200.0)
    assert not app.exception
    assert set(chosen(app)) == {"twin a", "other"}
    rows = next(one.value for one in app.dataframe if "last_in" in one.value)
    assert rows["last_in"].is_monotonic_decreasing
    assert f"Fund “{chosen(app)[0]}” and “{chosen(app)[1]}” first" in app.title[0].value
    said = shown(app)
    assert "With “twin b” the best set is worth" in said
    assert "0 are left, the cheapest initiative left out costs more" in said
    assert "The next 100,000 USD would buy" in said or "The next 100,000 EUR would buy" in said
    assert "of 100 draws" in said
    assert "Range " in said


def test_the_value_of_the_set_is_its_overlap_and_last_ins_do_not_add_up_to_more(open_page: Open) -> None:
    three()
    app = budget(open_page(PAGE), 300.0)
    rows = next(one.value for one in app.dataframe if "last_in" in one.value)
    lone, last = dict(zip(rows["initiative"], rows["last_in"], strict=True)), rows["last_in"].sum()
    assert len(lone) == 3
    # billing error worth V: together V·(1 − 0.4·0.5); a last in V·0.5·0.6, b last in V·0.4·0.5
    assert lone["twin a"] / lone["twin b"] == pytest.approx(0.30 / 0.20)
    assert last > 0


def test_the_link_to_what_if_holds_exactly_the_chosen_set(open_page: Open) -> None:
    three()
    app = budget(open_page(PAGE), 200.0)
    links = [one.proto for one in app.get("page_link")]
    query = next(link.query_string for link in links if link.label == "Open the set in What-if")
    text = next(part for part in query.split("&") if part.startswith("change=")).removeprefix("change=")
    assert {item.name for item in decode(text).scenario.levers} == {"twin a", "other"}


def test_an_exclusion_is_kept(open_page: Open) -> None:
    three()
    app = open_page(PAGE)
    app.session_state["_portfolio"]["full"]["pairs"] = [("initiative:twin a", EXCLUDES, "initiative:other")]
    app = budget(app, 200.0)
    assert set(chosen(app)) != {"twin a", "other"}
    assert app.title[0].value.startswith("Fund “")


def test_an_ask_that_cannot_be_met_is_explained(open_page: Open) -> None:
    three()
    app = rule(open_page(PAGE), "twin a", "Must")
    app = budget(app, 50.0)
    assert app.title[0].value == "No set of initiatives meets all of this"
    assert "100 are needed, the budget is 50." in shown(app)
    assert "The next" not in shown(app)


def test_an_empty_backlog_leads_to_remove_and_proposals_wait_for_a_cost(open_page: Open) -> None:
    app = open_page(PAGE)
    assert "nothing to fund yet" in app.title[0].value
    assert "Proposal, not in the backlog yet" in shown(app)
    assert "Open the backlog on Remove" in [one.proto.label for one in app.get("page_link")]
    cost = next(field for field in app.number_input if str(field.key).startswith("portfolio_cost_"))
    app = budget(cost.set_value(1000.0).run(), 1000.0)
    assert app.title[0].value.startswith("Fund “")
    assert "100 %" in next(tile.value for tile in app.metric if tile.label == "Rests on judgement")


def test_data_of_three_columns_is_answered_in_words(open_page: Open) -> None:
    app = open_page(PAGE, "minimal")
    assert not app.exception
    assert len(app.title) == 1
    assert "could not be shown" not in shown(app)
    links = [one.proto.label for one in app.get("page_link")]
    assert "Open the backlog on Remove" in links or "Open Sources" in links


def test_what_was_asked_is_there_again_after_another_page(open_page: Open) -> None:
    three()
    app = rule(budget(open_page(PAGE), 200.0), "twin b", "Must")
    assert "twin b" in chosen(app)
    app = app.switch_page("pages/taxonomy.py").run().switch_page(PAGE).run()
    assert app.number_input(key="portfolio_budget").value == 200.0
    assert "twin b" in chosen(app)


def people(app: AppTest, count: float) -> AppTest:
    for key in ("twin a", "other"):
        app = app.number_input(key=f"portfolio_people_initiative:{key}").set_value(count).run()
    return app


def phased_starts(app: AppTest) -> dict[str, int]:
    links = [one.proto for one in app.get("page_link")]
    query = next(link.query_string for link in links if link.label == "Open the phased set in What-if")
    text = next(part for part in query.split("&") if part.startswith("change=")).removeprefix("change=")
    return {item.name: item.start for item in decode(text).scenario.levers}


def test_who_starts_when_follows_the_change_team_and_reaches_the_what_if(open_page: Open) -> None:
    three()
    app = budget(open_page(PAGE), 200.0)
    assert "Enter the people each initiative takes" in shown(app)
    app = people(app, 4.0)
    assert not app.exception
    assert "1 begin at once, the last in" in shown(app)
    assert sorted(phased_starts(app).values()) == [1, 2]
    app = app.number_input(key="portfolio_quarter_0").set_value(8.0).run()
    assert "All can begin at once" in shown(app)
    app = app.number_input(key="portfolio_quarter_0").set_value(3.0).run()
    assert sorted(phased_starts(app).values()) == [4, 5]
    first = chosen(app)[0]
    work = f"portfolio_work_initiative:{first}"
    app = app.number_input(key=work).set_value(6).run()
    assert max(phased_starts(app).values()) <= 10
    app = app.switch_page("pages/taxonomy.py").run().switch_page(PAGE).run()
    assert app.number_input(key="portfolio_quarter_0").value == 3.0


def test_a_change_team_that_is_too_small_is_explained(open_page: Open) -> None:
    three()
    app = people(budget(open_page(PAGE), 200.0), 4.0)
    for quarter in range(4):
        app = app.number_input(key=f"portfolio_quarter_{quarter}").set_value(2.0).run()
    said = shown(app)
    assert "Nothing can begin with this change team" in said
    assert "keeps 4 people for 1 month; at most 2 are there for that long" in said


def named(app: AppTest, name: str = "Ana") -> AppTest:
    return app.text_input(key="author_name").set_value(name).run() if name else app


def press(app: AppTest, key: str) -> AppTest:
    pressed: AppTest = app.button(key=key).click().run()
    assert not pressed.exception
    return pressed


def test_what_is_asked_is_kept_for_everybody_and_the_next_visit(open_page: Open) -> None:
    three()
    app = named(budget(open_page(PAGE), 200.0))
    assert "Not kept yet" in shown(app)
    app = app.number_input(key="portfolio_people_initiative:twin a").set_value(2.0).run()
    app = app.number_input(key="portfolio_quarter_1").set_value(3.0).run()
    app = app.number_input(key="portfolio_work_initiative:twin a").set_value(5).run()
    app = rule(app, "other", "Never")
    app = press(app, "portfolio_keep_save")
    assert "Kept for everybody: version 1 by Ana (unverified)" in shown(app)
    again = open_page(PAGE)
    assert again.number_input(key="portfolio_budget").value == 200.0
    assert again.number_input(key="portfolio_quarter_1").value == 3.0
    assert "other" not in chosen(again)
    assert "Kept for everybody: version 1" in shown(again)
    body = Store(os.environ["EBB_STORE_URL"]).get("full", "portfolio", "asked")
    assert body is not None
    assert body.body == {
        "budget": 200.0,
        "quarter_1": 3.0,
        "people_initiative:twin a": 2.0,
        "rule_initiative:other": "Never",
        "work_initiative:twin a": 5,
    }, "what the backlog says stays there"


def test_going_back_to_what_is_kept_undoes_what_was_entered_since(open_page: Open) -> None:
    three()
    app = press(named(budget(open_page(PAGE), 200.0)), "portfolio_keep_save")
    app = press(budget(app, 100.0), "portfolio_keep_back")
    assert app.number_input(key="portfolio_budget").value == 200.0
    assert len(chosen(app)) == 2


def test_keeping_needs_a_name_and_loses_nothing_without(open_page: Open) -> None:
    three()
    app = press(budget(open_page(PAGE), 200.0), "portfolio_keep_save")
    assert "Type your name" in shown(app)
    assert app.number_input(key="portfolio_budget").value == 200.0


@pytest.mark.parametrize(("choice", "kept", "version"), [("theirs", 300.0, 2), ("over", 200.0, 3)])
def test_the_second_to_keep_is_told_and_chooses(open_page: Open, choice: str, kept: float, version: int) -> None:
    three()
    mine = press(named(budget(open_page(PAGE), 100.0)), "portfolio_keep_save")
    theirs = named(open_page(PAGE), "Ben")
    press(budget(theirs, 300.0), "portfolio_keep_save")
    mine = budget(mine, 200.0)
    assert "Somebody else kept something since: version 2 by Ben" in shown(mine)
    assert mine.number_input(key="portfolio_budget").value == 200.0, "nothing is lost before a choice"
    mine = press(mine, f"portfolio_keep_{choice}")
    assert mine.number_input(key="portfolio_budget").value == kept
    assert f"Kept for everybody: version {version}" in shown(mine)


def test_a_kept_body_that_makes_no_sense_is_left_out(open_page: Open) -> None:
    three()
    body = {"budget": -5, "team": "many", "cost_initiative:other": 1e9, "rule_x": "Perhaps", "pairs": [["a", 1]],
            "quarter_0": True, "work_initiative:other": 1.5, "people_initiative:other": None,
            "surplus": {"a": 1}}  # fmt: skip
    Store(os.environ["EBB_STORE_URL"]).put("full", "portfolio", "asked", body, Author("Bo"), None)
    app = open_page(PAGE)
    assert not app.exception
    assert app.number_input(key="portfolio_budget").value is None
    assert app.number_input(key="portfolio_cost_initiative:other").value == 1e9


def test_money_and_customers_are_two_aims_between_which_people_choose(open_page: Open) -> None:
    three()
    app = budget(open_page(PAGE), 200.0)
    said = shown(app)
    assert "This is the set with most money" in said or "The best set for money also spares customers most" in said
    sliders = [one for one in app.select_slider if one.label == "From most money to most spared"]
    if sliders:
        last = int(sliders[0].options[-1]) if sliders[0].options[-1].isdigit() else len(sliders[0].options) - 1
        app = sliders[0].set_value(last).run()
        assert not app.exception
        assert "Against the set with most money" in shown(app)
