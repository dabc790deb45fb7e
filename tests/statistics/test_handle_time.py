"""A relaxed handle-time target: the arithmetic on fingers, a planted association found, and none where none is."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.handle_time import break_even, fall_of_repeats, net_change, slope


def test_break_even_is_where_no_minute_is_lost() -> None:
    # 10 minutes, a fifth comes back: 1.25 contacts an issue. One minute more needs 1.25 × 10 / 11 = 1.136 contacts.
    fall = break_even(60, 600, 0.2)
    assert fall == pytest.approx(0.4)
    assert 1 / (1 - 0.2 * (1 - fall)) == pytest.approx(1.25 * 10 / 11)
    assert net_change(fall, 60, 600, 0.2) == pytest.approx(0.0)
    assert net_change(0.0, 60, 600, 0.2) == pytest.approx(0.1)
    assert net_change(1.0, 60, 600, 0.2) == pytest.approx(0.8 * 1.1 - 1)
    assert break_even(300, 600, 0.2) > 1, "no fall pays five minutes back"


def test_a_doubled_handle_time_goes_with_the_slope_times_its_logarithm() -> None:
    assert fall_of_repeats(-0.02, 600, 600, 0.2) == pytest.approx(0.02 * np.log(2) / 0.2)
    assert fall_of_repeats(0.02, 600, 600, 0.2) < 0


def sums(per_log: float, seed: int = 1, contacts: int = 60_000) -> np.ndarray:
    """Two cells: the second takes twice as long and comes back twice as often, which is no association within."""
    draw = np.random.default_rng(seed)
    cell, group = draw.integers(0, 2, contacts), draw.integers(0, 32, contacts)
    centred = draw.normal(0, 0.6, contacts)
    x, again = 6 + 0.7 * cell + centred, draw.random(contacts) < 0.15 * (1 + cell) + per_log * centred
    cells = np.zeros((32, 2, 5))
    for place, held in enumerate((np.ones(contacts), again, x, x * x, x * again)):
        np.add.at(cells[:, :, place], (group, cell), held)
    return cells


def test_a_planted_slope_is_found_within_cells_only() -> None:
    found = slope(sums(-0.04))
    assert found.covers(-0.04)
    assert found.high < 0
    assert found.n == 60_000
    assert slope(sums(0.0)).covers(0.0), "harder reasons take longer and come back more: not within one"


def test_over_two_hundred_seeds_nothing_is_found_where_nothing_is() -> None:
    assert sum(slope(sums(0.0, seed, 4_000)).covers(0.0) for seed in range(200)) >= 180


def test_another_shape_is_refused() -> None:
    with pytest.raises(AnalyticsError):
        slope(np.zeros((32, 5)))
