"""Staying after value enhancement, on companies whose effect is known."""

import numpy as np
import pytest

from tests.studies.loyalty import company, found

SEEDS = range(1, 41)


def test_the_planted_effect_is_held_and_the_raw_gap_is_not_it() -> None:
    planted, lift = company(300_000, 7)
    assert planted == pytest.approx(0.0377, abs=0.001)
    assert lift.gap.covers(planted)
    assert not lift.gap.covers(lift.raw)
    assert lift.gap.half_width < 0.03


@pytest.mark.slow
def test_over_forty_companies_the_truth_is_covered(record_testsuite_property) -> None:
    pairs = list(found(60_000, SEEDS))
    covered = np.mean([lift.gap.covers(planted) for planted, lift in pairs])
    record_testsuite_property("value_effect_covered", float(covered))
    assert covered >= 0.85
    assert np.mean([lift.gap.value - planted for planted, lift in pairs]) == pytest.approx(0, abs=0.015)
    assert np.mean([lift.raw - planted for planted, lift in pairs]) > 0.03


@pytest.mark.slow
def test_over_forty_companies_without_an_effect_hardly_one_is_found(record_testsuite_property) -> None:
    apart = np.mean([not lift.gap.covers(0.0) for _, lift in found(60_000, SEEDS, "no-value-effect")])
    record_testsuite_property("zero_value_effect_found", float(apart))
    assert apart <= 0.08
