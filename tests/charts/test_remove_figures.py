"""Figures of Remove: what is drawn is what the rows say, and labels from data stay letters."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from analytics.charts import generators, outreach, policies, repeats, theme, trend

HOSTILE = "<b>bold</b><script>alert(1)</script>"


def generator_rows(count: int = 3, **changed: object) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "label": [f"reason {row}" for row in range(count)], "value": [30.0, 20.0, 10.0][:count],
            "avoidable": [10.0, 20.0, 0.0][:count], "rest": [20.0, 0.0, 10.0][:count],
            "low": [25.0, 15.0, np.nan][:count], "high": [35.0, 25.0, np.nan][:count],
            "cumulative_percent": [50.0, 83.3, 100.0][:count],
            "greyed": [False, False, True][:count], "hover": ["a", "b", "c"][:count],
        }
    )  # fmt: skip
    return rows.assign(**changed)


def test_parts_of_a_bar_add_up_to_its_value() -> None:
    bars = [
        trace
        for trace in generators.generator_bars(generator_rows(), "contacts", "", False).data
        if trace.type == "bar"
    ]
    assert [sum(parts) for parts in zip(*(bar.x for bar in bars), strict=True)] == [30.0, 20.0, 10.0]


def test_the_interval_of_a_bar_is_its_whisker() -> None:
    ends = generators.generator_bars(generator_rows(), "contacts", "", False).data[2]
    assert list(ends.x) == [35.0, 25.0, 10.0]
    assert list(ends.error_x.arrayminus) == [10.0, 10.0, 0.0]


def test_few_contacts_are_greyed_and_a_chosen_bar_stands_out() -> None:
    fig = generators.generator_bars(generator_rows(), "contacts", "", False, 1)
    assert list(fig.data[0].marker.opacity) == [1.0, 1.0, generators.GREYED]
    assert fig.data[0].selectedpoints == fig.data[1].selectedpoints == (1,)


def test_without_a_split_one_neutral_bar_is_drawn() -> None:
    fig = generators.generator_bars(generator_rows(avoidable=np.nan, rest=np.nan), "customers", "", False)
    assert [trace.marker.color for trace in fig.data if trace.type == "bar"] == [theme.NEUTRAL]


def test_bars_of_the_same_short_name_stay_apart() -> None:
    rows = generator_rows(label=["x" * 40, "x" * 41, "y"])
    assert len(set(generators.bar_names(rows))) == 3


@pytest.mark.parametrize("draw", ["generators", "outreach", "kinds", "trend"])
def test_labels_from_data_are_letters(draw: str) -> None:
    figures = {
        "generators": lambda: generators.generator_bars(generator_rows(label=HOSTILE), "contacts", "", False),
        "outreach": lambda: outreach.rate_bars(acquisition_rows(HOSTILE), 2.0, False),
        "kinds": lambda: repeats.rate_bars(kind_rows(HOSTILE), False),
        "trend": lambda: trend.trend_lines(months(HOSTILE), "contacts", "contacts", events(HOSTILE), "a", False),
    }
    assert "<script" not in figures[draw]().to_json()
    assert "\\u003cscript" not in figures[draw]().to_json()


def curve() -> pd.DataFrame:
    day = np.arange(1, 31)
    natural = np.where(day < 30, 0.2 * day, np.nan)
    return pd.DataFrame({"window_days": day, "repeat_percent": 1.0 * day, "low_percent": 0.9 * day,
                         "high_percent": 1.1 * day, "natural_percent": natural})  # fmt: skip


def test_only_one_window_is_marked_at_a_time() -> None:
    rows = curve()
    fig = repeats.window_curve(rows, False)
    for days in (7, 12):
        marked = repeats.mark_window(fig, rows, days, False)
    assert [shape.x0 for shape in marked.layout.shapes] == [12]
    assert any("12.0 % in 12 days" in str(words.text) for words in marked.layout.annotations)
    assert not fig.layout.shapes, "all sessions share the curve: nobody may write on it"


def test_days_that_are_not_mature_are_shaded() -> None:
    weeks = pd.DataFrame({"week": pd.to_datetime(["2024-12-09", "2024-12-16", "2024-12-23"]),
                          "repeat_percent": [10.0, 11.0, np.nan], "low_percent": [9.0, 10.0, np.nan],
                          "high_percent": [11.0, 12.0, np.nan]})  # fmt: skip
    open_end = repeats.weeks(weeks, date(2024, 12, 25), date(2024, 12, 31), False)
    assert (open_end.layout.shapes[0].x0, open_end.layout.shapes[0].x1) == (date(2024, 12, 25), date(2025, 1, 1))
    assert list(open_end.data[2].y) == [10.0, 11.0, None]
    assert not repeats.weeks(weeks, date(2025, 2, 1), date(2024, 12, 31), False).layout.shapes


def test_weeks_without_contacts_are_a_gap_in_line_and_band() -> None:
    """Three weeks, two without contacts, one week alone: nothing is drawn across what is not known."""
    rates = [10.0, 11.0, 12.0, np.nan, np.nan, 9.0]
    weeks = pd.DataFrame({"week": pd.date_range("2024-10-07", periods=6, freq="7D"), "repeat_percent": rates,
                          "low_percent": np.subtract(rates, 1), "high_percent": np.add(rates, 1)})  # fmt: skip
    *bands, line = repeats.weeks(weeks, date(2025, 2, 1), date(2024, 12, 31), False).data
    assert [len(edge.x) for edge in bands] == [3, 3, 1, 1]
    assert list(line.y) == [10.0, 11.0, 12.0, None, None, 9.0]
    assert line.connectgaps is False
    assert list(line.marker.size) == [0, 0, 0, 0, 0, 6], "a week alone would be no line"


def test_teams_keep_the_order_given() -> None:
    rows = pd.DataFrame({"team": ["b", "a"], "mature": [400.0, 90.0], "repeat_percent": [30.0, 10.0],
                         "place": ["beyond 95 %", "within"]})  # fmt: skip
    fig = repeats.team_funnel(rows, 0.2, 1.0, False)
    assert list(fig.data[-1].text) == ["b", "a"]
    assert list(fig.data[-1].marker.color) == [theme.REMOVE, theme.NEUTRAL]


def test_names_at_line_ends_do_not_overlap() -> None:
    fig = trend.trend_lines(months("line"), "contacts", "contacts", events("x").head(0), "a", False)
    places = sorted(words.y for words in fig.layout.annotations)
    assert min(np.diff(places)) >= trend.LEAST_GAP * 12.0 - 1e-9


def test_events_near_each_other_share_a_mark_and_keep_their_numbers() -> None:
    fig = trend.trend_lines(months("line"), "contacts", "contacts", events("x"), "a", False)
    numbers = [words.text for words in fig.layout.annotations if words.yref == "paper"]
    assert numbers == ["1, 2", "3"]
    assert len(fig.layout.shapes) == 3


@pytest.mark.parametrize(("days", "raised"), [(20, [0, 15, 0]), (60, [0, 0, 0])])
def test_numbers_of_events_that_would_meet_on_a_phone_stand_one_above_the_other(days: int, raised: list[int]) -> None:
    at = [pd.Timestamp("2025-01-01") + pd.Timedelta(days=days * place) for place in (0, 0, 1, 1, 2)]
    given = pd.DataFrame({"number": [10, 11, 12, 13, 14], "started_on": at, "name": "x"})
    numbers = trend.event_marks(given, pd.Timedelta(days=365), False)[1]
    assert [number["text"] for number in numbers] == ["10, 11", "12, 13", "14"]
    assert [number.get("yshift", 0) for number in numbers] == raised
    assert trend.above(numbers) == 18 + max(raised)


def test_the_step_that_changes_nothing_is_not_drawn_on_a_log_axis() -> None:
    rows = pd.DataFrame({"threshold": [0.0, 10.0, 100.0], "labour_saved": [0.0, 5.0, 9.0],
                         "risk_loss": [0.0, 1.0, 9.0], "net": [0.0, 4.0, 0.0]})  # fmt: skip
    fig = policies.threshold_curve(rows, 0.0, 10.0, (10.0, 10.0), "EUR", True)
    assert list(fig.data[0].x) == [10.0, 100.0]
    assert not fig.layout.shapes


def acquisition_rows(name: str) -> pd.DataFrame:
    return pd.DataFrame({"acquisition_channel": [name, "shop"], "contacts_per_year": [4.0, 2.0],
                         "against_all": [1.6, 0.8], "customers": [100.0, 200.0], "low": [3.8, 1.9],
                         "high": [4.2, 2.1], "differs": [True, True]})  # fmt: skip


def kind_rows(name: str) -> pd.DataFrame:
    return pd.DataFrame({"name": [name], "natural_percent": [2.0], "excess_percent": [10.0], "repeat_percent": [12.0],
                         "low_percent": [11.0], "high_percent": [13.0], "hover": [theme.label(name)]})  # fmt: skip


def months(name: str) -> pd.DataFrame:
    days = [datetime(2024, month, 1) for month in range(1, 13)]
    return pd.concat([
        pd.DataFrame({"month": days, "key": key, "label": f"{name} {key}", "contacts": level})
        for key, level in (("a", 12.0), ("b", 2.0), ("c", 2.1))
    ])  # fmt: skip


def events(name: str) -> pd.DataFrame:
    return pd.DataFrame({"number": [1, 2, 3], "name": name,
                         "started_on": pd.to_datetime(["2024-03-01", "2024-03-03", "2024-08-01"])})  # fmt: skip
