"""Forecasts against published tables, against last year's values, and against hostile histories."""

import csv

import numpy as np
import pytest
from scipy.stats import norm
from scipy.stats import t as student
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.sarimax import SARIMAX

from analytics.errors import CannotTellError
from analytics.statistics.forecast import forecast, reconcile
from analytics.statistics.forecast_accuracy import accuracy, common_spread
from analytics.statistics.forecast_models import airline, gated, pool, stl_ets, theta
from analytics.statistics.forecast_short import naive_and_level, seasonal_naive, smoothed_level, year_with_trend
from tests.shared import shared_path


def series(name: str) -> tuple[np.ndarray, np.ndarray]:
    with shared_path(f"reference/{name}.csv").open() as file:
        rows = [(float(r["time"]), float(r["value"])) for r in csv.DictReader(file)]
    return np.array([r[0] for r in rows]), np.array([r[1] for r in rows])


def test_published_accuracy_of_simple_methods_on_ausbeer():
    time, y = series("ausbeer")
    train = y[(time > 1991.9) & (time < 2007.9)]
    test = y[(time > 2007.9) & (time < 2010.4)]
    assert (train.size, test.size) == (64, 10)
    rows = {
        "mean": (np.full(10, train.mean()), (38.45, 34.83, 8.28, 2.44)),
        "naive": (np.full(10, train[-1]), (62.69, 57.40, 14.18, 4.01)),
        "snaive": (seasonal_naive(train, 10, 4), (14.31, 13.40, 3.17, 0.94)),
    }
    for predicted, expected in rows.values():
        got = accuracy(test, predicted, train, 4)
        assert (got.rmse, got.mae, got.mape, got.mase) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("name", "log", "ma", "sma", "likelihood", "aic"),
    [
        ("AirPassengers", True, -0.4018, -0.5569, 244.70, -483.39),
        ("USAccDeaths", False, -0.4303, -0.5527, -425.44, 856.88),
    ],
)
def test_airline_model_as_published(name, log, ma, sma, likelihood, aic):
    _, y = series(name)
    model = SARIMAX(np.log(y) if log else y, order=(0, 1, 1), seasonal_order=(0, 1, 1, 12), simple_differencing=True)
    fit = model.fit(disp=False)
    assert fit.params[:2] == pytest.approx([ma, sma], abs=1e-3)
    assert fit.llf == pytest.approx(likelihood, abs=0.01)
    assert fit.aic == pytest.approx(aic, abs=0.01)


def test_simple_smoothing_as_published():
    time, y = series("oil")
    fit = ETSModel(y[time > 1995.5], error="add").fit(disp=False)
    assert fit.smoothing_level == pytest.approx(0.8338, abs=0.01)
    assert fit.initial_level == pytest.approx(446.57, abs=0.05)
    assert fit.forecast(1)[0] == pytest.approx(542.68, abs=0.05)
    assert np.sqrt(fit.mse) == pytest.approx(28.12, abs=0.01)


@pytest.mark.parametrize(
    ("method", "mase"), [(seasonal_naive, 2.494), (theta, 2.213), (stl_ets, 1.872), (airline, 1.381)]
)
def test_holdout_of_air_passengers(method, mase):
    _, y = series("AirPassengers")
    train, test = y[:-24], y[-24:]
    assert accuracy(test, method(train, 24, 12), train).mase == pytest.approx(mase, abs=0.02)


def test_trend_and_season_beat_last_year():
    _, y = series("AirPassengers")
    result = forecast(y[:-12], 12)
    assert result.model != "seasonal_naive"
    assert result.beats_last_year
    assert result.accuracy.mase < 0.95 * result.last_year.mase
    assert np.mean((result.low95 <= y[-12:]) & (y[-12:] <= result.high95)) >= 0.8
    assert (result.low95 <= result.low80).all()
    assert (result.high80 <= result.high95).all()


def test_pure_noise_keeps_last_year_or_says_so():
    rng = np.random.default_rng(7)
    year = 1000 + 200 * np.sin(np.arange(12) / 12 * 2 * np.pi)
    y = np.tile(year, 4)
    result = forecast(y + rng.normal(0, 1e-6, 48), 12)
    assert result.path == pytest.approx(year, rel=0.01)


@pytest.mark.parametrize(
    ("months", "model"), [(1, "flat_mean"), (3, "flat_mean"), (8, "smoothed_level"), (18, "naive_and_level")]
)
def test_short_histories_fall_back(months, model):
    y = 100 + 10 * np.sin(np.arange(months))
    result = forecast(y, 6)
    assert result.model == model
    assert str(months) in result.notes[0]
    assert (result.low80 < result.path).all()
    assert (result.path < result.high80).all()


def test_pool_grows_with_history():
    assert pool(25)[0] == "seasonal_naive"
    assert "airline" not in pool(35)
    assert "airline" in pool(36)
    with pytest.raises(CannotTellError):
        pool(0)


def test_working_days_scale_the_path():
    days = np.tile([20.0, 22, 21], 4)
    y = 5 * days[:3]
    result = forecast(y, 9, days=days)
    assert result.path == pytest.approx(5 * days[3:])


def test_an_outage_is_bridged_for_fitting():
    y = np.full(8, 100.0)
    y[4] = 900
    assert forecast(y, 3, outages=[4]).path == pytest.approx([100] * 3, rel=0.02)


@pytest.mark.parametrize("bad", [[], [1, np.nan, 3], [1, -2, 3], [0, 5] * 10])
def test_unusable_histories_are_said(bad):
    with pytest.raises(CannotTellError):
        forecast(bad, 6)


def test_gate_refuses_a_path_out_of_range(monkeypatch):
    from analytics.statistics import forecast_models

    monkeypatch.setitem(forecast_models.NAMES, "theta", ("Theta", lambda y, h, s: np.full(h, 1e9)))
    with pytest.raises(CannotTellError, match="range"):
        gated("theta", np.full(30, 10.0), 3, 12)


def test_parts_are_scaled_to_the_total():
    parts = reconcile([[10, 20], [30, 20]], [80, 20])
    assert parts.tolist() == [[20, 10], [60, 10]]
    with pytest.raises(CannotTellError):
        reconcile([[0.0]], [5.0])


@pytest.mark.parametrize("months", [15, 18, 24])
def test_one_to_two_years_that_end_in_a_peak_do_not_carry_it_on(months):
    year = 1000 + 300 * np.cos(np.arange(36) / 12 * 2 * np.pi)
    y = np.roll(year, months - 1)
    assert naive_and_level(y[:months], 12, 12) == pytest.approx(y[months : months + 12], rel=1e-6)


def test_two_years_meet_the_second_level_with_the_season_of_both():
    year = 1000 + 300 * np.cos(np.arange(12) / 12 * 2 * np.pi)
    y = np.concatenate([year, 0.9 * year])
    assert naive_and_level(y, 12, 12) == pytest.approx(0.9 * year, rel=0.01)


def test_a_season_with_an_empty_month_keeps_the_plain_level():
    y = np.tile([0.0, *range(50, 61)], 2)
    assert naive_and_level(y, 12, 12) == pytest.approx((y[:12] + smoothed_level(y, 12, 12)) / 2)


def test_two_years_of_history_are_judged_beside_last_year():
    rng = np.random.default_rng(3)
    y = 1000 * np.exp(rng.normal(0, 0.05, 24))
    result = forecast(y, 12)
    assert np.isfinite(result.accuracy.mase)
    assert np.isfinite(result.last_year.mase)
    worse = "No better than last year's values on the same months." in result.notes
    assert worse is not result.beats_last_year


def test_a_clear_fall_is_carried_on_in_part():
    year = 1000 + 300 * np.cos(np.arange(12) / 12 * 2 * np.pi)
    y = np.concatenate([year, 0.9 * year]) * np.exp(np.random.default_rng(1).normal(0, 0.005, 24))
    path = year_with_trend(y, 12, 12)
    assert 0.81 < path.sum() / year.sum() < 0.88
    assert path / path.sum() == pytest.approx(year / year.sum(), rel=0.03)
    assert forecast(y, 12).model == "year_with_trend"


def test_noise_alone_carries_next_to_no_trend():
    rng = np.random.default_rng(5)
    year = 1000 + 300 * np.cos(np.arange(12) / 12 * 2 * np.pi)
    off = [year_with_trend(np.tile(year, 2) * np.exp(rng.normal(0, 0.05, 24)), 12, 12).sum() for _ in range(200)]
    assert np.mean(off) / year.sum() == pytest.approx(1, abs=0.01)
    assert np.std(off) / year.sum() < 0.04


def test_a_drift_of_the_last_year_alone_is_met_at_its_end():
    year = 1000 + 300 * np.cos(np.arange(12) / 12 * 2 * np.pi)
    steady = np.tile(year, 2)
    assert year_with_trend(steady, 12, 12) == pytest.approx(year, rel=1e-9)


@pytest.mark.parametrize(
    ("months", "model"), [(19, "naive_and_level"), (20, "year_with_trend"), (24, "year_with_trend")]
)
def test_a_trend_needs_pairs_of_months(months, model):
    assert pool(months) == (model,)


def test_what_months_share_is_less_than_what_single_months_err():
    single = np.full(12, 0.2)
    alike = np.array([[0.05] * 6, [-0.05] * 6, [0.05] * 6])
    widened = student.ppf(0.9, 2) / norm.ppf(0.9) * 0.05
    found = common_spread(alike, single)
    assert found[:6] == pytest.approx(widened)
    assert found[11] == pytest.approx(widened * np.sqrt(2))
    cancelling = np.array([[0.2, -0.2] * 3] * 3)
    assert common_spread(cancelling, single) == pytest.approx(0, abs=1e-12)
    assert common_spread(alike * 50, single) == pytest.approx(single)
    assert common_spread(None, single) is single
