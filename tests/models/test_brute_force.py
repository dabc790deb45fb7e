"""The model against plain loops over random contacts: flags (A5), windows, cubes, distinct customers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake import build
from analytics.workspace import WorkspaceInfo
from tests.models.rows import dicts, fill, model, one

START = datetime(2025, 1, 1)
DAY = timedelta(days=1)


def random_contacts(seed: int, size: int, days: int = 70) -> list[dict[str, Any]]:
    """Return contacts of few customers, with equal times, second submissions and every kind that is not eligible."""
    random = Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(size):
        started = START + timedelta(seconds=random.randrange(days * 86400))
        row = {
            "contact_id": f"c{number:05d}",
            "customer": None if random.random() < 0.04 else random.randrange(size // 6 + 1),
            "reason": random.choice(["billing", "delivery", "returns"]),
            "channel": random.choice(["phone", "chat"]),
            "segment": random.choice(["consumer", "business", None]),
            "product": random.choice(["basic", "plus"]),
            "team": random.choice(["north", "south", None]),
            "cause": random.choice(["defect", "policy", "none", None]),
            "handle_seconds": random.choice([None, 60.0, 245.0]),
            "resolved": random.choice([None, True, False]),
            "transfers": random.choice([None, 0, 1, 3]),
            "planned_follow_up": random.random() < 0.04,
            "is_transfer_leg": random.random() < 0.03,
            "initiated_by": random.choice([None, "customer", "customer", "company", "predicted"]),
            "started_at": started,
        }
        kind = random.random()
        if rows and kind < 0.25:
            earlier = random.choice(rows)
            gap = random.choice([0, 60, 119, 120, 121, 7 * 86400, 7 * 86400 + 1, 86400, 30 * 86400])
            row |= {key: earlier[key] for key in ("customer", "reason")}
            row["started_at"] = earlier["started_at"] + timedelta(seconds=gap)
        rows.append({**row, "local_at": row["started_at"]})
    return rows


def place_by_loop(rows: list[dict[str, Any]], window: timedelta) -> dict[str, dict[str, Any]]:
    """Return flags by contact id, contact after contact, as METHODS a says them."""
    flags: dict[str, dict[str, Any]] = {row["contact_id"]: _outside() for row in rows}
    last: dict[tuple[Any, Any], dict[str, Any]] = {}
    kept: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["started_at"], row["contact_id"])):
        if _refused(row):
            continue
        key, flag = (row["customer"], row["reason"]), flags[row["contact_id"]]
        before, previous = last.get(key), kept.get(key)
        last[key] = row
        if (
            before
            and before["channel"] == row["channel"]
            and row["started_at"] - before["started_at"] < timedelta(minutes=2)
        ):
            flag["is_duplicate_submission"] = True
            continue
        kept[key] = row
        repeat = previous is not None and row["started_at"] - previous["started_at"] <= window
        root = flags[previous["contact_id"]]["root_cause"] if previous and repeat else row["cause"] or "unknown"
        flag |= {"is_eligible": True, "is_repeat": repeat, "starts_issue": not repeat, "root_cause": root}
        if previous:
            flag["gap_prev_days"] = flags[previous["contact_id"]]["gap_next_days"] = _days_up(row, previous)
            flags[previous["contact_id"]]["has_repeat"] = repeat
    return flags


def _outside() -> dict[str, Any]:
    return {
        "is_eligible": False, "is_duplicate_submission": False, "is_repeat": False, "has_repeat": False,
        "starts_issue": False, "gap_prev_days": None, "gap_next_days": None,
    }  # fmt: skip


def _refused(row: dict[str, Any]) -> bool:
    return (
        row["customer"] is None
        or row["planned_follow_up"]
        or row["is_transfer_leg"]
        or row["initiated_by"] == "company"
    )


def _days_up(row: dict[str, Any], previous: dict[str, Any]) -> int:
    return max(1, -((previous["started_at"] - row["started_at"]) // DAY))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return random_contacts(seed=7, size=4000)


@pytest.fixture(scope="module")
def built(rows: list[dict[str, Any]]) -> Iterator[duckdb.DuckDBPyConnection]:
    with model(rows) as connection:
        yield connection


def test_flags_of_4000_random_contacts_equal_the_loop_a5(
    rows: list[dict[str, Any]], built: duckdb.DuckDBPyConnection
) -> None:
    expected = place_by_loop(rows, 7 * DAY)
    assert sum(flag["is_duplicate_submission"] for flag in expected.values()) > 20
    assert sum(flag["is_repeat"] for flag in expected.values()) > 400
    found = {row["contact_id"]: row for row in dicts(built, "select * from contacts")}
    for contact_id, flag in expected.items():
        assert {name: found[contact_id][name] for name in flag} == flag, contact_id


def test_shuffled_input_changes_nothing(rows: list[dict[str, Any]], built: duckdb.DuckDBPyConnection) -> None:
    shuffled = rows.copy()
    Random(1).shuffle(shuffled)
    other = model(shuffled)
    columns = "* exclude (source_line)"
    query = f"select {columns} from contacts order by contact_id"
    assert dicts(built, query) == dicts(other, query)
    for cube in ("demand", "groups_cause", "windows_reason", "windows_team", "daily", "switches", "customer_months"):
        query = f"select * from {cube} order by all"
        assert dicts(built, query) == dicts(other, query), cube


def test_built_in_parts_of_the_customers_it_is_the_same(
    rows: list[dict[str, Any]], built: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PART_ROWS", 700)
    query = "from contacts order by file_no, source_line"
    assert dicts(model(rows), query) == dicts(built, query)


def test_what_lacks_memory_is_not_called_a_wrong_mapping(rows: list[dict[str, Any]]) -> None:
    connection = duckdb.connect()
    fill(connection, "typed_contacts", "contacts", rows)
    connection.execute("set memory_limit = '1MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        build.build_model(connection, WorkspaceInfo("test"), lambda _label, _share: None)


@pytest.mark.parametrize("dimension", ["reason", "channel", "team"])
def test_difference_arrays_equal_direct_counts_for_all_30_windows(
    built: duckdb.DuckDBPyConnection, dimension: str
) -> None:
    measures = ["mature", "observed", "has_repeat", "is_repeat", "repeat_seconds", "issues", "single"]
    sums = ", ".join(f"coalesce(sum(d_{name}) filter (where window_days <= w), 0) as {name}" for name in measures)
    cells = f"segment, {dimension} as dimension, month"
    from_cube = dicts(
        built, f"select {cells}, w, {sums} from windows_{dimension}, range(1, 31) t(w) group by all order by all"
    )
    direct = dicts(
        built,
        f"""with timed as (
            select *, coalesce(handle_seconds, 0) as seconds,
                lag(started_at) over issue as previous_at, lead(started_at) over issue as next_at,
                (select min(local_at)::date::timestamp from contacts) as data_start,
                (select max(local_at)::date::timestamp + interval 1 day from contacts) as data_end
            from contacts where is_eligible
            window issue as (partition by customer, reason order by started_at, contact_id)
        ), flagged as (
            select *, started_at + to_days(w::int) <= data_end as mature,
                started_at - to_days(w::int) >= data_start as seen,
                coalesce(next_at - started_at <= to_days(w::int), false) as again,
                coalesce(started_at - previous_at <= to_days(w::int), false) as repeats
            from timed, range(1, 31) t(w)
        )
        select {cells}, w, count(*) filter (where mature) as mature, count(*) filter (where seen) as observed,
            count(*) filter (where mature and again) as has_repeat,
            count(*) filter (where seen and repeats) as is_repeat,
            coalesce(sum(seconds) filter (where seen and repeats), 0) as repeat_seconds,
            count(*) filter (where mature and not repeats) as issues,
            count(*) filter (where mature and not repeats and not again) as single
        from flagged group by all order by all""",
    )
    assert len(direct) > 500
    keyed = {(row["segment"], row["dimension"], row["month"], row["w"]): row for row in from_cube}
    for row in direct:
        key = (row["segment"], row["dimension"], row["month"], row["w"])
        if any(row[name] for name in measures):
            assert keyed.pop(key) == row


def test_groups_hold_the_locked_window_of_the_windows_cube(built: duckdb.DuckDBPyConnection) -> None:
    groups = one(
        built,
        """select sum(eligible_mature) as mature, sum(eligible_observed) as observed, sum(has_repeat) as has_repeat,
            sum(is_repeat) as is_repeat, sum(issues) as issues, sum(single_issues) as single from groups_total""",
    )
    windows = one(
        built,
        """select sum(d_mature) as mature, sum(d_observed) as observed, sum(d_has_repeat) as has_repeat,
            sum(d_is_repeat) as is_repeat, sum(d_issues) as issues, sum(d_single) as single
        from windows_reason where window_days <= 7""",
    )
    assert groups == windows


def test_distinct_customers_are_exact_for_any_months_segment_and_product(
    rows: list[dict[str, Any]], built: duckdb.DuckDBPyConnection
) -> None:
    months = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)]
    for first in range(4):
        for last in range(first, 4):
            for segment in ("consumer", "not given"):
                mask = sum(1 << month for month in range(first, last + 1))
                expected = {
                    row["customer"]
                    for row in rows
                    if row["customer"] is not None
                    and months[first] <= row["started_at"].date().replace(day=1) <= months[last]
                    and (row["segment"] or "not given") == segment
                    and row["product"] == "basic"
                }
                for table in ("customer_reasons", "customer_months"):
                    found = one(
                        built,
                        f"""select count(distinct customer_number) as plain,
                            coalesce(bit_count(bitstring_agg(customer_number, 0, 100000)), 0) as bits
                        from {table} where months & $mask::ubigint <> 0 and block = 0
                            and segment = $segment and product = 'basic'""",
                        {"mask": mask, "segment": segment},
                    )
                    assert found == {"plain": len(expected), "bits": len(expected)}


CUBES_OF_ALL_CONTACTS = (
    "demand",
    "demand_reason_channel",
    "demand_reason_cause",
    "groups_cause",
    "groups_reason",
    "daily",
)


def test_cubes_sum_to_contacts_for_any_filter(built: duckdb.DuckDBPyConnection) -> None:
    contacts = _cells(built, "contacts", "month", "1")
    cubes = {
        cube: _cells(built, cube, "date_trunc('month', day)::date" if cube == "daily" else "month", "contacts")
        for cube in CUBES_OF_ALL_CONTACTS
    }

    @settings(max_examples=25)
    @given(
        months=st.sets(st.sampled_from([date(2025, month, 1) for month in range(1, 6)])),
        segments=st.sets(st.sampled_from(["consumer", "business", "not given"]), min_size=1),
        products=st.sets(st.sampled_from(["basic", "plus"]), min_size=1),
    )
    def sums_agree(months: set[date], segments: set[str], products: set[str]) -> None:
        expected = _summed(contacts, months, segments, products)
        for cube, cells in cubes.items():
            assert _summed(cells, months, segments, products) == expected, cube

    sums_agree()


def _cells(connection: duckdb.DuckDBPyConnection, table: str, month: str, contacts: str) -> list[tuple[Any, ...]]:
    query = f"select {month}, segment, product, {contacts}, coalesce(handle_seconds, 0) from {table}"
    return connection.execute(query).fetchall()


def _summed(cells: list[tuple[Any, ...]], months: set[date], segments: set[str], products: set[str]) -> tuple[int, int]:
    chosen = [cell for cell in cells if cell[0] in months and cell[1] in segments and cell[2] in products]
    return sum(cell[3] for cell in chosen), sum(cell[4] for cell in chosen)
