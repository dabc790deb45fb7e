"""data/README.md is the contract: it names every table and column, and its example is a mapping that parses."""

import re
import tomllib
from pathlib import Path

import pytest

from analytics.contract import CAUSES, CHANNELS, TABLES
from analytics.intake.mapping_parse import parse_mapping
from analytics.workspace import parse_info

TEXT = (Path(__file__).resolve().parents[2] / "data" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES)
def test_names_every_column(table: str) -> None:
    section = TEXT.split(f"### `{table}`")[1].split("\n### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(TABLES[table].names)


def test_names_every_channel_and_cause() -> None:
    assert all(re.search(rf"\b{word}\b", TEXT) for word in (*CHANNELS, *CAUSES))


def test_the_example_is_a_mapping() -> None:
    example = tomllib.loads(TEXT.split("```toml\n")[1].split("```")[0])
    assert parse_info(example["workspace"], "").timezone == "Europe/Berlin"
    contacts, surveys = parse_mapping(example).groups
    assert contacts.latest_by == "version"
    assert [column.target for column in surveys.columns] == ["answered_at", "effort", "csat"]
