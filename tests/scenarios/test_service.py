"""Service level by month against the textbook, by hand, and what must always hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.service import ServicePath, answered_in_time, service_path
from analytics.scenarios.staffing_plan import StaffingPlan
from analytics.statistics.staffing import ServiceTarget
from tests.scenarios.build import OFFICE, company, flat

TARGET = ServiceTarget()


def learnt(dip: float) -> Scenario:
    """A removal that makes all work slower for its first three months."""
    item = lever("remove", "fix", scope=Scope(reasons=("Billing",)), likely=0.3)
    return Scenario("Learnt", (replace(item, dip=dip, dip_months=3, ramp=6),))


def path(ledger=None, scenario: Scenario | None = None) -> ServicePath:
    found = service_path(evaluate(ledger or company(12), scenario or Scenario()))
    assert found is not None
    return found


def test_the_textbook_queue() -> None:
    """100 calls of 180 s in half an hour are 10 erlangs; 14 seats answer 88.8 % within 20 s (Erlang C)."""
    assert answered_in_time(14, 100, 180, TARGET) == pytest.approx(0.888, abs=5e-4)
    between = answered_in_time(13.5, 100, 180, TARGET)
    assert between == pytest.approx((answered_in_time(13, 100, 180, TARGET) + 0.8884) / 2, abs=5e-4)


def test_fewer_seats_than_load_answer_nobody_in_time_and_none_at_all_is_no_error() -> None:
    assert answered_in_time([0, 5, 10], 100, 180, TARGET).tolist() == [0, 0, 0]


def test_today_s_way_holds_exactly_its_target() -> None:
    assert path().as_today == pytest.approx(0.8)


def test_learning_the_change_costs_service_only_while_it_lasts() -> None:
    found = path(scenario=learnt(0.25)).as_today
    assert (found[:3] < 0.8).all()
    assert (found[3:] > 0.8).all()


def test_one_queue_by_hand() -> None:
    """A tenth more handle time with the people of before: the seats are 1/1.1 of those needed."""
    plan = StaffingPlan(profile=OFFICE, live_channels=("phone",))
    ledger = flat({("easy", "none", "phone"): (40_000.0, 4.0)}, staffing=plan)
    item = replace(lever("remove", "fix", scope=Scope(reasons=("easy",)), likely=0.0), dip=0.1, dip_months=12)
    got = path(ledger, Scenario("slower", (item,))).as_today
    weekly = 40_000 / (365.25 / 12 / 7) * np.asarray(OFFICE)
    before, after = (plan.seats_for("phone", weekly, seconds, whole=False) for seconds in (240.0, 264.0))
    level = answered_in_time(after * before.sum() / after.sum(), weekly, 264.0, TARGET)
    assert got == pytest.approx(float((level * weekly).sum() / weekly.sum()), abs=2e-3)  # people are read off a grid


def test_nobody_replaced_falls_month_by_month_with_the_same_demand() -> None:
    found = path(company(24, volume_spread=np.zeros(24))).unreplaced
    assert found is not None
    assert (np.diff(found) < 0).all()


def test_what_is_not_known_is_not_drawn() -> None:
    assert path(company(12, workforce=None)).unreplaced is None
    assert service_path(evaluate(company(12, staffing=None), Scenario())) is None
    assert service_path(evaluate(company(12, staffing=StaffingPlan()), Scenario())) is None


@given(st.floats(0, 40), st.floats(0, 40), st.floats(1, 300), st.floats(30, 900))
def test_more_seats_never_answer_less_and_it_is_a_share(one: float, two: float, contacts: float, handle: float) -> None:
    low, high = answered_in_time(sorted((one, two)), contacts, handle, TARGET)
    assert -1e-12 <= low <= high + 1e-12 <= 1 + 2e-12
