"""Since when something happens more often: published counts, planted steps, and series without one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.statistics.rise import LEAST_EVENTS, LEAST_SIDE, rise

DISASTERS = [int(sign) for sign in "45410434063340263354531441553425223421322111130010110031"
             "0322011101010002100011023311211112420014000100000100101"]  # fmt: skip
"""Coal-mining disasters in Britain by year from 1851 (Jarrett 1979, as used by Carlin, Gelfand and Smith 1992)."""
WEEKS = np.arange(104)


def test_the_published_change_of_coal_mining_disasters_is_found() -> None:
    """The rate fell from 3.1 to 0.9 a year after the 41st year; read backwards it is a rise."""
    found = rise(DISASTERS[::-1])
    assert found.week == len(DISASTERS) - 41
    assert found.after == pytest.approx(3.1, abs=0.03)
    assert found.before == pytest.approx(0.9, abs=0.03)
    assert found.p_value < 0.01


@pytest.mark.parametrize("shape", ["flat", "overdispersed", "season", "drifting"])
def test_series_without_a_step_seldom_show_one(shape: str) -> None:
    """Nominal 5 %; of 200 series at most 9 % (5 % plus 2.6 standard errors)."""
    hits = sum(rise(_without(shape, seed), seed=seed).p_value < 0.05 for seed in range(200))
    assert hits <= 18


@pytest.mark.parametrize(("times", "noise"), [(1.3, 0.0), (1.6, 0.2)])
def test_a_planted_step_is_found_and_its_week_lies_in_the_range(times: float, noise: float) -> None:
    found = covered = 0
    for seed in range(150):
        random = np.random.default_rng(seed)
        week = int(random.integers(20, 84))
        mean = 40 * np.where(week > WEEKS, 1.0, times) * (random.gamma(1 / noise, noise, 104) if noise else 1.0)
        step = rise(random.poisson(mean), seed=seed)
        if step.p_value < 0.05 and step.first is not None and step.last is not None:
            found += 1
            covered += step.first <= week <= step.last
    assert found >= 135
    assert covered >= 0.9 * found


def test_twice_the_customers_and_twice_the_contacts_are_no_rise() -> None:
    exposure = np.where(WEEKS < 50, 1.0, 2.0)
    counts = np.random.default_rng(3).poisson(60 * exposure)
    assert rise(counts, exposure).p_value > 0.05
    assert rise(counts).p_value < 0.01


@given(st.lists(st.integers(0, 60), min_size=26, max_size=60), st.floats(0.5, 20))
def test_the_scale_of_the_exposure_moves_rates_only(counts: list[int], scale: float) -> None:
    one, other = rise(counts), rise(counts, scale)
    assert (one.week is None) == (other.week is None)
    if one.week is not None and other.week is not None:
        assert LEAST_SIDE <= one.week <= len(counts) - LEAST_SIDE
        assert one.before < one.after
        assert one.before == pytest.approx(other.before * scale)


def test_what_cannot_be_told_says_why() -> None:
    assert "26 are needed" in rise([9] * 20).why
    assert f"{LEAST_EVENTS} are needed" in rise([1] * 30).why
    assert rise([30] * 26 + [10] * 26).why == "No week has more after it than before."
    with pytest.raises(AnalyticsError):
        rise([5] * 30, 0.0)
    with pytest.raises(AnalyticsError):
        rise([-1] * 30)


def _without(shape: str, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    if shape == "season":
        return random.poisson(40 * (1 + 0.25 * np.sin(2 * np.pi * (WEEKS / 52 + random.random()))))
    if shape == "overdispersed":
        return random.poisson(40 * random.gamma(5, 1 / 5, len(WEEKS)))
    if shape == "drifting":
        level = 0.0
        swings = [level := 0.7 * level + random.normal(0, 0.12) for _ in WEEKS]
        return random.poisson(40 * np.exp(swings))
    return random.poisson(np.full(len(WEEKS), 40.0))
