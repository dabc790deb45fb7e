"""Files and mappings made to break the import: each ends in words that say where and what to do."""

import gzip
import os
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

from analytics.errors import MappingError, SourceError
from analytics.workspace import Workspace
from tests.intake.workspaces import HEADER, ROWS, WITH_ID, load, problems, query, workspace


def test_a_workbook_damaged_inside(tmp_path: Path) -> None:
    header: list[object] = ["id", "at", "channel", "reason", "seconds"]
    book = openpyxl.Workbook()
    book.active.title = "May"
    for row in (header, [1, "2024-05-01", "phone", "Bill", 5]):
        book.active.append(row)
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as broken:
        for name in whole.namelist():
            broken.writestr(name, b"<broken" if "sheet1" in name else whole.read(name))
    with pytest.raises(SourceError, match=r"calls\.xlsx: .*its sheet “May” is damaged inside\. Save it again"):
        load(workspace(tmp_path, (tmp_path / "broken.xlsx").read_bytes(), name="calls.xlsx"))


@pytest.mark.parametrize("listed", [False, True])
def test_half_a_character_in_json_is_rejected(tmp_path: Path, listed: bool) -> None:
    rows = [
        f'{{"id": {number}, "at": "2024-03-01", "channel": "phone", "reason": "{reason}", "seconds": 5}}'
        for number, reason in enumerate(["\\ud800", "\\ud83d\\ude00"], 1)
    ]
    content = f"[{','.join(rows)}]" if listed else "\n".join(rows)
    made = workspace(tmp_path, content, name="calls.jsonl")
    (line, _, reason), *rest = problems(load(made))
    assert (line, rest) == (1, [])
    assert "stands for half of a character" in reason
    assert query(made, "select reason::varchar from contacts") == [("\N{GRINNING FACE}",)]


def _parquet(folder: Path, select: str) -> Workspace:
    path = folder / "made.parquet"
    duckdb.sql(f"copy ({select}) to '{path}'")
    return workspace(folder, path.read_bytes(), name="calls.parquet", columns=WITH_ID)


def test_parquet_lists_and_records_are_refused_by_column(tmp_path: Path) -> None:
    made = _parquet(tmp_path, """select 1 as id, date '2024-03-01' as at, ['phone'] as channel, 'Bill' as reason,
                                 5 as "seconds", {'a': 1} as unused""")  # fmt: skip
    with pytest.raises(SourceError, match=r"calls\.parquet: The column “channel” holds varchar\[\]"):
        load(made)


def test_parquet_types_without_a_counterpart_are_read_as_text(tmp_path: Path) -> None:
    made = _parquet(tmp_path, """select uuid '00000000-0000-0000-0000-000000000007' as id, date '2024-03-01' as at,
                                 'phone'::enum('phone', 'chat') as channel, 'Bill'::blob as reason,
                                 18446744073709551615::uint64 as "seconds" """)  # fmt: skip
    assert problems(load(made), "emptied")[0][:2] == (1, "seconds")
    found = query(made, "select contact_id, channel::varchar, reason::varchar from contacts")
    assert found == [("00000000-0000-0000-0000-000000000007", "phone", "Bill")]


def test_parquet_times_without_end_are_rejected(tmp_path: Path) -> None:
    times = "['infinity', '-infinity', '290000-01-01', '0044-03-15 (BC)', '2024-03-01']"
    made = _parquet(tmp_path, f"""select 1 as id, unnest({times})::timestamp as at, 'phone' as channel,
                                  'Bill' as reason, 'nan'::double as "seconds" """)  # fmt: skip
    report = load(made)
    assert report.rows("loaded") == 1
    assert all(" lies " in reason for _, _, reason in problems(report))
    assert problems(report, "emptied") == [(5, "seconds", "“None” is not a number; the value is left empty")]


def test_a_missing_file_offers_files_of_the_user_only(tmp_path: Path) -> None:
    made = workspace(tmp_path, files="cals.csv")
    with pytest.raises(MappingError, match=r"No file matches “cals\.csv”.*Did you mean “calls\.csv”\?$"):
        load(made)
    (tmp_path / "calls.csv").unlink()
    with pytest.raises(MappingError, match=r"Copy the file into the folder\.$"):
        load(made)


@pytest.mark.parametrize(("make", "why"), [("mkdir", "a folder"), ("link", "a link that leads nowhere")])
def test_what_is_no_file_is_said(tmp_path: Path, make: str, why: str) -> None:
    made = workspace(tmp_path)
    (tmp_path / "calls.csv").unlink()
    place = tmp_path / "calls.csv"
    place.mkdir() if make == "mkdir" else place.symlink_to("nowhere.csv")
    with pytest.raises(MappingError, match=f"That is {why}"):
        load(made)


def test_a_wide_pattern_leaves_hidden_and_own_files_alone(tmp_path: Path) -> None:
    made = workspace(tmp_path, files="**/*")
    (tmp_path / "._calls.csv").write_bytes(b"\x00\x05\x16\x07")
    assert load(made).rows("loaded") == 3
    assert load(made).rows("loaded") == 3


def test_a_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    made = workspace(tmp_path, files="*.csv")
    (tmp_path / "calls.csv").rename(tmp_path / os.fsdecode(b"ca\xffls.csv"))
    with pytest.raises(SourceError, match=r"The name of this file is not UTF-8\. Rename the file\."):
        load(made)


def test_a_pattern_longer_than_any_name(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="is not a file pattern"):
        load(workspace(tmp_path, files="a" * 5000, name="calls.csv"))


def test_a_quote_as_delimiter(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="neither a quote nor a line end"):
        load(workspace(tmp_path, options="delimiter = '\"'"))


def test_a_date_format_with_an_unknown_mark(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"started_at: “%Q” in `format` stands for no part of a date"):
        load(workspace(tmp_path, started_at='{column = "at", format = "%Q %d"}'))


def test_numbers_a_spreadsheet_keeps_for_dates_and_decimal_commas_are_named(tmp_path: Path) -> None:
    content = HEADER + '1,45352.5,phone,Bill,1\n2,2024-03-01,phone,Bill,"5,5"\n'
    report = load(workspace(tmp_path, content))
    assert "spreadsheet's day number" in problems(report)[0][2]
    assert "set decimal_comma = true" in problems(report, "emptied")[0][2]


def test_the_mapping_may_begin_with_a_mark_and_its_encoding_is_checked(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    plain = made.mapping_path.read_bytes()
    made.mapping_path.write_bytes(b"\xef\xbb\xbf" + plain)
    assert load(made).rows("loaded") == 3
    made.mapping_path.write_bytes(plain + b"# caf\xe9\n")
    with pytest.raises(MappingError, match=r"workspace\.toml, line \d+: byte 0xE9 is not UTF-8"):
        load(made)


def test_a_file_compressed_twice(tmp_path: Path) -> None:
    twice = gzip.compress(gzip.compress((HEADER + ROWS).encode()))
    with pytest.raises(SourceError, match=r"calls\.csv\.gz: The file is compressed twice\. Unpack it once"):
        load(workspace(tmp_path, twice, name="calls.csv.gz"))
    assert load(workspace(tmp_path, gzip.compress((HEADER + ROWS).encode()), name="calls.csv.gz")).rows("loaded") == 3
