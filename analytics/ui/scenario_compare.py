"""Scenarios side by side: up to four, with differences from common draws, and what differs between two."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from analytics.questions.words import percent
from analytics.scenarios.links import differences
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import Band, band, simulate
from analytics.store import Record
from analytics.ui import cards, scenarios
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, md, plain, short
from analytics.ui.what_if_basis import Basis, baseline
from analytics.ui.what_if_numbers import heads, more_or_less, share
from analytics.ui.what_if_state import Work

Array = NDArray[np.floating[Any]]
MOST = 4
DRAWS = 1024
BASIS_WORDS = {
    "months": "months to come", "attrition": "people leaving", "replacement": "cost of replacing one person",
    "ramp": "months until full work", "retention": "retention figures", "published": "published claim or own figures",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One scenario of a comparison."""

    name: str
    scenario: Scenario
    basis: Basis


def compare(page: Page, work: Work, held: list[Record]) -> None:
    """Draw the choice of scenarios and, from two on, the table and what differs."""
    names = {record.key: scenarios.name_of(record) for record in held}
    here = work.record.key if work.record and not work.is_changed else None
    chosen = st.multiselect(
        "Compare this with", [key for key in names if key != here], key="scenario_compare_with",
        format_func=lambda key: plain(names[key]), max_selections=MOST - 1, placeholder="up to three saved scenarios",
    )  # fmt: skip
    if not chosen:
        return
    found = {record.key: record for record in held}
    sides = [Side(work.scenario.name, work.scenario, work.basis)]
    for key in chosen:
        state = scenarios.opened(found[key]).state
        sides.append(Side(names[key], state.scenario, state.basis))
    _table(page, work, sides)
    for other in sides[1:]:
        _differs(sides[0], other)


def _table(page: Page, work: Work, sides: list[Side]) -> None:
    base = baseline(page, work.basis)
    seed = work.scenario.seed
    runs = [simulate(base.ledger, side.scenario, DRAWS, seed=seed) for side in sides]
    currency, yearly = page.info.currency, 12 / base.ledger.horizon
    columns = _labels(sides)
    rows = {
        "Contacts": [_range(band(-run.contacts_saved / base.ledger.contacts.sum()), share) for run in runs],
        f"Cost to serve a year, {currency}": [
            _range(band((run.paths.cost_after - run.paths.cost_before).sum(axis=1, dtype=float) * yearly), more_or_less)
            for run in runs
        ],
        f"Net cash, {base.ledger.horizon} months, {currency}": [_range(band(run.net), more_or_less) for run in runs],
        "People released": [_people(run.people_released) for run in runs],
        "People cashable": [_people(run.people_cashable) for run in runs],
    }
    rows["Net cash against the first"] = ["–"] + [_gap(run.net - runs[0].net) for run in runs[1:]]
    table = pd.DataFrame(rows, index=columns).T.rename_axis("P10–P50–P90").reset_index()
    st.dataframe(table, hide_index=True, placeholder=NOT_KNOWN, key="scenario_compare_table", width="stretch",
                 alt="Scenarios side by side, each number as P10, median and P90")  # fmt: skip
    st.caption(
        f"All on the baseline shown ({base.ledger.horizon} months, {base.fingerprint[:6]}) and on the same {DRAWS:,} "
        f"draws (seed {seed}): what both share cancels in the difference."
    )


def _labels(sides: list[Side]) -> list[str]:
    """Return column names; the same name twice gets a number."""
    names: list[str] = []
    for place, side in enumerate(sides):
        name = short(side.name, 40)
        names.append(f"{name} ({place + 1})" if name in names else name)
    return names


def _range(found: Band, words: Callable[[float], str]) -> str:
    low, middle, high = (words(value) for value in (found.p10, found.p50, found.p90))
    return f"{middle}  ({low} to {high})" if low != high else middle


def _people(values: Array | None) -> str:
    return "cannot tell" if values is None else _range(band(values), heads)


def _gap(gap: Array) -> str:
    if not gap.any():
        return "no difference in any draw"
    return f"{_range(band(gap), more_or_less)}; better in {percent(float((gap > 0).mean()))} of draws"


def basis_difference(first: Basis, second: Basis) -> str:
    """Return in words what differs between two bases."""
    held, other = asdict(first), asdict(second)
    return ", ".join(words for name, words in BASIS_WORDS.items() if held[name] != other[name])


def _differs(first: Side, second: Side) -> None:
    found = [one.words for one in differences(first.scenario, second.scenario)]
    if first.basis != second.basis:
        found.append(f"Basis: {basis_difference(first.basis, second.basis)} differ.")
    cards.section(f"What differs: {short(first.name, 40)} and {short(second.name, 40)}")
    if not found:
        st.caption("Nothing but the name.")
        return
    st.markdown("\n".join(f"- {md(words)}" for words in found))
