"""How sure a what-if is: what to measure first, how much rests on judgement, what the result assumes."""

from typing import Final

import streamlit as st

from analytics.questions.words import money, percent
from analytics.scenarios.check import problems
from analytics.scenarios.levers import GRADES
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.words import assumptions
from analytics.ui import cards
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_rest import Full, input_name

FAR_OFF: Final = 0.30
"""Error of the forecast on past months, as a share of contacts, from which the page warns of its level: a judgement."""
RARELY: Final = 0.005
"""Share of cases below which a measurement is said not to change the decision."""


def warnings(base: Baseline, scenario: Scenario) -> None:
    """Say what does not stop the result but limits it: a forecast far off, a ramp beyond the horizon."""
    accuracy = base.forecast.accuracy
    if accuracy is not None and accuracy.wape >= FAR_OFF:
        st.markdown(
            f":material/warning: All this starts from a forecast that was off by {percent(accuracy.wape)} of contacts "
            "on past months: its level is hardly known. What a lever changes in percent is surer than any amount."
        )
    for one in problems(base.ledger, scenario):
        if not one.blocking:
            st.markdown(f":material/warning: {md(one.words)}")


def sure(page: Page, base: Baseline, found: Full) -> None:
    """What to measure first, how much rests on judgement, and what the result assumes."""
    left, right = st.columns(2, gap="medium")
    with left:
        _measure(found, page.info.currency)
    with right:
        _by_grade(found)
    lines = [*assumptions(base.ledger, found.outcome.scenario), *_basis_words(base)]
    cards.section("What this assumes")
    st.markdown("\n".join(f"- {md(line)}" for line in lines))


def _measure(found: Full, currency: str) -> None:
    worth = [one for one in found.first if one.value > 0 and one.flips >= RARELY]
    if not worth:
        cards.section("Nothing to measure first: no input would change the decision", _driver(found, currency))
        return
    cards.section(f"Measure this first: {input_name(found, worth[0].key, worth[0].words)}")
    for one in worth[:3]:
        st.markdown(
            f"- {md(one.words)}: knowing it before deciding is worth at most **{md(money(one.value, currency))}**; it "
            f"changes the decision in {md(percent(one.flips))} of cases."
        )


def _driver(found: Full, currency: str) -> str:
    """Say how the decision stands whatever is measured, and which input moves the amount most."""
    if not found.swings:
        return "Nothing is uncertain yet: no lever is set."
    net, widest = found.draws.net, found.swings[0]
    if not net.any():
        return "It changes no cash, so cash cannot decide between this and doing nothing."
    better = float((net > 0).mean())
    stands = "this beats doing nothing" if better >= 0.5 else "doing nothing beats this"
    ends = sorted((widest.at_p10, widest.at_p90))
    return (
        f"Whichever single input turns out low or high, {stands} (in {percent(max(better, 1 - better))} of draws). "
        f"What it brings hangs most on “{input_name(found, widest.key, widest.words)}”: {money(ends[0], currency)} to "
        f"{money(ends[1], currency)} by it alone. Measure that to plan with the amount, not to decide."
    )


def _by_grade(found: Full) -> None:
    if not found.grades or not any(found.grades.values()):
        return
    judged = found.grades.get("D", 0.0)
    cards.section(f"{percent(judged)} of this rests on judgement")
    st.markdown("  ".join(f"**{grade}** {percent(part)} {md(GRADES[grade])} ·" for grade, part in found.grades.items()
                          if part >= 0.005).rstrip(" ·"))  # fmt: skip


def _basis_words(base: Baseline) -> list[str]:
    said = ["A slider that moves carries its low and high along, by evidence grade, until somebody sets them."]
    if base.assumed_share >= 0.005:
        said.append(f"{percent(base.assumed_share)} of the cost rests on assumed handle times.")
    if base.by_cause_words:
        said.append(f"Too few contacts for a forecast of their own: {', '.join(base.by_cause_words)}.")
    if base.ledger.loyalty is None:
        said.append("Retention is not counted: no retention figures are chosen under “Basis”.")
    return said
