"""What a reader asks of the portfolio: budget, people, what must or must not be done, and which pairs belong together.

A session's copy lives under a plain name, so that nothing is lost when people look at another page.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.questions.words import thousands
from analytics.ui.change_team import TEAM
from analytics.ui.page import Page
from analytics.ui.portfolio_candidates import Candidate
from analytics.ui.portfolio_kept import EXCLUDES, NEEDS, RULES, bar, kept
from analytics.ui.text import md, short

Pair = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was asked; costs and people by key of the candidate."""

    budget: float
    team: float | None
    """People of the change team; None = no limit."""
    cost: tuple[tuple[str, float], ...]
    """Only candidates whose cost is known."""
    people: tuple[tuple[str, float], ...]
    rules: tuple[tuple[str, str], ...]
    pairs: tuple[Pair, ...]
    is_half: bool = False
    """Whether the budget is only a first guess: half of what everything costs."""
    work: tuple[tuple[str, int], ...] = ()
    """Months of work by key, of those the backlog says."""

    def ruled(self, rule: str) -> tuple[str, ...]:
        """Return the keys with this rule, of those whose cost is known."""
        known = dict(self.cost)
        return tuple(key for key, held in self.rules if held == rule and key in known)

    def linked(self, relation: str) -> dict[str, tuple[str, ...]]:
        """Return, by key, what it excludes or needs, of those whose cost is known."""
        known = dict(self.cost)
        held = [(a, b) for a, between, b in self.pairs if between == relation and a in known and b in known]
        return {key: tuple(b for a, b in held if a == key) for key in known}


def controls(page: Page, offered: tuple[Candidate, ...], limits: DeltaGenerator) -> Inputs:
    """Draw every control, budget and people into `limits`, and return what they say."""
    held, currency = kept(page), page.info.currency
    with st.grid(columns=min(len(offered), 3), min_column_width=300):
        entered = [_candidate(one, held, currency) for one in offered]
    cost = {key: money for key, money, *_ in entered if money is not None}
    half = sum(cost.values()) / 2
    with limits.container(horizontal=True, vertical_alignment="bottom"):
        budget = _amount(held, "budget", f"Budget, {currency}, one-off", step=10_000.0,
                         placeholder=f"{thousands(half)} (half of all costs)")  # fmt: skip
        team = _amount(held, TEAM, "Change team, people", step=1.0, placeholder="no limit")
    _pairs(held, offered)
    return Inputs(
        half if budget is None else budget, team, tuple(cost.items()),
        tuple((key, people or 0.0) for key, _, people, _ in entered), tuple((key, rule) for key, *_, rule in entered),
        _known(held, offered), budget is None, tuple((one.key, one.work) for one in offered if one.work is not None),
    )  # fmt: skip


def keep(page: Page, offered: tuple[Candidate, ...]) -> None:
    """Offer to keep what was entered; comes last, when every field of the page has been read."""
    bar(page, kept(page), _given(offered))


def _given(offered: tuple[Candidate, ...]) -> dict[str, float | None]:
    """Return what the backlog says itself, by name of the field."""
    costs = {f"cost_{one.key}": one.cost for one in offered}
    return costs | {f"people_{one.key}": one.people for one in offered}


def _amount(
    held: dict[str, Any], name: str, label: str, first: float | None = None, *, step: float, placeholder: str = ""
) -> float | None:
    value = st.number_input(
        label, min_value=0.0, value=held.get(name, first), step=step, format="%g" if step == 1 else "%.0f",
        key=f"portfolio_{name}", placeholder=placeholder,
    )  # fmt: skip
    held[name] = value
    return value


def _candidate(one: Candidate, held: dict[str, Any], currency: str) -> tuple[str, float | None, float | None, str]:
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f"**{md(short(one.lever.name, 70))}**")
        st.caption(md(_about(one)))
        with st.container(horizontal=True):
            cost = _amount(held, f"cost_{one.key}", f"One-off cost, {currency}", one.cost, step=5_000.0,
                           placeholder="enter a cost")  # fmt: skip
            people = _amount(held, f"people_{one.key}", "People it takes", one.people, step=1.0, placeholder="none")
        rule = st.segmented_control(
            f"Rule for {md(short(one.lever.name, 40))}", RULES, default=held.get(f"rule_{one.key}", RULES[0]),
            required=True, key=f"portfolio_rule_{one.key}", label_visibility="collapsed",
        )  # fmt: skip
        held[f"rule_{one.key}"] = rule
    return one.key, cost, people, rule


def _about(one: Candidate) -> str:
    if one.is_proposal:
        return f"{one.origin[0].upper()}{one.origin[1:]} · evidence D, judgement · counts once it has a cost"
    free = " · no one-off cost written: counts as free" if one.cost == 0 else ""
    return f"Backlog, {one.origin.lower()} · evidence {one.lever.grade}{free}"


def _pairs(held: dict[str, Any], offered: tuple[Candidate, ...]) -> None:
    if len(offered) < 2:
        return
    names = {one.key: short(one.lever.name, 60) for one in offered}
    with st.expander("Exclusions and prerequisites", icon=":material/account_tree:"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            first = st.selectbox("Initiative", list(names), format_func=names.__getitem__, key="portfolio_pair_first")
            between = st.selectbox("Rule", [EXCLUDES, NEEDS], key="portfolio_pair_rule")
            second = st.selectbox("Other initiative", [key for key in names if key != first],
                                  format_func=names.__getitem__, key="portfolio_pair_second")  # fmt: skip
            st.button("Add rule", icon=":material/add:", key="portfolio_pair_add", on_click=_add,
                      args=(held, (first, between, second)))  # fmt: skip
        for a, relation, b in _known(held, offered):
            st.button(md(f"{names[a]}: {relation} {names[b]}"), icon=":material/close:", on_click=_drop,
                      args=(held, (a, relation, b)), key=f"portfolio_pair_{a}_{relation}_{b}", help="Drop this rule",
                      )  # fmt: skip


def _known(held: dict[str, Any], offered: tuple[Candidate, ...]) -> tuple[Pair, ...]:
    keys = {one.key for one in offered}
    return tuple(pair for pair in held.get("pairs", ()) if pair[0] in keys and pair[2] in keys)


def _add(held: dict[str, Any], pair: Pair) -> None:
    if pair not in held.setdefault("pairs", []):
        held["pairs"].append(pair)


def _drop(held: dict[str, Any], pair: Pair) -> None:
    held["pairs"].remove(pair)
