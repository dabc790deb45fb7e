"""What the section on service level says."""

import numpy as np
import pytest

from analytics.scenarios.service import ServicePath
from analytics.statistics.staffing import ServiceTarget
from analytics.ui.what_if_service import rows_of, title

MONTHS = ("2026-01", "2026-02", "2026-03")
HELD = np.array([0.8, 0.8, 0.85])


@pytest.mark.parametrize(
    ("as_today", "unreplaced", "words"),
    [
        (HELD, None, "Service level holds 80 % in every month"),
        (HELD, np.array([0.9, 0.82, 0.7]), "If nobody who leaves were replaced, service level falls from Mar 2026"),
        (np.array([0.7, 0.75, 0.9]), HELD, "While the change is learnt, 70 % are answered in time in Jan 2026"),
    ],
)
def test_the_title_names_the_worst(as_today: np.ndarray, unreplaced: np.ndarray | None, words: str) -> None:
    assert title(rows_of(MONTHS, ServicePath(as_today, unreplaced, ServiceTarget()))) == words
