"""Stress tests of a what-if: the same levers in a harder world, side by side, made when somebody opens them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics.questions.words import money, percent, thousands
from analytics.scenarios.stress import Stressed, broken, under_stress, verdict
from analytics.scenarios.uncertainty import Band
from analytics.ui import cached, cards, figure
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_numbers import heads, more_or_less, share
from analytics.ui.what_if_rest import Full

_DEFINITION = (
    "The baseline and the scenario are put under each stress alike: demand 20 % higher or lower in every cell, loaded "
    "labour cost 8 % higher, moved demand succeeds half as often, ten points more people leave a year (10 ÷ 12 a "
    "month). Same draws everywhere. Breaks = held in at least half of the draws as planned, and not under the stress."
)


def stress(page: Page, base: Baseline, found: Full) -> None:
    """Draw the folded tests; they are run when they are opened."""
    box = st.expander("Stress tests: does it hold in a harder world?", icon=":material/fitness_center:",
                      key="what_if_stress", on_change="rerun")  # fmt: skip
    if not box.open:
        return
    scenario = found.outcome.scenario
    with box:
        if not scenario.active:
            st.caption("No lever is set, so there is nothing to put under stress.")
            return
        people = f"{base.ledger.workforce!r} {base.ledger.loyalty!r}"
        key = f"stress {base.generation} {base.fingerprint} {people} {scenario!r}"
        _draw(page, base, cached.answer(key, lambda: under_stress(base.ledger, scenario)), scenario.settings.target)


def _draw(page: Page, base: Baseline, results: Sequence[Stressed], target: float | None) -> None:
    currency, months = page.info.currency, base.ledger.horizon
    cards.section(title(results, has_target=target is not None), _about(results[0], target, currency, months))
    rows = pd.DataFrame([_row(results[0], one, currency, months, target) for one in results])
    st.dataframe(rows, hide_index=True, placeholder=NOT_KNOWN,
                 key="what_if_stress_table", width="stretch", row_height=38,
                 column_config={"Under": st.column_config.TextColumn(pinned=True),
                                "Verdict": st.column_config.TextColumn(width="medium")},
                 alt="Key results as planned and under each stress, each as median with P10 and P90")  # fmt: skip
    figure.drawer(
        rows, "what_if_stress", _DEFINITION,
        looked_at=f"{base.ledger.months[0]} to {base.ledger.months[-1]} · everything · {page.info.name}",
        invented=page.info.invented,
    )  # fmt: skip


def title(results: Sequence[Stressed], *, has_target: bool) -> str:
    """Return the finding: how many stresses it holds under, and which break it."""
    planned, *others = results
    lost = broken(results)
    if not planned.holds:
        lacks = "misses its target" if has_target else "brings no gain"
        return f"As planned it {lacks}: no stress is needed to break it"
    touching = sum(not one.why_unchanged for one in others)
    which = f"{touching} stresses" if touching == len(others) else f"{touching} stresses that touch it"
    if not lost:
        return f"It holds under all {which}"
    return f"It breaks under {len(lost)} of {which}: {', '.join(one.words for one in lost)}"


def _about(planned: Stressed, target: float | None, currency: str, months: int) -> str:
    if target is None:
        return f"Holds = net cash above 0 within {months} months in at least half of the draws; no target is set."
    said = f"Holds = net {money(target, currency)} within {months} months in at least half of the draws"
    return f"{said}; as planned in {percent(planned.reached)}."


def _row(planned: Stressed, one: Stressed, currency: str, months: int, target: float | None) -> dict[str, Any]:
    chance = "Chance of target" if target is not None else "Chance of a gain"
    return {
        "Under": f"{one.words[0].upper()}{one.words[1:]}",
        "Verdict": "" if one is planned else verdict(planned, one, target=target is not None),
        chance: percent(one.reached),
        f"Net cash, {months} months, {currency}": _span(one.net, more_or_less),
        "Paid back": _paid_back(one),
        "Contacts": _span(one.contacts, share),
        f"Cost to serve a year, {currency}": _span(one.cost_change, more_or_less),
        f"of, without the levers, {currency}": thousands(round(one.cost_without, -3)),
        "People needed at the end": _people(one.needed),
        "Released": _people(one.released),
        "Cashable": _people(one.cashable),
    }


def _paid_back(one: Stressed) -> str:
    if not one.spends:
        return "nothing spent"
    return "not within the horizon" if one.paid_back is None else f"month {one.paid_back}"


def _span(found: Band, words: Any) -> str:
    low, middle, high = (words(value) for value in (found.p10, found.p50, found.p90))
    return f"{middle} ({low} to {high})" if low != high else str(middle)


def _people(found: Band | None) -> str:
    return "cannot tell" if found is None else _span(found, heads)
