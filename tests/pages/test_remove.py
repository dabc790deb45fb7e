"""What Remove says, and that what lies behind a bar is as much as the bar."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics import settings
from analytics.store import Author, Store
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

PAGE = "pages/remove.py"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def figures(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def bars(app: AppTest) -> dict[str, float]:
    """Return the length of each bar of the first figure, its parts added up."""
    lengths: dict[str, float] = {}
    for trace in figures(app)[0]["data"]:
        if trace["type"] == "bar":
            for name, value in zip(trace["y"], trace["x"], strict=True):
                lengths[name] = lengths.get(name, 0.0) + value
    return lengths


def behind(app: AppTest) -> int:
    """Return how many contacts the list behind a bar says there are."""
    line = next(line for line in shown(app).split("\n") if "contacts behind" in line)
    return int(line.split(" ")[0].replace(",", ""))


def test_the_title_says_how_much_should_not_exist_and_who_can_end_it(open_page: Open) -> None:
    title = open_page(PAGE).title[0].value
    assert "of the cost of service should not exist" in title
    assert "can end the most" in title


def test_each_number_comes_with_interval_n_and_definition(open_page: Open) -> None:
    app = open_page(PAGE)
    assert len(app.metric) == 5
    assert all(tile.help for tile in app.metric)
    assert "n 1,201 contacts" in shown(app)


def test_the_list_behind_a_bar_has_as_many_contacts_as_the_bar(open_page: Open) -> None:
    app = open_page(PAGE)
    app.segmented_control(key="generators_measure").set_value("contacts").run()
    for name, length in bars(app).items():
        app.selectbox(key="generators_bar_reason").set_value(name).run()
        assert behind(app) == round(length)
        rows = app.dataframe[-1].value
        assert len(rows) == min(50, round(length))
        assert set(rows["reason"]) == {name}


def test_the_stage_of_a_customers_life_is_said_to_be_unknown(open_page: Open) -> None:
    said = shown(open_page(PAGE))
    assert "By stage of the customer's life" in said
    assert "map it as segment on Sources" in said


def test_a_filter_narrows_bar_and_list_alike(open_page: Open) -> None:
    app = open_page(PAGE, segment=["B2B"])
    app.segmented_control(key="generators_measure").set_value("contacts").run()
    name, length = next(iter(bars(app).items()))
    app.selectbox(key="generators_bar_reason").set_value(name).run()
    assert behind(app) == round(length)
    assert set(app.dataframe[-1].value["segment"]) == {"B2B"}


def test_a_bar_of_which_only_a_part_counts_says_so(open_page: Open) -> None:
    app = open_page(PAGE)
    app.segmented_control(key="generators_measure").set_value("contacts")
    app.segmented_control(key="generators_group").set_value("cause").run()
    app.selectbox(key="generators_bar_cause").set_value("none").run()
    assert "of repeats only the part beyond natural recurrence" in shown(app)


@pytest.mark.parametrize("group", ["owner", "cause", "reason_cause"])
def test_every_grouping_adds_up_to_the_same_cost(open_page: Open, group: str) -> None:
    app = open_page(PAGE)
    before = sum(bars(app).values())
    app.segmented_control(key="generators_group").set_value(group).run()
    assert sum(bars(app).values()) == pytest.approx(before)


def test_customers_by_owner_are_refused_in_words(open_page: Open) -> None:
    app = open_page(PAGE)
    app.segmented_control(key="generators_measure").set_value("customers")
    app.segmented_control(key="generators_group").set_value("owner").run()
    assert "Different customers are kept by reason" in shown(app)


def test_three_columns_say_what_cannot_be_told(open_page: Open) -> None:
    app = open_page(PAGE, "minimal")
    assert "cannot be told yet" in app.title[0].value
    assert "–" in {tile.value for tile in app.metric}
    assert bars(app)


def test_filtered_to_nothing_no_section_is_drawn(open_page: Open) -> None:
    app = open_page(PAGE, segment=["B2B"], product=["phone"])
    assert app.title[0].value == "No contact matches these filters"
    assert not app.metric
    assert not app.get("plotly_chart")


def test_labels_in_bars_and_lists_are_text(open_page: Open) -> None:
    app = open_page(PAGE, "hostile")
    assert "<script" not in json.dumps(figures(app)[0]["data"]).replace("&lt;script", "")
    app.selectbox(key="generators_bar_reason").set_value(HOSTILE[0]).run()
    assert HOSTILE[0] not in "\n".join(str(one.value) for one in app.subheader)
    assert not app.exception


def at_tab(open_page: Open, tab: str, kind: str = "full", **query: list[str]) -> AppTest:
    app = open_page(PAGE, kind, **query)
    app.session_state["tab"] = tab
    return app.run()


def curve_at(app: AppTest, days: int) -> float:
    curve = next(trace for trace in figures(app)[0]["data"] if trace.get("name") == "repeat")
    return float(dict(zip(curve["x"], curve["y"], strict=True))[days])


@pytest.mark.parametrize("days", [1, 7, 30])
def test_the_slider_answers_with_the_rate_of_the_curve(open_page: Open, days: int) -> None:
    app = at_tab(open_page, "Repeats")
    app.slider(key="repeat_window").set_value(days).run()
    title = next(one.value for one in app.subheader if "came back within" in one.value)
    assert f"within {days} day" in title
    assert title.startswith(f"{curve_at(app, days):.0f} %")


def test_repeats_of_one_reason_are_repeats(open_page: Open) -> None:
    app = at_tab(open_page, "Repeats")
    app.selectbox(key="repeats_bar_reason").set_value("billing error").run()
    rows = app.dataframe[-1].value
    assert len(rows) == min(50, behind(app))
    assert rows["is_repeat"].all()


def test_without_customers_repeats_are_refused_in_words(open_page: Open) -> None:
    app = at_tab(open_page, "Repeats", "minimal")
    assert "Repeats cannot be told" in shown(app)
    assert "map customer\\_id" in shown(app)


def test_without_teams_no_funnel_is_drawn(open_page: Open) -> None:
    app = at_tab(open_page, "Repeats")
    app.segmented_control(key="repeats_by").set_value("team").run()
    assert "Fewer than two teams" in shown(app)


def test_the_trend_splits_the_change_into_parts_that_add_up(open_page: Open) -> None:
    app = at_tab(open_page, "Trend")
    bridge = next(figure for figure in figures(app) if "more or fewer customers" in str(figure["data"][0].get("y")))
    more = next(one.value for one in app.subheader if "than a year ago" in one.value)
    total = int(more.split(" ")[0].replace(",", "")) * (1 if " more " in more else -1)
    assert sum(bridge["data"][0]["x"]) == pytest.approx(total, abs=1)


def test_the_trend_says_since_when_a_reason_comes_more_often(open_page: Open) -> None:
    app = at_tab(open_page, "Trend")
    said = next(one.value for one in app.subheader if "comes more often" in one.value or "first week of a" in one.value)
    chosen = app.selectbox(key="rise_reason")
    assert chosen.options[0] in said
    chosen.select(chosen.options[-1]).run()
    assert not app.exception
    assert any(chosen.options[-1] in one.value for one in app.subheader)


def test_missing_tables_say_what_loading_them_unlocks(open_page: Open) -> None:
    said = shown(at_tab(open_page, "Trend"))
    assert "Load outreach" in said
    assert "No contact names a policy" in shown(at_tab(open_page, "Policies"))
    assert "How customers were won is not known" in shown(open_page(PAGE))


def saved_event(app: AppTest, name: str) -> AppTest:
    app.text_input(key="event_name").set_value(name)
    next(one for one in app.button if one.label == "Save event").click().run()
    return app


def test_an_event_is_kept_with_author_and_time_and_drawn(open_page: Open) -> None:
    app = at_tab(open_page, "Trend")
    app.session_state["_author"] = "Ada"
    app.session_state["events_edit"] = True
    app.run()
    app.date_input(key="event_first").set_value("2024-06-03")
    saved_event(app, "=1+1 <b>release</b>")
    rows = next(one.value for one in app.dataframe if "name" in one.value)
    assert list(rows["name"]) == ["=1+1 <b>release</b>"]
    assert rows["source"].iloc[0].startswith("Ada (unverified), ")
    assert figures(app)[0]["layout"]["shapes"]
    assert "<b>" not in str(figures(app)[0]["layout"]["annotations"])


def test_an_event_without_author_is_refused(open_page: Open) -> None:
    app = at_tab(open_page, "Trend")
    app.session_state["events_edit"] = True
    app.run()
    saved_event(app, "release")
    assert "Type your name in the menu first" in shown(app)


def test_the_second_to_save_an_event_is_told_and_nothing_is_lost(open_page: Open) -> None:
    app = at_tab(open_page, "Trend")
    app.session_state["_author"] = "Ada"
    app.session_state["events_edit"] = True
    app.run()
    saved_event(app, "first words")
    store = Store(settings.settings().store_url)
    record = store.list("full", "event")[0]
    app.selectbox(key="event_choice").set_value(record.key).run()
    store.put("full", "event", record.key, {**record.body, "name": "theirs"}, Author("Bo"), record.version)
    saved_event(app, "mine")
    assert "Bo (unverified) changed this at" in shown(app)
    assert app.text_input(key="event_name").value == "mine"
    assert [one.body["name"] for one in store.list("full", "event")] == ["theirs"]
    store.close()


def test_a_deleted_event_comes_back(open_page: Open) -> None:
    app = at_tab(open_page, "Trend")
    app.session_state["_author"] = "Ada"
    app.session_state["events_edit"] = True
    app.run()
    saved_event(app, "kept")
    store = Store(settings.settings().store_url)
    app.selectbox(key="event_choice").set_value(store.list("full", "event")[0].key).run()
    next(one for one in app.button if one.label == "Delete event").click().run()
    assert store.list("full", "event") == []
    app.button(key="event_undo").click().run()
    assert [one.body["name"] for one in store.list("full", "event")] == ["kept"]
    store.close()


@pytest.mark.parametrize("kind", ["minimal", "hostile"])
@pytest.mark.parametrize("tab", ["Repeats", "Trend", "Policies"])
def test_every_tab_opens_on_little_and_on_hostile_data(open_page: Open, tab: str, kind: str) -> None:
    app = at_tab(open_page, tab, kind)
    assert not app.exception
    assert "This part could not be shown" not in shown(app)
    assert not [label for label in HOSTILE[:1] + HOSTILE[2:3] + HOSTILE[4:] if label in shown(app)]


def test_an_unknown_tab_in_the_address_opens_the_first(open_page: Open) -> None:
    app = open_page(PAGE, tab=["nothing"])
    assert not app.exception
    assert bars(app)


def test_a_longer_handle_time_pays_back_only_beyond_the_break_even(open_page: Open) -> None:
    app = at_tab(open_page, "Repeats")
    assert not app.exception
    found = [next(one.value for one in app.subheader if "seconds more" in one.value)]
    app.slider(key="relax_seconds").set_value(300).run()
    found.append(next(one.value for one in app.subheader if "seconds more" in one.value))
    assert found[0].startswith("30 seconds more")
    assert found[1].startswith("300 seconds more")
    assert "An association, no effect" in shown(app)


def test_without_customers_a_longer_handle_time_is_refused_in_words(open_page: Open) -> None:
    app = at_tab(open_page, "Repeats", "minimal")
    assert "What a longer handle time would change cannot be told" in shown(app)


def test_the_hierarchy_of_metrics_says_what_only_guards(open_page: Open) -> None:
    app = open_page(PAGE)
    app.session_state["tab"] = "Repeats"
    app.session_state["metric_hierarchy"] = True
    app.run()
    assert not app.exception
    rows = next(one.value for one in app.dataframe if "level" in one.value)
    assert len(rows) == 9
    assert set(rows["level"].str.split(":").str[0]) == {"Outcome", "Driver", "Guardrail"}
    assert (rows["definition"] != "").all()


def test_hand_offs_stand_beside_the_best_teams_or_say_why_not(open_page: Open) -> None:
    app = at_tab(open_page, "Policies")
    assert not app.exception
    rows = next(one.value for one in app.dataframe if "touches" in one.value)
    assert (rows["touches_low"] <= rows["touches"]).all()
    assert rows["why"].str.contains("teams").all(), "no team is in the data"
    assert "Whether contacts were handed on is not known" in shown(at_tab(open_page, "Policies", "minimal"))


def test_the_gate_says_where_value_enhancement_would_be_premature(open_page: Open) -> None:
    app = open_page(PAGE)
    app.session_state["tab"] = "Backlog"
    app.session_state["gate"] = True
    app.run()
    assert not app.exception
    rows = next(one.value for one in app.dataframe if "stage" in one.value and "resolution" in one.value)
    assert len(rows) == 5
    assert set(rows["stage"]) <= {"1: remove first", "2: effort first, value enhancement premature",
                                  "3: ready for value enhancement", "cannot tell"}  # fmt: skip


def test_without_customers_repeats_say_so_and_offer_no_slider_that_changes_nothing(open_page: Open) -> None:
    app = open_page("pages/remove.py", "minimal", tab=["Repeats"])
    said = " ".join(one.value for one in app.caption)
    assert "Repeats need to know who made contact. No contact has a known customer" in said
    assert not [one for one in app.slider if one.label.startswith("Window")]
