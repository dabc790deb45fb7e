"""What a mapped column needs besides its name: unit, date order, yes and no words, scale, what each word becomes."""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd
import streamlit as st

from analytics.contract import CHANNELS, Column
from analytics.intake.convert import LISTED
from analytics.intake.mapping import NO_WORDS, UNITS, YES_WORDS
from analytics.ui import sources_toml
from analytics.ui.sources_form import NOTHING, Form, controlled
from analytics.ui.text import NOT_KNOWN, short

_SCALES: Final = ("", "1–5", "1–7", "0–10", "1–10")
_ORDERS: Final = {"": "date order: found out", "day": "day first", "month": "month first"}
_HIGH: Final = {"effort": ("", "easy", "hard"), "csat": ("", "good", "bad")}
_MOST_WORDS: Final = 200
_MONTHS: Final = tuple(range(1, 13))


def details(form: Form, column: Column) -> None:
    """Draw what `column` needs; nothing while it is not mapped or has one value for every row."""
    line = form.lines.get(column.name)
    if line is None or "constant" in line:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _KINDS.get(column.kind, _nothing)(form, column.name, line)
        if column.kind == "category":
            _words(form, column.name, line)
        _more(form, column, line)


def _nothing(_form: Form, _target: str, _line: dict[str, Any]) -> None:
    """Draw nothing."""


def _set(form: Form, target: str, name: str, key: str) -> None:
    """Write one key of the line as the widget has it; an empty one goes away."""
    line = form.lines.get(target, {})
    form.set(target, {**line, name: st.session_state[key]})


def _choose(form: Form, target: str, name: str, label: str, value: Any, *, options: list[Any],
            write: Callable[..., None] = _set, shown: Callable[[Any], str] = str) -> None:  # fmt: skip
    key = form.key(target, name)
    options = options if value in options else [*options, value]
    controlled(st.selectbox, key, value, label=label, options=options, format_func=shown, on_change=write,
               args=(form, target, name, key), width=210)  # fmt: skip


def _text(form: Form, target: str, name: str, label: str, value: str, *, placeholder: str) -> None:
    key = form.key(target, name)
    controlled(st.text_input, key, value, label=label, placeholder=placeholder, on_change=_set,
               args=(form, target, name, key), width=210)  # fmt: skip


def _several(
    form: Form, target: str, name: str, label: str, value: list[str], *, options: list[str], hint: str
) -> None:
    key = form.key(target, name)
    options = list(dict.fromkeys([*options, *value]))
    controlled(st.multiselect, key, value, label=label, options=options, accept_new_options=True, placeholder=hint,
               format_func=lambda word: short(word, 40), on_change=_set, args=(form, target, name, key),
               width=330)  # fmt: skip


def _time(form: Form, target: str, line: dict[str, Any]) -> None:
    if "day" in line:
        _choose(form, target, "month", "In month", line.get("month", 1), options=list(_MONTHS))
        key = form.key(target, "year")
        controlled(st.number_input, key, int(line.get("year", 2025)), label="In year", min_value=1970, max_value=2100,
                   on_change=_set, args=(form, target, "year", key), width=140)  # fmt: skip
    else:
        clocks = [one.name for one in form.looks.profiles if one.clocks > 0.9]
        if form.kind(target) == "time" and (clocks or "time" in line):
            _choose(form, target, "time", "Clock time in", line.get("time", NOTHING), options=[NOTHING, *clocks],
                    write=_clock_set, shown=lambda name: short(name) or "the same column")  # fmt: skip
        _text(form, target, "format", "Format", str(line.get("format", "")), placeholder="found out; else %d.%m.%Y")
        order = {True: "day", False: "month"}.get(line.get("day_first"), "")  # type: ignore[arg-type]
        _choose(form, target, "day_first", "Day and month", order, options=list(_ORDERS), write=_order_set,
                shown=_ORDERS.__getitem__)  # fmt: skip
    key = form.key(target, "only_day")
    controlled(st.checkbox, key, "day" in line, label="Only the day of the month", on_change=_only_day,
               args=(form, target, key))  # fmt: skip


def _clock_set(form: Form, target: str, name: str, key: str) -> None:
    line, clock = form.lines[target], st.session_state[key]
    own = sources_toml.names(line)[0]
    rest = {other: value for other, value in line.items() if other not in {"column", "date", name}}
    form.set(target, {"date": own, "time": clock, **rest} if clock else {"column": own, **rest})


def _order_set(form: Form, target: str, name: str, key: str) -> None:
    line = {other: value for other, value in form.lines[target].items() if other != name}
    chosen = st.session_state[key]
    form.set(target, {**line, name: chosen == "day"} if chosen else line)


def _only_day(form: Form, target: str, key: str) -> None:
    own = sources_toml.names(form.lines[target])[0]
    form.set(target, {"day": own, "month": 1, "year": 2025} if st.session_state[key] else {"column": own})


def _seconds(form: Form, target: str, line: dict[str, Any]) -> None:
    _choose(form, target, "unit", "Unit", line.get("unit", "seconds"), options=list(UNITS))


def _flag(form: Form, target: str, line: dict[str, Any]) -> None:
    words = [word for word, _ in form.looks.words(sources_toml.names(line))]
    yes, no = (sources_toml.texts(line.get(name)) for name in ("yes", "no"))
    known = [word for word in words if word.lower() in {*YES_WORDS, *NO_WORDS}]
    hint = f"{', '.join(known[:3])} understood" if known else "choose or type words"
    _several(form, target, "yes", "Means yes", yes, options=[word for word in words if word not in no], hint=hint)
    _several(form, target, "no", "Means no", no, options=[word for word in words if word not in yes], hint=hint)


def _score(form: Form, target: str, line: dict[str, Any]) -> None:
    scale = line.get("scale") or []
    value = "–".join(f"{end:g}" for end in scale if isinstance(end, int | float))
    _choose(form, target, "scale", "Scale", value, options=list(_SCALES), write=_scale_set,
            shown=lambda text: text or "as it is")  # fmt: skip
    if target in _HIGH:
        _choose(form, target, "high", "High means", line.get("high", ""), options=list(_HIGH[target]),
                shown=lambda text: text or "not said")  # fmt: skip


def _scale_set(form: Form, target: str, name: str, key: str) -> None:
    ends = [int(end) for end in st.session_state[key].split("–") if end]
    form.set(target, {**form.lines[target], name: ends})


def _more(form: Form, column: Column, line: dict[str, Any]) -> None:
    """Draw what is rarely needed: words for no value, a default, decimal commas."""
    empty = sources_toml.texts(line.get("null"))
    if column.kind in {"id", "score"} or empty:
        _empty_words(form, column.name, line)
    with st.popover("More", key=form.key(column.name, "more")):
        if not (column.kind in {"id", "score"} or empty):
            _empty_words(form, column.name, line)
        _text(
            form, column.name, "default", "Where there is none", str(line.get("default", "")), placeholder="stays empty"
        )
        if column.kind in {"money", "number", "seconds", "score"}:
            key = form.key(column.name, "decimal_comma")
            controlled(st.checkbox, key, bool(line.get("decimal_comma")), label="Decimal commas: 1.234,5",
                       on_change=_set, args=(form, column.name, "decimal_comma", key))  # fmt: skip


def _empty_words(form: Form, target: str, line: dict[str, Any]) -> None:
    own = form.looks.profile(next(iter(sources_toml.names(line)), ""))
    words = [word for word, _ in form.looks.words(sources_toml.names(line))] or list(own.samples if own else ())
    _several(form, target, "null", "Words for “no value”", sources_toml.texts(line.get("null")), options=words,
             hint="none")  # fmt: skip


def _words(form: Form, target: str, line: dict[str, Any]) -> None:
    """Draw which word of the file becomes which word of ours, with its rows."""
    names = sources_toml.names(line)
    given = line.get("values") if isinstance(line.get("values"), dict) else {}
    found = dict(form.looks.words(names))
    if not found and not given:
        return
    listed = CHANNELS if target == "channel" else LISTED.get(target, ())
    rows = [(word, found.get(word, 0)) for word in {**found, **(given or {})}][:_MOST_WORDS]
    frame = pd.DataFrame(
        {"word": [word for word, _ in rows], "rows": [count for _, count in rows],
         "becomes": [_becomes(word, given or {}, listed) for word, _ in rows]}
    )  # fmt: skip
    unsaid = sum(not word for word in frame["becomes"]) if listed else 0
    title = f"{len(rows)} words" + (f", {unsaid} without one of ours" if unsaid else "")
    if target == "channel" or listed:
        with st.container(gap="xsmall", width=560):
            st.caption(f"{title}; each becomes one of ours.")
            _word_table(form, target, frame, names, listed)
    else:
        with st.popover(f"{title}: give them other names", key=form.key(target, "words_of")):
            _word_table(form, target, frame, names, listed)


def _becomes(word: str, given: dict[str, Any], listed: tuple[str, ...]) -> str:
    if word in given:
        return str(given[word])
    return word.lower() if word.lower() in listed else ""


def _word_table(form: Form, target: str, frame: pd.DataFrame, names: list[str], listed: tuple[str, ...]) -> None:
    """Draw the table; its rows stay those of the first drawing, so that edits in it stay where they were made."""
    key = form.key(target, "words", form.serial, *names)
    kept = st.session_state.setdefault(f"_{form.folder} {key}", frame)
    if list(kept["word"]) != list(frame["word"]) or key not in st.session_state:
        kept = st.session_state[f"_{form.folder} {key}"] = frame
    becomes = (
        st.column_config.SelectboxColumn("Becomes", options=[*listed], width="medium") if listed
        else st.column_config.TextColumn("Becomes", width="medium", help="Empty: stays as it is.")
    )  # fmt: skip
    config = {"word": st.column_config.TextColumn("Word in the file", width="medium"), "becomes": becomes}
    config["rows"] = st.column_config.NumberColumn("Rows", format="localized", width="small")
    st.data_editor(kept, placeholder=NOT_KNOWN,
                   key=key, hide_index=True, column_config=config, disabled=["word", "rows"],
                   height="content" if len(kept) <= 10 else 388, on_change=_words_set, args=(form, target, key),
                   alt=f"Words of {target} in the file and what each becomes", width=560)  # fmt: skip


def _words_set(form: Form, target: str, key: str) -> None:
    """Write the value map: words that become another word."""
    frame = st.session_state[f"_{form.folder} {key}"]
    becomes = dict(zip(frame["word"], frame["becomes"], strict=True))
    for place, edit in st.session_state[key].get("edited_rows", {}).items():
        becomes[frame["word"].iloc[int(place)]] = edit.get("becomes") or ""
    values = {word: str(ours) for word, ours in becomes.items() if ours and ours != word}
    form.set(target, {**form.lines[target], "values": values})


_KINDS: Final[dict[str, Callable[[Form, str, dict[str, Any]], None]]] = {
    "time": _time, "day": _time, "seconds": _seconds, "flag": _flag, "score": _score,
}  # fmt: skip
