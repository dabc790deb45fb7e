"""What the optimiser found, drawn: numbers, the set, why not the others, what more would buy."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.questions.words import money, percent, thousands
from analytics.scenarios.initiatives import Choice
from analytics.scenarios.portfolio import tries_every_set
from analytics.scenarios.portfolio_questions import Marginal
from analytics.ui import cards, figure, messages, portfolio_aims, portfolio_phasing, portfolio_sure
from analytics.ui.page import Page
from analytics.ui.portfolio_answer import MORE_MONEY, MORE_PEOPLE, Answer, Asked
from analytics.ui.portfolio_sure import looked
from analytics.ui.text import NOT_KNOWN, md, short
from analytics.ui.what_if_basis import Baseline


def tiles(page: Page, question: Asked, answer: Answer) -> None:
    """Draw value, cost, people, evidence and the distance to the next best."""
    choice, ask, currency = answer.choice, question.ask, page.info.currency
    behind = cards.NO_NUMBER if answer.runner_up is None else money(choice.value - answer.runner_up.value, currency)
    team = f"of {ask.team[0]:g} people" if ask.team else "no limit entered"
    judged = answer.grades.get("D", 0.0)
    cards.tiles([
        cards.Tile("Value a year", money(choice.value, currency),
                   note=f"{money(answer.low, currency)} to {money(answer.high, currency)}, all effects low or high",
                   help="Of the whole set, overlap counted once, less running cost. Capacity released, not cash."),
        cards.Tile("One-off cost", f"{thousands(choice.cost)} {currency}",
                   note=f"of {thousands(ask.budget[0])} {currency} budget; {earned_back(choice)}"),
        cards.Tile("Change team", f"{choice.team:g} people", note=team),
        cards.Tile("Next best is behind by", behind, note=_instead(question, choice, answer.runner_up),
                   help="Value a year of the best set less that of the best other set."),
        cards.Tile("Rests on judgement", percent(judged) if choice.keys else cards.NO_NUMBER,
                   note="of the value, evidence grade D",
                   help="Shares of credit (Shapley) of initiatives whose effect is judged or a published figure."),
    ])  # fmt: skip


def earned_back(choice: Choice) -> str:
    """Return in words how long the value takes to earn back the one-off cost, at the pace of the first year."""
    if choice.cost <= 0:
        return "nothing to earn back"
    if choice.value <= 0:
        return "never earned back"
    years = choice.cost / choice.value
    return f"earned back in {12 * years:.0f} months" if years < 2 else f"earned back in {years:.1f} years"


def _instead(question: Asked, choice: Choice, other: Choice | None) -> str:
    if other is None:
        return "no other set is allowed"
    added = [short(question.plan.by_key(key).name, 30) for key in other.keys if key not in choice.keys]
    out = [short(question.plan.by_key(key).name, 30) for key in choice.keys if key not in other.keys]
    parts = [f"with {', '.join(added)}"] * bool(added) + [f"without {', '.join(out)}"] * bool(out)
    return " ".join(parts)


def draw(page: Page, base: Baseline, question: Asked, answer: Answer) -> None:
    """Draw everything beneath the numbers."""
    _set(page, question, answer)
    left, right = st.columns(2, gap="large")
    with left:
        _left_out(page, answer)
    with right:
        _limits(page, question, answer)
    with messages.net("Portfolio: two aims"):
        portfolio_aims.two_aims(page, base, question)
    with messages.net("Portfolio: phasing"):
        portfolio_phasing.phasing(page, base, question, answer)
    with messages.net("Portfolio: frontier"):
        portfolio_sure.frontier(page, base, question, answer)
    with messages.net("Portfolio: stability"):
        portfolio_sure.stability(page, question, answer)


def _set(page: Page, question: Asked, answer: Answer) -> None:
    if not answer.choice.keys:
        return
    currency = page.info.currency
    cards.section("The best set", "Last in: what would be missing without it. Values have no column total: they "
                  "overlap, and only the value of the set counts.")  # fmt: skip
    rows = pd.DataFrame([_row(question, answer, key) for key in answer.ordered])
    st.dataframe(rows, hide_index=True, placeholder=NOT_KNOWN, key="portfolio_set", column_config=_columns(currency),
                 alt="Initiatives of the best set with last-in value, cost, people and evidence")  # fmt: skip
    figure.drawer(rows, "portfolio_set", f"Best set, {currency}. Exact optimum of Σ V(1 − Π(1 − r)) less running cost, "
                  f"{_proof(question)}. Last in = value of the set less its value without this one.",
                  looked_at=looked(page), invented=page.info.invented)  # fmt: skip


def _proof(question: Asked) -> str:
    if tries_every_set(question.plan):
        return f"by trying all {2 ** len(question.plan.initiatives):,} sets"
    return "by tangent cuts on a mixed-integer program, proven to a millionth of all value"


def _row(question: Asked, answer: Answer, key: str) -> dict[str, Any]:
    item, lever = question.plan.by_key(key), question.scenario.lever(key)
    return {"initiative": item.name, "last_in": answer.last_in[key], "cost": item.cost, "people": item.team,
            "evidence": lever.grade}  # fmt: skip


def _columns(currency: str) -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        "initiative": st.column_config.TextColumn("Initiative", pinned=True, width="medium"),
        "last_in": number(f"Last in, {currency} a year", format="localized", step=1),
        "cost": number(f"One-off cost, {currency}", format="localized", step=1),
        "people": number("People", format="%g"),
        "evidence": st.column_config.TextColumn("Evidence", help="A experiment … D judgement or published figure"),
    }


def _left_out(page: Page, answer: Answer) -> None:
    cards.section("Why not the others", f"Amounts in {page.info.currency}, value a year.")
    if not answer.left_out:
        st.markdown("Everything that has a cost is in the set.")
    for one in answer.left_out:
        st.markdown(f"- {md(one.words)}")


def _limits(page: Page, question: Asked, answer: Answer) -> None:
    cards.section("What binds, and what more would buy", f"Amounts in {page.info.currency}, value a year.")
    for words in answer.binds or _unbound(answer):
        st.markdown(f"- {md(words)}")
    more = [(f"The next {thousands(MORE_MONEY)} {page.info.currency}", answer.money)]
    more += [(f"The next {MORE_PEOPLE:g} people", answer.people)] if answer.people is not None else []
    for what, marginal in more:
        st.markdown(f"- {md(bought(question, what, marginal, page.info.currency))}")
    if answer.people is None:
        st.markdown("- More people buy nothing: no limit on the change team is entered.")


def _unbound(answer: Answer) -> tuple[str, ...]:
    if not answer.left_out:
        return ()
    gains = [answer.money.gain, answer.people.gain if answer.people is not None else 0.0]
    if max(gains) <= 0:
        return ("No limit keeps anything worthwhile out.",)
    return ("The smallest initiative left out would still fit, but a better one does not.",)


def bought(question: Asked, what: str, found: Marginal, currency: str) -> str:
    """Return in words what more of a limit buys."""
    if found.gain <= 0:
        return f"{what} would buy nothing more."
    adds, drops = (", ".join(f"“{question.plan.by_key(key).name}”" for key in keys)
                   for keys in (found.adds, found.drops))  # fmt: skip
    change = f": {adds} in" if adds else ""
    return f"{what} would buy {money(found.gain, currency)} a year{change}{f', {drops} out' if drops else ''}."
