"""Lines over months: few months keep an axis of months, and names at line ends never cover each other."""

import numpy as np
import pandas as pd
import pytest

from analytics.charts.overview import months_line
from analytics.charts.what_if_paths import LINE_OF_TEXT, contacts, people


def months(count: int) -> pd.DataFrame:
    return pd.DataFrame({"month": pd.date_range("2025-01-01", periods=count, freq="MS"), "hours": 0.31})


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_months_are_points_on_an_axis_of_months(count: int) -> None:
    fig = months_line(months(count), "hours", "hours", False)
    assert fig.data[0].mode == "lines+markers"
    assert list(fig.layout.xaxis.tickvals) == list(months(count)["month"])
    assert fig.layout.annotations[0].text == "0.3"


def test_many_months_are_a_line() -> None:
    fig = months_line(months(12).assign(hours=612.4), "hours", "hours", False)
    assert (fig.data[0].mode, fig.layout.xaxis.tickvals, fig.layout.annotations[0].text) == ("lines", None, "612")


def path(level: float, high: float) -> pd.DataFrame:
    names = ("without", "contacts", "before", "after", "low", "without_hiring")
    return pd.DataFrame({"month": months(12)["month"], **dict.fromkeys(names, level), "high": high})


@pytest.mark.parametrize("level", [0.0, 40.0, 8_000.0])
def test_names_of_lines_that_meet_stay_apart_and_above_the_axis(level: float) -> None:
    past = pd.DataFrame({"month": pd.date_range("2024-01-01", periods=12, freq="MS"), "contacts": 8_000.0})
    for fig in (contacts(path(level, 9_000.0), past, False), people(path(level, 9_000.0), False)):
        heights = sorted(float(note.y) for note in fig.layout.annotations)
        assert heights[0] >= 0
        assert (np.diff(heights) >= LINE_OF_TEXT * 9_000 - 1e-6).all()
