"""Contacts per unit and per defect: planted rates are found again in the intervals, and what must be refused."""

import numpy as np
import pytest

from analytics.errors import CannotTellError
from analytics.statistics.defects import after_defects, unit_rates

TRUE = np.array([0.012, 0.010, 0.020, 0.010])
UNITS = np.array([40_000, 20_000, 5_000, 9_000])


def months(rng: np.random.Generator, spread: float = 0.08) -> tuple[np.ndarray, np.ndarray]:
    """Return 24 months of counts with a season in common and months of each product that scatter by themselves."""
    season = 1 + 0.2 * np.cos(2 * np.pi * np.arange(24) / 12)
    own = rng.gamma(1 / spread**2, spread**2, (24, 4))
    units = UNITS * (1 + 0.01 * np.arange(24))[:, None]
    return rng.poisson(units * TRUE * season[:, None] * own), units


def days(rng: np.random.Generator, ratio: float, weekly: float = 0.06, length: int = 730) -> np.ndarray:
    """Return daily counts with weekdays, season, days that scatter and weeks that drift; one event of 14 days."""
    week = np.repeat(np.exp(rng.normal(0, weekly, length // 7 + 1)), 7)[:length]
    season = 1 + 0.12 * np.cos(2 * np.pi * np.arange(length) / 365.25)
    weekday = np.array([1.25, 1.1, 1, 1, 0.95, 0.4, 0.3])[np.arange(length) % 7]
    mean = 60 * week * season * weekday * rng.gamma(100, 0.01, length)
    mean[400:414] *= ratio
    return rng.poisson(mean)


def test_one_product_in_even_months_is_its_sum() -> None:
    found = unit_rates(np.full((12, 1), 50), np.full((12, 1), 1000))
    assert found.rate[0].value == pytest.approx(0.05)
    assert found.dispersion == 1.0
    assert found.against[0].value is None
    assert "no other product" in found.against[0].why


def test_rates_compare_in_the_same_months() -> None:
    """A product sold only in the months of the high season has no higher rate for that."""
    season = np.where(np.arange(24) % 12 < 6, 3.0, 1.0)
    units = np.column_stack([np.full(24, 1000.0), np.where(season > 2, 1000.0, 0.0)])
    found = unit_rates(np.round(units * 0.02 * season[:, None]), units)
    assert found.rate[1].value > 1.4 * found.rate[0].value
    assert [one.value for one in found.against] == pytest.approx([1.0, 1.0])


def test_unit_rates_cover_the_truth() -> None:
    """400 companies of 4 products, months of each product scattering by 8 %: 95 % intervals of the ratio to all."""
    truth = TRUE / (TRUE @ UNITS / UNITS.sum())
    rng = np.random.default_rng(7)
    held = np.zeros(4)
    for _ in range(400):
        found = unit_rates(*months(rng))
        held += [one.covers(true) for one, true in zip(found.against, truth, strict=True)]
    assert np.all(held / 400 >= 0.92)
    assert np.all(held / 400 <= 0.99)


def test_over_dispersion_widens() -> None:
    rng = np.random.default_rng(1)
    calm, wild = (unit_rates(*months(rng, spread)) for spread in (0.001, 0.3))
    assert calm.dispersion < 1.6
    assert wild.dispersion > 10
    assert wild.rate[0].half_width > 3 * calm.rate[0].half_width


def test_thin_products_and_short_periods_are_refused() -> None:
    counts, units = months(np.random.default_rng(2))
    counts[:, 2] = 0
    counts[3, 2] = 29
    found = unit_rates(counts, units)
    assert found.rate[2].value is None
    assert "Only 29 contacts" in found.rate[2].why
    assert found.rate[3].value is not None
    with pytest.raises(CannotTellError, match="too few to tell"):
        unit_rates(counts[:3], units[:3])


def test_an_even_series_gives_the_planted_contacts_per_defect() -> None:
    daily = np.full(728, 100.0)
    daily[400:414] = 150.0
    (found,) = after_defects(daily, np.full(728, 1000.0), [(400, 414)], 1)
    assert found.contacts == 2100
    assert found.expected == pytest.approx(1400, abs=1)
    assert found.ratio.value == pytest.approx(1.5, abs=1e-3)
    assert found.extra.value == pytest.approx(700, abs=1)
    assert found.extra.low < 700 < found.extra.high


@pytest.mark.parametrize("ratio", [1.0, 1.3])
def test_contacts_per_defect_cover_the_truth(ratio: float) -> None:
    """400 companies whose weeks drift by 6 %: 95 % intervals of the ratio."""
    rng = np.random.default_rng(11)
    held = [after_defects(days(rng, ratio), np.ones(730), [(400, 414), (200, 214)], 1)[0].ratio.covers(ratio)
            for _ in range(400)]  # fmt: skip
    assert 0.92 <= np.mean(held) <= 0.99


def test_more_units_are_no_defect() -> None:
    """Customers double on the day of the release: contacts per unit have not moved."""
    units = np.where(np.arange(730) < 400, 1000.0, 2000.0)
    (found,) = after_defects(np.round(units * 0.05), units, [(400, 414)], 1)
    assert found.ratio.value == pytest.approx(1.0, abs=1e-3)


def test_what_cannot_be_told_says_why() -> None:
    daily = days(np.random.default_rng(3), 1.3)
    cut, twice, again, fine = after_defects(daily, np.ones(730), [(725, 739), (100, 114), (100, 114), (400, 414)], 4)
    assert "not hold these days" in cut.ratio.why
    assert "same days" in twice.ratio.why
    assert "same days" in again.extra.why
    assert fine.ratio.value > 1.1
    (short,) = after_defects(daily[:60], np.ones(60), [(20, 34)], 1)
    assert "Only 60 days" in short.ratio.why
    (thin,) = after_defects(np.ones(730), np.ones(730), [(400, 414)], 1)
    assert "Only 14 contacts" in thin.ratio.why
