"""Typed reads of TOML keys, with a complaint in words where the type is wrong."""

from collections.abc import Mapping
from typing import Any

from analytics.errors import MappingError


def text(section: Mapping[str, Any], key: str, where: str) -> str:
    """Return a text value, "" when absent. Raises MappingError when it is something else."""
    value = section.get(key, "")
    if not isinstance(value, str):
        raise MappingError(f"`{key}` must be text in quotes.", where=where)
    return value


def texts(section: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """Return a list of texts, () when absent; one text or plain numbers are taken too. Raises MappingError."""
    value = section.get(key, ())
    items = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(item, dict | list) for item in items):
        raise MappingError(f"`{key}` must be a list of texts.", where=where)
    return tuple(word(item) for item in items)


def word(value: Any) -> str:
    """Return a TOML scalar as the text a file would hold."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def flag(section: Mapping[str, Any], key: str, where: str) -> bool | None:
    """Return true or false, None when absent. Raises MappingError when it is something else."""
    value = section.get(key)
    if value is not None and not isinstance(value, bool):
        raise MappingError(f"`{key}` must be true or false.", where=where)
    return value
