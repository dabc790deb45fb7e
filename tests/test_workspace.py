"""The workspace file: defaults, and words for what is wrong in it."""

from pathlib import Path

import pytest

from analytics.errors import MappingError, WorkspaceError
from analytics.workspace import Workspace


def workspace(folder: Path, text: str) -> Workspace:
    (folder / "workspace.toml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def test_defaults_come_from_the_folder(tmp_path: Path) -> None:
    info = workspace(tmp_path, "").info()
    assert (info.name, info.timezone, info.issue_window_days, info.invented) == (tmp_path.name, "UTC", 7, False)


def test_absent_mapping_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="suggest"):
        Workspace(tmp_path).info()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[workspace\n", "not valid TOML"),
        ("workspace = 3", "must be a table"),
        ('[workspace]\ntimezone = "Mars/Base"', "Mars/Base.* is not a time zone"),
        ("[workspace]\nissue_window_days = 0", "from 1 to 30"),
        ('[workspace]\ncurency = "EUR"', "currency"),
        ("[workspace]\nname = 3", "name"),
        ("[workspace]\nissue_window_days = true", "from 1 to 30"),
        ('[workspace]\nfirst_weekday = "someday"', "monday"),
        ('[workspace]\ncurrency = ""', "“” is not a currency.*EUR"),
        ('[workspace]\ncurrency = "<b>"', "“<b>” is not a currency"),
        ('[workspace]\ncurrency = "=1+1"', "is not a currency"),
        ('[workspace]\ncurrency = "euros and cents"', "is not a currency"),
    ],
)
def test_wrong_sections_are_said_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(MappingError, match=words):
        workspace(tmp_path, text).info()


@pytest.mark.parametrize("currency", ["EUR", "€", "CHF", "kr.", "US$", "zł", "₹"])
def test_codes_and_signs_are_currencies(tmp_path: Path, currency: str) -> None:
    assert workspace(tmp_path, f'[workspace]\ncurrency = "{currency}"').info().currency == currency


def test_the_salt_is_made_once_and_private(tmp_path: Path) -> None:
    first = Workspace(tmp_path).salt()
    assert Workspace(tmp_path).salt() == first
    assert (tmp_path / ".salt").stat().st_mode & 0o077 == 0
