"""Writes a suggestion as the text of a `workspace.toml`, with confidence, samples and open questions as comments."""

from typing import TYPE_CHECKING, Any

import tomlkit

if TYPE_CHECKING:
    from analytics.intake.suggest import SuggestedColumn, SuggestedTable, Suggestion

_SURE = 0.75


def to_toml(suggestion: "Suggestion") -> str:
    """Return the text; lines that want a look carry the word “check”."""
    document = tomlkit.document()
    document.add(tomlkit.comment("Suggested from names and values; look at the lines marked “check”."))
    info = tomlkit.table()
    info.add("name", "My company")
    info.add("timezone", "UTC")
    info["timezone"].comment("check: the zone of the clock times in the files")
    info.add("currency", "EUR")
    document.add("workspace", info)
    for table in dict.fromkeys(one.table for one in suggestion.tables):
        sections = [_section(one) for one in suggestion.tables if one.table == table]
        if len(sections) == 1:
            document.add(table, sections[0])
        else:
            several = tomlkit.aot()
            for section in sections:
                several.append(section)
            document.add(table, several)
    return tomlkit.dumps(document)


def _section(suggested: "SuggestedTable") -> Any:
    section = tomlkit.table()
    section.add("files", [suggested.file])
    for key, value in suggested.options.items():
        section.add(key, value)
    if suggested.unmapped:
        section.add(tomlkit.comment(f"Not used: {', '.join(map(_plain, suggested.unmapped))}"))
    for name in suggested.missing:
        section.add(tomlkit.comment(f'check: {name} is required; name its column, or a constant: {{constant = "…"}}'))
    columns = tomlkit.table()
    for column in suggested.columns:
        columns.add(column.target, _line(column))
        columns[column.target].comment(_comment(column))
    section.add("columns", columns)
    return section


def _line(column: "SuggestedColumn") -> Any:
    if not column.details:
        return column.columns[0] if len(column.columns) == 1 else list(column.columns)
    line = tomlkit.inline_table()
    if not {"date", "constant", "sum"} & set(column.details):
        line.append("column", column.columns[0])
    for key, value in column.details.items():
        line.append(key, _inline(value))
    return line


def _inline(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    table = tomlkit.inline_table()
    table.update(value)
    return table


def _comment(column: "SuggestedColumn") -> str:
    samples = ", ".join(_plain(sample) for sample in column.samples[:3])
    example = f"; for example {samples}" if samples else ""
    unsure = column.confidence < _SURE or column.question
    mark = f"check: {column.question or 'is this the right column?'} " if unsure else ""
    return f"{mark}confidence {column.confidence:.0%}{example}"


def _plain(text: str) -> str:
    """Return text that stays inside one comment."""
    return "".join(character if character.isprintable() else " " for character in text)[:60]
