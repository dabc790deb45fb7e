"""The asks: who is asked for what since when, whether the agreed time is over, promised against realised, and RACI."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from analytics.questions.assumptions import assumed
from analytics.questions.charter import (
    ANSWERS,
    MOST_DAYS,
    NOBODY,
    ROLES,
    TEXT_LENGTH,
    Ask,
    ask_words,
    pipeline,
    proposed_ask,
    read_ask,
)
from analytics.questions.initiatives import STAGES, Initiative
from analytics.store import Record
from analytics.ui import backlog_data, cards, drafts, figure, ideas, past, realised_data
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, csv_bytes, short

KIND = "ask"
_NAME = "asks"
_EDITABLE = ("asked", "days", "answer", *ROLES)


def section(page: Page) -> None:
    """Draw the pipeline of each function and the table of asks."""
    held = backlog_data.written(page)
    if not held.initiatives:
        cards.section("Nobody has been asked for anything yet", "Every initiative of the backlog becomes an ask here.")
        return
    rows = table(page, held)
    cards.section(
        title(rows), "Pipeline by function; the agreed time to answer is on Assumptions, or set for one ask below."
    )
    st.dataframe(
        functions(page, rows), hide_index=True, placeholder=NOT_KNOWN,
        key="charter_pipeline", column_config=_pipeline_columns(page),
        alt="Owner functions with initiatives by stage, asks without an answer, and what was promised",
    )  # fmt: skip
    _asks(page, rows)


def title(rows: pd.DataFrame) -> str:
    """Return how many asks wait for an answer, and how many longer than agreed."""
    waiting, late = int((rows["answer"] == ANSWERS["waiting"]).sum()), int(rows["is_overdue"].sum())
    if not waiting:
        return f"Every one of {len(rows)} asks has an answer" if len(rows) > 1 else "The one ask has an answer"
    longer = f", {late} longer than agreed" if late else ", none longer than agreed"
    return f"{waiting} of {len(rows)} asks wait for an answer{longer}"


def asks(page: Page, held: backlog_data.Written) -> dict[str, Ask]:
    """Return the ask of every initiative, as written or as proposed, by key of the initiative."""
    written = {one.key: one for one in page.store.list(page.workspace_id, KIND)}
    first = page.store.first_written(page.workspace_id, backlog_data.KIND)
    days = int(assumed(page.entered, "response_days"))
    found = {}
    for one in held.initiatives:
        proposed = proposed_ask(one, date.fromisoformat(first[one.key][:10]), days)
        found[one.key] = read_ask(proposed, written[one.key].body) if one.key in written else proposed
    return found


def table(page: Page, held: backlog_data.Written) -> pd.DataFrame:
    """Return one row per ask, longest waiting first, for screen and file; the index is the key of the initiative."""
    found, today = asks(page, held), datetime.now(UTC).date()
    promised, realised = _promised(page, held), _realised(page, held)
    records = {one.key: one for one in page.store.list(page.workspace_id, KIND)}
    rows = {one.key: _row(one, found[one.key], today) | {
        "promised": promised.get(one.key, float("nan")), "realised": realised.get(one.key, "not begun"),
        "changed": _changed(records.get(one.key)),
    } for one in held.initiatives}  # fmt: skip
    made = pd.DataFrame.from_dict(rows, orient="index")
    return made.sort_values(["is_overdue", "age_days"], ascending=False, kind="stable")


def functions(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pipeline of each owner function."""
    answers, stages = ({words: code for code, words in held.items()} for held in (ANSWERS, STAGES))
    coded = rows.assign(answer=rows["answer"].map(answers), stage=rows["stage"].map(stages))
    return pipeline(coded, _open_ideas(page))


def _open_ideas(page: Page) -> Mapping[str, int]:
    waiting = [one for one in ideas.ideas(page) if one.status in ("new", "looking")]
    return Counter(page.taxonomy.of(one.reason).owner if one.reason else NOBODY for one in waiting)


def _row(one: Initiative, ask: Ask, today: date) -> dict[str, object]:
    return {
        "owner": one.owner or NOBODY, "initiative": one.name, "ask": ask_words(one), "stage": STAGES[one.stage],
        "asked": ask.asked, "age_days": ask.age(today), "days": ask.days, "answer": ANSWERS[ask.answer],
        "is_overdue": ask.overdue(today), **{name: getattr(ask, name) for name in ROLES},
    }  # fmt: skip


def _promised(page: Page, held: backlog_data.Written) -> dict[str, float]:
    """Return cost a year that each waiting initiative brings last in."""
    waiting = held.waiting(page.filters.last_month)
    if not waiting.initiatives:
        return {}
    rows = backlog_data.compared(page, waiting, "cost", "independent").rows
    return dict(zip(rows["key"].astype(str), rows["last_in"].astype(float), strict=True))


def _realised(page: Page, held: backlog_data.Written) -> dict[str, str]:
    """Return the verdict on every initiative that has begun, in words."""
    begun = [one for one in held.initiatives if one.started is not None and one.started <= page.filters.last_month]
    said: dict[str, list[str]] = {}
    for one in realised_data.judged(page, begun):
        said.setdefault(one.initiative.key, []).append(realised_data.brief(one))
    return {key: "; ".join(parts) for key, parts in said.items()}


def _changed(record: Record | None) -> str:
    return f"{record.author.shown}, {record.at[:16].replace('T', ' ')} UTC" if record else ""


def _asks(page: Page, rows: pd.DataFrame) -> None:
    made = drafts.draft(_NAME, page, KIND, lambda: rows)
    edited = st.data_editor(
        made.frame, placeholder=NOT_KNOWN, key=drafts.editor_key(_NAME, made), hide_index=True, num_rows="fixed",
        disabled=[name for name in made.frame.columns if name not in _EDITABLE], column_config=_columns(page),
        alt="Asks with age, agreed time, answer, roles, promised and realised",
    )  # fmt: skip
    drafts.save_bar(_NAME, drafts.changes(made, edited), lambda key, change: _save(page, made, key, change))
    st.download_button(
        f"Download the asks ({len(rows)} rows, CSV)", lambda: csv_bytes(rows), mime="text/csv",
        file_name=figure.file_name("asks", page.info.invented), icon=":material/download:", on_click="ignore",
        key="asks_download",
    )  # fmt: skip
    with st.expander("Who changed an ask", icon=":material/history:"):
        names = dict(zip(map(str, made.frame.index), made.frame["initiative"], strict=True))
        key = st.selectbox("Ask", list(names), key="ask_choice", width=480,
                           format_func=lambda one: short(names[one], 70))  # fmt: skip
        past.history(page, KIND, key, lambda record: ANSWERS.get(str(record.body.get("answer")), "changed"))


def _save(page: Page, made: drafts.Draft, key: str, change: drafts.Change) -> None:
    held = backlog_data.written(page)
    one, before = held.of(key), made.seen[key].body if key in made.seen else {}
    proposed = asks(page, held)[key] if one else Ask(key, datetime.now(UTC).date(), 0)
    codes = {words: code for code, words in ANSWERS.items()}
    typed = {name: value for name, value in change.items() if name in _EDITABLE}
    typed |= {name: str(typed[name] or "") for name in ROLES if name in typed}
    if "answer" in typed:
        typed["answer"] = codes.get(str(typed["answer"]), typed["answer"])
    ask = read_ask(proposed, {**before, **typed})
    page.store.put(page.workspace_id, KIND, key, ask.body(), page.author, drafts.version_of(made, key))


def _columns(page: Page) -> dict[str, Any]:
    column = st.column_config
    return {
        "initiative": column.TextColumn("Initiative", pinned=True, width="medium"),
        "owner": column.TextColumn("Owner function"), "ask": column.TextColumn("Ask", width="medium"),
        "stage": column.TextColumn("Stage"), "asked": column.DateColumn("Asked on", required=True),
        "age_days": column.NumberColumn("Age, days"),
        "days": column.NumberColumn("Answer within, days", min_value=0, max_value=MOST_DAYS, step=1, required=True),
        "answer": column.SelectboxColumn("Answer", options=list(ANSWERS.values()), required=True),
        "is_overdue": column.CheckboxColumn("Overdue"),
        **{name: column.TextColumn(name.capitalize(), max_chars=TEXT_LENGTH) for name in ROLES},
        "promised": column.NumberColumn(f"Promised, {page.info.currency} a year", format="localized", step=1,
                                        help="Last-in value of initiatives that have not begun."),
        "realised": column.TextColumn("Realised"), "changed": column.TextColumn("Changed by"),
    }  # fmt: skip


def _pipeline_columns(page: Page) -> dict[str, Any]:
    column = st.column_config
    return {
        "owner": column.TextColumn("Owner function", pinned=True), "ideas": column.NumberColumn("Front-line ideas"),
        **{stage: column.NumberColumn(words) for stage, words in STAGES.items()},
        "waiting": column.NumberColumn("Without an answer"), "overdue": column.NumberColumn("Overdue"),
        "oldest_days": column.NumberColumn("Oldest, days"),
        "promised": column.NumberColumn(f"Promised, {page.info.currency} a year", format="localized", step=1,
                                        help="Last-in values; together they bring less than their sum."),
    }  # fmt: skip
