"""A workspace: a folder with the user's files, `workspace.toml` that maps them, and the built result.

Owns where things lie and what `workspace.toml` says about the workspace as a whole; the mapping of tables and
columns is read by `analytics.intake`.
"""

import dataclasses
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from unicodedata import category
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.errors import MappingError, WorkspaceError, nearest

MAPPING_FILE = "workspace.toml"
RESULT_FILE = "result.duckdb"
SALT_FILE = ".salt"
LONGEST_CURRENCY = 5
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class WorkspaceInfo:
    """The `[workspace]` section of `workspace.toml`."""

    name: str
    timezone: str = "UTC"
    currency: str = "EUR"
    first_weekday: str = "monday"
    issue_window_days: int = 7
    """Days of quiet that end an issue; locked for the workspace."""
    invented: bool = False
    """True for demo data: said on each page and in each export."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder that holds, or will hold, one company's data."""

    folder: Path

    @property
    def mapping_path(self) -> Path:
        """Where the mapping lies."""
        return self.folder / MAPPING_FILE

    @property
    def result_path(self) -> Path:
        """Where the built result lies."""
        return self.folder / RESULT_FILE

    @property
    def has_result(self) -> bool:
        """True once an import has completed."""
        return self.result_path.is_file()

    def mapping(self) -> dict[str, object]:
        """Return `workspace.toml` as plain data. Raises WorkspaceError when absent, MappingError when unreadable."""
        if not self.mapping_path.is_file():
            raise WorkspaceError(
                f"There is no {MAPPING_FILE} in “{self.folder.name}”.",
                do="Run “python -m analytics suggest” on your files, or open Sources and map them there.",
            )
        try:
            return tomllib.loads(self.mapping_path.read_text(encoding="utf-8").removeprefix("\ufeff"))
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise MappingError(
                f"byte 0x{error.object[error.start]:02X} is not UTF-8.",
                where=f"{MAPPING_FILE}, line {line}",
                do="Save the file as UTF-8.",
            ) from error
        except tomllib.TOMLDecodeError as error:
            raise MappingError(
                f"{MAPPING_FILE} is not valid TOML: {error}.",
                where=MAPPING_FILE,
                do="Correct that line, or map the files again on Sources.",
            ) from error

    def info(self) -> WorkspaceInfo:
        """Return the `[workspace]` section with its defaults. Raises MappingError on a wrong value."""
        return parse_info(self.mapping().get("workspace", {}), self.folder.name)

    def salt(self) -> bytes:
        """Return the secret that customer ids are hashed with; made on first use, readable by the owner only."""
        path = self.folder / SALT_FILE
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(16), encoding="ascii")
        return path.read_text(encoding="ascii").strip().encode()


def parse_info(section: object, fallback_name: str) -> WorkspaceInfo:
    """Check the `[workspace]` section. Raises MappingError naming the key that is wrong."""
    if not isinstance(section, dict):
        raise MappingError("[workspace] must be a table.", where=MAPPING_FILE)
    fields = {field.name: field for field in dataclasses.fields(WorkspaceInfo)}
    for key, value in section.items():
        if key not in fields:
            raise MappingError(f"[workspace] has no key “{key}”.", where=MAPPING_FILE, do=nearest(key, fields))
        if type(value) is not fields[key].type and key != "issue_window_days":
            raise MappingError(f"{key} must be of type {_type_word(key)}.", where=f"{MAPPING_FILE}, [workspace]")
    info = WorkspaceInfo(**{"name": fallback_name, **section})
    _check_info(info)
    return info


def _type_word(key: str) -> str:
    return "true or false" if key == "invented" else "text in quotes"


def _is_currency(text: str) -> bool:
    """Whether the text is a code (EUR, Kčs) or a sign: letters, signs of currency and full stops, at most five."""
    return 0 < len(text) <= LONGEST_CURRENCY and all(
        letter.isalpha() or letter == "." or category(letter) == "Sc" for letter in text
    )


def _check_info(info: WorkspaceInfo) -> None:
    where = f"{MAPPING_FILE}, [workspace]"
    try:
        ZoneInfo(info.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        happened = f"“{info.timezone}” is not a time zone."
        raise MappingError(happened, where=where, do="Use a name such as Europe/Berlin.") from error
    if type(info.issue_window_days) is not int or not 1 <= info.issue_window_days <= 30:
        raise MappingError("issue_window_days must be a whole number from 1 to 30.", where=where)
    if not _is_currency(info.currency):
        happened = f"“{info.currency[:20]}” is not a currency."
        raise MappingError(happened, where=where, do="Use a code such as EUR or a sign such as €.")
    if info.first_weekday not in WEEKDAYS:
        do = nearest(info.first_weekday, WEEKDAYS)
        raise MappingError(f"“{info.first_weekday}” is not a weekday.", where=where, do=do)
