"""The command line: what it prints, and how it ends."""

import json
from pathlib import Path

from analytics.intake.mapping_parse import parse_mapping
from tests.intake.workspaces import HEADER, ROWS, command, workspace
from tests.shared import shared_path


def test_import_json(tmp_path: Path) -> None:
    workspace(tmp_path)
    done = command("import", tmp_path, "--json")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    expected = {"rows_read": 3, "rows_loaded": 3, "rows_rejected": 0, "rows_superseded": 0, "rows_excluded": 0}
    assert {key: told[key] for key in expected} == expected
    assert told["seconds"] > 0
    assert told["peak_memory_mb"] > 10


def test_import_progress_lines_end_in_the_report(tmp_path: Path) -> None:
    workspace(tmp_path)
    *lines, last = command("import", tmp_path, "--json-progress").stdout.splitlines()
    first = json.loads(lines[0])["progress"]
    assert set(first) == {"stage", "share", "rows", "seconds", "rows_per_second", "seconds_left"}
    assert json.loads(last)["rows_loaded"] == 3


def test_import_with_problems_says_so_and_ends_with_3(tmp_path: Path) -> None:
    workspace(tmp_path, HEADER + ROWS + "4,never,phone,Bill,1\n")
    done = command("import", tmp_path)
    assert done.returncode == 3
    assert "Read 4 rows: 3 loaded, 1 rejected" in done.stdout
    assert "rejected: calls.csv, line 5, column at: “never” is not a date" in done.stdout
    assert command("import", tmp_path, "--allow-problems").returncode == 0


def test_a_failed_import_says_why_and_ends_with_1(tmp_path: Path) -> None:
    workspace(tmp_path, HEADER)
    done = command("import", tmp_path, "--json")
    assert done.returncode == 1
    assert "calls.csv: The file has a header but no rows." in done.stderr
    assert done.stdout == ""


def test_no_workspace(tmp_path: Path) -> None:
    done = command("import", tmp_path / "nowhere")
    assert done.returncode == 1
    assert "There is no workspace.toml" in done.stderr


def test_check(tmp_path: Path) -> None:
    workspace(tmp_path)
    done = command("check", tmp_path)
    assert done.returncode == 0
    assert "The mapping fits the files" in done.stdout
    assert not (tmp_path / "result.duckdb").exists()
    text = (tmp_path / "workspace.toml").read_text().replace('reason = "reason"', 'reason = "resaon"')
    (tmp_path / "workspace.toml").write_text(text)
    done = command("check", tmp_path)
    assert done.returncode == 1
    assert "Did you mean “reason”" in done.stderr


def test_suggest_writes_a_mapping_that_imports(tmp_path: Path) -> None:
    header = "ticket_id,opened_at,channel,category,talk_time\n"
    (tmp_path / "calls.csv").write_text(header + ROWS)
    assert command("suggest", tmp_path / "calls.csv", "--write").returncode == 0
    assert json.loads(command("import", tmp_path, "--json").stdout)["rows_loaded"] == 3
    again = command("suggest", tmp_path / "calls.csv", "--write")
    assert again.returncode != 0


def test_suggestion_for_a_real_update_log() -> None:
    import tomllib

    text = command("suggest", shared_path("datasets/servicenow_incidents_2016/incident_event_log.csv.gz")).stdout
    (group,) = parse_mapping(tomllib.loads(text)).groups
    assert (group.key, group.latest_by, group.null_words) == (("number",), "sys_mod_count", ("?",))
    found = {column.target: column.columns for column in group.columns}
    assert found["started_at"] == ("opened_at",)
    assert found["channel"] == ("contact_type",)
    assert found["reason"] == ("category",)
    assert found["customer_id"] == ("caller_id",)
    assert found["transfers"] == ("reassignment_count",)


def test_suggestions_for_the_other_real_sets() -> None:
    import tomllib

    boston = command("suggest", shared_path("datasets/boston_311_2015/boston_311_2015.parquet")).stdout
    columns = tomllib.loads(boston)["contacts"]["columns"]
    assert columns["started_at"] == {"column": "OPEN_DT", "day_first": False}
    assert columns["channel"]["values"]["Constituent Call"] == "phone"
    bank = command("suggest", shared_path("datasets/anonymous_bank_calls_1999/calls_1999_02.tsv.gz")).stdout
    columns = tomllib.loads(bank)["contacts"]["columns"]
    assert columns["started_at"] == {"date": "date", "time": "vru_entry", "format": "%y%m%d %H:%M:%S"}
    assert columns["handle_seconds"]["column"] == "ser_time"
    assert columns["abandoned"] == {"column": "outcome", "yes": ["HANG"], "no": ["AGENT"]}
    assert columns["channel"] == {"constant": "phone"}
    assert "check: did all of these contacts come by phone?" in bank
    sfo = command("suggest", shared_path("datasets/sfo_airport_survey/sfo_customer_survey_2017.csv.gz")).stdout
    assert tomllib.loads(sfo)["surveys"]["columns"]["nps"] == {"column": "NETPRO", "null": ["11"]}
