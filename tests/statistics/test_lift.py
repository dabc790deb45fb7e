"""Staying after value enhancement: published weights, invariants, and what is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.treatment.tests as fixtures
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.statistics import logit
from analytics.statistics.estimate import Estimate
from analytics.statistics.hidden_factor import e_value, hidden_factor
from analytics.statistics.lift import Arms, Cells, Lift, aipw, lift

GROUPS = 32


@pytest.fixture(scope="module")
def births() -> pd.DataFrame:
    """Cattaneo (2010): smoking in pregnancy and birth weight, 4,642 rows, shipped with statsmodels."""
    return pd.read_csv(Path(fixtures.__file__).parent / "results" / "cataneo2.csv")


def design(rows: pd.DataFrame, *names: str) -> np.ndarray:
    return np.column_stack([np.ones(len(rows)), *(rows[name] for name in names)]).astype(float)


def test_doubly_robust_low_birth_weight_as_in_the_acceptance_table(births: pd.DataFrame) -> None:
    rows = births.assign(square=births["mage"] ** 2, treated=births["mbsmoke_"].astype(float))
    arms = Arms(rows["treated"].to_numpy(), rows["lbweight"].to_numpy(float), np.ones(len(rows)))
    with_, without = aipw(
        arms, design(rows, "prenatal1_", "mmarried_", "mage", "fbaby_"),
        design(rows, "mmarried_", "mage", "square", "fbaby_", "medu"), clip=(0.0, 1.0),
    )  # fmt: skip
    assert with_.mean() / without.mean() == pytest.approx(2.0186, abs=1e-3)
    assert with_.mean() - without.mean() == pytest.approx(0.05239, abs=1e-4)
    log_ratio = (with_ - with_.mean()) / with_.mean() - (without - without.mean()) / without.mean()
    half = 1.959964 * log_ratio.std(ddof=0) / np.sqrt(len(rows))
    ends = np.exp(np.log(with_.mean() / without.mean()) + np.array([-half, half]))
    assert ends == pytest.approx([1.5505, 2.6278], abs=2e-3)


def cells(counts: np.ndarray, stayed: np.ndarray, strata: int) -> Cells:
    """Return cells of `strata` × two arms, shape (strata * 2, 32), with one column a stratum."""
    stratum = np.repeat(np.arange(strata), 2)
    columns = np.hstack([np.ones((2 * strata, 1)), np.eye(strata)[stratum][:, 1:]])
    return Cells(columns, np.tile([True, False], strata), counts.astype(float), stayed.astype(float))


def drawn(seed: int, effect: float, n: int = 400) -> Cells:
    """Two strata: in the easy one more are enhanced and more stay; the planted effect is the same in both."""
    random = np.random.default_rng(seed)
    share, base = np.array([0.4, 0.1]), np.array([0.8, 0.6])
    treated = random.binomial(n, np.repeat(share[:, None], GROUPS, axis=1))
    counts = np.stack([treated, n - treated], axis=1).reshape(4, GROUPS)
    chance = np.stack([base + effect, base], axis=1).reshape(4, 1)
    return cells(counts, random.binomial(counts, chance), 2)


def test_the_raw_gap_is_who_they_are_and_the_adjusted_one_what_was_planted() -> None:
    found = lift(drawn(1, 0.04))
    assert found.raw > 0.08
    assert found.gap.covers(0.04)
    assert found.gap.value == pytest.approx(0.04, abs=0.015)


def test_without_an_effect_none_is_found_in_nineteen_of_twenty() -> None:
    found = [lift(drawn(seed, 0.0, 60)).gap.covers(0.0) for seed in range(200)]
    assert np.mean(found) == pytest.approx(0.95, abs=0.04)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_with_one_column_a_stratum_it_is_direct_standardisation(seed: int) -> None:
    """METHODS e: saturated, weighting, regression and standardisation are one."""
    random = np.random.default_rng(seed)
    counts = random.integers(20, 200, (6, GROUPS))
    held = cells(counts, random.binomial(counts, random.uniform(0.3, 0.9, (6, 1))), 3)
    customers, share = held.customers.sum(axis=1), held.stayed.sum(axis=1) / held.customers.sum(axis=1)
    weight = customers[::2] + customers[1::2]
    expected = (weight * (share[::2] - share[1::2])).sum() / weight.sum()
    assert lift(held).gap.value == pytest.approx(expected, abs=1e-6)


def test_no_probability_leaves_zero_to_one() -> None:
    with_, without = lift(drawn(3, 0.15)).stay
    assert 0 < without < with_ < 1


def test_order_of_rows_does_not_matter() -> None:
    held, order = drawn(5, 0.05), [3, 1, 0, 2]
    mixed = Cells(held.design[order], held.treated[order], held.customers[order], held.stayed[order])
    first, second = lift(held).gap, lift(mixed).gap
    assert (first.value, first.low) == pytest.approx((second.value, second.low))


def test_customers_without_a_counterpart_are_left_out_and_counted() -> None:
    held = drawn(2, 0.04)
    lonely = np.vstack([np.zeros((1, GROUPS)), np.full((1, GROUPS), 40.0)])
    more = Cells(
        np.hstack([np.vstack([held.design, [[1, 0], [1, 0]]]), [[0]] * 4 + [[1]] * 2]),
        np.append(held.treated, [True, False]), np.vstack([held.customers, lonely]), np.vstack([held.stayed, lonely]),
    )  # fmt: skip
    found = lift(more)
    assert found.compared == pytest.approx(800 / 840)
    assert found.gap.value == pytest.approx(lift(held).gap.value)


@pytest.mark.parametrize(
    ("counts", "stayed", "why"),
    [([2, 400], [1, 300], "with value enhancement were followed"), ([400, 2], [300, 1], "without value enhancement"),
     ([400, 400], [400, 300], "Fewer than 10")],
)  # fmt: skip
def test_too_little_is_refused_in_words(counts: list[int], stayed: list[int], why: str) -> None:
    spread = [np.repeat(np.array(values)[:, None], GROUPS, axis=1) for values in (counts, stayed)]
    found = lift(cells(*spread, 1))
    assert found.gap.value is None
    assert why in found.gap.why


def test_two_arms_that_never_meet_are_refused() -> None:
    counts = np.repeat(np.array([400, 4, 4, 400])[:, None], GROUPS, axis=1)
    found = lift(cells(counts, counts // 2, 2))
    assert found.gap.value is None
    assert "counterpart" in found.gap.why


def test_an_outcome_that_follows_from_one_property_is_predicted_as_such() -> None:
    x = np.column_stack([np.ones(4), [0.0, 0.0, 1.0, 1.0]])
    found = logit.predict(x, logit.fit(x, np.array([0.5, 0.5, 1.0, 1.0]), np.ones(4)))
    assert found == pytest.approx([0.5, 0.5, 1.0, 1.0], abs=1e-6)


def test_a_logit_is_that_of_statsmodels() -> None:
    random = np.random.default_rng(1)
    x = np.column_stack([np.ones(300), random.normal(size=(300, 3))])
    y = (random.random(300) < 1 / (1 + np.exp(-x @ [0.2, 1.0, -0.5, 0.0]))).astype(float)
    weight = random.integers(1, 5, 300).astype(float)
    theirs = sm.GLM(y, x, family=sm.families.Binomial(), freq_weights=weight).fit()
    assert logit.fit(x, y, weight) == pytest.approx(theirs.params, abs=1e-5)


def test_e_values_as_published() -> None:
    assert e_value(3.9) == pytest.approx(7.263, abs=1e-3)
    assert e_value(1.8) == pytest.approx(3.000, abs=1e-3)
    assert e_value(1 / 1.82) == pytest.approx(3.042, abs=1e-3)


def gap_of(with_: float, without: float, low: float, high: float) -> Lift:
    return Lift(Estimate(with_ - without, low, high, 1000, ""), None, 1.0, (with_, without))


def test_of_staying_and_leaving_the_smaller_e_value_counts() -> None:
    """METHODS e: .84 against .80 kept gives 1.28, the same as .16 against .20 lost 1.81; the limit is asked alone."""
    found = hidden_factor(gap_of(0.84, 0.80, 0.02, 0.06))
    assert found == pytest.approx((1.279, e_value(0.82 / 0.80)), abs=1e-3)
    assert e_value(0.16 / 0.20) == pytest.approx(1.809, abs=1e-3)


def test_an_interval_over_nothing_needs_no_hidden_factor_and_no_interval_tells_none() -> None:
    assert hidden_factor(gap_of(0.84, 0.80, -0.01, 0.09)) == pytest.approx((1.279, 1.0), abs=1e-3)
    assert hidden_factor(gap_of(0.76, 0.80, -0.06, -0.02)) == pytest.approx((e_value(0.76 / 0.8), e_value(0.78 / 0.8)))
    assert hidden_factor(Lift(Estimate(0.1, None, None, 10, ""), None, 1.0, (0.5, 0.4))) is None
