"""Sections of Sources that say what is loaded and what it can be trusted with."""

import pandas as pd
import streamlit as st

from analytics.engine import Reader
from analytics.questions import imports, words
from analytics.questions import readiness as ready
from analytics.ui import cards, figure, menu, messages, numbers
from analytics.ui.page import Page
from analytics.ui.workspaces import PARAMETER, beside

KEPT_ROWS = 100_000
SHOWN_ROWS = 200
_STATES = {"yes": "✓ yes", "limited": "◐ limited", "no": "– not yet"}


def finding(page: Page) -> None:
    """What is loaded, and how many questions it can answer."""
    if not page.has_data:
        cards.finding(
            "Bring a file of contacts to begin",
            "When each contact began, by which channel, and why: three columns are enough.",
        )
        return
    files, answers = _files(page), _answers(page)
    good = sum(answer.state == "yes" for answer in answers)
    read, loaded, rejected = (int(files[f"rows_{what}"].sum()) for what in ("read", "loaded", "rejected"))
    cards.finding(
        f"{words.thousands(loaded)} rows are in; {good} of {len(answers)} questions can be answered fully",
        f"{words.thousands(read)} rows read from {len(files)} files, {words.thousands(rejected)} rejected, each with "
        f"its reason below. Data from {numbers.month(page.period.first_month)} to "
        f"{numbers.month(page.period.last_full_month)}; issues end after {page.period.window_days} quiet days.",
    )


def choose(page: Page) -> None:
    """Switch to another workspace beside this one."""
    names = [folder.name for folder in beside()]
    if len(names) < 2:
        return

    def _switch() -> None:
        st.query_params.clear()
        st.query_params[PARAMETER] = st.session_state["workspace_choice"]

    here = page.workspace.folder.name
    st.selectbox("Workspace", names, index=names.index(here) if here in names else None, key="workspace_choice",
                 on_change=_switch)  # fmt: skip


def readiness(page: Page) -> None:
    """Per page: what it can be trusted with, what is missing, and what loading it unlocks."""
    if not page.has_data:
        return
    cards.section("What each page can be trusted with")
    drawn = {entry.name for entry in menu.built()}
    table = pd.DataFrame(
        [
            {"Page": answer.page, "Question": answer.question, "Answered": _STATES[answer.state],
             "Missing": answer.missing, "Loading it unlocks": answer.unlocks if answer.state != "yes" else "",
             "Rests on": answer.with_what}
            for answer in _answers(page) if answer.page in drawn
        ]
    )  # fmt: skip
    st.dataframe(table, hide_index=True, key="readiness", height="content" if len(table) < 14 else 500,
                 alt="Questions by page: whether the data can answer them, what is missing")  # fmt: skip
    figure.drawer(table, "readiness_rows", "A question is limited when a column it needs is filled too rarely, or the "
                  "history is too short.", invented=page.info.invented)  # fmt: skip


def files(page: Page) -> None:
    """Per file: every row read ended in exactly one of four outcomes."""
    if not page.has_data:
        return
    table = _files(page)
    adds_up = bool((table["rows_read"] == table[_OUTCOMES].sum(axis=1)).all())
    cards.section(
        "Every row is accounted for" if adds_up else "The rows do not add up",
        "Rows read = loaded + rejected + superseded by a later row + excluded by a rule of yours.",
    )
    st.dataframe(
        table,
        hide_index=True,
        key="files",
        column_config=_LABELS,
        alt="Rows read, loaded, rejected, superseded, excluded by file",
    )
    figure.drawer(table, "import_files", "Loaded, rejected, superseded and excluded rows add up to the rows read.",
                  invented=page.info.invented)  # fmt: skip


def rejects(page: Page) -> None:
    """What was rejected, emptied or flagged: file, line, column, value, reason."""
    if not page.has_data:
        return
    counts = page.ask(_problems)
    chosen = st.session_state.get("outcomes") or _WANTED
    rows = page.ask(_rejects, tuple(chosen))
    if counts.empty and rows.empty and chosen == _WANTED:
        cards.section("No row was rejected, no value emptied")
        return
    cards.section("What was not taken as it is", "Rejected rows, emptied values and flagged rows, with the reason.")
    if not counts.empty:
        st.dataframe(
            counts,
            hide_index=True,
            key="problem_counts",
            column_config=_LABELS,
            alt="Emptied and flagged values by column",
        )
    st.dataframe(
        rows.head(SHOWN_ROWS),
        hide_index=True,
        key="reject_rows",
        column_config=_LABELS,
        alt="Problems with file, line and reason",
    )
    if len(rows) > SHOWN_ROWS:
        st.caption(f"The first {SHOWN_ROWS} of {len(rows):,}; the download has all that were kept.")
    figure.drawer(rows, "rejects", "Each problem with file, line, column, value and reason; at most 100,000 are kept.",
                  invented=page.info.invented)  # fmt: skip


def what_next(page: Page) -> None:
    """Where to go once the data is in."""
    if page.has_data:
        cards.next_steps(
            [
                cards.Step("See what the data says", "Demand, cost, effort, value.", "Overview"),
                cards.Step("Check the reasons", "Class, cause and owner of each, with the evidence.", "Taxonomy"),
                cards.Step("Check what the costs assume", "Rates and the line in the books.", "Assumptions"),
            ],
            page.query,
        )
    else:
        messages.missing("The other pages open after the first import.", "They then show what your data can carry.")


_LABELS = {
    "table_name": "Table", "file": "File", "rows_read": "Read", "rows_loaded": "Loaded", "rows_rejected": "Rejected",
    "rows_superseded": "Superseded", "rows_excluded": "Excluded", "bytes": "Bytes", "line": "Line",
    "column_name": "Column", "value": "Value", "reason": "Why", "outcome": "Outcome", "row_count": "Rows",
}  # fmt: skip
_WANTED = ["rejected", "emptied", "flagged"]
_OUTCOMES = ["rows_loaded", "rows_rejected", "rows_superseded", "rows_excluded"]


def _files(page: Page) -> pd.DataFrame:
    return page.ask(_import_files)


def _answers(page: Page) -> tuple[ready.Readiness, ...]:
    return page.ask(_readiness)


def _import_files(reader: Reader, _: object) -> pd.DataFrame:
    return imports.import_files(reader)


def _readiness(reader: Reader, _: object) -> tuple[ready.Readiness, ...]:
    return ready.readiness(reader)


def _problems(reader: Reader, _: object) -> pd.DataFrame:
    return imports.import_problems(reader)


def _rejects(reader: Reader, _: object, outcomes: tuple[str, ...]) -> pd.DataFrame:
    return imports.import_rejects(reader, outcomes, limit=KEPT_ROWS)
