"""Time in service against value: the arrow says what the words say, from the same months a year before to now."""

import numpy as np
import pandas as pd
import pytest

from analytics.charts.hours import hours_and_value
from analytics.ui.overview_hours import with_year_before

MONTHS = pd.date_range("2024-01-01", periods=24, freq="MS")


def history(fall: float) -> pd.DataFrame:
    """Two years of a season of 10 hours; the second year takes `fall` hours less and gives a point more value."""
    season = 40 + 10 * np.sin(np.arange(24) / 12 * 2 * np.pi)
    second = np.repeat([0.0, 1.0], 12)
    return pd.DataFrame({"month": MONTHS, "hours_per_1000": season - fall * second, "value_share": 0.2 + 0.01 * second})


def drawn(months: pd.DataFrame, last: int) -> pd.DataFrame:
    return with_year_before(months, months["month"].iloc[-last:])


@pytest.mark.parametrize("dark", [False, True])
def test_the_arrow_leads_from_the_mean_a_year_before_to_the_mean_now(dark: bool) -> None:
    rows = drawn(history(fall=3.0), 12)
    arrow = next(note for note in hours_and_value(rows, dark).layout.annotations if note.showarrow)
    assert (arrow.ax, arrow.ay, arrow.x, arrow.y) == pytest.approx((40.0, 20.0, 37.0, 21.0))
    assert list(rows["a_year_before"]) == [True] * 12 + [False] * 12


def test_only_months_known_in_both_years_are_compared() -> None:
    months = history(fall=3.0)
    months.loc[[2, 20], "hours_per_1000"] = np.nan
    rows = drawn(months, 12)
    assert rows["a_year_before"].sum() == 10
    assert rows["month"].dt.month.value_counts().eq(2).all()


@pytest.mark.parametrize(("known", "last"), [(24, 3), (14, 12), (12, 12)])
def test_without_enough_of_a_year_before_it_is_the_path_of_the_months(known: int, last: int) -> None:
    rows = drawn(history(fall=3.0).iloc[-known:], last)
    fig = hours_and_value(rows, False)
    assert not rows["a_year_before"].any()
    assert (len(fig.data), fig.data[0].mode, len(fig.data[0].x)) == (1, "lines+markers", last)
