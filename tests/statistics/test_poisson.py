"""Poisson regression against a published analysis, a kept library, and what it must refuse."""

import numpy as np
import pytest
import statsmodels.api as sm

from analytics.errors import CannotTellError
from analytics.statistics.poisson import deviance, fit

SHIPS = """
A 60 60 127 0|A 60 75 63 0|A 65 60 1095 3|A 65 75 1095 4|A 70 60 1512 6|A 70 75 3353 18|A 75 75 2244 11
B 60 60 44882 39|B 60 75 17176 29|B 65 60 28609 58|B 65 75 20370 53|B 70 60 7064 12|B 70 75 13099 44|B 75 75 7117 18
C 60 60 1179 1|C 60 75 552 1|C 65 60 781 0|C 65 75 676 1|C 70 60 783 6|C 70 75 1948 2|C 75 75 274 1
D 60 60 251 0|D 60 75 105 0|D 65 60 288 0|D 65 75 192 0|D 70 60 349 2|D 70 75 1208 11|D 75 75 2051 4
E 60 60 45 0|E 65 60 789 7|E 65 75 437 7|E 70 60 1157 5|E 70 75 2161 12|E 75 75 542 1
"""
"""Type, year built, period of operation, months of service, damage incidents (McCullagh and Nelder, 1989)."""


def ships() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = [row.split() for row in SHIPS.strip().replace("\n", "|").split("|")]
    design = [[1, *(kind == one for one in "BCDE"), *(year == one for one in ("65", "70", "75")), period == "75"]
              for kind, year, period, *_ in rows]  # fmt: skip
    return np.array(design, float), np.array([int(row[4]) for row in rows]), np.array([int(row[3]) for row in rows])


def test_ship_damage_is_as_published() -> None:
    found = fit(*ships())
    published = [-6.41, -0.54, -0.69, -0.08, 0.33, 0.70, 0.82, 0.45, 0.38]
    assert found.coefficients == pytest.approx(published, abs=0.006)
    assert found.freedom == 25
    assert deviance(ships()[1], found.fitted) == pytest.approx(38.70, abs=0.01)
    assert found.dispersion == pytest.approx(1.69, abs=0.005)
    errors = np.sqrt(found.dispersion * np.diag(found.covariance))
    assert errors == pytest.approx([0.28, 0.23, 0.43, 0.38, 0.31, 0.19, 0.22, 0.30, 0.15], abs=0.006)


def test_it_equals_the_library() -> None:
    design, counts, months = ships()
    theirs = sm.GLM(counts, design, sm.families.Poisson(), exposure=months).fit(scale="X2")
    ours = fit(design, counts, months)
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-6)
    assert np.sqrt(ours.dispersion * np.diag(ours.covariance)) == pytest.approx(theirs.bse, rel=1e-6)


def test_one_rate_is_the_sum_over_the_exposure() -> None:
    found = fit(np.ones((3, 1)), [3, 0, 9], [10, 20, 30])
    assert np.exp(found.coefficients[0]) == pytest.approx(12 / 60)
    assert found.covariance[0, 0] == pytest.approx(1 / 12)


def test_columns_that_say_the_same_are_refused() -> None:
    with pytest.raises(CannotTellError, match="told apart"):
        fit(np.ones((4, 2)), [1, 2, 3, 4], np.ones(4))


def test_a_group_without_a_count_has_no_rate() -> None:
    with pytest.raises(CannotTellError, match="too few"):
        fit(np.array([[1, 0], [1, 0], [0, 1], [0, 1]], float), [3, 4, 0, 0], np.ones(4))


def test_the_variance_from_residuals_is_the_librarys() -> None:
    """HC2 of a weighted least squares at the fit is the same."""
    design, counts, months = ships()
    ours = fit(design, counts, months)
    weight = np.sqrt(ours.fitted)
    working = (counts - ours.fitted) / weight
    theirs = sm.OLS(working, design * weight[:, None]).fit(cov_type="HC2")
    assert np.sqrt(np.diag(ours.robust)) == pytest.approx(theirs.bse, rel=1e-6)
