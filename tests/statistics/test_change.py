"""Growth, rate and mix add up exactly; a change has an interval and a smallest visible size."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.errors import AnalyticsError, CannotTellError
from analytics.statistics.change import detectable_change, relative_change, split_change, year_on_year

SEGMENTS = st.integers(1, 5).flatmap(
    lambda s: st.tuples(*(arrays(float, s, elements=st.floats(1, 1e5)) for _ in range(4)))
)


@settings(deadline=None)
@given(SEGMENTS)
def test_parts_add_up_exactly(segments):
    found = split_change(*segments)
    scale = max(found.before, found.after, abs(found.growth), abs(found.rate), abs(found.mix))
    assert (found.growth + found.rate + found.mix) / scale == pytest.approx(found.change / scale, abs=1e-9)
    assert found.rate_by_segment.sum() == pytest.approx(found.rate)
    assert found.mix_by_segment.sum() == pytest.approx(found.mix)


@settings(deadline=None)
@given(SEGMENTS)
def test_going_back_undoes_every_part(segments):
    there, back = split_change(*segments), split_change(*segments[2:], *segments[:2])
    scale = max(there.before, there.after, abs(there.growth), abs(there.mix))
    for part in ("growth", "rate", "mix"):
        assert getattr(there, part) / scale == pytest.approx(-getattr(back, part) / scale, abs=1e-9)


def test_pure_growth_pure_rate_pure_mix():
    growth = split_change([100, 50], [1000, 200], [200, 100], [2000, 400])
    assert (growth.growth, growth.rate, growth.mix) == (pytest.approx(150), pytest.approx(0), pytest.approx(0))
    rate = split_change([100, 50], [1000, 200], [50, 25], [1000, 200])
    assert (rate.growth, rate.rate, rate.mix) == (pytest.approx(0), pytest.approx(-75), pytest.approx(0))
    mix = split_change([100, 100], [1000, 500], [50, 200], [500, 1000])
    assert (mix.growth, mix.rate, mix.mix) == (pytest.approx(0), pytest.approx(0), pytest.approx(50))


def test_fewer_contacts_because_sales_fell_is_no_improvement():
    found = split_change([1000], [10_000], [880], [8_000])
    assert found.change < 0 < found.rate
    assert (found.per_1000_before, found.per_1000_after) == (pytest.approx(100), pytest.approx(110))


def test_a_segment_that_came_counts_as_mix_and_growth():
    found = split_change([100, 0], [1000, 0], [100, 60], [1000, 100])
    assert found.rate == pytest.approx(0)
    assert found.growth + found.mix == pytest.approx(60)


def test_contacts_without_customers_cannot_be_split():
    with pytest.raises(CannotTellError, match="no active customers"):
        split_change([1, 5], [10, 0], [1, 5], [10, 10])
    with pytest.raises(CannotTellError):
        split_change([0], [0], [1], [1])
    with pytest.raises(AnalyticsError, match="per segment"):
        split_change([1, 2], [10], [1], [10])


def test_change_per_active_customer_has_an_interval():
    generator = np.random.default_rng(6)
    before, after = generator.poisson(400, 32), generator.poisson(320, 32)
    found = relative_change(before, after, 10_000, 10_000)
    assert found.low < -0.2 < found.high < 0
    grown = relative_change(before, after, 10_000, 8_000)
    assert grown.value == pytest.approx((after.sum() / 8) / (before.sum() / 10) - 1)
    assert relative_change(before, before).value == pytest.approx(0)


def test_a_change_smaller_than_the_detectable_one_is_rarely_seen():
    generator = np.random.default_rng(9)
    seen = []
    for _ in range(400):
        before, after = generator.poisson(100, 32), generator.poisson(100, 32)
        smallest = detectable_change(before, after)
        found = relative_change(before, generator.poisson(100 * (1 + smallest), 32))
        seen.append(found.low > 0)
    assert 0.70 <= np.mean(seen) <= 0.90


def test_nothing_to_compare():
    assert detectable_change(np.zeros(32), np.ones(32)) is None
    assert relative_change(np.zeros(32), np.ones(32)).state == "suppressed"
    with pytest.raises(CannotTellError):
        relative_change(np.ones(32), np.ones(32), 0, 1)


MONTHS = pd.Series(pd.date_range("2024-01-01", periods=24, freq="MS"))
SEASON = np.tile(10 + np.arange(12.0), 2)


def test_a_season_is_no_trend_and_a_fall_under_it_is_found() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 24)
    level, last = pd.Series(SEASON + noise, index=MONTHS), MONTHS[12:]
    assert level.iloc[-1] > 1.5 * level.iloc[12], "the last month lies far above the first"
    assert year_on_year(level, last) == "unclear"
    assert year_on_year(level - np.repeat([0.0, 1.0], 12), last) == "falls"
    assert year_on_year(level + np.repeat([0.0, 1.0], 12), last) == "rises"
    assert year_on_year(level.iloc[12:], last) == "unknown", "there is no year before"


def test_no_change_is_rarely_called_one() -> None:
    draw = np.random.default_rng(2)
    called = [year_on_year(pd.Series(draw.normal(0, 1, 24), index=MONTHS), MONTHS[12:]) for _ in range(400)]
    assert sum(found != "unclear" for found in called) / 400 < 0.07
