"""Seats against published tables and against directions that must hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import ScenarioError
from analytics.statistics.staffing import (
    ServiceTarget,
    erlang_b,
    erlang_c,
    positions,
    queue_state,
    rostered_people,
    seats_interpolated,
    seats_needed,
    square_root_seats,
    square_root_wait,
)
from analytics.statistics.staffing_async import ChatConcurrency, backlog, backlog_age, chat_seats, steady_people
from analytics.statistics.staffing_patience import PatienceQueue, seats_with_patience

GARNETT = PatienceQueue(50, 48.0, 1.0, 0.5)
"""50 agents, 48 calls a minute, 1 minute each, patience 2 minutes; time in minutes."""


def test_published_hundred_contacts_per_half_hour():
    assert seats_needed(100, 180) == 14
    state = queue_state(14, 100, 180)
    assert float(state.wait_probability) == pytest.approx(0.1741, abs=1e-4)
    assert float(state.service_level) == pytest.approx(0.8884, abs=1e-4)
    assert float(state.mean_wait_seconds) == pytest.approx(7.84, abs=0.005)
    assert float(state.occupancy) == pytest.approx(0.714, abs=5e-4)
    assert positions(14, 0.30) == 20


def test_shrinkage_divides_and_is_not_added():
    assert rostered_people([14], paid_hours=0.5, shrinkage=0.30) == pytest.approx(20.0)
    assert rostered_people([14], paid_hours=0.5, shrinkage=0.30) != pytest.approx(14 * 1.3)


def test_fewer_seats_than_needed():
    state = queue_state([11, 12, 13], 100, 180)
    np.testing.assert_allclose(state.wait_probability, [0.6821, 0.4494, 0.2853], atol=1e-4)
    np.testing.assert_allclose(state.service_level, [0.3896, 0.6402, 0.7956], atol=1e-4)
    np.testing.assert_allclose(state.mean_wait_seconds, [122.8, 40.4, 17.1], atol=0.05)


def test_standard_erlang_c_table():
    got = erlang_c([2, 3, 5, 10, 12, 24], [1, 2, 3, 8, 10, 20])
    np.testing.assert_allclose(got, [1 / 3, 4 / 9, 0.23615, 0.40918, 0.44939, 0.29807], atol=1e-5)


@pytest.mark.parametrize(("seats", "wait", "erlangs"), [(8, 0.05, 3.869), (10, 0.01, 4.077)])
def test_erlang_c_table_read_backwards(seats, wait, erlangs):
    assert float(erlang_c(seats, erlangs)) == pytest.approx(wait, abs=2e-4)
    grid = np.linspace(erlangs - 0.1, erlangs + 0.1, 2001)
    assert grid[np.argmin(abs(erlang_c(seats, grid) - wait))] == pytest.approx(erlangs, abs=0.005)


def test_patience_against_published_and_against_no_patience():
    state = GARNETT.state()
    assert 100 * state.abandoned == pytest.approx(3.09, abs=0.01)
    assert 60 * state.mean_wait == pytest.approx(3.71, abs=0.1)
    assert state.occupancy == pytest.approx(0.93, abs=0.005)
    assert state.wait_probability == pytest.approx(0.4678, abs=1e-4)
    assert 60 * GARNETT.wait_quantile(0.9) == pytest.approx(12.44, abs=0.1)
    c = queue_state(50, 48 * 30, 60)
    assert float(c.mean_wait_seconds) == pytest.approx(20.83, abs=0.1)
    assert float(c.occupancy) == pytest.approx(0.96, abs=1e-3)
    beyond = float(c.wait_probability) * np.exp(-(50 - 48) * 58.14 / 60)
    assert beyond == pytest.approx(0.1, abs=1e-3)


def test_patience_service_level_and_its_limit():
    assert GARNETT.service_level(20 / 60) == pytest.approx(0.9430, abs=1e-3)
    endless = PatienceQueue(14, 100 / 1800, 1 / 180, 1e-7)
    assert endless.service_level(20) == pytest.approx(0.8884, abs=1e-3)


def test_patience_needs_fewer_seats():
    assert seats_with_patience(100, 180, 120) == 12
    queue = PatienceQueue(12, 100 / 1800, 1 / 180, 1 / 120)
    assert queue.service_level(20) == pytest.approx(0.8256, abs=1e-3)
    assert queue.state().abandoned == pytest.approx(0.0616, abs=1e-3)
    assert seats_with_patience(0, 180, 120) == 0


@pytest.mark.parametrize(("seats", "arrivals"), [(48, 48.0), (48, 60.0), (200, 190.0), (2000, 2050.0)])
def test_integral_and_birth_death_agree(seats, arrivals):
    queue = PatienceQueue(seats, arrivals, 1.0, 0.5)
    assert queue.wait_beyond(0.0) == pytest.approx(queue.state().wait_probability, abs=1e-9)


def test_halfin_whitt():
    np.testing.assert_allclose(square_root_wait([0.5, 1, 1.5, 2]), [0.5045, 0.2234, 0.0847, 0.0269], atol=1e-4)
    assert float(square_root_seats(100, 1.0)) == 110


def test_profile_hours():
    profile = np.array([20, 40, 80, 100, 100, 80, 60, 40.0])
    target = ServiceTarget(occupancy_cap=0.90)
    base = seats_needed(profile, 240, target)
    assert base.tolist() == [5, 8, 14, 17, 17, 14, 11, 8]
    assert base.sum() / 2 == 47.0
    assert seats_needed(0.7 * profile, 240, target).sum() / 2 == 36.5
    assert seats_needed(0.7 * profile, 270, target).sum() / 2 == 40.0


def test_backlog_by_hand():
    come, can = [120, 140, 100, 90, 80, 60, 130], [100, 100, 110, 110, 110, 110, 100]
    assert backlog(come, can).tolist() == [20, 60, 50, 30, 0, 0, 30]
    assert backlog([1], [5], start=10).tolist() == [6]


def test_backlog_age_first_in_first_out():
    assert backlog_age([10, 0, 0, 0], [0, 5, 5, 0]).tolist() == [1, 2, 0, 0]


def test_easy_contacts_removed_worked_case():
    assert seats_needed(100, 420) == 29
    assert seats_needed(80, 420) == 24
    assert seats_needed(80, 465) == 26
    assert [round(n / 0.7, 1) for n in (29, 29 - 24, 29 - 26)] == [41.4, 7.1, 4.3]
    shares = queue_state(27, [100, 110], 420).service_level
    # the tables consulted print 70 % and 32 %; the exact Erlang C value of the first is 69.5 %
    np.testing.assert_allclose(shares, [0.6947, 0.3228], atol=1e-4)
    pooled = [int(seats_needed(100 / q, 420)) * q for q in (1, 2, 4)]
    assert pooled == [29, 32, 36]


def test_half_the_volume_saves_less_than_half_the_seats():
    volumes = np.array([10, 9, 8, 7, 5]) * 10.0
    assert seats_needed(volumes, 180).tolist() == [14, 12, 11, 10, 8]


def test_overload_is_a_state_not_an_error():
    state = queue_state([1, 10], 100, 180)
    assert state.wait_probability.tolist() == [1, 1]
    assert state.service_level.tolist() == [0, 0]
    assert np.isinf(state.mean_wait_seconds).all()
    assert float(erlang_c(0, 0.0)) == 0


def test_zero_volume_keeps_the_least_seats():
    assert seats_needed(0, 180) == 0
    assert seats_needed([0, 0], 180, ServiceTarget(min_seats=2)).tolist() == [2, 2]
    assert float(queue_state(0, 0, 180).service_level) == 1


def test_small_queues_are_not_skipped():
    assert seats_needed(0.6 * 1800 / 180, 180, ServiceTarget(0.20, occupancy_cap=1.0)) == 1
    assert seats_needed(2.5 * 1800 / 180, 180, ServiceTarget(0.20, occupancy_cap=1.0)) == 3


def test_erlang_b_is_stable_far_out():
    assert 0 < float(erlang_b(10_000, 9_900.0)) < 0.02


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 400), st.floats(30, 900), st.floats(1.0, 1.5))
def test_seats_never_fall_with_volume_or_handle_time(contacts, handle, more):
    base = seats_interpolated(contacts, handle)
    assert seats_interpolated(contacts * more, handle) >= base - 1e-9
    assert seats_interpolated(contacts, handle * more) >= base - 1e-9
    assert seats_needed(contacts * more, handle) >= seats_needed(contacts, handle)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 400), st.floats(30, 900))
def test_slider_seats_round_up_to_whole_seats(contacts, handle):
    whole, smooth = int(seats_needed(contacts, handle)), float(seats_interpolated(contacts, handle))
    assert whole - 1 <= smooth + 1e-6
    assert smooth <= whole + 1e-9
    state = queue_state(whole, contacts, handle)
    assert state.service_level >= 0.80 - 1e-9
    assert state.occupancy <= 0.85 + 1e-9


def test_chat_concurrency():
    chat = ChatConcurrency(2.0, 0.25)
    assert chat.handle_ratio() == 1.25
    assert float(chat_seats(50, 600, chat)) < float(seats_needed(50, 600))
    with pytest.raises(ScenarioError, match="slows"):
        chat_seats(50, 600, ChatConcurrency(2.0, 1.5))


def test_steady_people_for_mail():
    assert float(steady_people(100, 360, hours=5, occupancy=0.8)) == pytest.approx(2.5)
    assert float(steady_people(100, 360, hours=5, occupancy=0.8, clear_per_period=20)) == pytest.approx(3.0)


@pytest.mark.parametrize("bad", [(-1.0, 180.0), (np.nan, 180.0), (10.0, -5.0)])
def test_impossible_intervals_are_said(bad):
    with pytest.raises(ScenarioError):
        seats_needed(*bad)


def test_impossible_targets_are_said():
    for bad in ({"service_level": 1.2}, {"occupancy_cap": 0.0}, {"within_seconds": -1.0}):
        with pytest.raises(ScenarioError):
            ServiceTarget(**bad)
    with pytest.raises(ScenarioError):
        rostered_people([3], 37.5, 1.0)
