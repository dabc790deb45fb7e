"""Sections of Sources that say what is loaded and what it can be trusted with."""

from itertools import groupby

import pandas as pd
import streamlit as st

from analytics.engine import Reader
from analytics.questions import readiness as ready
from analytics.questions import words
from analytics.ui import (
    cards,
    figure,
    importing,
    menu,
    messages,
    numbers,
    sources_import,
    sources_mapping,
    sources_workspace,
    uploads,
)
from analytics.ui.page import Page
from analytics.ui.sources_files import import_files
from analytics.ui.text import md

_STATES = {"yes": "✓ yes", "limited": "◐ limited", "no": "– not yet"}
_MARKS = {"yes": ":green[✓]", "limited": ":orange[◐]", "no": ":gray[–]"}


def finding(page: Page) -> None:
    """Say what is loaded, and how many questions it can answer."""
    if not page.has_data:
        cards.finding(
            "Bring a file of contacts to begin",
            "When each contact began, by which channel, and why: three columns are enough.",
        )
        return
    files, answers = page.ask(import_files), page.ask(_readiness)
    good = sum(answer.state == "yes" for answer in answers)
    read, loaded, rejected = (int(files[f"rows_{what}"].sum()) for what in ("read", "loaded", "rejected"))
    cards.finding(
        f"{words.thousands(loaded)} rows are in; {good} of {len(answers)} questions can be answered fully",
        f"{words.thousands(read)} rows read from {uploads.counted(len(files), 'file')}, {words.thousands(rejected)} "
        f"rejected, each with its reason below. Data from {numbers.month(page.period.first_month)} to "
        f"{numbers.month(page.period.last_full_month)}; issues end after {page.period.window_days} quiet days.",
    )


def load(page: Page) -> None:
    """Files, mapping, import; folded once there is data, so that reading the page does not read the files."""
    if not page.has_data:
        _load(page)
        return
    folded = st.expander("Load more files, or change the mapping", icon=":material/upload_file:", key="load_more",
                         on_change="rerun")  # fmt: skip
    if folded.open:
        with folded:
            _load(page)


def _load(page: Page) -> None:
    for part in (sources_workspace.bring, sources_mapping.mapping, sources_import.run):
        page.show(part)


def readiness(page: Page) -> None:
    """Draw, per page, what it can be trusted with, what is missing, and what loading it unlocks."""
    if not page.has_data:
        return
    drawn = {entry.name for entry in menu.built()}
    answers = [answer for answer in page.ask(_readiness) if answer.page in drawn]
    cards.section("What each page can be trusted with", "✓ fully · ◐ limited: a column is filled too rarely, or the "
                  "history is short · – not yet")  # fmt: skip
    with st.grid(columns=2, min_column_width=330, gap="small"):
        for name, found in groupby(answers, key=lambda answer: answer.page):
            _page_card(name, list(found))
    figure.drawer(_table(answers), "readiness_rows", "A question is limited when a column it needs is filled too "
                  "rarely, or the history is too short.", invented=page.info.invented)  # fmt: skip


def _page_card(name: str, answers: list[ready.Readiness]) -> None:
    good = sum(answer.state == "yes" for answer in answers)
    limited = sum(answer.state == "limited" for answer in answers)
    mark = _MARKS["yes" if good == len(answers) else "limited" if good or limited else "no"]
    told = f"{good} of {len(answers)} {'question' if len(answers) == 1 else 'questions'} fully" + (
        f", {limited} limited" if limited else ""
    )
    with st.expander(f"{mark} **{md(name)}** :small[{told}]", key=f"ready_{name}"):
        for answer in answers:
            st.markdown(f"{_MARKS[answer.state]} {md(answer.question)}  \n:small[:gray[{md(_why(answer))}]]")


def _why(answer: ready.Readiness) -> str:
    if answer.state == "yes":
        return answer.with_what
    return f"{answer.missing}. Loading it unlocks: {answer.unlocks}" if answer.missing else answer.unlocks


def _table(answers: list[ready.Readiness]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"Page": answer.page, "Question": answer.question, "Answered": _STATES[answer.state],
             "Missing": answer.missing, "Loading it unlocks": answer.unlocks if answer.state != "yes" else "",
             "Rests on": answer.with_what}
            for answer in answers
        ]
    )  # fmt: skip


def what_next(page: Page) -> None:
    """Lead on once the data is in."""
    if page.has_data:
        cards.next_steps(
            [
                cards.Step("See what the data says", "Demand, cost, effort, value.", "Overview"),
                cards.Step("Check the reasons", "Class, cause and owner of each, with the evidence.", "Taxonomy"),
                cards.Step("Check what the costs assume", "Rates and the line in the books.", "Assumptions"),
            ],
            page.query,
        )
    elif importing.current(page.workspace.folder) is None:
        messages.missing("The other pages open after the first import.", "They then show what your data can carry.")


def _readiness(reader: Reader, _: object) -> tuple[ready.Readiness, ...]:
    return ready.readiness(reader)
