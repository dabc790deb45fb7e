"""Who starts when: the best set over the months, so that the change team is never asked for more than it has."""

from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from analytics.charts import phasing as charts
from analytics.questions.words import money
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.links import encode
from analytics.scenarios.phasing import Floats, Schedule, Task, monthly, phased
from analytics.scenarios.scenario import Scenario
from analytics.ui import cached, cards, change_team, figure, portfolio_kept
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.portfolio_answer import Answer, Asked
from analytics.ui.portfolio_sure import looked
from analytics.ui.text import md, short
from analytics.ui.what_if_basis import Baseline

SHORTEST: Final = 1
_DEFINITION: Final = (
    "Start months that lose the least last-in value to delay, exactly (time-indexed program): people at work in "
    "a month are at most those there, work is finished within the months, a prerequisite is finished first. The effect "
    "of an initiative begins with its work and rises over its ramp. The value lost is that of the whole what-if, "
    "overlap and ramps included."
)


def phasing(page: Page, base: Baseline, question: Asked, answer: Answer) -> None:
    """Draw people by quarter, months of work, and what follows; nothing where nobody of the team is needed."""
    chosen = [question.plan.by_key(key) for key in answer.ordered]
    if not any(item.team for item in chosen):
        if chosen:
            cards.section("Who starts when", "Enter the people each initiative takes, and it is placed by month.")
        return
    head = st.container()
    held, ledger = portfolio_kept.kept(page), base.ledger
    capacity = _capacity(held, question, ledger.horizon)
    tasks = tuple(_tasks(held, question, answer))
    found = cached.answer(f"{question.key} phasing {tasks!r} {capacity.tolist()}", lambda: phased(tasks, capacity))
    lost = _lost(base, question, found)
    with head:
        cards.section(title(found, ledger.months), _about(found, lost, page.info.currency))
        for _, words in found.waiting:
            st.markdown(f":material/block: {md(words)}")
        _picture(page, base, tasks, found)
    _link(page, question, found)


def _capacity(held: dict[str, Any], question: Asked, months: int) -> Floats:
    """Draw people of the team by quarter; the limit on the set, or the largest need, until somebody enters others."""
    largest = max((item.team for item in question.plan.initiatives), default=0.0)
    usual = question.ask.team[0] if question.ask.team else largest
    entered = change_team.quarters(held, "portfolio", usual, months)
    return monthly([usual if people is None else people for people in entered], months)


def _tasks(held: dict[str, Any], question: Asked, answer: Answer) -> list[Task]:
    made = []
    with st.grid(columns=4, min_column_width=230):
        for key in answer.ordered:
            item, lever = question.plan.by_key(key), question.scenario.lever(key)
            usual = dict(question.work).get(key, max(lever.ramp, SHORTEST))
            work = _work(held, key, item.name, usual) if item.team else SHORTEST
            made.append(Task(key, item.name, item.team, work, answer.last_in[key] / 12, item.needs))
    return made


def _work(held: dict[str, Any], key: str, name: str, usual: int) -> int:
    slot = f"work_{key}"
    value = st.number_input(
        f"Months of work: {md(short(name, 30))}", 1, portfolio_kept.LONGEST_WORK, held.get(slot),
        key=f"portfolio_{slot}", placeholder=f"{usual}", help="As in the backlog, else as long as its ramp",
    )  # fmt: skip
    held[slot] = value
    return usual if value is None else int(value)


def _phased_set(question: Asked, found: Schedule) -> Scenario:
    levers = (replace(item, start=found.starts[item.key]) for item in question.scenario.levers
              if item.key in found.starts)  # fmt: skip
    return replace(question.scenario, name="Best set, phased", levers=tuple(levers))


def _lost(base: Baseline, question: Asked, found: Schedule) -> float:
    """Return the cost to serve no longer saved within the horizon because not everything begins at once."""
    late = _phased_set(question, found)
    at_once = replace(late, levers=tuple(replace(item, start=1) for item in late.levers))
    return cached.answer(f"{question.key} lost {sorted(found.starts.items())}", lambda: _gap(base, at_once, late))


def _gap(base: Baseline, first: Scenario, second: Scenario) -> float:
    saved = [evaluate(base.ledger, one.with_settings(money="capacity")).paths for one in (first, second)]
    totals = [float((p.cost_before - p.cost_after).sum() - p.running.sum()) for p in saved]
    return totals[0] - totals[1]


def title(found: Schedule, months: tuple[str, ...]) -> str:
    """Return who starts when, in one line."""
    if not found.starts:
        return f"Nothing can begin with this change team by {_name(months[-1])}"
    late = sum(start > 1 for start in found.starts.values())
    waits = f"; {len(found.waiting)} cannot be finished by {_name(months[-1])}" if found.waiting else ""
    if not late:
        return f"All {len(found.starts)} that fit can begin at once{waits}" if waits else "All can begin at once"
    last = max(found.starts.values())
    return f"{len(found.starts) - late} begin at once, the last in {_name(months[last - 1])}{waits}"


def _name(month: str) -> str:
    return f"{pd.Timestamp(f'{month}-01'):%b %Y}"


def _about(found: Schedule, lost: float, currency: str) -> str:
    most = f"At most {found.used.max():g} people at work at a time" if found.used.size else ""
    full = f"everybody there is at work in {found.full_months} of {found.used.size} months"
    wait = f"waiting costs {money(lost, currency)} of the value in these months" if lost > 0.5 else "nothing is lost"
    return f"{most}; {full}; {wait}. To phase a larger set, leave the limit on the team above open."


def _picture(page: Page, base: Baseline, tasks: tuple[Task, ...], found: Schedule) -> None:
    placed = sorted((task for task in tasks if task.key in found.starts), key=lambda task: found.starts[task.key])
    if not placed:
        return
    months = [f"{pd.Timestamp(f'{month}-01'):%b}" for month in base.ledger.months]
    rows = pd.DataFrame([_row(task, found.starts[task.key], base.ledger.months) for task in placed])
    figure.show(
        charts.schedule(rows, months, is_dark()), rows, "portfolio_phasing",
        "Bars of work by month. " + "; ".join(f"{row.initiative} from {row.begins}" for row in rows.itertuples()),
        f"{_DEFINITION} People at work by month: {', '.join(f'{used:g}' for used in np.asarray(found.used))}.",
        looked_at=looked(page), invented=page.info.invented, height=charts.height(len(rows)),
    )  # fmt: skip


def _row(task: Task, start: int, months: tuple[str, ...]) -> dict[str, Any]:
    people = "1 person" if task.people == 1 else f"{task.people:g} people"
    span = "1 month" if task.months == 1 else f"{task.months} months"
    return {"initiative": task.name, "begins": _name(months[start - 1]), "start": start, "work_months": task.months,
            "people": task.people, "words": f"{people}, {span} from {_name(months[start - 1])}"}  # fmt: skip


def _link(page: Page, question: Asked, found: Schedule) -> None:
    if found.starts:
        page.link("What-if", "Open the phased set in What-if", change=encode(_phased_set(question, found)))
