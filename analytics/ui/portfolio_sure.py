"""How the best set stands among others: the most value each budget buys, and how stable the choice is over draws."""

import pandas as pd
import streamlit as st

from analytics.charts import portfolio as charts
from analytics.questions.words import money, percent
from analytics.scenarios.initiatives import Choice
from analytics.scenarios.portfolio import is_quick_again
from analytics.scenarios.portfolio_questions import Stability
from analytics.ui import cards, figure
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.portfolio_answer import DRAWS, Answer, Asked, budgets, sureness
from analytics.ui.text import NOT_KNOWN
from analytics.ui.what_if_basis import Baseline

SPREADS = "values ± 20 %, effects ± 30 % (sd of the log, assumed)"


def frontier(page: Page, base: Baseline, question: Asked, answer: Answer) -> None:
    """Draw cost against value, with the chosen and the next-best set."""
    rows = frontier_rows(budgets(question), answer)
    if len(rows) < 2:
        return
    top = rows[rows["part"] == "best by budget"]["value"].max()
    share = percent(answer.choice.value / top) if top > 0 else "nothing"
    cards.section(f"This set brings {share} of what any budget could",
                  f"Value a year in {page.info.currency} (up) by one-off cost (right). Each step is the best "
                  "set for its budget, under the same people and rules.")  # fmt: skip
    figure.show(
        charts.frontier(rows, page.info.currency, is_dark()), rows, "portfolio_frontier",
        f"Best value a year by one-off cost, {len(rows)} points; the chosen set brings "
        f"{money(answer.choice.value, page.info.currency)} for {money(answer.choice.cost, page.info.currency)}.",
        "Best sets for budgets from nothing to everything, sets that bring no more than a cheaper one left out; beside "
        "them the chosen and the next-best set.", looked_at=f"{base.ledger.months[0]} to {base.ledger.months[-1]} · "
        f"{looked(page)}", invented=page.info.invented, height=charts.HEIGHT,
    )  # fmt: skip


def frontier_rows(found: tuple[Choice, ...], answer: Answer) -> pd.DataFrame:
    """Return the points of the picture: part, cost, value, number of initiatives."""
    points = [("best by budget", one) for one in found] + [("chosen", answer.choice)]
    points += [("next best", answer.runner_up)] if answer.runner_up is not None else []
    rows = [(part, one.cost, one.value, len(one.keys)) for part, one in points]
    return pd.DataFrame(rows, columns=["part", "cost", "value", "initiatives"])


def stability(page: Page, question: Asked, answer: Answer) -> None:
    """Draw how often each initiative is funded over draws; asked for first where it takes long."""
    if not is_quick_again(question.plan) and not st.session_state.get("portfolio_sure"):
        count = len(question.plan.initiatives)
        cards.section("How sure is the choice?", f"Solves the choice again {DRAWS} times for {count} initiatives.")
        st.toggle("Work it out", key="portfolio_sure")
        return
    with st.spinner("Solving again with other values …"):
        found = sureness(question, answer.choice)
    _sure(page, question, answer, found)


def _sure(page: Page, question: Asked, answer: Answer, found: Stability) -> None:
    currency = page.info.currency
    cards.section(
        f"The same set is best in {percent(found.same_set)} of {DRAWS} draws",
        f"Draws: {SPREADS}, seed 0. Where another set is better, this one is on average over all draws "
        f"{money(found.regret, currency)} a year behind.",
    )
    rows = pd.DataFrame([
        {"initiative": item.name, "funded": item.key in answer.choice.keys, "chosen": 100 * found.chosen[item.key]}
        for item in question.plan.initiatives
    ]).sort_values("chosen", ascending=False, kind="stable")  # fmt: skip
    st.dataframe(
        rows, hide_index=True, placeholder=NOT_KNOWN,
        key="portfolio_stability", alt="Share of draws in which each initiative is funded",
        column_config={
            "initiative": st.column_config.TextColumn("Initiative", pinned=True, width="medium"),
            "funded": st.column_config.CheckboxColumn("In the best set"),
            "chosen": st.column_config.ProgressColumn("Funded in % of draws", min_value=0, max_value=100,
                                                      format="%.0f %%"),
        },
    )  # fmt: skip


def looked(page: Page) -> str:
    """Return what was looked at, for drawers."""
    return f"everything, filters do not apply · {page.info.name}"
