"""What would change with a longer handle time: only what the data associates, refused where it cannot be told."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from analytics.engine import Reader
from analytics.errors import CannotTellError, QueryError
from analytics.questions.handle_time import HandleTime, handle_repeats, handle_time, net_curve, relaxed
from analytics.questions.selection import Selection
from analytics.statistics.estimate import Estimate
from tests.questions.cubes import JAN, MAR, reader_of
from tests.questions.world import world

QUARTER = Selection(JAN, MAR)
FOUND = HandleTime(600.0, Estimate(0.2, 0.19, 0.21, 1000, ""), Estimate(-0.1, -0.14, -0.06, 1000, ""), 1000)


def test_groups_and_channels_stay_apart(tmp_path: Path) -> None:
    cell = {"reason": "billing", "contacts": 2, "has_repeat": 1, "handle_seconds": 400, "log_sum": 10.3,
            "log_squares": 53.7, "log_repeats": 4.6}  # fmt: skip
    rows = [cell | {"channel": channel, "replicate_group": group} for channel in ("chat", "phone") for group in (0, 1)]
    found = handle_repeats(reader_of(tmp_path, handle_repeats=rows))
    assert len(found) == 4
    assert found.iloc[0, 3:].tolist() == [2, 1, 400, 10.3, 53.7, 4.6]


def test_of_the_world_mean_rate_and_slope_are_read_whatever_the_filter() -> None:
    reader = world()
    found = handle_time(reader, QUARTER)
    assert found == handle_time(reader, Selection(JAN, JAN, segments=("B2B",)))
    assert 0.1 < found.repeat_rate.value < 0.3
    assert found.slope.covers(0.0), "handle times are drawn whatever comes after"
    one = handle_time(reader, QUARTER, "billing error")
    assert one.contacts < found.contacts
    assert one.mean_seconds == pytest.approx(9 * 60 * 1.13, rel=0.1)


def test_the_verdict_needs_the_whole_interval_on_one_side() -> None:
    assert relaxed(FOUND, 10).verdict == "misses"
    assert relaxed(FOUND, 10).fall.low < relaxed(FOUND, 10).fall.value < relaxed(FOUND, 10).fall.high
    assert relaxed(FOUND, 10).net.low < relaxed(FOUND, 10).net.value < relaxed(FOUND, 10).net.high
    steep = replace(FOUND, slope=Estimate(-0.9, -0.95, -0.85, 1000, ""))
    assert relaxed(steep, 10).verdict == "reaches"
    assert relaxed(steep, 10).net.high < 0
    assert relaxed(replace(FOUND, slope=Estimate(0.1, 0.05, 0.15, 1000, "")), 10).verdict == "longer"
    assert relaxed(replace(FOUND, slope=Estimate(-0.5, -1.5, 0.5, 1000, "")), 10).verdict == "unclear"
    assert relaxed(replace(FOUND, slope=Estimate(None, None, None, 0, "", "cannot", "no")), 10).verdict == "unclear"


def test_the_curve_crosses_zero_at_the_break_even() -> None:
    rows = net_curve(FOUND, 60, 1000.0, 0.8)
    assert rows["net_minutes"].iloc[0] == pytest.approx(100.0)
    assert rows.set_index("fall_percent")["net_minutes"].loc[40.0] == pytest.approx(0.0, abs=1e-9)


def test_too_few_repeats_are_refused_in_words(tmp_path: Path) -> None:
    cell = {"reason": "billing", "contacts": 60, "has_repeat": 29, "handle_seconds": 9_000}
    with pytest.raises(CannotTellError, match="Only 29 of 60 contacts with a handle time came back"):
        handle_time(reader_of(tmp_path, handle_repeats=[cell]), QUARTER)


def test_without_handle_times_that_is_what_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotTellError, match="No contact has a handle time"):
        handle_time(reader_of(tmp_path), QUARTER)


def test_a_result_of_an_older_version_asks_to_be_imported_again(tmp_path: Path) -> None:
    reader_of(tmp_path).close()
    path = tmp_path / "result.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table handle_repeats")
    with pytest.raises(QueryError) as caught:
        handle_repeats(Reader(path))
    assert "import the files again" in caught.value.do
