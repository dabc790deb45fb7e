"""The engine: locked down, words for errors, and the newest result even while an old one is open."""

import os
from pathlib import Path

import duckdb
import pytest

from analytics import engine
from analytics.contract import RESULT_FORMAT
from analytics.errors import QueryError, WorkspaceError


def make_result(path: Path, generation: str = "g1", result_format: int = RESULT_FORMAT) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table meta (key varchar, value varchar)")
        rows = [("generation", generation), ("format", str(result_format))]
        connection.executemany("insert into meta values (?, ?)", rows)
    return path


@pytest.fixture
def result(tmp_path: Path) -> Path:
    return make_result(tmp_path / "result.duckdb")


def test_reader_knows_its_generation(result: Path) -> None:
    assert engine.Reader(result).generation == "g1"


def test_a_replaced_result_is_seen_while_the_old_one_is_still_open(result: Path) -> None:
    old = engine.Reader(result)
    make_result(result.with_name("new.duckdb"), "g2").replace(result)
    assert engine.Reader(result).generation == "g2"
    assert old.frame("models/generation").iloc[0, 0] == "g1"


@pytest.mark.parametrize(("large_from", "threads"), [(2**40, 1), (0, 2)])
def test_only_a_large_result_is_read_by_two_threads(
    result: Path, monkeypatch: pytest.MonkeyPatch, large_from: int, threads: int
) -> None:
    monkeypatch.setattr(engine, "_LARGE_BYTES", large_from)
    connection = engine.Reader(result)._connection
    assert connection.execute("select current_setting('threads')").fetchall() == [(threads,)]


def test_opening_leaves_no_file_behind(result: Path) -> None:
    engine.Reader(result)
    assert [path.name for path in result.parent.iterdir()] == ["result.duckdb"]


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/passwd')",
        "copy (select 1) to 'out.csv'",
        "attach 'other.duckdb'",
        "set threads = 4",
        "install httpfs",
        "create table t as select 1",
        "delete from meta",
    ],
)
def test_nothing_but_reading_the_result_is_possible(result: Path, statement: str) -> None:
    reader = engine.Reader(result)
    with pytest.raises(duckdb.Error):
        reader._connection.cursor().execute(statement).fetchall()


def test_words_of_a_fixed_list_are_text_and_what_is_missing_stays_missing(tmp_path: Path) -> None:
    path = make_result(tmp_path / "result.duckdb")
    with duckdb.connect(str(path)) as connection:
        connection.execute("create type kind as enum ('b', 'a')")
        connection.execute("alter table meta add column listed kind")
        connection.execute("update meta set listed = 'a' where key = 'format'")
        coded = connection.execute("select listed from meta order by key").df()
    assert coded["listed"].dtype == "category"
    plain = engine._plain(coded)
    assert plain["listed"].dtype == "str"
    assert plain["listed"].tolist()[0] == "a"
    assert plain["listed"].isna().tolist() == [False, True]
    assert engine._plain(coded.iloc[:0])["listed"].dtype == "str"


def test_linear_algebra_keeps_to_one_thread() -> None:
    assert os.environ["OPENBLAS_NUM_THREADS"]


def test_missing_result_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="python -m analytics import"):
        engine.Reader(tmp_path / "result.duckdb")


def test_result_of_another_version_asks_for_a_new_import(tmp_path: Path) -> None:
    path = make_result(tmp_path / "result.duckdb", result_format=RESULT_FORMAT + 1)
    with pytest.raises(WorkspaceError, match="another version"):
        engine.Reader(path)


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x00" * 5000])
def test_a_damaged_result_is_said_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "result.duckdb"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError):
        engine.Reader(path)


def test_a_failing_question_names_itself(result: Path) -> None:
    with pytest.raises(QueryError, match="models/generation"):
        engine.Reader(result).frame("models/generation", {"surplus": 1})
