"""Cost per handled minute (B1), concurrency, and the payroll factor."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError, CannotTellError
from analytics.statistics.cost import contact_cost, cost_per_handled_minute, labour_cost, scale_to_payroll

KAPPA = cost_per_handled_minute(52_000, 2080, 0.30, 0.85)


def test_rate_and_cost_match_b1():
    assert pytest.approx(0.700280, abs=1e-5) == KAPPA
    assert float(contact_cost(1200, 1200 * 6.5, KAPPA, 0.35)) == pytest.approx(5882.18, abs=0.01)


def test_chat_is_divided_by_concurrency():
    assert labour_cost([12, 7], 0.70, [2.5, 1.0]) == pytest.approx([3.36, 4.90])
    with pytest.raises(AnalyticsError, match="Concurrency"):
        labour_cost(12, 0.7, 0.5)


def test_scaled_labour_adds_up_to_the_payroll_and_keeps_proportions():
    scaled = scale_to_payroll([100.0, 300.0], 1000.0)
    assert scaled.cost.sum() == pytest.approx(1000)
    assert scaled.factor == pytest.approx(2.5)
    assert scaled.cost[1] / scaled.cost[0] == pytest.approx(3)


def test_payroll_without_minutes_cannot_be_spread():
    with pytest.raises(CannotTellError, match="handled minutes"):
        scale_to_payroll(np.zeros(3), 10.0)
    with pytest.raises(AnalyticsError, match="negative"):
        scale_to_payroll([1.0], -1.0)


@pytest.mark.parametrize("wrong", [(1, 0, 0.3, 0.8), (1, 2080, 1.0, 0.8), (1, 2080, 0.3, 0), (-1, 2080, 0.3, 0.8)])
def test_impossible_assumptions_are_refused(wrong):
    with pytest.raises(AnalyticsError, match="not possible"):
        cost_per_handled_minute(*wrong)
