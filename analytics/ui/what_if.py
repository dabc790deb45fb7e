"""What-if: move a slider, see contacts, cost, people, effort and cash change at once, with honest ranges.

Owns the one fragment of the page. A slider reruns it: main picture and numbers first, made ready in its callback, then,
after a pause that a newer key press ends, sliders and the rest. A fragment within it would leave a hidden copy of each
of its charts in the browser with every key press.
"""

from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.errors import AnalyticsError, ScenarioError
from analytics.scenarios.words import changed
from analytics.ui import (
    cards,
    figure,
    messages,
    what_if_add,
    what_if_bar,
    what_if_ledger,
    what_if_rest,
    what_if_service,
    what_if_stress,
    what_if_sure,
)
from analytics.ui.pace import after_the_picture
from analytics.ui.page import Page
from analytics.ui.text import md
from analytics.ui.what_if_basis import Baseline, baseline
from analytics.ui.what_if_details import details
from analytics.ui.what_if_levers import chips_row, foresee, panel
from analytics.ui.what_if_numbers import SIDES, draw, numbers, style
from analytics.ui.what_if_open import open_work, write_address
from analytics.ui.what_if_panel import offers
from analytics.ui.what_if_picture import BRIDGE, BRIDGE_DEFINITION, bridge_rows, draw_bridge, title
from analytics.ui.what_if_quick import ready
from analytics.ui.what_if_state import SCENARIO, Work, working

PART = "what_if_part"
PARTS = {
    "Month by month": (what_if_rest.months, what_if_service.service),
    "Cash": (what_if_rest.money_and_inputs,),
    "How sure": (what_if_sure.sure, what_if_stress.stress),
    "Where it ends": (what_if_ledger.buckets,),
}
COMPARE = "Side by side"


@dataclass(frozen=True, slots=True)
class Places:
    """Where on the page what is drawn: the order of drawing is not the order on the screen."""

    head: DeltaGenerator
    bar: DeltaGenerator
    row: DeltaGenerator
    levers: DeltaGenerator
    picture: DeltaGenerator
    chips: DeltaGenerator
    beneath: DeltaGenerator


def everything(page: Page) -> None:
    """Open the what-if and draw it."""
    try:
        work = open_work(page)
        baseline(page, work.basis)
    except AnalyticsError as error:
        cards.finding("This data cannot carry a what-if yet")
        messages.problem(error)
        page.link("Sources", "Open Sources")
        return
    for words in work.said:
        st.info(md(words), icon=":material/link_off:")
    style()
    scenario(page)
    _next(page)


@st.fragment(key=SCENARIO)
def scenario(page: Page) -> None:
    """Picture first: it needs nothing from the sliders, whose values the work of the session holds already."""
    places = _places()
    picture(page, places)
    after_the_picture()
    levers(page, places)
    rest(page, places)
    foresee()


def _places() -> Places:
    head, bar, row = st.container(), st.container(), st.container()
    with st.container(key=SIDES):
        left, right = st.columns([0.34, 0.66], gap="large")
    with right:
        picture, chips = st.container(key=f"{SIDES}_picture"), st.container(key=f"{SIDES}_chips")
    return Places(head, bar, row, left, picture, chips, st.container())


def picture(page: Page, places: Places) -> None:
    """Finding, numbers and main picture: with every key press, and nothing that does not depend on it."""
    with messages.net("What-if: picture"):
        work = working()
        try:
            _result(page, places, baseline(page, work.basis), work)
        except AnalyticsError as error:
            _refused(places, error)


def levers(page: Page, places: Places) -> None:
    """The sliders."""
    with messages.net("What-if: levers"):
        work = working()
        base = baseline(page, work.basis)
        with places.levers:
            offered, currency = offers(base.ledger, page.taxonomy, work.scenario), page.info.currency
            with st.container(horizontal=True, gap="small"):
                what_if_add.form(page, base)
                details(offered, currency, work.basis.months)
            panel(offered, currency, base.ledger)


def _result(page: Page, places: Places, base: Baseline, work: Work) -> None:
    found = ready(base.ledger, work.scenario)
    currency = page.info.currency
    with places.picture:
        draw_bridge(found, currency)
    with places.head:
        cards.finding(title(found, work, currency))
    with places.row:
        draw(numbers(found, f"{pd.Timestamp(f'{base.ledger.months[-1]}-01'):%b %Y}", currency))


def _refused(places: Places, error: AnalyticsError) -> None:
    """Say why there is no result; the sliders stay, so that it can be put right."""
    with places.head:
        cards.finding("This combination is not possible")
    with places.picture:
        messages.problem(error)


def rest(page: Page, places: Places) -> None:
    """Everything that may come a moment after the main picture."""
    with messages.net("What-if: rest"):
        work = working()
        base = baseline(page, work.basis)
        with places.bar:
            what_if_bar.bar(page, base, work)
        _full(page, places, base, work)
        write_address(work)


def _full(page: Page, places: Places, base: Baseline, work: Work) -> None:
    try:
        found = what_if_rest.full(base, work)
    except ScenarioError:
        return  # what is not possible is said once, where the picture would be
    with places.chips:
        _drawer(page, base, work)
        st.markdown(md(changed(found.outcome).replace("Against baseline:", "At likely values, against the baseline:")))
        chips_row(work.scenario)
        what_if_sure.warnings(base, work.scenario)
    with places.beneath:
        _beneath(page, base, work, found)


def _beneath(page: Page, base: Baseline, work: Work, found: what_if_rest.Full) -> None:
    """Draw the chosen part of what stands beneath: only that is on the page, so that sliders answer at once."""
    chosen = st.segmented_control("Look closer", [*PARTS, COMPARE], default=next(iter(PARTS)), required=True, key=PART)
    if chosen == COMPARE:
        with messages.net("What-if: compare"):
            what_if_bar.comparison(page, work)
    for part in PARTS.get(str(chosen), ()):
        with messages.net(f"What-if: {part.__name__}"):
            part(page, base, found)


def _next(page: Page) -> None:
    cards.next_steps(
        [
            cards.Step("Fund it", "Which levers fit a budget and a change team, and which come first.", "Portfolio"),
            cards.Step("Decide it", "Write down who does what by when; what comes of it is set beside.", "Decisions"),
            cards.Step("Check the causes", "The biggest levers rest on how causes were coded.", "Remove"),
        ],
        page.query,
    )


def _drawer(page: Page, base: Baseline, work: Work) -> None:
    rows = bridge_rows(ready(base.ledger, work.scenario))
    figure.drawer(
        rows, BRIDGE, BRIDGE_DEFINITION,
        looked_at=f"{base.ledger.months[0]} to {base.ledger.months[-1]} · everything · {page.info.name}",
        invented=page.info.invented,
    )  # fmt: skip
