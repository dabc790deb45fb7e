"""The figures of the portfolio: points equal the rows, text from people stays text."""

import pandas as pd

from analytics.charts.portfolio import two_aims


def test_two_aims_are_the_rows_and_the_point_looked_at_is_named() -> None:
    rows = pd.DataFrame({"value": [300.0, 200.0], "spared": [5.0, 9.0], "initiatives": ["<b>a</b>", "b"]})
    fig = two_aims(rows, 1, "high-effort contacts", "EUR", dark=False)
    line, point = fig.data
    assert (list(line.x), list(line.y)) == ([5, 9], [300, 200])
    assert (list(point.x), list(point.y)) == ([9], [200])
    assert "<b>" not in "".join(line.hovertext)
    assert fig.layout.xaxis.range[0] < 5 < 9 < fig.layout.xaxis.range[1]


def test_points_of_equal_value_still_have_an_axis() -> None:
    rows = pd.DataFrame({"value": [1.0, 1.0], "spared": [5.0, 9.0], "initiatives": ["a", "b"]})
    fig = two_aims(rows, 0, "contacts", "EUR", dark=True)
    assert fig.layout.yaxis.range[0] < 1 < fig.layout.yaxis.range[1]
