"""Scenarios survive text and links; whatever is wrong in them is said and never replaced in silence."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import ScenarioError
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.initiatives import Ask
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.links import decode, differences, encode, encode_difference
from analytics.scenarios.portfolio import best
from analytics.scenarios.portfolio_from import portfolio_of, prefill, reach
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, with_likely
from analytics.scenarios.serialise import VERSION, from_json, from_plain, to_json, to_plain
from analytics.scenarios.words import assumptions, changed, chips
from tests.scenarios.build import company, scenarios

FULL = company()
PLAN = Scenario(
    "Fix billing",
    (
        lever(
            "remove", "bill", "Fix billing", scope=Scope(("Billing",)), share=Range(0.2, 0.4, 0.6), grade="B", ramp=3
        ),
        lever(
            "redistribute",
            "move",
            "Portal",
            scope=Scope(("Delivery",)),
            likely=0.2,
            to_channel="portal",
            published=True,
        ),
    ),
)


@settings(max_examples=50, deadline=None)
@given(scenarios(), scenarios())
def test_text_and_links_bring_back_the_same_scenario(one, other):
    for read in (from_json(to_json(one)), decode(encode(one)), decode(encode_difference(one, other), other)):
        assert read.problems == ()
        assert to_plain(read.scenario) == to_plain(one) | {"name": read.scenario.name}
    assert differences(one, from_json(to_json(one)).scenario) == ()


def test_a_difference_is_shorter_than_the_whole():
    near = with_likely(PLAN, "bill", 0.5)
    assert len(encode_difference(near, PLAN)) < len(encode(near))
    with pytest.raises(ScenarioError, match="not here"):
        decode(encode_difference(near, PLAN))


def test_links_are_address_safe_and_hold_no_code():
    text = encode(PLAN)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize("bad", ["", "x", "%%%", "gASVKAAAAAAAAAB9lC4", encode(PLAN)[:-8], "A" * 30_000, "é"])
def test_damaged_links_are_said(bad):
    with pytest.raises(ScenarioError):
        decode(bad, PLAN)


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=8), x, max_size=3),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused_in_words(junk):
    old = {"version": 1, "levers": [{"kind": "remove", "key": "a", "ranges": {"share": junk}}]}
    for plain in (junk, {"version": VERSION, "levers": [junk], "settings": junk}, old):
        try:
            read = from_plain(plain)
        except ScenarioError as error:
            assert str(error)
        else:
            assert isinstance(read.scenario, Scenario)


def lever_plain(**more):
    return {"version": VERSION, "levers": [{"key": "a", "kind": "remove", "name": "Fix"} | more]}


@pytest.mark.parametrize(
    ("plain", "part"),
    [
        (lever_plain(ranges={"share": [0.5, 0.3, 0.6]}), "above the likely"),
        (lever_plain(ranges={"share": [0.5, 0.8, 1.6]}), "must be 0 to 0.9999"),
        (lever_plain(ranges={"shar": 0.5}), "Did you mean “share”"),
        (lever_plain(ranges={"share": "40 %"}), "not a low, likely and high"),
        (lever_plain(one_off=-5), "cannot be negative"),
        (lever_plain(start=0), "first month is 1"),
        (lever_plain(grade="E"), "cannot be 'E'"),
        (lever_plain(ramp=2.5), "cannot be 2.5"),
        (lever_plain(decay=7), "decay must be"),
        (lever_plain(kind="remov"), "Did you mean “remove”"),
        (lever_plain(scope={"reasons": "Billing"}), "reaches all reasons"),
        (lever_plain(colour="red"), "not known"),
        ({"version": VERSION, "settings": {"hardening": 3}}, "“hardening” cannot be 3"),
        ({"version": VERSION, "settings": {"overlap": "nestd"}}, "cannot be 'nestd'"),
        ({"version": VERSION, "seed": "x"}, "seed"),
        ({"version": VERSION, "levers": lever_plain()["levers"] * 2}, "repeats the key"),
    ],
)
def test_wrong_values_are_named(plain, part):
    said = " ".join(from_plain(plain).problems)
    assert part in said


def test_what_is_right_stays_when_something_is_wrong():
    read = from_plain(lever_plain(ranges={"share": [0.1, 0.2, 0.3]}, one_off=-5, grade="A"))
    item = read.scenario.lever("a")
    assert (item.range("share").likely, item.grade, item.one_off.likely) == (0.2, "A", 0.0)
    assert len(read.problems) == 1


def test_older_versions_are_carried_over():
    old = {
        "version": 1,
        "name": "Old",
        "overlap": "nested",
        "levers": [{"key": "a", "kind": "remove", "name": "Fix", "effect": [0.1, 0.2, 0.3]}],
    }
    read = from_json(json.dumps(old))
    assert read.migrated_from == 1
    assert read.problems == ()
    assert read.scenario.settings.overlap == "nested"
    assert read.scenario.lever("a").range("share").high == 0.3


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"version": 99}', '{"version": true}', '{"levers": []}', "[" * 100_000]
)
def test_text_that_is_no_scenario_is_refused(text):
    with pytest.raises(ScenarioError):
        from_json(text)


def test_what_differs_in_words():
    other = with_likely(PLAN, "bill", 0.6).without(["move"]).with_settings(hardening=1.0)
    other = replace(other, name="Bolder").with_lever(lever("value", "v", "Tips", coverage=0.1))
    said = [d.words for d in differences(PLAN, other)]
    assert "Fix billing, share: 20 %–60 % → 30 %–90 %." in said
    assert "“Portal” is only in “Fix billing”." in said
    assert "“Tips” is only in “Bolder”." in said
    assert "Setting hardening: 0.5 → 1.0." in said


def test_what_changed_and_what_it_assumes():
    result = evaluate(FULL, PLAN)
    sentence = changed(result)
    assert sentence.startswith("Against baseline: contacts −")
    said = " ".join(assumptions(FULL, PLAN))
    assert "Fix billing: 40 % (20 %–60 %)" in said
    assert "share of sessions that do not come back 55 % (40 %–70 %)" in said
    assert "quasi-experiment" in said
    assert "published figure, not your data: Portal" in said
    assert chips(PLAN) == (("bill", "Fix billing 40 %"), ("move", "Portal 20 %"))


def test_levers_become_initiatives_that_share_demand():
    two = PLAN.with_lever(lever("remove", "bill2", "Bills again", scope=Scope(("Billing",)), likely=0.4, one_off=100.0))
    plan = portfolio_of(FULL, two)
    alone = [plan.value({key: 1}) for key in ("bill", "bill2")]
    assert plan.value({"bill": 1, "bill2": 1}) < sum(alone)
    assert set(best(plan, Ask((50.0,))).keys) == {"bill", "move"}


def test_prefill_starts_with_the_costliest():
    rows = prefill(FULL, 3)
    assert len(rows) == 3
    assert [r[2] for r in rows] == sorted((r[2] for r in rows), reverse=True)
    assert reach(FULL, PLAN.levers[0])["contacts"] == pytest.approx(FULL.contacts[1].sum())
