"""Ideas from the front line: written down in a minute, answered where their author sees it, turned into initiatives."""

from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import AnalyticsError, StoreError
from analytics.questions.backlog import Scope
from analytics.questions.ideas import NAME_LENGTH, STATUSES, TEXT_LENGTH, Idea, read_idea
from analytics.questions.initiatives import NAME_LENGTH as INITIATIVE_NAME
from analytics.questions.initiatives import STAGES, check_scope, read_initiative, scope_body
from analytics.store import Author
from analytics.ui import backlog_data, backlog_form, cards, drafts, figure, messages, past
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, csv_bytes, md, short

KIND = "idea"
_NAME = "ideas"
_SERIAL, _SAID = "_idea_serial", "_idea_said"
_LOCKED = ["idea", "reason", "name", "contacts", "stage", "written", "changed"]


def draw(page: Page) -> None:
    """Draw the intake, what came in, and what became of it."""
    page.show(_intake)
    found = ideas(page)
    if not found:
        st.caption("No idea has come in yet.")
        return
    page.show(_answers, found)
    page.show(_convert, found)


def ideas(page: Page) -> tuple[Idea, ...]:
    """Return every idea that can be read, newest first."""
    if not page.edits_readable:
        return ()
    read = [read_idea(one.key, one.body) for one in page.store.list(page.workspace_id, KIND)]
    return tuple(sorted(read, key=lambda one: one.written_at, reverse=True))


def _intake(page: Page) -> None:
    cards.section("What should customers no longer need to ask?", "You hear it first. You see here what came of it.")
    words = st.session_state.pop(_SAID, "")
    if words:
        st.success(md(words), icon=":material/check:")
    serial = int(st.session_state.get(_SERIAL, 0))
    with st.form(f"idea_form_{serial}", border=True):
        text = st.text_area("Your idea", max_chars=TEXT_LENGTH, key=f"idea_text_{serial}", height=96)
        about, who = st.columns(2)
        reason = about.selectbox("About", ["", *page.choices.reasons], key=f"idea_reason_{serial}",
                                 format_func=lambda one: short(one, 60) or "no one reason")  # fmt: skip
        name = who.text_input("Your name", page.author.name, max_chars=NAME_LENGTH, key=f"idea_name_{serial}")
        sent = st.form_submit_button("Send the idea", icon=":material/send:")
    if sent:
        _send(page, Idea("", text.strip(), name.strip(), reason), serial)


def _send(page: Page, idea: Idea, serial: int) -> None:
    author = page.author if page.author.name else Author(idea.name)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        made = read_idea("", replace(idea, name=idea.name or author.name, written_at=at).body())
        if not author.name:
            raise StoreError("Who has the idea is not known.", do="Write your name, so that an answer finds you.")
        page.store.put(page.workspace_id, KIND, token_hex(5), made.body(), author, None)
    except AnalyticsError as error:
        messages.problem(error)
        return
    st.session_state[_SERIAL] = serial + 1
    st.session_state[_SAID] = "Thank you. The idea is kept; its status is below."
    st.rerun()


def table(page: Page, found: tuple[Idea, ...]) -> pd.DataFrame:
    """Return one row per idea, newest first, for screen and file; the index is the key."""
    held, written = (
        backlog_data.cells(page).groupby("reason", observed=True)["contacts"].sum(),
        backlog_data.written(page),
    )
    records = {one.key: one for one in page.store.list(page.workspace_id, KIND)}
    rows = {}
    for one in found:
        became, record = written.of(one.initiative), records[one.key]
        rows[one.key] = {
            "idea": one.text, "reason": one.reason, "name": one.name, "status": STATUSES[one.status],
            "answer": one.answer, "stage": STAGES[became.stage] if became else "",
            "contacts": float(held.get(one.reason, float("nan"))), "written": one.written_at[:10],
            "changed": f"{record.author.shown}, {record.at[:16].replace('T', ' ')} UTC",
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")


def _answers(page: Page, found: tuple[Idea, ...]) -> None:
    waiting = sum(one.status == "new" for one in found)
    cards.section(
        f"{len(found)} ideas, {waiting} without an answer" if len(found) > 1 else "One idea",
        "Set a status and say something back; the author reads it here.",
    )
    made = drafts.draft(_NAME, page, KIND, lambda: table(page, found))
    column = st.column_config
    edited = st.data_editor(
        made.frame, placeholder=NOT_KNOWN,
        key=drafts.editor_key(_NAME, made), hide_index=True, num_rows="fixed", disabled=_LOCKED,
        alt="Ideas with status and answer",
        column_config={
            "idea": column.TextColumn("Idea", width="medium"), "reason": column.TextColumn("About"),
            "name": column.TextColumn("From"), "stage": column.TextColumn("Stage"),
            "status": column.SelectboxColumn("Status", options=list(STATUSES.values()), required=True),
            "answer": column.TextColumn("Answer", width="medium", max_chars=TEXT_LENGTH),
            "contacts": column.NumberColumn("Contacts a year", format="localized", step=1),
            "written": column.TextColumn("Written"), "changed": column.TextColumn("Changed by"),
        },
    )  # fmt: skip
    drafts.save_bar(_NAME, drafts.changes(made, edited), lambda key, change: _save(page, made, key, change))
    st.download_button(
        f"Download the ideas ({len(found)} rows, CSV)", lambda: csv_bytes(table(page, found)), mime="text/csv",
        file_name=figure.file_name("ideas", page.info.invented), icon=":material/download:", on_click="ignore",
        key="ideas_download",
    )  # fmt: skip


def _save(page: Page, made: drafts.Draft, key: str, change: drafts.Change) -> None:
    codes = {words: code for code, words in STATUSES.items()}
    named: dict[str, Any] = {name: value or "" for name, value in change.items() if name in ("status", "answer")}
    named = {name: codes.get(value, value) if name == "status" else value for name, value in named.items()}
    idea = read_idea(key, {**made.seen[key].body, **named})
    page.store.put(page.workspace_id, KIND, key, idea.body(), page.author, drafts.version_of(made, key))


def _convert(page: Page, found: tuple[Idea, ...]) -> None:
    names = {one.key: one for one in found}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = st.selectbox("One idea", list(names), key="idea_choice", width=480,
                           format_func=lambda one: short(names[one].text, 70))  # fmt: skip
        is_open = names[key].status != "initiative"
        st.button("Make it an initiative", icon=":material/add_task:", key="idea_convert", disabled=not is_open,
                  on_click=convert, args=(page, names[key]))  # fmt: skip
    with st.expander("Who changed it", icon=":material/history:"):
        past.history(page, KIND, key, lambda record: STATUSES.get(str(record.body.get("status")), "changed"))


def convert(page: Page, idea: Idea) -> None:
    """Turn an idea into an initiative at the stage of an idea, and say so to its author."""
    with messages.net("idea to initiative"):
        scope = Scope(reasons=(idea.reason,) if idea.reason else ())
        check_scope(scope, page.taxonomy, {"reasons": page.choices.reasons})
        key, record = token_hex(5), page.store.get(page.workspace_id, KIND, idea.key)
        owner = page.taxonomy.of(idea.reason).owner if idea.reason else ""
        body = {"name": short(idea.text, INITIATIVE_NAME), "owner": owner, "scope": scope_body(scope), "idea": idea.key}
        made = read_initiative(key, backlog_form.DEFAULTS | body)
        if record is None:
            raise StoreError("Somebody deleted this idea.", do="Write it down again.")
        told = replace(read_idea(idea.key, record.body), status="initiative", initiative=key)
        page.store.put(page.workspace_id, KIND, idea.key, told.body(), page.author, record.version)
        page.store.put(page.workspace_id, backlog_data.KIND, key, made.body(), page.author, None)
        drafts.drop(_NAME)
