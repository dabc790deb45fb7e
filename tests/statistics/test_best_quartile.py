"""The best quarter of teams: a planted difference is found, luck is not taken for skill, too little is refused."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.best_quartile import gap


def test_a_planted_difference_is_found() -> None:
    found = gap([100, 100, 300, 300], [1000] * 4)
    assert found.value == pytest.approx(0.1, abs=0.003), "20 % on average, 10 % at the best quarter"
    assert 0.07 < found.low < found.value < found.high < 0.13


def test_equal_teams_leave_no_gap() -> None:
    found = gap([100] * 6, [1000] * 6)
    assert found.value == pytest.approx(0.0, abs=1e-12)
    assert found.low == pytest.approx(0.0, abs=1e-9)


def test_luck_is_hardly_ever_called_a_gap() -> None:
    clear = 0
    for seed in range(200):
        counts = np.random.default_rng(seed).integers(50, 400, 8)
        clear += gap(np.random.default_rng(seed + 1000).binomial(counts, 0.15), counts).low > 0
    assert clear <= 14


def test_small_teams_do_not_count_and_few_are_refused() -> None:
    assert "Only 3 teams" in gap([1, 10, 10, 10], [20, 100, 100, 100]).why
    assert gap([], []).state == "cannot"
    with pytest.raises(AnalyticsError):
        gap([5], [4])
