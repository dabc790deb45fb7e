"""Rows and values that cannot be taken: each is listed with file, line, column and the reason, and nothing is lost."""

from pathlib import Path

import pytest

from analytics.errors import MappingError
from tests.intake.workspaces import HEADER, ROWS, load, problems, query, workspace


def test_clean_file_has_no_problems(tmp_path: Path) -> None:
    report = load(workspace(tmp_path))
    assert report.rows("loaded") == 3
    assert not report.has_problems


def test_unreadable_date_is_rejected(tmp_path: Path) -> None:
    report = load(workspace(tmp_path, HEADER + ROWS + "4,yesterday,phone,Bill,60\n"))
    assert problems(report) == [(5, "at", "“yesterday” is not a date")]
    assert report.rows("loaded") == 3


def test_missing_required_values_are_rejected(tmp_path: Path) -> None:
    report = load(
        workspace(tmp_path, HEADER + ROWS + "4,,phone,Bill,60\n5,2024-03-01,,Bill,1\n6,2024-03-01,chat,NULL,1\n")
    )
    assert problems(report) == [
        (5, "at", "started_at is missing"), (6, "channel", "channel is missing"), (7, "reason", "reason is missing"),
    ]  # fmt: skip


def test_mixed_date_orders_are_refused(tmp_path: Path) -> None:
    content = HEADER + "1,13/01/2024 10:00,phone,Bill,1\n2,01/14/2024 10:00,phone,Bill,1\n"
    with pytest.raises(
        MappingError, match=r"calls\.csv, column at: The column mixes date orders: line 2 has .* line 3 has"
    ):
        load(workspace(tmp_path, content))


def test_ambiguous_date_order_is_asked_for(tmp_path: Path) -> None:
    content = HEADER + "1,03/01/2024 10:00,phone,Bill,1\n2,04/01/2024 10:00,phone,Bill,1\n"
    with pytest.raises(
        MappingError, match=r"calls\.csv, line 2, column at: .*day first or month first.*day_first = true"
    ):
        load(workspace(tmp_path, content))
    made = workspace(tmp_path, content, options="day_first = true")
    load(made)
    assert query(made, "select distinct started_at::date::varchar from contacts order by 1") == [
        ("2024-01-03",), ("2024-01-04",),
    ]  # fmt: skip


def test_declared_order_that_the_file_contradicts_is_refused(tmp_path: Path) -> None:
    content = HEADER + "1,03/01/2024,phone,Bill,1\n2,01/14/2024,phone,Bill,1\n"
    with pytest.raises(
        MappingError, match=r"line 3, column at: The mapping says day first, but “01/14/2024” cannot be"
    ):
        load(workspace(tmp_path, content, options="day_first = true"))


def test_order_is_found_from_one_telling_date(tmp_path: Path) -> None:
    made = workspace(tmp_path, HEADER + "1,03/01/2024,phone,Bill,1\n2,31/01/2024 9:05,phone,Bill,1\n")
    load(made)
    assert query(made, "select started_at::varchar from contacts order by 1") == [
        ("2024-01-03 00:00:00",), ("2024-01-31 09:05:00",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [
        ("-5", "“-5” is negative; the value is left empty"),
        ("90000", "“90000” is longer than 24 hours; the value is left empty"),
        ("soon", "“soon” is not a duration in seconds; the value is left empty"),
        (
            '"1,5"',
            "“1,5” is not a duration in seconds; for decimal commas set decimal_comma = true; the value is left empty",
        ),
    ],
)
def test_absurd_durations_are_emptied_and_the_row_kept(tmp_path: Path, seconds: str, reason: str) -> None:
    made = workspace(tmp_path, HEADER + ROWS + f"4,2024-03-01,phone,Bill,{seconds}\n")
    report = load(made)
    assert problems(report, "emptied") == [(5, "seconds", reason)]
    assert report.rows("loaded") == 4
    assert query(made, "select count(*), count(handle_seconds) from contacts") == [(4, 3)]
    assert query(made, "select column_name, outcome, row_count from emptied_counts") == [
        ("handle_seconds", "emptied", 1)
    ]


def test_future_and_ancient_starts_are_rejected_and_future_ends_emptied(tmp_path: Path) -> None:
    rows = "2999-01-01,2999-01-02,phone,Bill\n0024-01-01,,phone,Bill\n2024-01-01,2999-01-01,chat,Bill\n"
    content = "at,end,channel,reason\n" + rows
    report = load(workspace(tmp_path, content, columns='closed_at = "end"'))
    assert problems(report) == [
        (2, "at", "“2999-01-01” lies in the future"), (3, "at", "“0024-01-01” lies before 1970"),
    ]  # fmt: skip
    assert problems(report, "emptied") == [(4, "end", "“2999-01-01” lies in the future; the value is left empty")]


def test_end_before_start_is_emptied(tmp_path: Path) -> None:
    content = "at,end,channel,reason\n2024-01-02 10:00,2024-01-02 09:00,phone,Bill\n"
    report = load(workspace(tmp_path, content, columns='closed_at = "end"'))
    assert problems(report, "emptied")[0][2].endswith("lies before the start; the value is left empty")


def test_identical_duplicates_are_superseded(tmp_path: Path) -> None:
    report = load(workspace(tmp_path, HEADER + ROWS + "2,2024-03-02 11:00,chat,Move,30\n"))
    assert (report.rows("loaded"), report.rows("superseded"), report.rows("rejected")) == (3, 1, 0)
    assert problems(report, "superseded") == [(5, "id", "the same row as line 3")]


def test_differing_duplicates_are_rejected_naming_both_lines(tmp_path: Path) -> None:
    report = load(workspace(tmp_path, HEADER + ROWS + "2,2024-03-02 11:00,email,Move,30\n"))
    assert (report.rows("loaded"), report.rows("superseded"), report.rows("rejected")) == (3, 0, 1)
    (line, column, reason), *_ = problems(report)
    assert {line, int(reason.split("line ")[1].split()[0])} == {3, 5}
    assert column == "id"


def test_duplicates_across_files_name_the_other_file(tmp_path: Path) -> None:
    made = workspace(tmp_path, name="calls_1.csv", files="calls_*.csv")
    (tmp_path / "calls_2.csv").write_text("channel,id,reason,seconds,at\nchat,2,Move,30,2024-03-02 11:00\n")
    report = load(made)
    assert problems(report, "superseded") == [(2, "id", "the same row as calls_1.csv, line 3")]


def test_clock_changes_are_flagged_and_kept(tmp_path: Path) -> None:
    content = (
        HEADER + "1,2024-03-31 02:30,phone,Bill,1\n2,2024-10-27 02:30,phone,Bill,1\n3,2024-06-01 02:30,phone,Bill,1\n"
    )
    report = load(workspace(tmp_path, content, zone="Europe/Berlin"))
    assert [(line, reason.split(":")[0]) for line, _, reason in problems(report, "flagged")] == [
        (2, "this clock time does not exist"), (3, "this clock time exists twice"),
    ]  # fmt: skip
    assert report.rows("loaded") == 3


def test_unknown_channel_words_are_kept_and_offered(tmp_path: Path) -> None:
    made = workspace(tmp_path, HEADER + "1,2024-03-01,Fone,Bill,1\n2,2024-03-01,PHONE,Bill,1\n")
    report = load(made)
    (line, column, reason), *_ = problems(report, "flagged")
    assert (line, column) == (2, "channel")
    assert "“Fone” is no channel word" in reason
    assert "Did you mean “phone”" in reason
    assert query(made, "select channel::varchar from contacts order by 1") == [("Fone",), ("phone",)]


def test_unknown_causes_and_flags_are_emptied(tmp_path: Path) -> None:
    content = "at,channel,reason,why,done\n2024-01-01,phone,Bill,defcet,maybe\n2024-01-01,phone,Bill,Policy,yes\n"
    made = workspace(tmp_path, content, columns='cause = "why"\nresolved = "done"')
    report = load(made)
    assert "Did you mean “defect”" in problems(report, "emptied")[1][2]
    assert "neither a yes nor a no" in problems(report, "emptied")[0][2]
    assert query(made, "select cause::varchar from contacts order by 1") == [("policy",), ("unknown",)]
