"""The executive bridge on Overview: from today's cost over what is removed, moved and restructured to the result.

The same bridge as in the What-if, of the scenario saved last; of the first proposal while nothing is saved.
"""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from analytics.errors import AnalyticsError, CannotTellError
from analytics.ui import cards, figure, scenario_list, scenarios
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline, baseline
from analytics.ui.what_if_numbers import Number, numbers
from analytics.ui.what_if_open import first_work
from analytics.ui.what_if_picture import BRIDGE_DEFINITION, bridge_rows, cut_words, plot_bridge, title
from analytics.ui.what_if_quick import Quick, quick
from analytics.ui.what_if_state import Work

KEY = "overview_bridge"


class Shown(NamedTuple):
    """What the bridge is of."""

    work: Work
    base: Baseline
    found: Quick
    whose: str
    """Where the scenario comes from, in words."""


def bridge(page: Page) -> None:
    """Draw the bridge, what of it is cash and people, and the way to the scenario behind it."""
    if not page.holds_contacts:
        return
    try:
        shown = _shown(page)
    except CannotTellError as error:
        cards.section("From today to a result: cannot be told yet", str(error))
        return
    except AnalyticsError as error:
        cards.section("From today to a result: the scenario saved last cannot be drawn", str(error))
        page.link("What-if", "Open What-if")
        return
    if shown.work.record is None and not shown.work.scenario.active:
        cards.section("From today to a result: no avoidable cause is known yet",
                      "Nothing can be proposed to end. Map a cause column on Sources, or label contacts on Remove; in "
                      "What-if you can set levers of your own.")  # fmt: skip
        page.link("What-if", "Open What-if")
        return
    currency = page.info.currency
    unit = f"Cost to serve a year, {currency}. {cut_words(shown.found, currency)}"
    cards.section(title(shown.found, shown.work, currency), f"{unit} {shown.whose}")
    picture, beside = st.columns([3, 2], gap="large")
    with picture:
        plot_bridge(shown.found, currency, KEY)
        _drawer(page, shown)
    with beside:
        _beside(page, shown)


def _shown(page: Page) -> Shown:
    held = scenario_list.saved(page) if page.edits_readable else []
    if not held:
        work = first_work(page)
        base = baseline(page, work.basis)
        whose = (
            "No scenario is saved yet: this is a first proposal, the dearest avoidable causes at a judged share. "
            "All segments and products; the filters above do not apply."
        )
        return Shown(work, base, quick(base.ledger, work.scenario), whose)
    newest = held[0]
    read = scenarios.opened(newest)
    work = Work(page.workspace_id, (read.state,), 0, newest, read.state, read.said)
    base = baseline(page, work.basis)
    parts = (
        f"Saved last, by {newest.author.shown or 'nobody named'}, {newest.at[:16].replace('T', ' ')} UTC.",
        scenarios.drift(newest, base), *read.said, "All segments and products; the filters above do not apply.",
    )  # fmt: skip
    return Shown(work, base, quick(base.ledger, work.scenario), " ".join(part for part in parts if part))


def _drawer(page: Page, shown: Shown) -> None:
    months = shown.base.ledger.months
    figure.drawer(
        bridge_rows(shown.found), KEY, BRIDGE_DEFINITION,
        looked_at=f"{shown.work.scenario.name} · {months[0]} to {months[-1]} · everything · {page.info.name}",
        invented=page.info.invented,
    )  # fmt: skip


def _beside(page: Page, shown: Shown) -> None:
    """What the bridge does not say: cash, people and effort, each with its range."""
    last = pd.Timestamp(f"{shown.base.ledger.months[-1]}-01")
    row = numbers(shown.found, f"{last:%b %Y}", page.info.currency)
    st.markdown("\n\n".join(_line(number) for number in row))  # one element: each costs time when a filter changes
    record = shown.work.record
    page.link("What-if", "Open this scenario in What-if", **({"scenario": record.key} if record is not None else {}))


def _line(number: Number) -> str:
    notes = "; ".join(md(note) for note in number.notes if note)
    return f"{md(number.label)} **{md(number.value)}**  \n:small[:gray[{notes}]]"
