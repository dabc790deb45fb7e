"""Guardrails: a planted worsening is found, drift of all reasons is not, and “held” is claimed only where it can be."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.guardrail import watched

CONTROLS = range(1, 11)


def rows(rate: float, treated: float, n: int = 40_000) -> np.ndarray:
    shares = np.full(11, rate)
    shares[0] = treated
    return np.column_stack([shares * n, np.full(11, n)])


def test_equal_levels_hold() -> None:
    found = watched(rows(0.1, 0.1), rows(0.1, 0.1), 0, CONTROLS, scale="share")
    assert (found.before, found.after, found.controls) == (0.1, 0.1, 10)
    assert found.change.value == pytest.approx(0.0, abs=1e-12)
    assert found.verdict == "held"


def test_a_planted_worsening_is_found_in_points() -> None:
    found = watched(rows(0.1, 0.2), rows(0.1, 0.1), 0, CONTROLS, scale="share")
    assert found.change.value == pytest.approx(0.1, abs=1e-3)
    assert found.worsening.value == pytest.approx(1.0, abs=0.02)
    assert found.verdict == "worse"


def test_what_happened_to_every_reason_is_no_worsening() -> None:
    found = watched(rows(0.2, 0.2), rows(0.1, 0.1), 0, CONTROLS, scale="share")
    assert found.change.value == pytest.approx(0.0, abs=1e-9)
    assert found.verdict == "held"


def test_few_observations_neither_hold_nor_break() -> None:
    found = watched(rows(0.1, 0.12, 100), rows(0.1, 0.1, 100), 0, CONTROLS, scale="share")
    assert found.change.covers(0.0)
    assert found.verdict == "cannot tell"


def test_where_up_is_good_a_fall_is_worse_and_measured_on_what_fails() -> None:
    found = watched(rows(0.8, 0.7), rows(0.8, 0.8), 0, CONTROLS, scale="share", up_is_good=True)
    assert found.change.value == pytest.approx(-0.1, abs=1e-3)
    assert found.worsening.value == pytest.approx(0.5, abs=0.01), "30 % fail instead of 20 %"
    assert found.worsening.low < 0.5 < found.worsening.high
    assert found.verdict == "worse"


def test_means_move_on_the_log_scale() -> None:
    def means(others: float, treated: float) -> np.ndarray:
        return np.column_stack([np.r_[treated, np.full(10, others)] * 5_000, np.full(11, 5_000)])

    found = watched(means(60, 90), means(30, 30), 0, CONTROLS, scale="mean")
    assert found.change.value == pytest.approx(30.0), "twice the wait would have been 60"
    assert found.worsening.value == pytest.approx(0.5)


def test_too_little_is_refused_in_words() -> None:
    few = watched(rows(0.1, 0.1, 20), rows(0.1, 0.1), 0, CONTROLS, scale="share")
    assert "Only 20 observations" in few.change.why
    alone = watched(rows(0.1, 0.1), rows(0.1, 0.1), 0, [1, 2], scale="share")
    assert "Only 2 reasons" in alone.change.why
    silent = watched(rows(0.0, 0.0), rows(0.0, 0.0), 0, CONTROLS, scale="mean")
    assert "Nothing but zeros" in silent.change.why
    assert {few.verdict, alone.verdict, silent.verdict} == {"cannot tell"}
    with pytest.raises(AnalyticsError):
        watched(np.zeros((3, 3)), np.zeros((3, 3)), 0, [1], scale="share")


def test_over_four_hundred_companies_a_harmless_initiative_is_hardly_ever_called_worse() -> None:
    worse, covered = 0, 0
    for seed in range(400):
        draw = np.random.default_rng(seed)
        base = draw.uniform(-3.0, -1.0, 31)
        sizes = np.exp(draw.normal(8.0, 0.8, (2, 31))).astype(int) + 200
        levels = 1 / (1 + np.exp(-(base + np.array([[0.0], [0.3]]) + draw.normal(0, 0.08, (2, 31)))))
        then, now = (np.column_stack([draw.binomial(n, p), n]) for n, p in zip(sizes, levels, strict=True))
        found = watched(now, then, 0, range(1, 31), scale="share")
        worse += found.verdict == "worse"
        covered += found.change.covers(0.0)
    assert worse <= 20
    assert covered >= 370
