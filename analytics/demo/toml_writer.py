"""A small writer for TOML: what the demo company needs and no more."""

from collections.abc import Mapping, Sequence
from datetime import date


def to_toml(document: Mapping[str, object], path: tuple[str, ...] = ()) -> str:
    """Return a nested table as TOML: plain values first, then sub-tables; None is left out."""
    plain = [f"{_key(key)} = {_value(value)}" for key, value in document.items() if _is_plain(value)]
    parts = ["\n".join(plain)] if plain else []
    for key, value in document.items():
        inner = (*path, key)
        title = ".".join(_key(part) for part in inner)
        if isinstance(value, Mapping) and not _is_plain(value):
            parts.append(f"[{title}]\n{to_toml(value, inner)}")
        elif _is_tables(value):
            parts += [f"[[{title}]]\n{to_toml(row, inner)}" for row in value]  # type: ignore[attr-defined]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _is_plain(value: object) -> bool:
    """Return whether the value is written on one line; a map inside a `columns` table is."""
    if isinstance(value, Mapping):
        return "column" in value
    return value is not None and not _is_tables(value)


def _key(key: str) -> str:
    return key if key.replace("_", "").replace("-", "").isalnum() and key.isascii() else f'"{key}"'


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(inner) for inner in value) + "]"
    return repr(value)
