"""What a mapping makes of good values: each feature of workspace.toml on rows one can count on fingers."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.intake.workspaces import load, query, workspace


def convert(folder: Path, header: str, row: str, column: str, read: str, **options: Any) -> Any:
    """Return one converted value: `column` is the line of the mapping, `read` what to select."""
    made = workspace(
        folder, f"at;channel;reason;{header}\n2024-03-01 10:00;phone;Bill;{row}\n", columns=column, **options
    )
    load(made)
    return query(made, f"select {read} from contacts")[0][0]


@pytest.mark.parametrize(
    ("value", "line", "seconds"),
    [
        ("90", '"x"', 90),
        ("1.5", '{column = "x", unit = "minutes"}', 90),
        ("1,5", '{column = "x", unit = "minutes", decimal_comma = true}', 90),
        ("1.234,0", '{column = "x", decimal_comma = true}', 1234),
        ("1,234", '"x"', 1234),
        ("0:01:30", '{column = "x", unit = "hh:mm:ss"}', 90),
        ("1:30", '"x"', 90),
        ("2", '{column = "x", unit = "hours"}', 7200),
        ("?", '{column = "x", null = ["?"]}', None),
    ],
)
def test_durations(tmp_path: Path, value: str, line: str, seconds: float | None) -> None:
    assert convert(tmp_path, "x", value, f"handle_seconds = {line}", "handle_seconds") == seconds


@pytest.mark.parametrize(("row", "total"), [("5;7", 12), ("5;", 5), (";", None), ("-5;7", None)])
def test_sums(tmp_path: Path, row: str, total: float | None) -> None:
    assert convert(tmp_path, "x;y", row, 'wait_seconds = {sum = ["x", "y"]}', "wait_seconds") == total


@pytest.mark.parametrize(
    ("value", "line", "flag"),
    [
        ("Yes", '"x"', True),
        ("0", '"x"', False),
        ("Closed", '{column = "x", yes = ["closed"], no = ["open"]}', True),
        ("OPEN", '{column = "x", yes = ["closed"], no = ["open"]}', False),
        ("", '"x"', None),
    ],
)
def test_flags(tmp_path: Path, value: str, line: str, flag: bool | None) -> None:
    assert convert(tmp_path, "x", value, f"resolved = {line}", "resolved") is flag


@pytest.mark.parametrize(
    ("value", "line", "cost"),
    [("€ 1,234.50", '"x"', 1234.5), ("12,50 EUR", '{column = "x", decimal_comma = true}', 12.5)],
)
def test_money(tmp_path: Path, value: str, line: str, cost: float) -> None:
    assert float(convert(tmp_path, "x", value, f"cost = {line}", "cost")) == cost


def test_value_map_keeps_other_words(tmp_path: Path) -> None:
    line = 'product = {column = "x", values = {"A" = "Alpha"}}'
    assert convert(tmp_path, "x", "A", line, "product::varchar") == "Alpha"
    assert convert(tmp_path, "x", " B ", line, "product::varchar") == "B"


def test_default_and_constant(tmp_path: Path) -> None:
    assert convert(tmp_path, "x", "", 'product = {column = "x", default = "None"}', "product::varchar") == "None"
    assert convert(tmp_path, "x", "", 'segment = {constant = "B2C"}', "segment::varchar") == "B2C"


def test_reason_from_several_columns_skips_the_empty_ones(tmp_path: Path) -> None:
    assert convert(tmp_path, "x;y;z", "A;;C", 'team = ["x", "y", "z"]', "team::varchar") == "A · C"


def test_customer_ids_are_hashed_with_the_salt(tmp_path: Path) -> None:
    found = convert(tmp_path, "x", "K1", 'customer_id = "x"', "customer")
    salt = (tmp_path / ".salt").read_text().strip()
    assert found == int(hashlib.sha256(f"{salt}K1".encode()).hexdigest()[:16], 16)
    assert b"K1" not in (tmp_path / "result.duckdb").read_bytes()


@pytest.mark.parametrize(
    ("started_at", "head", "value", "utc"),
    [
        ('{date = "d", time = "t", format = "%y%m%d %H:%M:%S"}', "d;t", "240701;9:05:06", "2024-07-01 07:05:06"),
        ('{date = "d", time = "t"}', "d;t", "2024-07-01 00:00:00;9:05", "2024-07-01 07:05:00"),
        ('"d"', "d", "2024-07-01T09:05:00+05:00", "2024-07-01 04:05:00"),
        ('"d"', "d", "1.7.2024 9:05", "2024-07-01 07:05:00"),
        ('{column = "d", day_first = false}', "d", "7/1/2024 9:05 PM", "2024-07-01 19:05:00"),
        ('{column = "d", format = "epoch"}', "d", "1719817500", "2024-07-01 07:05:00"),
        ('{column = "d", timezone = "America/New_York"}', "d", "2024-07-01 09:05", "2024-07-01 13:05:00"),
        ('{day = "d", month = 7, year = 2024}', "d", "1", "2024-06-30 22:00:00"),
    ],
)
def test_times(tmp_path: Path, started_at: str, head: str, value: str, utc: str) -> None:
    content = f"{head};channel;reason\n{value};phone;Bill\n"
    made = workspace(tmp_path, content, started_at=started_at, columns="", zone="Europe/Berlin")
    load(made)
    assert query(made, "select started_at::varchar from contacts") == [(utc,)]
    assert query(made, "select local_at = timezone('Europe/Berlin', timezone('UTC', started_at)) from contacts") == [
        (True,)
    ]


def test_rules_exclude_and_label(tmp_path: Path) -> None:
    options = (
        'exclude = [{column = "who", values = ["TEST"], why = "test calls"}]\n'
        'label = [{column = "who", values = ["STAFF"], set = {initiated_by = "company"}, '
        'otherwise = {initiated_by = "customer"}}]'
    )
    rows = "".join(f"2024-03-01,phone,Bill,{who}\n" for who in ("TEST", "STAFF", "ANN"))
    made = workspace(tmp_path, "at,channel,reason,who\n" + rows, options=options, columns="")
    report = load(made)
    assert (report.rows("loaded"), report.rows("excluded")) == (2, 1)
    assert query(made, "select initiated_by::varchar from contacts order by 1") == [("company",), ("customer",)]


@pytest.mark.parametrize(
    ("line", "value", "stored"),
    [
        ('effort = {column = "x", scale = [1, 5], high = "easy"}', "5", 1),
        ('effort = {column = "x", scale = [1, 5], high = "hard"}', "5", 7),
        ('effort = {column = "x", scale = [1, 5], high = "hard"}', "6", None),
        ('csat = {column = "x", scale = [0, 10]}', "5", 3),
        ('csat = {column = "x", scale = [1, 5], high = "bad"}', "5", 1),
        ('nps = "x"', "10", 10),
        ('nps = {column = "x", null = ["11"]}', "11", None),
    ],
)
def test_scores(tmp_path: Path, line: str, value: str, stored: float | None) -> None:
    made = workspace(tmp_path, f"x\n{value}\n")
    made.mapping_path.write_text(f'[surveys]\nfiles = ["calls.csv"]\n[surveys.columns]\n{line}\n')
    load(made)
    assert query(made, f"select {line.split(maxsplit=1)[0]} from surveys") == [(stored,)]
