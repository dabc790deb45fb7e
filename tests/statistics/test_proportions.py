"""Wilson and Newcombe against their published tables (E2, E3), F6, and the trap in statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from analytics.errors import AnalyticsError
from analytics.statistics.multiplicity import discoveries
from analytics.statistics.proportions import difference, effective_n, effective_wilson, newcombe, proportion, wilson

BENJAMINI_HOCHBERG = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
                      0.6528, 0.7590, 1.0]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_matches_newcombe_1998_table_e3(events, n, low, high):
    found = wilson(events, n)
    assert (float(found[0]), float(found[1])) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(0, 500), st.integers(0, 500))
def test_wilson_equals_statsmodels_and_stays_in_zero_to_one(events, more):
    if events + more == 0:
        return
    low, high = wilson(events, events + more)
    assert (float(low), float(high)) == pytest.approx(
        proportion_confint(events, events + more, method="wilson"), abs=1e-9
    )
    assert 0 <= low <= events / (events + more) <= high <= 1


def test_difference_is_newcombe_and_not_the_score_of_statsmodels_e2():
    ours = newcombe(56, 70, 48, 80)
    assert ours == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert ours == pytest.approx(confint_proportions_2indep(56, 70, 48, 80, method="newcomb"), abs=1e-9)
    score = confint_proportions_2indep(56, 70, 48, 80, method="score", compare="diff")
    assert abs(score[1] - 0.3382) > 1e-3, "mended upstream: Miettinen–Nurminen may be used again"
    assert abs(ours[1] - score[1]) > 1e-3


def test_zero_of_twenty_is_not_zero_percent():
    found = proportion(0, 20)
    assert (found.state, found.value, found.low) == ("grey", 0, 0)
    assert found.high == pytest.approx(0.1611, abs=1e-4)


def test_few_observations_are_not_shown():
    assert proportion(3, 9).state == "suppressed"
    assert proportion(0, 0).value is None
    assert difference(5, 9, 50, 100).state == "suppressed"
    assert difference(5, 20, 50, 100).state == "cannot"


def test_difference_names_its_sizes():
    found = difference(56, 70, 48, 80)
    assert (found.value, found.n) == (pytest.approx(0.2), 150)


def test_empty_cells_have_no_interval():
    low, high = wilson([0, 1], [0, 4])
    assert np.isnan(low[0]) and np.isnan(high[0]) and low[1] > 0


def test_more_events_than_observations_is_refused():
    with pytest.raises(AnalyticsError, match="more events"):
        wilson(5, 4)


def test_effective_n_shrinks_with_the_design_effect_and_never_grows():
    assert effective_n(1000, 1.0) == pytest.approx(1000 * (1.959964 / 2.039513) ** 2, rel=1e-6)
    assert effective_n(1000, 0.5) == effective_n(1000, 1.0)
    assert effective_n(1000, 2.0) == pytest.approx(effective_n(1000, 1.0) / 2)
    plain, wide = wilson(0, 120), effective_wilson(0, 120, 2.0)
    assert wide[1] > plain[1] > 0


def test_four_discoveries_f6():
    assert int(discoveries(BENJAMINI_HOCHBERG, 0.05).sum()) == 4
    assert int((np.array(BENJAMINI_HOCHBERG) <= 0.05 / 15).sum()) == 3
    assert discoveries([]).shape == (0,)
    with pytest.raises(AnalyticsError, match="p-value"):
        discoveries([1.5])
