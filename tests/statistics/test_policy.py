"""Approval thresholds: minutes saved against risk, the best net and how flat it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.statistics.policy import approval_thresholds

AMOUNT, CASES, MINUTES = [10, 50, 200, 1000], [1000, 500, 200, 50], [8000, 4000, 1600, 400]


def test_best_threshold_by_hand():
    # net per band: 8000·.7 − 1000·.01·10 = 5,500; 2800 − 250 = 2,550; 1120 − 400 = 720; 280 − 500 = −220
    found = approval_thresholds(AMOUNT, CASES, MINUTES, cost_per_minute=0.7, loss_probability=0.01)
    assert found.net == pytest.approx([0, 5500, 8050, 8770, 8550])
    assert (found.best, found.best_net) == (200, pytest.approx(8770))
    assert (found.flat_low, found.flat_high) == (200, 1000)
    assert found.worth_it


def test_too_risky_leaves_the_approval():
    found = approval_thresholds(AMOUNT, CASES, MINUTES, cost_per_minute=0.7, loss_probability=0.9)
    assert (found.best, found.best_net, found.worth_it) == (0, 0, False)
    assert (found.flat_low, found.flat_high) == (0, 0)


def test_waiting_is_reported_and_not_priced():
    plain = approval_thresholds(AMOUNT, CASES, MINUTES, cost_per_minute=0.7, loss_probability=0.01)
    waiting = approval_thresholds(
        AMOUNT, CASES, MINUTES, cost_per_minute=0.7, loss_probability=0.01, waiting_minutes=[9, 9, 9, 9]
    )
    assert waiting.waiting_minutes_saved[-1] == 36
    assert waiting.net == pytest.approx(plain.net)


def test_own_grid_and_risk_by_band():
    found = approval_thresholds(
        AMOUNT, CASES, MINUTES, cost_per_minute=0.7, loss_probability=[0, 0, 0.5, 0.5], thresholds=[25, 100]
    )
    assert found.threshold.tolist() == [0, 25, 100]
    assert found.best == 100


@given(st.floats(0, 1), st.floats(0, 5))
def test_saving_and_risk_grow_with_the_threshold(probability, kappa):
    found = approval_thresholds(AMOUNT, CASES, MINUTES, cost_per_minute=kappa, loss_probability=probability)
    assert np.all(np.diff(found.labour_saved) >= 0) and np.all(np.diff(found.risk_loss) >= 0)
    assert found.best_net == pytest.approx(found.net.max()) and found.best_net >= 0
    assert found.flat_low <= found.best <= found.flat_high


@pytest.mark.parametrize(
    ("amount", "risk", "words"), [([1, -1], 0.1, "negative"), ([1, 2], 1.5, "probability"), ([1], 0.1, "per band")]
)
def test_impossible_input_is_refused(amount, risk, words):
    with pytest.raises(AnalyticsError, match=words):
        approval_thresholds(amount, [1, 1], [1, 1], cost_per_minute=1.0, loss_probability=risk)
