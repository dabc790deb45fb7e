"""The honesty rules: what n allows, when a value is imprecise, which cells hide."""

import numpy as np
import pytest

from analytics.statistics.estimate import (
    Estimate,
    Estimates,
    cannot,
    complementary_suppression,
    rule_for,
    suppressed,
    wider,
)


@pytest.mark.parametrize(
    ("n", "single", "state"),
    [
        (0, True, "suppressed"),
        (9, True, "suppressed"),
        (10, True, "grey"),
        (29, True, "grey"),
        (30, True, "ok"),
        (9, False, "suppressed"),
        (10, False, "cannot"),
        (29, False, "cannot"),
        (30, False, "ok"),
    ],
)
def test_state_follows_n(n, single, state):
    found, why = rule_for(n, single_proportion=single)
    assert found == state
    assert bool(why) == (state != "ok")


def test_imprecise_from_a_quarter_of_the_value():
    assert not Estimate(0.40, 0.30, 0.50, 99, "m").imprecise
    assert Estimate(0.40, 0.29, 0.51, 99, "m").imprecise
    assert Estimate(0.0, 0.0, 0.1, 99, "m").imprecise
    assert not cannot(5, "m", "too few").imprecise


def test_scaling_changes_the_unit_only():
    scaled = Estimate(0.2, 0.1, 0.3, 50, "m").scaled(1000)
    assert (scaled.value, scaled.low, scaled.high, scaled.n) == (200, 100, 300, 50)
    assert suppressed(3, "m").scaled(1000).value is None


def test_cover_needs_an_interval():
    assert Estimate(0.2, 0.1, 0.3, 50, "m").covers(0.3)
    assert not Estimate(0.2, None, None, 50, "m").covers(0.2)


def test_rows_turn_nan_into_none():
    rows = Estimates(
        np.array([0.5, np.nan]),
        np.array([0.4, np.nan]),
        np.array([0.6, np.nan]),
        np.array([40, 3]),
        "m",
        ("ok", "suppressed"),
        ("", "few"),
    )
    first, second = rows
    assert (first.value, first.shown) == (0.5, True)
    assert (second.value, second.low, second.shown, second.why, len(rows)) == (None, None, False, "few", 2)


def test_a_lonely_hidden_count_takes_partners_so_that_margins_do_not_tell_it():
    hidden = complementary_suppression([[5, 40, 100], [50, 60, 70], [80, 90, 20]])
    assert hidden[0, 0]
    assert np.all((hidden.sum(axis=0) != 1) & (hidden.sum(axis=1) != 1))


def test_nothing_small_hides_nothing():
    assert not complementary_suppression([[10, 40], [0, 60]]).any()


def test_one_row_hides_its_smallest_other():
    assert complementary_suppression([[5, 40, 12], [0, 0, 0]])[0].tolist() == [True, False, True]


def test_the_wider_interval_wins_and_none_is_widest():
    narrow, wide, none = Estimate(0.5, 0.4, 0.6, 50, "m"), Estimate(0.5, 0.3, 0.7, 50, "m"), cannot(50, "m", "why")
    assert wider(narrow, wide) is wider(wide, narrow) is wide
    assert wider(wide, none) is wider(none, wide) is none
