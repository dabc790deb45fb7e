"""The mapping as a form: one row per column of the contract, the file's column beside it, and how sure that is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

from analytics.contract import CHANNELS, TABLES, Column
from analytics.intake.convert import LISTED
from analytics.ui import sources_draft, sources_toml
from analytics.ui.sources_looks import Looks
from analytics.ui.sources_toml import Place
from analytics.ui.text import md, plain, short

NOTHING: Final = ""
CONSTANT: Final = "="
NAMED: Final = ":"
SURE: Final = 0.75
_JOINED: Final = {"category": "columns", "text": "columns", "seconds": "sum", "money": "sum", "number": "sum"}
_ROW: Final = (4, 4, 5)


@dataclass(frozen=True)
class Form:
    """One section of the mapping as it is drawn."""

    folder: Path
    place: Place
    section: dict[str, Any]
    looks: Looks
    serial: int

    @property
    def lines(self) -> dict[str, dict[str, Any]]:
        """Mapped contract columns with the keys of their lines."""
        return {target: sources_toml.opened(line) for target, line in self.section.get("columns", {}).items()}

    def key(self, *parts: object) -> str:
        """Return the key of a widget of this section."""
        return "_".join(["map", self.place.table, str(self.place.index), *map(str, parts)])

    def kind(self, target: str) -> str:
        """Return the kind of a contract column."""
        return TABLES[self.place.table].column(target).kind

    def set(self, target: str, line: dict[str, Any] | None) -> None:
        """Write one line of the mapping."""
        made = None if line is None else sources_toml.closed(line)
        sources_draft.change(self.folder, sources_toml.line_set(self.place, target, made), target)

    def option(self, key: str, value: Any) -> None:
        """Write a key of the section."""
        sources_draft.change(self.folder, sources_toml.option_set(self.place, key, value))


def controlled(draw: Callable[..., Any], key: str, value: Any, **arguments: Any) -> Any:
    """Draw a widget that shows what the text says, whatever it showed before."""
    st.session_state[key] = value
    return draw(key=key, **arguments)


def columns(form: Form, details: Callable[[Form, Column], None]) -> None:
    """Draw a row per contract column: required first, then the mapped ones; others can be added."""
    table = TABLES[form.place.table]
    lines, waiting = form.lines, _waiting(form)
    there = [name for name in table.names if (name in lines or name in waiting) and name not in table.required]
    drawn = [*table.required, *there]
    for target in drawn:
        with st.container(border=True, key=form.key(target, "row"), gap="small"):
            _row(form, table.column(target))
            details(form, table.column(target))
    _add(form, [name for name in table.names if name not in drawn])
    _unused(form)


def _row(form: Form, column: Column) -> None:
    cells = st.columns(_ROW, vertical_alignment="center")
    line = form.lines.get(column.name, {})
    with cells[0]:
        needed = " :orange-badge[required]" if column.required else ""
        st.markdown(f"**{md(column.name)}**{needed}  \n:small[:gray[{md(column.doc)}]]")
    with cells[1]:
        _sources(form, column, line)
    with cells[2]:
        _evidence(form, column, line)


def _sources(form: Form, column: Column, line: dict[str, Any]) -> None:
    """Draw the choice of the file's column, a second one where values can be joined, or the fixed value."""
    named = sources_toml.names(line)
    if "constant" in line:
        _choice(form, column, CONSTANT, 0, named)
        _constant(form, column, str(line["constant"]))
        return
    for number, name in enumerate(named or [NOTHING]):
        _choice(form, column, f"{NAMED}{name}" if name else NOTHING, number, named)
    if named and column.kind in _JOINED and "date" not in line and (len(named) > 1 or _wants_more(column)):
        _choice(form, column, NOTHING, len(named), named)


def _wants_more(column: Column) -> bool:
    return column.kind == "seconds" or column.name == "reason"


def _choice(form: Form, column: Column, value: str, number: int, named: list[str]) -> None:
    key = form.key(column.name, "from", number)
    joined = "added to it" if _JOINED.get(column.kind) == "sum" else "joined with"
    nothing = "not in the file" if number == 0 else f"{joined}: nothing else"
    fixed = [CONSTANT] if number == 0 else []
    options = list(dict.fromkeys([NOTHING, *fixed, *(f"{NAMED}{name}" for name in _names(form, named))]))
    labels = _labels(options, nothing)
    controlled(
        st.selectbox, key, value, label=f"Column of the file for {column.name}, {number + 1}", options=options,
        label_visibility="collapsed", format_func=labels.__getitem__, on_change=_chosen,
        args=(form, column, number, key),
    )  # fmt: skip


def _names(form: Form, named: list[str]) -> list[str]:
    known = [one.name for one in form.looks.profiles]
    return [*known, *(name for name in named if name not in known)]


def _labels(options: list[str], nothing: str) -> dict[str, str]:
    """Return what is shown for each choice; two columns never look the same, none looks like a choice of ours."""
    shown = {NOTHING: f"– {nothing} –", CONSTANT: "– a fixed value –"}
    for option in options:
        label, number = short(plain(option.removeprefix(NAMED)), 60) or "(no name)", 1
        while option not in shown and label in shown.values():
            number += 1
            label = f"{label} ({number})"
        shown.setdefault(option, label)
    return shown


def _chosen(form: Form, column: Column, number: int, key: str) -> None:
    """Write what was chosen in one of the row's choices."""
    value = st.session_state[key]
    line = form.lines.get(column.name, {})
    if number == 0 and value == NOTHING:
        form.set(column.name, None)
    elif value == CONSTANT:
        form.set(column.name, {"constant": _first_constant(column)})
    else:
        named = sources_toml.names(line)
        named[number : number + 1] = [value.removeprefix(NAMED)] if value != NOTHING else []
        form.set(column.name, _line(form, column, named, line if number else {}))


def _line(form: Form, column: Column, named: list[str], line: dict[str, Any]) -> dict[str, Any]:
    if len(named) == 1:
        return form.looks.line(form.place.table, column.name, named[0])
    kept = {key: value for key, value in line.items() if key in {"unit", "null", "default", "decimal_comma"}}
    return {_JOINED.get(column.kind, "columns"): named, **kept}


def _first_constant(column: Column) -> str:
    listed = CHANNELS if column.name == "channel" else LISTED.get(column.name, ())
    return listed[0] if listed else "Not given"


def _constant(form: Form, column: Column, value: str) -> None:
    key = form.key(column.name, "constant")
    listed = CHANNELS if column.name == "channel" else LISTED.get(column.name, ())
    arguments: dict[str, Any] = {"label": f"Fixed value of {column.name}", "label_visibility": "collapsed"}
    arguments |= {"on_change": _constant_set, "args": (form, column.name, key)}
    if listed:
        options = [*listed, *([] if value in listed else [value])]
        controlled(st.selectbox, key, value, options=options, **arguments)
    else:
        controlled(st.text_input, key, value, **arguments)


def _constant_set(form: Form, target: str, key: str) -> None:
    form.set(target, {"constant": st.session_state[key] or "Not given"})


def _evidence(form: Form, column: Column, line: dict[str, Any]) -> None:
    """Say how sure the suggestion is and what stands in the column."""
    named, found = sources_toml.names(line), form.looks.suggested.get(column.name)
    if not named:
        needed = "Needed: choose a column, or one value for every row." if column.required else "Choose a column."
        asked = f" :small[:orange[check: {md(found.question)}]]" if found and found.question and line else ""
        st.markdown(f":gray[the same in every row]{asked}" if line else f":orange[{needed}]")
        return
    profile = form.looks.profile(named[0])
    if profile is None:
        st.markdown(f":orange[No column “{md(short(named[0]))}” in the file.]")
        return
    st.caption(" · ".join(md(short(sample, 28)) for sample in profile.samples[:4]) or "no values")
    if found and named[0] in found.columns:
        sure = found.confidence >= SURE and not found.question
        st.markdown(
            f":small[:green[{found.confidence:.0%} sure]]" if sure
            else f":small[:orange[{found.confidence:.0%} sure; check: {md(found.question or 'is this the column?')}]]"
        )  # fmt: skip


def _add(form: Form, free: list[str]) -> None:
    """Offer the contract columns that are not mapped."""
    if not free:
        return
    key, table = form.key("add"), TABLES[form.place.table]
    docs = {name: f"{name}: {table.column(name).doc}" for name in free}
    controlled(
        st.selectbox, key, None, label="Add a column", options=free, index=None, format_func=docs.__getitem__,
        placeholder="Each further column unlocks more", on_change=_added, args=(form, key),
    )  # fmt: skip


def _added(form: Form, key: str) -> None:
    """Add a line: the suggested column where there is one, else a row that waits for a choice."""
    target = st.session_state[key]
    if target is None:
        return
    found = form.looks.suggested.get(target)
    line = form.looks.line(form.place.table, target, found.columns[0]) if found and found.columns else None
    if line:
        form.set(target, line)
    else:
        _waiting(form).append(target)


def _waiting(form: Form) -> list[str]:
    """Return the columns that were added here and wait for a choice."""
    waiting: list[str] = st.session_state.setdefault(f"_waiting {form.folder} {form.key()}", [])
    return waiting


def _unused(form: Form) -> None:
    """Name the file's columns that are not used."""
    used = {name.strip().casefold() for line in form.lines.values() for name in sources_toml.names(line)}
    left = [one for one in form.looks.profiles if one.name.strip().casefold() not in used]
    if left:
        listed = "; ".join(f"{md(short(one.name))} ({md(short(', '.join(one.samples[:2]), 30))})" for one in left[:40])
        more = f" and {len(left) - 40} more" if len(left) > 40 else ""
        with st.expander(f"{len(left)} columns of the file are not used", key=form.key("unused")):
            st.caption(f"{listed}{more}")
