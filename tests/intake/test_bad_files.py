"""Files that are not what they should be."""

import gzip
from pathlib import Path

import duckdb
import openpyxl
import pytest

from analytics.errors import MappingError, SourceError
from tests.intake.workspaces import HEADER, ROWS, load, problems, query, workspace


def test_empty_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"calls\.csv: The file is empty"):
        load(workspace(tmp_path, ""))


def test_header_only(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"calls\.csv: The file has a header but no rows"):
        load(workspace(tmp_path, HEADER))


def test_missing_required_column_offers_the_nearest(tmp_path: Path) -> None:
    content = (HEADER + ROWS).replace("channel,", "chanel,")
    with pytest.raises(MappingError, match=r"“calls\.csv” has no column “channel”\. Did you mean “chanel”\?"):
        load(workspace(tmp_path, content))


@pytest.mark.parametrize(
    ("row", "word"), [("4,2024-03-01,phone", "too few"), ("4,2024-03-01,phone,Bill,1,2", "too many")]
)
def test_ragged_rows_are_rejected(tmp_path: Path, row: str, word: str) -> None:
    report = load(workspace(tmp_path, HEADER + ROWS + row + "\n5,2024-03-05,chat,Bill,3\n"))
    (line, column, reason), *_ = problems(report)
    assert (line, column) == (5, {"too few": "channel", "too many": "seconds"}[word])
    assert reason.startswith(f"{word} columns")
    assert report.rows("loaded") == 4


def test_wrong_encoding_is_rejected_by_line_with_what_to_do(tmp_path: Path) -> None:
    content = (HEADER + ROWS + "4,2024-03-01,phone,Caf\xe9,1\n").encode("cp1252")
    report = load(workspace(tmp_path, content))
    (line, column, reason), *_ = problems(report)
    assert (line, column) == (5, "reason")
    assert "byte 0xE9 at character 23 is not UTF-8" in reason
    assert 'encoding = "cp1252"' in reason


def test_declared_encoding_is_read(tmp_path: Path) -> None:
    content = (HEADER + ROWS + "4,2024-03-01,phone,Caf\xe9 \u20ac,1\n").encode("cp1252")
    made = workspace(tmp_path, content, options='encoding = "cp1252"')
    assert load(made).rows("loaded") == 4
    assert query(made, "select count(*) from contacts where reason = 'Café €'") == [(1,)]


@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_byte_order_marks_and_unannounced_wide_text(tmp_path: Path, encoding: str) -> None:
    made = workspace(tmp_path, (HEADER + ROWS).encode(encoding))
    assert load(made).rows("loaded") == 3
    assert query(made, "select contact_id from contacts order by 1") == [("1",), ("2",), ("3",)]


def test_nul_bytes_are_rejected(tmp_path: Path) -> None:
    report = load(workspace(tmp_path, HEADER + ROWS + "4,2024-03-01,phone,B\x00ill,1\n"))
    assert problems(report) == [(5, "reason", "the value holds a NUL byte")]


def test_a_file_of_nuls(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"calls\.csv"):
        load(workspace(tmp_path, b"\x00" * 5000))


def test_one_megabyte_field_is_rejected_with_its_column(tmp_path: Path) -> None:
    report = load(
        workspace(tmp_path, HEADER + ROWS + f"4,2024-03-01,phone,{'x' * (1 << 20)},1\n5,2024-03-01,chat,Bill,2\n")
    )
    assert problems(report) == [(5, "reason", "the line is longer than 1,000,000 bytes")]
    assert report.rows("loaded") == 4


def test_unclosed_quote_costs_one_line(tmp_path: Path) -> None:
    rows = [f"{number},2024-03-01 10:00,phone,Bill,60" for number in range(3000)]
    rows[49] = '49,2024-03-01 10:00,phone,"Bill,60'
    report = load(workspace(tmp_path, HEADER + "\n".join(rows) + "\n"))
    assert problems(report) == [(51, "reason", "a quote is opened and never closed")]
    assert report.rows("loaded") == 2999


def test_newlines_inside_quotes_are_kept_and_lines_counted(tmp_path: Path) -> None:
    content = HEADER + '1,2024-03-01,phone,"Bill\nlate",60\n2,never,chat,Move,30\n'
    made = workspace(tmp_path, content)
    assert problems(load(made)) == [(4, "at", "“never” is not a date")]
    assert query(made, "select reason::varchar from contacts") == [("Bill\nlate",)]


def test_mixed_line_ends_are_read(tmp_path: Path) -> None:
    content = HEADER + "1,2024-03-01,phone,Bill,60\r\n2,2024-03-01,chat,Bill,60\n3,never,chat,Bill,60\r\n"
    report = load(workspace(tmp_path, content))
    assert report.rows("loaded") == 2
    assert problems(report) == [(4, "at", "“never” is not a date")]


def test_blank_lines_keep_line_numbers_right(tmp_path: Path) -> None:
    report = load(workspace(tmp_path, HEADER + "\n1,2024-03-01,phone,Bill,60\n\n\n2,never,chat,Move,30\n"))
    assert problems(report) == [(6, "at", "“never” is not a date")]


def test_files_with_another_column_order_are_read_by_name(tmp_path: Path) -> None:
    made = workspace(tmp_path, name="calls_1.csv", files="calls_*.csv")
    (tmp_path / "calls_2.csv").write_text("reason,channel,id,at,seconds\nMove,email,9,2024-03-09,7\n")
    load(made)
    found = query(made, "select reason::varchar, channel::varchar, handle_seconds from contacts where contact_id = '9'")
    assert found == [("Move", "email", 7.0)]


def test_an_optional_column_missing_in_one_file_stays_empty_there(tmp_path: Path) -> None:
    made = workspace(tmp_path, name="calls_1.csv", files="calls_*.csv")
    (tmp_path / "calls_2.csv").write_text("id,at,channel,reason\n9,2024-03-09,chat,Move\n")
    load(made)
    assert query(made, "select count(*), count(handle_seconds) from contacts") == [(4, 3)]


def test_cut_gzip(tmp_path: Path) -> None:
    packed = gzip.compress((HEADER + ROWS * 500).encode())
    with pytest.raises(SourceError, match=r"calls\.csv\.gz: The compressed file is cut off or damaged"):
        load(workspace(tmp_path, packed[: len(packed) // 2], name="calls.csv.gz"))


def test_gzip_is_read(tmp_path: Path) -> None:
    assert load(workspace(tmp_path, gzip.compress((HEADER + ROWS).encode()), name="calls.csv.gz")).rows("loaded") == 3


def test_broken_parquet(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"calls\.parquet: This is not a readable Parquet file"):
        load(workspace(tmp_path, b"PAR1 and then nothing", name="calls.parquet"))


def test_xlsx_that_is_no_zip(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"calls\.xlsx: This is not a readable Excel file: it is no zip archive"):
        load(workspace(tmp_path, "id;at", name="calls.xlsx"))


def _book(path: Path, sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path.read_bytes()


def test_excel_sheets(tmp_path: Path) -> None:
    header: list[object] = ["id", "at", "channel", "reason", "seconds"]
    sheets = {
        "May": [header, [1, "2024-05-01", "phone", "Bill", 5]],
        "June": [header, [2, "2024-06-01", "chat", "Bill", 5.5]],
    }
    raw = _book(tmp_path / "book.xlsx", sheets)
    with pytest.raises(SourceError, match=r"2 sheets with rows: “May”, “June”.*sheet = "):
        load(workspace(tmp_path, raw, name="calls.xlsx"))
    made = workspace(tmp_path, raw, name="calls.xlsx", options='sheet = "*"')
    assert load(made).rows("loaded") == 2
    assert query(made, "select contact_id from contacts order by 1") == [("1",), ("2",)]
    with pytest.raises(SourceError, match=r"no sheet “Mai”\. Did you mean “May”"):
        load(workspace(tmp_path, raw, name="calls.xlsx", options='sheet = "Mai"'))


def test_json_lines(tmp_path: Path) -> None:
    good = '{"id": 1, "at": "2024-03-01T10:00:00Z", "channel": "phone", "reason": "Bill", "seconds": 5}\n'
    made = workspace(tmp_path, good + '{"id": 2, broken\n[1]\n' + good.replace("1,", "2,"), name="calls.jsonl")
    report = load(made)
    assert [(line, reason[:16]) for line, _, reason in problems(report)] == [
        (2, "this is not JSON"),
        (3, "the line is not "),
    ]
    assert query(made, "select started_at::varchar from contacts limit 1") == [("2024-03-01 10:00:00",)]


def test_parquet_types_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "typed.parquet"
    duckdb.sql(f"""copy (select 7 as id, timestamp '2024-07-01 10:00' as at, 'phone' as channel, 'Bill' as reason,
                   61 as seconds) to '{path}'""")  # fmt: skip
    made = workspace(tmp_path, path.read_bytes(), name="calls.parquet", zone="Europe/Berlin")
    load(made)
    found = "select contact_id, started_at::varchar, local_at::varchar, handle_seconds from contacts"
    assert query(made, found) == [("7", "2024-07-01 08:00:00", "2024-07-01 10:00:00", 61)]


def test_hostile_names_and_values_are_only_data(tmp_path: Path) -> None:
    hostile = "a'; drop table contacts; --"
    quoted = f'"{hostile}"'
    content = f"id,at,{quoted},reason,seconds\n1,2024-03-01,{quoted},\"$p1 getvariable('p1')\",1\n"
    made = workspace(tmp_path, content)
    toml = made.mapping_path.read_text().replace(
        'channel = "channel"', f'channel = {{column = "{hostile}", values = {{"{hostile}" = "phone"}}}}'
    )
    made.mapping_path.write_text(toml)
    load(made)
    assert query(made, "select channel::varchar, reason::varchar from contacts") == [("phone", "$p1 getvariable('p1')")]
