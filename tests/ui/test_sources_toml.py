"""Form and text stay in step: single changes keep comments and everything else."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import MappingError
from analytics.ui.sources_toml import (
    Place,
    changed,
    closed,
    info_set,
    line_set,
    names,
    opened,
    option_set,
    read,
    section_added,
    section_removed,
    sections,
    without_stale,
)  # fmt: skip

CONTACTS = Place("contacts")
TEXT = """# mine
[workspace]
name = "A" # check: the name

[contacts]
files = ["a.csv"]
# Not used: b, c
# check: channel is required; name its column
[contacts.columns]
started_at = "at" # confidence 97%; for example x
reason = "why" # keep me
"""
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


def test_a_line_is_set_and_comments_of_people_stay() -> None:
    made = changed(TEXT, line_set(CONTACTS, "channel", {"column": "src", "values": {'A "b"': "phone"}}))
    assert tomllib.loads(made)["contacts"]["columns"]["channel"] == {"column": "src", "values": {'A "b"': "phone"}}
    assert "# mine" in made
    assert "# keep me" in made


def test_remarks_of_a_suggestion_go_when_they_are_overtaken() -> None:
    made = without_stale(changed(TEXT, line_set(CONTACTS, "started_at", "when")), "channel")
    assert 'started_at = "when"\n' in made
    assert "Not used" not in made
    assert "is required" not in made
    assert "# check: the name" in made


def test_sections_are_added_and_removed() -> None:
    second = {"files": ["b.csv"], "columns": {"reason": {"column": "z", "null": ["0"]}}}
    two = changed(TEXT, section_added("contacts", second))
    assert [place.index for place, _ in sections(read(two))] == [0, 1]
    assert 'reason = {column = "z", null = ["0"]}' in two
    one = changed(two, section_removed(Place("contacts", 0)))
    assert sections(read(one)) == [(Place("contacts", 0), second)]
    assert "contacts" not in read(changed(one, section_removed(Place("contacts", 0))))


def test_options_and_company() -> None:
    rule = [{"column": "outcome", "values": ["PHANTOM"], "why": "artefact"}]
    made = changed(changed(TEXT, option_set(CONTACTS, "exclude", rule)), info_set("timezone", "Europe/Berlin"))
    document = read(made)
    assert document["contacts"]["exclude"] == rule
    assert document["workspace"]["timezone"] == "Europe/Berlin"
    assert "exclude" not in read(changed(made, option_set(CONTACTS, "exclude", [])))["contacts"]


@given(WORDS, st.dictionaries(WORDS, WORDS, max_size=4), st.sampled_from(["started_at", "reason", "channel"]))
def test_any_name_and_word_survives(name: str, values: dict[str, str], target: str) -> None:
    line: dict[str, Any] = {"column": name, "values": values}
    document = read(changed(TEXT, line_set(CONTACTS, target, line)))
    assert document["contacts"]["columns"][target] == line
    others = {key for key in ("started_at", "reason") if key != target}
    assert {key: document["contacts"]["columns"][key] for key in others} == {
        key: read(TEXT)["contacts"]["columns"][key] for key in others
    }


@pytest.mark.parametrize(
    ("line", "columns"),
    [("a", ["a"]), (["a", "b"], ["a", "b"]), ({"sum": ["a", "b"]}, ["a", "b"]), ({"date": "d", "time": "t"}, ["d"]),
     ({"constant": "x"}, []), (7, []), ({"column": "a", "unit": "minutes"}, ["a"]), ({"day": "d", "month": 5}, ["d"])],
)  # fmt: skip
def test_the_columns_of_a_line(line: Any, columns: list[str]) -> None:
    assert names(opened(line)) == columns
    assert opened(closed(opened(line))) == opened(line)


@pytest.mark.parametrize("text", ["[workspace", "contacts = 3", "[contacts]\ncolumns = 3"])
def test_what_is_no_mapping_is_said(text: str) -> None:
    with pytest.raises(MappingError):
        sections(read(text))
