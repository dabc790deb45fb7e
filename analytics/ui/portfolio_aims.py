"""Money against customers: the sets that no other beats in both, between which people choose (FEATURES row 18)."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.charts import portfolio as charts
from analytics.questions.words import money, thousands
from analytics.scenarios.links import encode
from analytics.scenarios.portfolio import tries_every_set
from analytics.scenarios.portfolio_from import knows_effort, portfolio_of, spared_of
from analytics.scenarios.portfolio_pareto import Point, frontier
from analytics.ui import cached, cards, figure
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.portfolio_answer import Asked, set_to_end
from analytics.ui.portfolio_sure import looked
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline

DEFINITION = (
    "Sets within budget, people and rules of which no other brings more money and spares customers more. Money = value "
    "a year, less running cost. Spared = {unit} that no longer arise, each counted once however many initiatives "
    "reach it, ramps as their mean over the year; {how}."
)


def two_aims(page: Page, base: Baseline, question: Asked) -> None:
    """Draw money against what customers are spared; the reader moves along, and opens a set in the What-if."""
    found, unit = points(base, question), spared_unit(base)
    if not found or not found[-1].spared > 0:
        return
    if len(found) == 1:
        cards.section("The best set for money also spares customers most",
                      f"No allowed set spares more {unit}: {thousands(found[0].spared)} a year.")  # fmt: skip
        return
    first, last, currency = found[0], found[-1], page.info.currency
    cards.section(
        f"Up to {thousands(last.spared - first.spared)} more {unit} spared a year, for "
        f"{money(first.choice.value - last.choice.value, currency)} a year less",
        f"Value a year in {currency} (up) by {unit} spared (right). Every point is a set that no other beats in both; "
        "which of them is right is not a matter of arithmetic.",
    )
    rows = rows_of(found, question)
    at = _place(found, question, unit, currency)
    figure.show(
        charts.two_aims(rows, at, unit, currency, is_dark()), rows, "portfolio_two_aims",
        f"{len(rows)} sets from {money(first.choice.value, currency)} a year and {thousands(first.spared)} {unit} "
        f"spared to {money(last.choice.value, currency)} and {thousands(last.spared)}.",
        DEFINITION.format(unit=unit, how=_how(question)),
        looked_at=f"{base.ledger.months[0]} to {base.ledger.months[-1]} · {looked(page)}",
        invented=page.info.invented, height=charts.HEIGHT,
    )  # fmt: skip
    st.markdown(md(words(base, question, found, at, unit, currency)))
    chosen = question.scenario.only(found[at].choice.keys)
    if chosen.levers:
        page.link("What-if", "Open this set in What-if", change=encode(chosen))


def points(base: Baseline, question: Asked) -> tuple[Point, ...]:
    """Return the frontier of one ask, kept by what was asked."""

    def made() -> tuple[Point, ...]:
        return frontier(question.plan, spared_of(base.ledger, question.scenario, question.plan), question.ask)

    return cached.answer(f"{question.key} two aims", made)


def spared_unit(base: Baseline) -> str:
    """Return what customers are spared, in words."""
    return "high-effort contacts" if knows_effort(base.ledger) else "contacts"


def rows_of(found: tuple[Point, ...], question: Asked) -> pd.DataFrame:
    """Return the points as rows: value, spared, cost, people, initiatives in words."""
    return pd.DataFrame([
        {"value": one.choice.value, "spared": one.spared, "cost": one.choice.cost, "people": one.choice.team,
         "initiatives": _names(question, one.choice.keys) or "nothing"}
        for one in found
    ])  # fmt: skip


def words(base: Baseline, question: Asked, found: tuple[Point, ...], at: int, unit: str, currency: str) -> str:  # noqa: PLR0917
    """Return what the point looked at brings, with its range, and how it differs from the one with most money."""
    here, first = found[at], found[0]
    low, high = (_spared_at(base, question, here, end) for end in ("low", "high"))
    said = (
        f"{money(here.choice.value, currency)} a year and {thousands(here.spared)} {unit} spared "
        f"({thousands(low)} to {thousands(high)}, all effects low or high), "
        f"for {thousands(here.choice.cost)} {currency} one-off."
    )
    if at == 0:
        return f"{said} This is the set with most money: {_names(question, here.choice.keys) or 'nothing'}."
    added, out = (tuple(k for k in a.choice.keys if k not in b.choice.keys) for a, b in ((here, first), (first, here)))
    parts = [f"with {_names(question, added)}"] * bool(added) + [f"without {_names(question, out)}"] * bool(out)
    change = ", ".join(parts)
    loss = money(first.choice.value - here.choice.value, currency)
    return f"{said} Against the set with most money: {loss} a year less, {change}."


def _spared_at(base: Baseline, question: Asked, point: Point, end: str) -> float:
    chosen = question.scenario.only(point.choice.keys)
    if not chosen.levers:
        return 0.0
    ends = replace(chosen, levers=tuple(set_to_end(item, end) for item in chosen.levers))
    return spared_of(base.ledger, ends, portfolio_of(base.ledger, ends)).value(point.choice.starts)


def _place(found: tuple[Point, ...], question: Asked, unit: str, currency: str) -> int:
    def named(at: int) -> str:
        return f"{money(found[at].choice.value, currency)} · {thousands(found[at].spared)} {unit}"

    return st.select_slider(
        "From most money to most spared", list(range(len(found))), 0, format_func=named,
        key=f"portfolio_point_{hash(question.key)}",
    )  # fmt: skip


def _names(question: Asked, keys: tuple[str, ...]) -> str:
    return ", ".join(f"“{question.plan.by_key(key).name}”" for key in keys)


def _how(question: Asked) -> str:
    if tries_every_set(question.plan):
        return f"every one of {2 ** len(question.plan.initiatives):,} sets was looked at"
    return "found by weighing the two aims nine ways, so points in hollows are left out"
