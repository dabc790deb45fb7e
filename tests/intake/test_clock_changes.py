"""Clock changes found by the calendar, and clock times turned into UTC the way the engine's own calendar does it."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from analytics.intake.clock_changes import clock_changes, offset_seconds
from tests.intake.workspaces import load, query, workspace


def test_a_year_in_berlin() -> None:
    spring, autumn = clock_changes(ZoneInfo("Europe/Berlin"), 2024, 2024)
    assert (spring.start, spring.end, spring.is_gap) == (datetime(2024, 3, 31, 2), datetime(2024, 3, 31, 3), True)
    assert (autumn.start, autumn.end, autumn.is_gap) == (datetime(2024, 10, 27, 2), datetime(2024, 10, 27, 3), False)
    assert (spring.seconds_before, spring.seconds_after) == (3600, 7200)


def test_zones_without_changes() -> None:
    assert clock_changes(ZoneInfo("Asia/Kolkata"), 2020, 2024) == []
    assert offset_seconds(ZoneInfo("Asia/Kolkata"), 2020) == 19_800


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo"]
)
def test_typed_times_become_the_same_utc_as_by_the_engines_calendar(tmp_path: Path, zone: str) -> None:
    path = tmp_path / "times.parquet"
    duckdb.sql(f"""copy (select timestamp '2017-01-01' + to_minutes((range * 13)::int) as at, 'phone' as channel,
                   'Bill' as reason from range(0, 100000)) to '{path}'""")  # fmt: skip
    made = workspace(tmp_path, path.read_bytes(), name="calls.parquet", zone=zone, columns="")
    load(made)
    with duckdb.connect(str(made.result_path), read_only=True) as connection:
        differing = connection.execute(
            "select count(*) from contacts where started_at <> timezone('UTC', timezone($1, local_at))", [zone]
        ).fetchall()
    assert differing == [(0,)]
    assert query(made, "select count(*) from contacts") == [(100_000,)]
