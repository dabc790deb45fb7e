"""What a scenario rests on besides its levers: months, target, overlap, people who leave, retention, money."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import streamlit as st

from analytics.errors import ScenarioError
from analytics.questions.benchmarks import benchmarks
from analytics.questions.words import money as amount
from analytics.scenarios.scenario import OVERLAPS, Scenario
from analytics.scenarios.workforce import Workforce
from analytics.ui import messages, what_if_state
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import HORIZONS, LONGEST_RAMP, Baseline, Basis
from analytics.ui.what_if_state import Work

Drawing = Callable[[], None]
RETENTION: Final = {
    "none": "not counted",
    "own": "my own figures",
    "published": "a published claim (result is marked)",
}
MONEY: Final = {"cashable": "only people who really leave", "capacity": "all freed minutes"}


def form(page: Page, base: Baseline, work: Work) -> None:
    """Draw the form; nothing changes before Apply."""
    settings, basis = work.scenario.settings, work.basis
    with st.form("what_if_basis_form", border=False):
        months = st.segmented_control("Months to come", HORIZONS, default=basis.months, required=True)
        goal = st.number_input(f"Target: net cash over these months, {page.info.currency}", value=settings.target,
                               step=1000.0, placeholder="no target", format="%g")  # fmt: skip
        overlap = st.selectbox("Where levers meet", list(OVERLAPS), index=list(OVERLAPS).index(settings.overlap),
                               format_func=OVERLAPS.__getitem__)  # fmt: skip
        hard = st.slider("Within a reason, 0 = random contacts go, 100 = the easiest go first", 0, 100,
                         round(100 * settings.hardening))  # fmt: skip
        risk = st.slider("Levers succeed or fail together, %", 0, 90, round(100 * settings.programme_risk))
        money = st.selectbox("Labour money", list(MONEY), index=list(MONEY).index(settings.money),
                             format_func=MONEY.__getitem__)  # fmt: skip
        basis = _people(base, basis, page.info.currency)
        basis = _retention(basis, page.info.currency)
        if st.form_submit_button("Apply", type=emphasis()):
            changed = {"target": goal, "overlap": overlap, "hardening": hard / 100, "money": money,
                       "programme_risk": risk / 100}  # fmt: skip
            _apply(work.scenario, replace(basis, months=int(months)), changed)


def _people(base: Baseline, basis: Basis, currency: str) -> Basis:
    seen = base.headcount.monthly_attrition if base.headcount is not None else None
    words = f"{100 * (1 - (1 - seen) ** 12):.0f} in the data" if seen is not None else "not in the data"
    if base.headcount is None:
        st.caption("People in the data: none, so nothing can be called cashable. Import agents to change that.")
        return basis
    entered = st.number_input(
        "People leaving a year, %", 0.0, 99.0, None if basis.attrition is None else 100 * basis.attrition,
        placeholder=words, format="%g",
    )  # fmt: skip
    cost = st.number_input(f"Cost of replacing one person, {currency}", 0.0, 1e6, basis.replacement, 500.0, format="%g")
    ramp = st.number_input("Months until a new person does full work", 0.0, LONGEST_RAMP, basis.ramp, 0.5, format="%g")
    st.caption(md(leaver_words(base.ledger.workforce, currency)))
    return replace(basis, attrition=None if entered is None else entered / 100, replacement=cost, ramp=ramp)


def leaver_words(force: Workforce | None, currency: str) -> str:
    """Return what one leaver costs in the baseline shown: replacing and learning apart."""
    if force is None or not force.cost_per_leaver:
        return "What a leaver costs is not entered, so fewer leavers save no money of their own yet."
    parts = (
        f"{amount(force.replacement_cost)} to replace and {amount(force.ramp_cost, currency)} while the new one learns"
    )
    return f"Applied now: each leaver costs {parts} (half the work on average)."


def _retention(basis: Basis, currency: str) -> Basis:
    held = "none" if basis.retention is None else "published" if basis.published else "own"
    chosen = st.selectbox("Retention", list(RETENTION), index=list(RETENTION).index(held),
                          format_func=RETENTION.__getitem__)  # fmt: skip
    stay, points, margin = basis.retention or (0.8, 0.05, 0.0)
    columns = st.columns(3)
    stays = columns[0].number_input("Stay 12 months, %", 1.0, 99.0, 100 * stay, format="%g")
    lost = columns[1].number_input("Points lost, high effort", 0.0, 90.0, 100 * points, format="%g")
    worth = columns[2].number_input(f"Margin a month, {currency}", 0.0, 1e6, margin, format="%g")
    claims = benchmarks()
    high, low = claims["stay_high_effort"], claims["stay_low_effort"]
    said = f"Published claim: {low.claim} {high.claim} ({low.publisher}, {low.date}). {low.population}"
    rule = "It is only used if you choose it, and then the result says so. No claim is ever used as a multiplier."
    st.caption(md(f"{said} {rule}"))
    if chosen == "none":
        return replace(basis, retention=None, published=False)
    if chosen == "published":
        figures = (low.value / 100, (low.value - high.value) / 100, worth)
        return replace(basis, retention=figures, published=True)
    return replace(basis, retention=(stays / 100, lost / 100, worth), published=False)


def _apply(scenario: Scenario, basis: Basis, changed: Mapping[str, object]) -> None:
    try:
        if basis.retention is not None and basis.retention[1] >= basis.retention[0]:
            raise ScenarioError("More customers would be lost than stay.", do="Lower the points lost.")
        new = scenario.with_settings(**changed)
    except ScenarioError as error:
        messages.problem(error)
        return
    what_if_state.change(new, basis=basis)
    st.rerun()
