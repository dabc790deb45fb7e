"""What the files of a workspace look like, and what is suggested for them: read once per file and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.errors import AnalyticsError
from analytics.intake.api import SuggestedColumn, SuggestedTable, Suggestion, suggest, suggest_column
from analytics.intake.locate import find_files
from analytics.intake.mapping import GroupMapping
from analytics.intake.profile import Profile
from analytics.ui import cached, sources_toml


@dataclass(frozen=True, slots=True)
class Looks:
    """The columns of the files that feed one section, by name, and the suggestion for them."""

    profiles: tuple[Profile, ...]
    suggested: Mapping[str, SuggestedColumn]

    def profile(self, name: str) -> Profile | None:
        """Return the profile of a column; blanks at the ends and letter case do not matter."""
        return next((one for one in self.profiles if _same(one.name, name)), None)

    def words(self, names: list[str]) -> tuple[tuple[str, int], ...]:
        """Return words and rows of one column; empty when several make the value or it has too many words."""
        found = self.profile(names[0]) if len(names) == 1 else None
        return found.counts if found else ()

    def line(self, table: str, target: str, name: str) -> dict[str, Any]:
        """Return the suggested line for a contract column made of the file's column `name`."""
        found = self.profile(name)
        if found is None:
            return {"column": name}
        made = suggest_column(table, target, found.name, list(self.profiles))
        head = {} if {"date", "constant", "sum"} & set(made.details) else {"column": made.columns[0]}
        return {**head, **made.details}


def stamp(path: Path) -> str:
    """Return what tells two states of a file apart."""
    try:
        stat = path.stat()
    except OSError:
        return f"{path} gone"
    return f"{path} {stat.st_mtime_ns} {stat.st_size}"


def suggestion(path: Path, table: str = "") -> SuggestedTable:
    """Return the suggestion for one file. Raises SourceError when it cannot be read."""
    return cached.answer(f"suggested {table} {stamp(path)}", partial(suggest, [path], table)).tables[0]


def one_text(path: Path, table: str = "") -> str:
    """Return the suggested mapping of one file as text. Raises SourceError when it cannot be read."""
    return Suggestion((suggestion(path, table),)).to_toml()


def suggestions(paths: list[Path]) -> tuple[Suggestion, list[AnalyticsError]]:
    """Return the suggestion for all files that can be read, and what was wrong with the others."""
    found, refused = [], []
    for path in paths:
        try:
            with st.spinner("Reading the first rows of each file"):
                found.append(suggestion(path))
        except AnalyticsError as error:
            refused.append(error)
    return Suggestion(tuple(found)), refused


def looks_of(folder: Path, table: str, section: Mapping[str, Any]) -> Looks:
    """Return the columns of the files that a section names, the first file's first."""
    profiles: dict[str, Profile] = {}
    suggested: dict[str, SuggestedColumn] = {}
    for path in files_of(folder, table, section):
        try:
            found = suggestion(path)
            found = found if found.table == table else suggestion(path, table)
        except AnalyticsError:
            continue  # the preview says what is wrong with the file
        for one in found.profiles:
            profiles.setdefault(one.name.strip().casefold(), one)
        suggested |= {one.target: one for one in found.columns if one.target not in suggested}
    return Looks(tuple(profiles.values()), suggested)


def files_of(folder: Path, table: str, section: Mapping[str, Any]) -> list[Path]:
    """Return the files a section names; none when they cannot be found."""
    named = section.get("files", [])
    patterns = tuple(str(one) for one in (named if isinstance(named, list) else [named]))
    if not patterns:
        return []
    try:
        return list(find_files(folder, GroupMapping(table, patterns, ())))
    except AnalyticsError:
        return []


def unnamed(folder: Path, document: Mapping[str, Any], files: list[Path]) -> list[Path]:
    """Return the files that no section of the mapping names."""
    named = {
        path.resolve() for place, section in sources_toml.sections(document)
        for path in files_of(folder, place.table, section)
    }  # fmt: skip
    return [path for path in files if path.resolve() not in named]


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
