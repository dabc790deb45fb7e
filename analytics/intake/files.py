"""Opens any file the intake understands, by what it is rather than by what it is called."""

from dataclasses import replace
from pathlib import Path

from analytics.errors import SourceError
from analytics.intake.delimited import stage_delimited
from analytics.intake.jsonlines import stage_json
from analytics.intake.locate import check_readable
from analytics.intake.parquet import open_parquet
from analytics.intake.session import Opening
from analytics.intake.sheets import open_workbook, stage_sheet
from analytics.intake.source import Source

_ENDINGS = {
    ".parquet": "parquet", ".pq": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".ods": "xlsx",
}  # fmt: skip


def file_format(path: Path) -> str:
    """Return csv, parquet, jsonl or xlsx, from the first bytes and the name's ending."""
    with path.open("rb") as file:
        if file.read(4) == b"PAR1":
            return "parquet"
    endings = [ending.lower() for ending in path.suffixes if ending.lower() != ".gz"]
    return _ENDINGS.get(endings[-1], "csv") if endings else "csv"


def open_file(opening: Opening) -> tuple[Source, ...]:
    """Return the sources in one file (several for a workbook), numbered from the one given. Raises SourceError."""
    path, group = opening.path, opening.group
    check_readable(path)
    if path.stat().st_size == 0:
        do = "Export it again, or take it out of the mapping."
        raise SourceError("The file is empty.", where=opening.label, do=do)
    kind = group.format or file_format(path)
    if kind == "xlsx":
        return _open_sheets(opening)
    readers = {"parquet": open_parquet, "jsonl": stage_json, "csv": stage_delimited}
    return (readers[kind](opening),)


def _open_sheets(opening: Opening) -> tuple[Source, ...]:
    book, names = open_workbook(opening.path, opening.label, opening.group.sheet)
    if len(names) == 1:
        return (stage_sheet(opening, book, names[0]),)
    return tuple(
        stage_sheet(replace(opening, number=opening.number + place, label=f"{opening.label} “{name}”"), book, name)
        for place, name in enumerate(names)
    )
