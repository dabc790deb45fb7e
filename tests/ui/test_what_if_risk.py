"""When people may be too few, and where every contact ends: in words that a few lines of arithmetic can check."""

from dataclasses import replace

import pytest

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.levers import lever
from analytics.scenarios.scenario import Scenario
from analytics.ui.what_if_ledger import bucket_rows, returned_words
from analytics.ui.what_if_risk import people_risk
from tests.scenarios.build import company

FULL = company()


def test_a_transition_dip_is_said_with_its_month():
    item = lever("remove", "r", likely=0.2, ramp=6, dip=0.2, dip_months=2)
    said = people_risk(FULL, evaluate(FULL, Scenario("", (item,))).paths.people)
    assert "While the change is learnt" in said[0]
    assert "without them service level falls before it rises" in said[0]
    assert not [one for one in people_risk(FULL, evaluate(FULL, Scenario()).paths.people) if "learnt" in one]


def test_too_few_people_and_too_busy_ones_are_flagged():
    force = FULL.workforce
    assert force is not None
    few = replace(FULL, workforce=replace(force, people=(1.0, 1.0)))
    plenty = replace(FULL, workforce=replace(force, people=(900.0, 900.0)))
    said = " ".join(people_risk(few, evaluate(few, Scenario()).paths.people))
    assert "too few from Jan" in said or "too few from" in said
    assert "busy 100 %" in said and "above the 88 % that people can keep up" in said
    assert "people would still be enough" in " ".join(people_risk(plenty, evaluate(plenty, Scenario()).paths.people))
    assert people_risk(FULL, None) == []


def test_every_contact_ends_in_one_bucket_and_what_comes_back_is_said():
    plan = Scenario("", (lever("remove", "r", likely=0.1), lever("redistribute", "m", to_channel="portal", likely=0.2,
                                                                 induced=0.5, containment=0.5)))  # fmt: skip
    one = evaluate(FULL, plan)
    rows = bucket_rows(one).set_index("bucket")
    assert rows.loc["Everything", "contacts"] == round(FULL.contacts.sum())
    assert rows["contact_share"].drop("Everything").sum() == pytest.approx(100)
    assert rows["minute_share"].drop("Everything").sum() == pytest.approx(100)
    moved = rows.loc["Tries another channel first", "contacts"]
    # half of all sessions would never have called: twice as many sessions as contacts moved
    assert f"{round(2 * moved):,}"[:-2] in returned_words(one)
    assert "nothing is called forth" in returned_words(evaluate(FULL, Scenario()))
