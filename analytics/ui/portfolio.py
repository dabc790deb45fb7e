"""Portfolio: which initiatives to fund first under budget, people and logic, with overlap counted once."""

import streamlit as st

from analytics.errors import AnalyticsError
from analytics.questions.words import money, thousands
from analytics.scenarios.links import encode
from analytics.ui import cards, messages, portfolio_result
from analytics.ui.page import Page
from analytics.ui.portfolio_answer import Answer, Asked, answered, asked, infeasible
from analytics.ui.portfolio_candidates import Candidates, candidates
from analytics.ui.portfolio_inputs import Inputs, controls, keep
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline, Basis, baseline

APPROXIMATE = (
    "Value = cost to serve that no longer arises, by freed minutes (capacity, not cash), less running cost; each "
    "contact counts once however many initiatives reach it. Ramps count as their mean over the year; one-off cost "
    "comes out of the budget, not out of the value."
)


def everything(page: Page) -> None:
    """Draw the page; say what is missing where the data cannot carry it."""
    try:
        base = baseline(page, Basis())
        found = candidates(page, base)
    except AnalyticsError as error:
        cards.finding("This data cannot carry a portfolio yet")
        messages.problem(error)
        page.link("Sources", "Open Sources")
        return
    for words in found.refused:
        st.warning(f"**One initiative cannot be read.** {md(words)}", icon=":material/error:")
    if not found.all:
        _empty(page, found)
        return
    head, limits, result = st.container(), st.container(), st.container()
    cards.section("What can be funded", _offered(found))
    inputs = controls(page, found.all, limits)
    with head, messages.net("Portfolio: result"):
        question = _head(page, base, found, inputs)
    if question is not None:
        with result, messages.net("Portfolio: result"):
            portfolio_result.draw(page, base, *question)
    with limits, messages.net("Portfolio: what is kept"):
        keep(page, found.all)
    _next(page, question)


def _empty(page: Page, found: Candidates) -> None:
    cards.finding(
        "Every initiative has begun: nothing is left to choose" if found.begun else "There is nothing to fund yet",
        "Initiatives come from the backlog on Remove: describe what would make demand go away, with effect and cost.",
    )
    _to_backlog(page)


def _to_backlog(page: Page) -> None:
    page.link("Remove", "Open the backlog on Remove", tab="Backlog")


def _offered(found: Candidates) -> str:
    own = "One initiative waits" if found.in_backlog == 1 else f"{found.in_backlog or 'No'} initiatives wait"
    few = " Proposals from the dearest causes stand beside; enter what each costs, or write it into the backlog."
    text = f"{own} in the backlog.{few if found.in_backlog < len(found.all) else ''}"
    return f"{text} {found.begun} begun already: in the data, not chosen again." if found.begun else text


def _head(page: Page, base: Baseline, found: Candidates, inputs: Inputs) -> tuple[Asked, Answer] | None:
    """Draw the finding; return question and answer where there is one."""
    if not inputs.cost:
        cards.finding("There is nothing to fund yet: the backlog is empty",
                      "Proposals from the data are below; each counts once somebody enters its cost.")  # fmt: skip
        _to_backlog(page)
        return None
    try:
        question = asked(base, found.all, inputs)
        answer = answered(base, question)
    except AnalyticsError as error:
        cards.finding("These initiatives cannot be set side by side")
        messages.problem(error)
        _to_backlog(page)
        return None
    if answer is None:
        cards.finding("No set of initiatives meets all of this")
        st.warning(f"**Not possible as asked.** {md(infeasible(question))} Amounts in {md(page.info.currency)}. Raise "
                   "the limit, or open one of the rules.", icon=":material/block:")  # fmt: skip
        return None
    cards.finding(title(question, answer, page.info.currency), _sentence(base, question, answer, inputs, page))
    portfolio_result.tiles(page, question, answer)
    return question, answer


def title(question: Asked, answer: Answer, currency: str) -> str:
    """Return the finding: what to fund, and what it brings."""
    names = [question.plan.by_key(key).name for key in answer.ordered]
    if not names:
        return "Nothing on the list is worth funding within these limits"
    first = " and ".join(f"“{name}”" for name in names) if len(names) < 3 else f"{len(names)} initiatives"
    return (
        f"Fund {first} first: {money(answer.choice.value, currency)} a year for {money(answer.choice.cost, currency)}"
    )


def _sentence(base: Baseline, question: Asked, answer: Answer, inputs: Inputs, page: Page) -> str:
    currency, months = page.info.currency, base.ledger.months
    budget = f"{thousands(inputs.budget)} {currency}" + (", half of all costs until you enter one" * inputs.is_half)
    team = "no limit on people" if inputs.team is None else f"{inputs.team:g} people"
    ends = f"{money(answer.low, currency)} to {money(answer.high, currency)}"
    return (
        f"{months[0]} to {months[-1]}. Range {ends}, all effects low or high. Proven best of "
        f"{len(question.plan.initiatives)} under a budget of {budget} and {team}. {APPROXIMATE}"
    )


def _next(page: Page, question: tuple[Asked, Answer] | None) -> None:
    chosen = question[0].scenario.only(question[1].choice.keys) if question else None
    change = (("change", encode(chosen)),) if chosen and chosen.levers else ()
    steps = [
        cards.Step("Try this set", "All levers of the best set, with range, people and cash month by month.", "What-if",
                   "Open the set in What-if", change),
        cards.Step("Add or correct initiatives", "Effect, cost and evidence of each are written there.", "Remove",
                   "Open the backlog", (("tab", "Backlog"),)),
        cards.Step("Decide it", "Write down who does what by when; what comes of it is set beside.", "Decisions"),
    ]  # fmt: skip
    cards.next_steps(steps if change else steps[1:], page.query)
