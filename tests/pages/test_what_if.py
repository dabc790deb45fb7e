"""The what-if driven as people drive it: sliders, undo, save, two sessions, links; and one number by hand."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.scenarios.ledger import Ledger
from analytics.scenarios.links import decode, encode
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.serialise import from_plain
from analytics.ui import what_if_quick
from analytics.ui.what_if_details import applied
from analytics.ui.what_if_state import Work
from tests.pages.conftest import Open, shown

PAGE = "pages/what_if.py"
DELIVERY = "remove:delivery status:communication"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def work(app: AppTest) -> Work:
    return app.session_state["_what_if_work"]


def slider(app: AppTest, key: str = DELIVERY) -> Any:
    return app.slider(key=f"what_if_slider_{key}")


def move(app: AppTest, share: int) -> AppTest:
    """Move the slider; the run that follows a slider holds the result alone, so everything is drawn once more."""
    slider(app).set_value(share).run()
    return app.run()


def row(app: AppTest) -> str:
    """Return the row of headline numbers as text."""
    markup = next(part.proto.body for part in app.get("html") if 'class="ebb-row"' in part.proto.body)
    return re.sub(r"(<[^>]+>\s*)+", " | ", markup)


def bridge(app: AppTest) -> list[dict[str, Any]]:
    return json.loads(app.get("plotly_chart")[0].proto.spec)["data"]


def press(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def reset(app: AppTest) -> AppTest:
    return press(app, "what_if_reset")


def save(app: AppTest, name: str, label: str = "Save") -> AppTest:
    next(field for field in app.text_input if field.label == "Name").set_value(name)
    return next(button for button in app.button if button.label == label).click().run()


def signed(app: AppTest, name: str) -> AppTest:
    return app.text_input(key="author_name").set_value(name).run()


def linked(open_page: Open, **query: str) -> AppTest:
    """Open the page in a new session by an address."""
    app = open_page("streamlit_app.py")
    for name, value in query.items():
        app.query_params[name] = value
    return app.switch_page(PAGE).run()


def with_scenario(app: AppTest, scenario: Scenario) -> AppTest:
    state = replace(work(app).state, scenario=scenario)
    app.session_state["_what_if_work"] = replace(work(app), past=(state,), place=0)
    return app.run()


def test_it_opens_with_a_first_proposal_that_is_said_to_be_judgement(open_page: Open) -> None:
    app = open_page(PAGE)
    assert not app.exception
    assert "First proposal" in app.title[0].value
    assert slider(app).value == 30
    assert "rests on judgement" in shown(closer(app, "How sure"))
    assert "assumed" in " ".join(bridge(app)[3]["text"])


def test_reset_is_the_baseline_and_undo_brings_the_levers_back(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    assert app.title[0].value == "Nothing is changed yet; this is the baseline"
    assert slider(app).value == 0
    assert "| 0.0 % |" in row(app)
    assert slider(press(app, "what_if_undo")).value == 30
    assert slider(press(app, "what_if_redo")).value == 0


def test_a_fifth_of_a_scope_by_hand(open_page: Open) -> None:
    """Every fifth contact is about delivery status, all by unclear communication; a fifth of these is 4.0 % of all."""
    app = reset(open_page(PAGE))
    move(app, 20)
    item = work(app).scenario.lever(DELIVERY)
    assert (item.range("share").low, item.range("share").high) == (0.1, 0.26)
    sure = replace(item.with_range("share", Range.constant(0.2)), ramp=0)
    app = with_scenario(app, Scenario("A fifth", (sure,)))
    assert "| −4.0 % | P10–P90 −4.0 % to −4.0 % |" in row(app)
    before, after = bridge(app)[1]["x"]
    assert after < before


def test_the_steps_of_the_bridge_lead_from_today_to_the_result(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    move(app, 40)
    item = replace(work(app).scenario.lever(DELIVERY).with_range("share", Range.constant(0.4)), ramp=0)
    app = with_scenario(app, Scenario("sure", (item,)))
    totals, steps = bridge(app)[1]["x"], bridge(app)[2]["x"]
    assert totals[1] == pytest.approx(totals[0] + sum(steps), rel=0.01)
    assert steps[0] < 0 < steps[1], "removing the easy ones leaves the harder ones"


def test_moves_of_one_slider_are_one_step_back(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    for share in (10, 20, 45):
        move(app, share)
    assert slider(press(app, "what_if_undo")).value == 0


def test_one_more_step_is_ready_before_it_is_asked_for_and_is_what_it_would_be(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = reset(open_page(PAGE))
    move(app, 20)
    made, real = [], what_if_quick.quick

    def quick(ledger: Ledger, scenario: Scenario) -> what_if_quick.Quick:
        made.append(round(100 * scenario.lever(DELIVERY).range("share").likely))
        return real(ledger, scenario)

    monkeypatch.setattr(what_if_quick, "quick", quick)
    for to, expected in (
        (21, [21, 22]),
        (22, [23]),
        (21, [21, 20]),
        (50, [50]),
        (94, [94]),
        (95, [95]),
        (94, [94, 93]),
    ):
        made.clear()
        slider(app).set_value(to).run()
        assert made == expected, f"after the slider went to {to}"
    foreseen = bridge(app)
    app.session_state["_what_if_ready"], app.session_state["_what_if_figure"] = (), ()
    assert bridge(app.run()) == foreseen


def test_a_slider_at_nothing_is_the_baseline_and_keeps_its_range(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    move(app, 40)
    held = work(app).scenario.lever(DELIVERY).range("share")
    move(app, 0)
    assert app.title[0].value == "Nothing is changed yet; this is the baseline"
    assert not work(app).scenario.lever(DELIVERY).on
    assert work(app).scenario.lever(DELIVERY).range("share") == held


def test_another_page_opens_it_with_its_lever_set(open_page: Open) -> None:
    fresh = linked(open_page, lever=DELIVERY)
    assert [item.key for item in work(fresh).scenario.active] == [DELIVERY]
    assert slider(fresh).value == 30


@pytest.mark.parametrize("lever", ["remove:delivery stats:communication", "explode:x:y", "remove:delivery status:nope"])
def test_a_lever_the_data_do_not_have_is_said(open_page: Open, lever: str) -> None:
    app = linked(open_page, lever=lever)
    assert "The link asks for the" in shown(app)
    assert len(app.title) == 1


def test_the_address_restores_exactly_what_was_set(open_page: Open) -> None:
    app = open_page(PAGE)
    move(app, 55)
    other = linked(open_page, **dict(app.query_params))
    assert work(other).scenario == work(app).scenario
    assert slider(other).value == 55


@pytest.mark.parametrize("change", ["no-link", "eJyrVkouUrJSMlSqBQAVTANE"])
def test_a_damaged_link_is_said_and_nothing_is_reset_silently(open_page: Open, change: str) -> None:
    app = linked(open_page, change=change)
    assert "could not be opened" in shown(app)
    assert slider(app).value == 30


def test_a_link_to_a_scenario_that_is_gone_is_said(open_page: Open) -> None:
    assert "There is no saved scenario" in shown(linked(open_page, scenario="nobody-knows"))


def test_saving_needs_a_name_of_a_person_and_then_says_who_and_when(open_page: Open) -> None:
    app = save(open_page(PAGE), "Fix delivery")
    assert "Who makes this change is not known" in shown(app)
    app = save(signed(app, "Ana"), "Fix delivery")
    assert "version 1 by Ana" in shown(app)
    assert not work(app).is_changed
    move(app, 60)
    assert "changed since, version 1 by Ana" in shown(app)


def test_two_sessions_the_second_is_told_and_nothing_is_lost(open_page: Open) -> None:
    first = save(signed(open_page(PAGE), "Ana"), "Fix delivery")
    second = signed(linked(open_page, scenario=work(first).record.key), "Ben")
    assert "Fix delivery" in second.title[0].value
    move(first, 50)
    save(first, "Fix delivery")
    move(second, 10)
    save(second, "Fix delivery")
    assert "Somebody else saved this scenario first" in shown(second)
    assert "Ana" in shown(second)
    assert slider(second).value == 10
    press(second, "conflict_copy")
    assert "Somebody else" not in shown(second)
    kept = {one.body["scenario"]["name"]: one for one in _saved(second)}
    assert set(kept) == {"Fix delivery", "Fix delivery (Ben)"}
    assert _share(kept["Fix delivery"]) == 0.5
    assert _share(kept["Fix delivery (Ben)"]) == 0.1


def _saved(app: AppTest) -> list[Any]:
    from analytics.settings import settings
    from analytics.store import Store

    store = Store(settings().store_url)
    try:
        return store.list(work(app).workspace_id, "scenario")
    finally:
        store.close()


def _share(record: Any) -> float:
    return from_plain(record.body["scenario"]).scenario.lever(DELIVERY).range("share").likely


def test_published_figures_mark_the_result(open_page: Open) -> None:
    app = open_page(PAGE)
    now = work(app)
    basis = replace(now.basis, retention=(0.61, 0.24, 5.0), published=True)
    app.session_state["_what_if_work"] = replace(now, past=(replace(now.state, basis=basis),), place=0)
    app.run()
    assert "Rests on a published claim" in shown(app)


def test_nothing_is_lost_when_the_page_changes(open_page: Open) -> None:
    app = open_page(PAGE)
    move(app, 70)
    app.switch_page("pages/taxonomy.py").run()
    app.switch_page(PAGE).run()
    assert slider(app).value == 70


def test_three_columns_are_enough_and_what_is_missing_is_said(open_page: Open) -> None:
    app = open_page(PAGE, "minimal")
    assert not app.exception
    assert "cannot tell" in row(app)
    assert "nothing is cashable yet" in shown(app)


def test_an_unknown_effort_says_so_instead_of_a_number(open_page: Open) -> None:
    assert "no effort answers" in row(open_page(PAGE, "minimal"))


def two_saved(open_page: Open) -> AppTest:
    """Return a session with “Small” saved and “Large” saved and open."""
    app = save(signed(open_page(PAGE), "Ana"), "Small")
    move(app, 60)
    return save(app, "Large", "Save as another scenario")


def test_two_scenarios_side_by_side_and_what_differs(open_page: Open) -> None:
    app = two_saved(open_page)
    small = next(one.key for one in _saved(app) if one.body["scenario"]["name"] == "Small")
    app = closer(app, "Side by side")
    app.multiselect(key="scenario_compare_with").set_value([small]).run()
    table = next(found.value for found in app.dataframe if "P10–P50–P90" in found.value.columns)
    assert list(table.columns) == ["P10–P50–P90", "Large", "Small"]
    gap = table.set_index("P10–P50–P90").loc["Net cash against the first"]
    assert gap["Large"] == "–"
    assert "of draws" in gap["Small"]
    assert "30 % (15 %–39 %)" in shown(closer(app, "How sure"))


def test_a_scenario_equal_to_itself_has_no_difference_in_any_draw(open_page: Open) -> None:
    app = save(signed(open_page(PAGE), "Ana"), "Small")
    app = save(app, "Small again", "Save as another scenario")
    first = next(one.key for one in _saved(app) if one.body["scenario"]["name"] == "Small")
    app = closer(app, "Side by side")
    app.multiselect(key="scenario_compare_with").set_value([first]).run()
    table = next(found.value for found in app.dataframe if "P10–P50–P90" in found.value.columns)
    assert "no difference in any draw" in table["Small"].tolist()


def test_data_that_changed_since_is_said_and_can_be_locked_again(open_page: Open) -> None:
    app = save(signed(open_page(PAGE), "Ana"), "Small")
    record = work(app).record
    older = {**record.body, "baseline": {**record.body["baseline"], "fingerprint": "0", "generation": "x"}}
    app.session_state["_what_if_work"] = replace(work(app), record=replace(record, body=older))
    app.run()
    assert "The data changed since this was saved" in shown(app)
    press(app, "what_if_rebase")
    assert "version 2 by Ana" in shown(app)
    assert "The data changed since" not in shown(app)


def test_where_no_input_changes_the_decision_the_page_says_so_and_names_the_largest_driver(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    item = replace(slider_lever(app), ramp=0, on=True).with_range("share", Range(0.3, 0.4, 0.5))
    said = shown(closer(with_scenario(app, Scenario("free", (item,))), "How sure"))
    assert "no input would change the decision" in said
    assert "Measure that to plan with the amount, not to decide." in said
    assert "worth at most" not in said


def test_where_an_input_can_flip_the_decision_it_is_named_with_its_worth(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    item = replace(slider_lever(app), ramp=0, on=True, one_off=Range.constant(230.0))
    dear = Scenario("dear", (item.with_range("share", Range(0.01, 0.3, 0.7)),))
    said = shown(closer(with_scenario(app, dear), "How sure"))
    assert "Measure this first" in said
    assert "it changes the decision in" in said
    assert "changes the decision in 0 %" not in said


def slider_lever(app: AppTest) -> Any:
    """Return the delivery lever as the panel has it."""
    move(app, 40)
    return work(app).scenario.lever(DELIVERY)


def test_the_way_back_by_the_menu_carries_the_draft(open_page: Open) -> None:
    app = open_page(PAGE)
    move(app, 65)
    app.switch_page("pages/taxonomy.py").run()
    menu = next(one.proto for one in app.get("page_link") if one.proto.label == "What-if")
    assert "change=" in menu.query_string
    change = next(part for part in menu.query_string.split("&") if part.startswith("change=")).removeprefix("change=")
    assert slider(linked(open_page, change=change)).value == 65


def test_a_transition_dip_is_set_kept_and_said(open_page: Open) -> None:
    app = open_page(PAGE)
    item = applied(work(app).scenario.lever(DELIVERY), {"share": (0.2, 0.3, 0.4), "grade": "D", "start": 1, "ramp": 3,
                   "decay": 0.0, "one_off": 0.0, "running": 0.0, "dip": 0.1, "dip_months": 2})  # fmt: skip
    app = with_scenario(app, Scenario("dip", (item,)))
    assert "10 % slower for the first 2 months" in shown(closer(app, "How sure"))
    assert decode(encode(work(app).scenario)).scenario == work(app).scenario


def closer(app: AppTest, part: str) -> AppTest:
    """Choose what stands beneath the picture."""
    app.session_state["what_if_part"] = part
    return app.run()


def opened_box(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    return app.run()


def test_stress_tests_are_made_when_opened_and_say_what_breaks(open_page: Open) -> None:
    app = open_page(PAGE)
    app = closer(app, "How sure")
    assert "Stress tests" in " ".join(box.label for box in app.expander)
    assert not [found for found in app.dataframe if "Verdict" in found.value.columns]
    app = opened_box(app, "what_if_stress")
    assert not app.exception
    table = next(found.value for found in app.dataframe if "Verdict" in found.value.columns).set_index("Under")
    assert list(table.index) == ["As planned", "20 % more demand", "20 % less demand", "Wages up 8 %",
                                 "Moved demand works half as well", "10 points more attrition a year"]  # fmt: skip
    assert table.loc["Moved demand works half as well", "Verdict"] == "no lever moves demand: nothing changes"
    assert "stresses" in shown(app)
    assert "nothing to put under stress" in shown(opened_box(reset(app), "what_if_stress"))


def adding(app: AppTest, kind: str) -> AppTest:
    """Open “Add a lever” and choose what changes."""
    app = opened_box(app, f"what_if_add_{len(work(app).scenario.levers)}")
    return app.selectbox(key="what_if_add_kind").set_value(kind).run()


def test_a_channel_is_closed_along_observed_switches_and_the_lever_survives_a_link(open_page: Open) -> None:
    app = adding(reset(open_page(PAGE)), "close")
    app = app.selectbox(key="what_if_close_channel").set_value("chat").run()
    said = shown(app)
    assert "used no other channel" in said
    assert "Language, age and disability are not in these data" in said
    app = press(app.slider(key="what_if_close_share").set_value(80).run(), "what_if_close_add").run()
    assert not app.exception
    item = work(app).scenario.lever("close:chat")
    assert item.range("share").is_constant and item.range("share").likely == 0.8
    assert sum(part for name, part in item.facts if name.startswith("to ")) == pytest.approx(1.0)
    assert app.slider(key="what_if_slider_close:chat").value == 80
    assert "where customers switch today" in shown(closer(app, "How sure"))
    other = linked(open_page, **dict(app.query_params))
    assert work(other).scenario == work(app).scenario


def test_closing_every_channel_is_refused_in_words_and_the_sliders_stay(open_page: Open) -> None:
    app = reset(open_page(PAGE))
    for channel in ("chat", "email", "phone", "portal"):
        app = adding(app, "close").selectbox(key="what_if_close_channel").set_value(channel).run()
        app = press(app, "what_if_close_add").run()
    assert app.title[0].value == "This combination is not possible"
    assert "nobody could reach a person" in shown(app)
    assert app.slider(key="what_if_slider_close:chat").value == 100


def test_an_approval_is_lifted_up_to_the_best_amount_and_shows_its_risk(open_page: Open) -> None:
    app = adding(reset(open_page(PAGE, "approvals")), "approval")
    assert "cases a year pass" in shown(app)
    assert "lost on average" in shown(app)
    app = press(app, "what_if_approval_add").run()
    assert not app.exception
    item = work(app).scenario.lever("approval:Refund approval")
    assert dict(item.facts)["cases"] > 0
    assert item.range("loss").likely == pytest.approx(0.02)
    assert "Refund approval" in app.title[0].value or "less work" in app.title[0].value
    assert "in all at stake" in shown(closer(app, "How sure"))
    assert work(linked(open_page, **dict(app.query_params))).scenario.levers == work(app).scenario.levers


def test_where_nothing_waits_for_an_approval_that_is_said(open_page: Open) -> None:
    assert "No contact waited for an approval" in shown(adding(open_page(PAGE), "approval"))


def test_a_lever_without_scope_asks_for_none_and_a_move_for_its_channel(open_page: Open) -> None:
    app = adding(open_page(PAGE), "attrition")
    assert not [box for box in app.multiselect if box.label == "Reasons"]
    app = adding(app, "redistribute")
    assert [box for box in app.selectbox if box.label == "Moves to"]


def test_what_limits_the_result_is_said_beside_it(open_page: Open) -> None:
    app = open_page(PAGE)
    item = replace(work(app).scenario.lever(DELIVERY), start=10, ramp=12)
    assert "reaches its full effect only in month 21" in shown(with_scenario(app, Scenario("late", (item,))))


def test_service_level_by_month_is_drawn_or_what_is_missing_is_said(open_page: Open) -> None:
    app = opened_box(open_page(PAGE), "what_if_service")
    assert not app.exception
    said = shown(app)
    assert "within 20 seconds" in said or "with the time of day they arrive" in said


def test_side_by_side_says_what_it_needs_while_nothing_is_saved(open_page: Open) -> None:
    assert "both can stand side by side" in shown(closer(open_page(PAGE), "Side by side"))
