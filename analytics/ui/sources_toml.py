"""Single changes to the text of workspace.toml, so that form and text stay in step and people's comments stay."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from analytics.contract import TABLES
from analytics.errors import MappingError

Change = Callable[[Any], None]
SEVERAL: Final = ("columns", "sum")
_STALE: Final = re.compile(r"^# (Not used: |check: {target} is required;).*\n", re.M)
_SUGGESTED: Final = ("# confidence", "# check")


@dataclass(frozen=True, slots=True)
class Place:
    """One section of the text: the contract table, and the number among the sections of that table."""

    table: str
    index: int = 0


def read(text: str) -> dict[str, Any]:
    """Return the text as plain data. Raises MappingError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"The text is not valid TOML: {error}.", where="workspace.toml") from error


def sections(document: Mapping[str, Any]) -> list[tuple[Place, dict[str, Any]]]:
    """Return the sections of contract tables in contract order. Raises MappingError where one has another shape."""
    found = [
        (Place(name, index), section)
        for name in TABLES
        if name in document
        for index, section in enumerate(_listed(document[name]))
    ]
    for place, section in found:
        if not isinstance(section, dict) or not isinstance(section.get("columns", {}), dict):
            raise MappingError(f"[{place.table}] must be a table with `files` and `columns`.", where="workspace.toml")
    return found


def changed(text: str, change: Change) -> str:
    """Return the text after `change`, with its comments; written anew only if they cannot be kept.

    Raises MappingError where the text is no TOML.
    """
    plain = read(text)
    change(plain)
    wanted = _plain(plain)
    try:
        document = tomlkit.parse(text)
        change(document)
        made = tomlkit.dumps(document)
        if tomllib.loads(made) == wanted:
            return made
    except (TOMLKitError, tomllib.TOMLDecodeError, ValueError, TypeError, KeyError, AttributeError):
        pass  # some layouts cannot be changed in place
    return written(wanted)


def written(document: Mapping[str, Any]) -> str:
    """Return plain data as text: one line per column, tables in the order of the contract."""
    made = tomlkit.document()
    for name in ("workspace", *TABLES):
        if name in document:
            made[name] = _table(name, document[name])
    return tomlkit.dumps(made)


def line_set(place: Place, target: str, line: Any) -> Change:
    """Return the change that maps a contract column by `line`; None takes its mapping away."""

    def change(document: Any) -> None:
        columns = section_of(document, place).setdefault("columns", {})
        if line is None:
            columns.pop(target, None)
            return
        columns[target] = inline(line)
        _forget_comment(columns[target])

    return change


def option_set(place: Place, key: str, value: Any) -> Change:
    """Return the change that sets a key of a section; None or an empty value takes it away."""

    def change(document: Any) -> None:
        section = section_of(document, place)
        if value is None or value in ("", [], {}):
            section.pop(key, None)
        else:
            section[key] = inline(value)

    return change


def info_set(key: str, value: Any) -> Change:
    """Return the change that sets a key of [workspace]."""

    def change(document: Any) -> None:
        document.setdefault("workspace", {})[key] = value
        _forget_comment(document["workspace"][key])

    return change


def section_added(table: str, section: Mapping[str, Any]) -> Change:
    """Return the change that adds a section of `table`."""

    def change(document: Any) -> None:
        present = [_plain(one) for one in _listed(document[table])] if table in document else []
        document[table] = _table(table, [*present, dict(section)] if present else dict(section))

    return change


def section_removed(place: Place) -> Change:
    """Return the change that takes a section away."""

    def change(document: Any) -> None:
        left = [one for index, one in enumerate(_listed(document[place.table])) if index != place.index]
        if left:
            document[place.table] = _table(place.table, [_plain(one) for one in left])
        else:
            document.pop(place.table)

    return change


def without_stale(text: str, target: str = "") -> str:
    """Return the text without the remarks of a suggestion that a change has overtaken."""
    return re.sub(_STALE.pattern.replace("{target}", re.escape(target)), "", text, flags=re.M)


def section_of(document: Any, place: Place) -> Any:
    """Return a section of a document."""
    found = document[place.table]
    return found[place.index] if isinstance(found, list) else found


def opened(line: Any) -> dict[str, Any]:
    """Return a line of `columns` with its keys, however short it was written."""
    if isinstance(line, dict):
        return dict(line)
    if isinstance(line, list):
        return {"columns": list(line)}
    return {"column": line} if isinstance(line, str) else {"constant": line}


def closed(line: Mapping[str, Any]) -> Any:
    """Return a line as short as it can be written."""
    kept = {key: value for key, value in line.items() if value not in ("", [], {}, None)}
    if set(kept) == {"column"}:
        return kept["column"]
    return kept["columns"] if set(kept) == {"columns"} else kept


def names(line: Mapping[str, Any]) -> list[str]:
    """Return the file's columns a line speaks of, in order."""
    for key in SEVERAL:
        if key in line:
            return [str(name) for name in _listed(line[key])]
    return [str(line[key]) for key in ("column", "date", "day") if key in line][:1]


def texts(value: Any) -> list[str]:
    """Return a list of words, however it was written."""
    return [str(one) for one in _listed(value)] if value not in (None, "") else []


def inline(value: Any) -> Any:
    """Return a value that is written within one line."""
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(inline(one) for one in value)
        return array
    if not isinstance(value, dict):
        return value
    table = tomlkit.inline_table()
    table.update({key: inline(one) for key, one in value.items()})
    return table


def _table(name: str, value: Any) -> Any:
    if isinstance(value, list):
        several = tomlkit.aot()
        for one in value:
            several.append(_table(name, one))
        return several
    table = tomlkit.table()
    for key, one in value.items():
        table.add(key, _table(key, one) if key == "columns" else inline(one))
    return table


def _forget_comment(item: Any) -> None:
    trivia = getattr(item, "trivia", None)
    if trivia is not None and trivia.comment.startswith(_SUGGESTED):
        trivia.comment = trivia.comment_ws = ""


def _listed(section: Any) -> list[Any]:
    return list(section) if isinstance(section, list) else [section]


def _plain(value: Any) -> Any:
    value = value.unwrap() if hasattr(value, "unwrap") else value
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
