"""Ranges against published moments, and draws against what must hold for every seed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from analytics.errors import ScenarioError
from analytics.scenarios.levers import lever
from analytics.scenarios.money import cumulative, internal_rate, monthly_rate, payback_month, present_value
from analytics.scenarios.ranges import Range
from analytics.scenarios.sampling import sample, stream
from analytics.scenarios.scenario import Scenario, Settings
from tests.scenarios.build import company


def test_pert_and_triangular_as_published():
    pert = Range(0.1, 0.3, 0.6, reading="limits")
    mean, sd = pert.moments()
    assert (mean, sd) == (pytest.approx(0.31667, abs=1e-4), pytest.approx(0.09365, abs=1e-4))
    assert pert.quantile([0.05, 0.5, 0.95]) == pytest.approx([0.16964, 0.31274, 0.47723], abs=1e-4)
    assert Range(0.1, 0.3, 0.6, "triangular", "limits").moments()[0] == pytest.approx(0.33333, abs=1e-4)


def test_elicited_ranges_mean_one_in_ten():
    wide = Range(0.1, 0.3, 0.6)
    assert wide.quantile([0.1, 0.9]) == pytest.approx([0.1, 0.6], abs=1e-5)
    assert wide.moments()[1] == pytest.approx(0.187, abs=5e-4)


@pytest.mark.parametrize("shape", ["pert", "triangular", "lognormal"])
@pytest.mark.parametrize("values", [(0.1, 0.3, 0.6), (1.0, 1.0, 2.0), (2.0, 5.0, 5.0), (10.0, 11.0, 40.0)])
def test_p10_and_p90_are_met(shape, values):
    low, likely, high = values
    if shape == "lognormal":
        likely = (low * high) ** 0.5
    assert Range(low, likely, high, shape).quantile([0.1, 0.9]) == pytest.approx([low, high], rel=1e-4)


def test_median_of_draws_is_not_the_path_at_the_modes():
    u = [(stream(1, name, 20_000)) for name in ("effect", "cost")]
    effect, cost = Range(0, 0.1, 0.5, reading="limits"), Range(100, 120, 300, reading="limits")
    net = 1_000 * effect.quantile(u[0]) - cost.quantile(u[1])
    assert 1_000 * effect.likely - cost.likely == pytest.approx(-20)
    assert float(np.median(net)) == pytest.approx(-7, abs=2)
    assert float(net.mean()) == pytest.approx(3, abs=2)


def test_a_spike_is_exactly_zero():
    causal = Range(0, 0.25, 0.6, reading="limits", spike=0.3)
    drawn = causal.quantile(stream(3, "x", 4096))
    assert (drawn == 0).mean() == pytest.approx(0.3, abs=0.001)
    assert drawn.max() <= 0.6


def test_counts_become_a_posterior():
    found = Range.from_counts(30, 70)
    assert found.likely == 0.3
    assert found.low < 0.3 < found.high
    assert found.quantile(0.5) == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("bad", [(0.5, 0.3, 0.6), (0.1, 0.7, 0.6), (float("nan"), 1, 2), (0, 1, float("inf"))])
def test_impossible_ranges_are_said(bad):
    with pytest.raises(ScenarioError):
        Range(*bad)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3).map(sorted), st.sampled_from(["pert", "triangular"]))
def test_quantiles_rise_and_constants_stay(values, shape):
    r = Range(*values, shape=shape)
    drawn = r.quantile(np.linspace(0.001, 0.999, 50))
    assert (np.diff(drawn) >= -1e-9).all()
    assert (Range.constant(values[0]).quantile(stream(0, "k", 64)) == values[0]).all()


def test_one_draw_in_each_stratum_and_its_own_order_per_name():
    one, two = stream(5, "a.share", 512), stream(5, "b.share", 512)
    assert np.array_equal(np.sort((one * 512).astype(int)), np.arange(512))
    assert abs(spearmanr(one, two).statistic) < 0.15
    assert np.array_equal(one, stream(5, "a.share", 512))
    assert not np.array_equal(one, stream(6, "a.share", 512))


def test_programme_risk_ties_successes_together():
    items = tuple(lever("remove", k, likely=0.2, success=Range(0.5, 0.9, 1.1)) for k in "ab")
    for risk, expected in ((0.0, 0.0), (0.3, 0.29)):
        values = sample(company(), Scenario("", items, Settings(programme_risk=risk)), 4096)
        assert spearmanr(values["a.success"], values["b.success"]).statistic == pytest.approx(expected, abs=0.05)


def test_present_value_and_rate_of_return_as_published():
    assert float(present_value([-100, 39, 59, 55, 20], 0.281)) == pytest.approx(-0.00848, abs=1e-4)
    assert internal_rate([-100, 39, 59, 55, 20]) == pytest.approx(0.28095, abs=1e-4)
    assert float(present_value([-40_000, 5_000, 8_000, 12_000, 30_000], 0.08)) == pytest.approx(3_065.22, abs=0.01)
    assert (1 + monthly_rate(0.10)) ** 12 == pytest.approx(1.10)


def test_payback_waits_for_the_last_dip():
    assert payback_month(cumulative([-100, 60, 60, -50, 60])) == 4
    assert np.isnan(payback_month(cumulative([-100, 60, 60, -50])))
    assert np.isnan(payback_month(cumulative([0, 10, 10])))
