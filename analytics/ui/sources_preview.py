"""What the mapping makes of the first rows, while it is being edited: rows, outcomes and problems in words."""

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.errors import AnalyticsError
from analytics.intake.api import Preview, preview
from analytics.intake.mapping_parse import parse_mapping
from analytics.intake.source import Problem
from analytics.ui import cached, messages, sources_looks, sources_toml, uploads
from analytics.ui.sources_toml import Place
from analytics.ui.text import md, short
from analytics.workspace import WorkspaceInfo, parse_info

SHOWN_ROWS: Final = 50
SAMPLE_ROWS: Final = 1_000
SHOWN_PROBLEMS: Final = 6
_OUTCOMES: Final = ("loaded", "rejected", "superseded", "excluded")
_HASHED: Final = ("customer", "agent")


def fits(text: str, name: str) -> bool:
    """Say what does not fit in the mapping as a whole; return whether it does."""
    try:
        document = sources_toml.read(text)
        parse_info(document.get("workspace", {}), name)
        parse_mapping(document)
    except AnalyticsError as error:
        messages.problem(error)
        return False
    return True


def show(folder: Path, place: Place, section: dict[str, Any], document: dict[str, Any]) -> bool:
    """Draw the first rows of a section as they would be loaded; return whether the files fit it."""
    try:
        info = parse_info(document.get("workspace", {}), folder.name)
        made = _made(folder, place, section, info)
    except AnalyticsError as error:
        messages.problem(error)
        return False
    _outcomes(made)
    _problems([problem for _, problem in made.report.problems])
    st.dataframe(_readable(made.rows.head(SHOWN_ROWS)), hide_index=True, height=245,
                 key=f"preview_{place.table}_{place.index}", alt=f"First rows of {place.table} as they would be loaded",
                 placeholder="")  # fmt: skip
    return True


def _made(folder: Path, place: Place, section: dict[str, Any], info: WorkspaceInfo) -> Preview:
    files = [sources_looks.stamp(path) for path in sources_looks.files_of(folder, place.table, section)]
    said = json.dumps([section, info.timezone, files, str(folder)], default=str, sort_keys=True)
    key = f"preview {place.table} {hashlib.sha256(said.encode()).hexdigest()}"
    return cached.answer(key, partial(preview, folder, place.table, section, SAMPLE_ROWS, info))


def _outcomes(made: Preview) -> None:
    report = made.report
    counts = " · ".join(f"**{report.rows(what):,}** {what}" for what in _OUTCOMES)
    doubts = [f"{uploads.counted(report.emptied, 'value')} left empty"] if report.emptied else []
    doubts += [f"{uploads.counted(report.flagged, 'row')} flagged"] if report.flagged else []
    st.markdown(f"Of the first {report.rows('read'):,} rows: {counts}" + "".join(f" · {doubt}" for doubt in doubts))


def _problems(problems: list[Problem]) -> None:
    """Name each kind of problem once, with the first place it occurs at."""
    kinds: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.outcome, problem.column, problem.reason), []).append(problem)
    lines = [_line(*kind, found) for kind, found in kinds.items()]
    if lines:
        more = f"\n- and {len(lines) - SHOWN_PROBLEMS} other kinds" if len(lines) > SHOWN_PROBLEMS else ""
        st.markdown("\n".join(f"- {line}" for line in lines[:SHOWN_PROBLEMS]) + more)


def _line(outcome: str, column: str, reason: str, found: list[Problem]) -> str:
    first = found[0]
    where = f", line {first.line:,}" if first.line else ""
    times = f" ({len(found)} times)" if len(found) > 1 else ""
    return f":orange[{md(outcome)}] {md(short(column, 40))}{where}: {md(short(reason, 160))}{times}"


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows without inner numbers: ids are secrets anyway, and shown as a few marks of their hash."""
    made = rows.rename(columns={"source_line": "line"})
    for name in _HASHED:
        if name in made:
            made[name] = [None if pd.isna(value) else f"…{int(value) % 16**6:06x}" for value in made[name]]
    return made
