"""What holds for a whole section of the mapping (table, files, rules for rows), and for the company."""

from typing import Any, Final
from zoneinfo import available_timezones

import streamlit as st

from analytics.contract import TABLES
from analytics.ui import sources_draft, sources_looks, sources_toml, uploads
from analytics.ui.sources_form import NOTHING, Form, controlled
from analytics.ui.text import md, plain, short
from analytics.workspace import WEEKDAYS, Workspace

_TABLE_WORDS: Final = {name: f"{name.replace('_', ' ')}: {table.doc}" for name, table in TABLES.items()}
_MOST_DAYS: Final = 30


def company(workspace: Workspace, info: dict[str, Any]) -> None:
    """Draw what holds for all files: name, time zone, currency, first weekday."""
    zones = sorted(available_timezones())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="map_company"):
        _info(workspace, st.text_input, "name", str(info.get("name", workspace.folder.name)), "Name shown on each page",
              width=230)  # fmt: skip
        zone = str(info.get("timezone", "UTC"))
        _info(workspace, st.selectbox, "timezone", zone, "Time zone of the clock times", width=230,
              options=zones if zone in zones else [*zones, zone], format_func=plain)  # fmt: skip
        _info(workspace, st.text_input, "currency", str(info.get("currency", "EUR")), "Currency", width=90)
        first = str(info.get("first_weekday", "monday"))
        _info(workspace, st.selectbox, "first_weekday", first, "Week begins on", width=140, format_func=str.capitalize,
              options=list(dict.fromkeys([*WEEKDAYS, first])))  # fmt: skip
        days = info.get("issue_window_days", 7)
        _info(workspace, st.number_input, "issue_window_days", days if type(days) is int and 1 <= days <= 30 else 7,
              "Quiet days that end an issue", min_value=1, max_value=_MOST_DAYS, width=190)  # fmt: skip
    if zone == "UTC":
        st.caption(":orange[Check the time zone]: clock times in files are hardly ever UTC.")


def _info(workspace: Workspace, draw: Any, key: str, value: Any, label: str, **arguments: Any) -> None:
    widget = f"map_company_{key}"
    controlled(draw, widget, value, label=label, on_change=_info_set, args=(workspace, key, widget), **arguments)


def _info_set(workspace: Workspace, key: str, widget: str) -> None:
    value = st.session_state[widget]
    sources_draft.change(workspace.folder, sources_toml.info_set(key, value.strip() if key == "name" else value))


def table_and_files(form: Form, workspace: Workspace) -> None:
    """Draw which table of the contract a section fills, from which files."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = form.key("table")
        controlled(st.selectbox, key, form.place.table, label="These rows are", options=list(TABLES), width=370,
                   format_func=_TABLE_WORDS.__getitem__, on_change=_table_set, args=(form, key))  # fmt: skip
        key, files = form.key("files"), sources_toml.texts(form.section.get("files"))
        options = list(dict.fromkeys([*(path.name for path in uploads.data_files(workspace)), *files]))
        controlled(st.multiselect, key, files, label="from the files", options=options, accept_new_options=True,
                   format_func=lambda name: short(name, 60), on_change=_files_set, args=(form, key), width=370,
                   help="Files with the same columns go together; calls_*.csv stands for all that match.")  # fmt: skip
        st.button("Leave out", icon=":material/delete:", key=form.key("remove"), on_click=_removed,
                  args=(form,))  # fmt: skip


def _files_set(form: Form, key: str) -> None:
    form.option("files", [str(name).strip() for name in st.session_state[key]])


def _table_set(form: Form, key: str) -> None:
    """Map the files anew as another table."""
    table, files = st.session_state[key], sources_looks.files_of(form.folder, form.place.table, form.section)
    section = section_for(table, files[0], form.section) if files else {"files": form.section.get("files", [])}
    sources_draft.change(form.folder, sources_toml.section_removed(form.place))
    sources_draft.change(form.folder, sources_toml.section_added(table, section))


def section_for(table: str, path: Any, section: dict[str, Any]) -> dict[str, Any]:
    """Return the suggested section for a file as `table`, keeping which files it is about."""
    document = sources_toml.read(sources_looks.one_text(path, table))
    return {**document[table], "files": section.get("files") or [path.name]}


def _removed(form: Form) -> None:
    sources_draft.change(form.folder, sources_toml.section_removed(form.place))


def rules(form: Form) -> None:
    """Draw rows to leave out, update logs and words for no value."""
    told = sum(len(_listed(form.section.get(name))) for name in ("exclude", "label")) + bool(form.section.get("key"))
    title = "Rules for rows" + (f": {told}" if told else ": leave rows out, keep only the latest of each")
    with st.expander(title, key=form.key("rules")):
        names = [one.name for one in form.looks.profiles]
        words = sources_toml.texts(form.section.get("null_words"))
        _option(form, st.multiselect, "null_words", words, "Words for “no value” in all columns",
                options=list(dict.fromkeys(["?", "-", "--", *words])), accept_new_options=True)  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            keys = sources_toml.texts(form.section.get("key"))
            _option(form, st.multiselect, "key", keys, "Rows with the same …", width=330, format_func=short,
                    options=list(dict.fromkeys([*names, *keys])))  # fmt: skip
            latest = str(form.section.get("latest_by", NOTHING))
            _option(form, st.selectbox, "latest_by", latest, "are one; the latest has the highest …", width=330,
                    options=list(dict.fromkeys([NOTHING, *names, latest])),
                    format_func=lambda name: short(name) or "–")  # fmt: skip
        _excludes(form, names)
        for label in _listed(form.section.get("label")):
            st.caption(f"Label rule on {md(label.get('column', ''))}: {md(label.get('set', ''))} (edit as text)")


def _option(form: Form, draw: Any, name: str, value: Any, label: str, **arguments: Any) -> None:
    key = form.key("option", name)
    controlled(draw, key, value, label=label, on_change=_option_set, args=(form, name, key), **arguments)


def _option_set(form: Form, name: str, key: str) -> None:
    form.option(name, st.session_state[key])


def _excludes(form: Form, names: list[str]) -> None:
    """Draw one line per rule that leaves rows out, and an empty one."""
    given = [rule for rule in _listed(form.section.get("exclude")) if isinstance(rule, dict)]
    for number, rule in enumerate([*given, {}]):
        column = str(rule.get("column", st.session_state.get(form.key("exclude_waits", number), NOTHING)))
        with st.container(horizontal=True, gap="small"):
            key = form.key("exclude", number, "column")
            options = list(dict.fromkeys([NOTHING, *names, column]))
            controlled(st.selectbox, key, column, label="Leave out rows where", options=options, width=250,
                       format_func=lambda name: short(name) or "–", on_change=_exclude_set,
                       args=(form, number))  # fmt: skip
            if column:
                _exclude_words(form, number, column, rule)


def _exclude_words(form: Form, number: int, column: str, rule: dict[str, Any]) -> None:
    values = sources_toml.texts(rule.get("values"))
    words = [word for word, _ in form.looks.words([column])]
    controlled(st.multiselect, form.key("exclude", number, "values"), values, label="is", accept_new_options=True,
               options=list(dict.fromkeys([*words, *values])), on_change=_exclude_set, args=(form, number), width=330,
               format_func=lambda word: short(word, 40))  # fmt: skip
    if values:
        controlled(st.text_input, form.key("exclude", number, "why"), str(rule.get("why", "")), label="because",
                   on_change=_exclude_set, args=(form, number), width=250)  # fmt: skip


def _exclude_set(form: Form, number: int) -> None:
    """Write one rule; a rule without words waits for them, one without a column goes away."""
    parts = {name: st.session_state.get(form.key("exclude", number, name)) for name in ("column", "values", "why")}
    given = _listed(form.section.get("exclude"))
    before = given[number].get("column") if number < len(given) else None
    rule = {name: value for name, value in parts.items() if value}
    if before is not None and before != parts["column"]:
        rule.pop("values", None)
    waits = form.key("exclude_waits", number)
    st.session_state[waits] = parts["column"] if rule.get("column") and not rule.get("values") else NOTHING
    given[number : number + 1] = [rule] if rule.get("column") and rule.get("values") else []
    form.option("exclude", given)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value] if value else []
