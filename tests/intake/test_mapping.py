"""Mistakes in workspace.toml: the sentence names section, key and the nearest name."""

import tomllib

import pytest

from analytics.errors import MappingError
from analytics.intake.mapping_parse import parse_mapping

GOOD = '[contacts]\nfiles = ["a.csv"]\n[contacts.columns]\nstarted_at = "at"\nchannel = "via"\nreason = "why"\n'


def test_a_good_mapping() -> None:
    (group,) = parse_mapping(tomllib.loads(GOOD)).groups
    assert group.outside_columns() == ("at", "via", "why")


def _with(option: str) -> str:
    return GOOD.replace('files = ["a.csv"]', f'files = ["a.csv"]\n{option}')


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace("[contacts", "[contcts"), "There is no table “contcts”. Did you mean “contacts”"),
        (GOOD.replace('reason = "why"\n', ""), "[contacts] columns: The required column reason is not mapped."),
        (GOOD + 'seconds = "x"\n', "contacts has no column “seconds”"),
        (GOOD + 'resolvd = "x"\n', "contacts has no column “resolvd”. Did you mean “resolved”"),
        (
            GOOD + 'handle_seconds = {column = "x", unit = "minuts"}\n',
            "“minuts” is not a unit of time. Did you mean “minutes”",
        ),
        (GOOD + 'handle_seconds = {colum = "x"}\n', "“colum” is not understood here. Did you mean “column”"),
        (GOOD + "handle_seconds = {}\n", "[contacts.columns] handle_seconds: No column is named."),
        (_with('format = "exel"'), "“exel” is not a file format"),
        (_with('key = ["x"]'), "`key` and `latest_by` belong together"),
        (
            GOOD.replace('files = ["a.csv"]', 'fils = ["a.csv"]'),
            "“fils” is not a key of this section. Did you mean “files”",
        ),
        (GOOD.replace('files = ["a.csv"]', "files = 7"), "`files` holds 7, which is no file name."),
        (GOOD.replace('files = ["a.csv"]', "files = [true]"), "`files` holds true, which is no file name."),
        (GOOD.replace('files = ["a.csv"]', 'files = " "'), "which is no file name."),
        (_with('timezone = "Mars"'), "“Mars” is not a time zone"),
        (
            GOOD.replace('files = ["a.csv"]', 'files = ["a.csv"]\nday_first = "yes"'),
            "`day_first` must be true or false",
        ),
        ('[surveys]\nfiles = ["a"]\n[surveys.columns]\neffort = "x"\n', "An effort score needs its scale"),
        ('[surveys]\nfiles = ["a"]\n[surveys.columns]\neffort = {column = "x"}\n', "An effort score needs its scale"),
        ('[customers]\nfiles = ["a"]\n[customers.columns]\ncustomer_id = "x"\n', "neither contacts nor surveys"),
    ],
)
def test_mistakes_are_named(text: str, message: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping(tomllib.loads(text))
    assert message in str(caught.value)
    assert "workspace.toml" in str(caught.value)
