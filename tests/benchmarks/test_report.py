"""A limit that does not hold must show."""

import json
from pathlib import Path

from benchmarks.report import Measure, save, table


def test_a_ratio_is_judged_by_its_limit() -> None:
    assert Measure("pages", "open", 30.0, "ms", floor=10.0, limit=2.0).holds is False
    assert Measure("pages", "open", 20.0, "ms", floor=10.0, limit=2.0).holds is True


def test_without_a_floor_the_value_itself_is_judged() -> None:
    assert Measure("questions", "p95", 61.0, "ms", limit=60.0).holds is False
    assert Measure("questions", "p95", 60.0, "ms", limit=60.0).holds is True


def test_without_a_limit_nothing_is_judged() -> None:
    assert Measure("memory", "server", 150.0, "MB", floor=100.0).holds is None


def test_the_table_shouts_what_does_not_hold() -> None:
    lines = table([Measure("pages", "open", 30.0, "ms", 10.0, 2.0), Measure("pages", "press", 1.0, "ms", 1.0, 2.0)])
    assert [("NO" in line, "3.00 ×" in line) for line in lines.splitlines()[2:]] == [(True, True), (False, False)]


def test_json_keeps_ratio_and_machine(tmp_path: Path) -> None:
    save([Measure("import", "n", 5.0, "s", 2.0, 2.5)], tmp_path / "bench" / "results.json")
    kept = json.loads((tmp_path / "bench" / "results.json").read_text())
    assert kept["measures"][0]["ratio"] == 2.5
    assert kept["measures"][0]["holds"] is True
    assert kept["cores"] >= 1
