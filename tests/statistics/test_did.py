"""Realised against promised: finds a planted fall, does not find a zero one after a spike, and says what it cannot."""

import numpy as np
import pytest

from analytics.errors import AnalyticsError
from analytics.statistics.did import comparison_months, realised

MONTHS = 24


def company(generator, *, effect=-0.30, spike=0.25, drift=0.03, scale=288_000):
    """40 reasons over 24 months as the demo company plants them: 3rd largest treated, 6th largest spiked before."""
    volume = np.sort(np.exp(generator.normal(0, 0.8, 40)))[::-1]
    phase, month = generator.uniform(0, 2 * np.pi, (40, 1)), np.arange(MONTHS)
    season = 0.12 * np.cos(2 * np.pi * month / 12) + np.abs(generator.normal(0, 0.10, (40, 1))) * np.sqrt(2) * np.sin(
        2 * np.pi * month / 12 + phase
    )
    level = (
        volume[:, None]
        / volume.sum()
        * scale
        / MONTHS
        * np.exp(season + generator.normal(0, drift, (40, 1)) * month / 12 + generator.normal(0, 0.03, (40, MONTHS)))
    )
    level[2, 12:] *= 1 + effect * np.minimum(1, (np.arange(12) + 1) / 3)
    level[5, 10:12] *= 1 + spike
    return generator.negative_binomial(level / 0.4, 1 / 1.4).astype(float)


TRUTH_A = -0.30 * np.minimum(1, (np.arange(9) + 1) / 3).mean()
CONTROLS = [j for j in range(40) if j not in (2, 5)]


@pytest.fixture(scope="module")
def four_hundred_seeds():
    found = []
    for seed in range(400):
        counts = company(np.random.default_rng(seed))
        found.append(
            (realised(counts, 2, 12, controls=CONTROLS, promised=-0.30), realised(counts, 5, 12, controls=CONTROLS))
        )
    return found


def test_months_next_to_the_launch_and_a_year_later_are_left_out():
    assert comparison_months(12, 24) == tuple(range(12, 21))
    assert comparison_months(15, 24) == tuple(range(15, 24))
    assert comparison_months(6, 24) == (12, 13, 14)
    assert comparison_months(3, 24) == ()


def test_the_planted_fall_is_found_and_covered(four_hundred_seeds):
    effects = [a.effect for a, _ in four_hundred_seeds]
    assert np.mean([e.covers(TRUTH_A) for e in effects]) >= 0.93
    assert np.mean([e.value for e in effects]) == pytest.approx(TRUTH_A, abs=0.02)
    assert np.mean([e.high < 0 for e in effects]) >= 0.95


def test_a_zero_effect_after_a_spike_is_not_found_but_three_months_against_three_finds_it(four_hundred_seeds):
    found = [b.effect.high < 0 or b.effect.low > 0 for _, b in four_hundred_seeds]
    assert np.mean(found) <= 0.08
    # the spike alone lifts the three months before by 17 %, so the naive figure falls by about a tenth or more
    assert np.mean([b.naive for _, b in four_hundred_seeds]) < -0.09
    assert np.mean([b.verdict == "no effect told apart" for _, b in four_hundred_seeds]) >= 0.92


def test_launch_at_a_peak_is_warned_of(four_hundred_seeds):
    assert np.mean([b.peak.warned for _, b in four_hundred_seeds]) >= 0.80
    assert np.mean([a.peak.warned for a, _ in four_hundred_seeds]) <= 0.25
    assert "to come anyway" in next(b.peak.why for _, b in four_hundred_seeds if b.peak.warned)


def test_pre_trend_is_flagged_when_it_is_there():
    flagged, quiet = [], []
    for seed in range(30):
        counts = company(np.random.default_rng(100 + seed), effect=0.0, spike=0.0)
        quiet.append(realised(counts, 2, 12).pre_trend.differs)
        counts[2] = np.round(counts[2] * np.exp(-0.12 * np.arange(MONTHS)))
        flagged.append(realised(counts, 2, 12).pre_trend.differs)
    assert np.mean(flagged) >= 0.8 > 0.15 >= np.mean(quiet)


def test_placebo_intervals_cover_where_counting_noise_would_not():
    wide, poisson = [], []
    for seed in range(60):
        counts = company(np.random.default_rng(500 + seed), effect=0.0, spike=0.0, drift=0.08)
        found = realised(counts, 2, 12)
        now, then = counts[2, 12:21].sum(), counts[2, 0:9].sum()
        half = 1.96 * np.sqrt(1 / now + 1 / then)
        wide.append(found.effect.covers(0.0))
        poisson.append(abs(np.log1p(found.effect.value)) <= half)
    assert np.mean(wide) >= 0.90 > 0.60 > np.mean(poisson)


def test_what_could_not_have_been_seen_is_said():
    steady = realised(company(np.random.default_rng(1), effect=0, spike=0, drift=0.03), 2, 12)
    drifting = realised(company(np.random.default_rng(1), effect=0, spike=0, drift=0.08), 2, 12)
    assert 0.04 < steady.detectable < drifting.detectable < 0.40


def test_growth_of_the_base_cancels():
    counts = np.full((10, MONTHS), 500.0)
    grown = counts * np.where(np.arange(MONTHS) >= 12, 1.5, 1.0)
    assert realised(grown, 0, 12).effect.value == pytest.approx(0, abs=1e-12)


def test_verdicts_compare_with_the_promise():
    counts = np.full((10, MONTHS), 5000.0) + np.arange(10)[:, None]
    counts[0, 12:] *= 0.7
    assert realised(counts, 0, 12, promised=-0.30).verdict == "as promised"
    assert realised(counts, 0, 12, promised=-0.60).verdict == "less than promised"
    assert realised(counts, 0, 12, promised=-0.10).verdict == "more than promised"
    assert realised(counts, 0, 12).verdict == "a fall"
    assert realised(counts, 1, 12, controls=range(2, 10)).verdict == "no effect told apart"


@pytest.mark.parametrize(
    ("launch", "reasons", "level", "words"),
    [(22, 10, 500, "2 months"), (3, 10, 500, "0 months"), (12, 5, 500, "4 reasons"), (12, 10, 1, "18 contacts")],
)
def test_what_the_data_cannot_carry_is_refused_in_words(launch, reasons, level, words):
    found = realised(np.full((reasons, MONTHS), float(level)), 0, launch)
    assert (found.effect.state, found.effect.value, found.verdict) == ("cannot", None, "cannot tell")
    assert words in found.effect.why
    assert found.detectable is None


def test_short_history_checks_are_silent():
    found = realised(np.full((10, MONTHS), 500.0), 0, 4)
    assert (found.pre_trend.differs, found.peak.warned) == (None, False)
    assert realised(np.zeros((10, MONTHS)), 0, 12).naive is None


def test_broken_input_is_refused():
    with pytest.raises(AnalyticsError, match="not be negative"):
        realised(np.full((2, 24), -1.0), 0, 12)
    with pytest.raises(AnalyticsError, match="outside the data"):
        realised(np.ones((2, 24)), 5, 12)
