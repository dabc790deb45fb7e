"""The main picture of the what-if and the finding above it, in words that claim no more than the range allows."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from analytics.charts import what_if as charts
from analytics.charts.theme import CONFIG
from analytics.questions.words import percent, signed
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.scenario import Scenario
from analytics.ui import cards
from analytics.ui.look import is_dark
from analytics.ui.text import short
from analytics.ui.what_if_numbers import heads, more_or_less
from analytics.ui.what_if_quick import KEPT, Quick, ready
from analytics.ui.what_if_state import Work

BRIDGE = "what_if_bridge"
_FIGURE = "_what_if_figure"
LEAST_EATEN = 0.005
"""Part of what goes away from which the harder mix is told."""
BRIDGE_DEFINITION = (
    "Cost to serve a year: handled minutes × cost per minute + fees + sessions. Steps in the order remove, move, "
    "harder mix, work done differently, value, programme cost; each P10, median and P90 of draws. P10s of steps do "
    "not add up to the P10 of the result. All on one axis; where it is cut, the totals carry a break. Hatched = "
    "rests on judgement."
)


def title(found: Quick, work: Work, currency: str) -> str:
    """Return the finding: what the scenario frees or saves, never more than the range allows."""
    if not work.scenario.active:
        return "Nothing is changed yet; this is the baseline"
    name, cost = short(work.scenario.name, 48), found.cost_change
    contacts = found.contacts_change
    if cost.p10 < 0 < cost.p90:
        return f"“{name}” shows no clear saving ({more_or_less(cost.p10)} to {more_or_less(cost.p90, currency)} a year)"
    if cost.p50 > 0:
        return f"“{name}” costs {more_or_less(cost.p50, currency).removeprefix('+')} more a year"
    saved = more_or_less(-cost.p50, currency).removeprefix("+")
    fewer = f"{percent(abs(contacts.p50))} fewer contacts" if contacts.p50 < -5e-3 else "hardly fewer contacts"
    people = f", {heads(found.released.p50)} people freed" if found.released and found.released.p50 >= 0.05 else ""
    return f"“{name}”: {fewer}, {saved} a year less work{people}"


def draw_bridge(found: Quick, currency: str) -> None:
    """Draw the bridge from today to the result under a title that says what it shows."""
    words = st.container()
    plot_bridge(found, currency, BRIDGE)  # first: every message sent before it keeps the picture waiting
    with words:
        cards.section(f"Cost to serve a year, {currency}: {_bridge_title(found.steps)}", cut_words(found, currency))


def prepare(ledger: Ledger, scenario: Scenario, currency: str) -> None:
    """Have numbers and figure of a scenario ready before a run begins to send. Raises ScenarioError."""
    _figure(ready(ledger, scenario), currency)


def _figure(found: Quick, currency: str) -> go.Figure:
    dark = is_dark()
    held: tuple[tuple[Quick, str, bool, go.Figure], ...] = st.session_state.get(_FIGURE, ())
    for of, *look, fig in held:
        if of is found and look == [currency, dark]:
            return fig
    fig = charts.bridge(found.steps, *totals(found), currency, dark)
    st.session_state[_FIGURE] = ((found, currency, dark, fig), *held)[:KEPT]
    return fig


def cut_words(found: Quick, currency: str) -> str:
    """Return where the axis of the bridge begins."""
    today, result = totals(found)
    begin, _ = charts.span(found.steps, today, result)
    if begin > 0:
        return f"The axis begins at {charts.exact(begin, currency)}, so that the steps can be seen."
    return "The axis begins at zero."


def plot_bridge(found: Quick, currency: str, key: str) -> None:
    """Draw the bridge itself."""
    today, result = totals(found)
    fig = _figure(found, currency)
    st.plotly_chart(fig, key=key, config=CONFIG, alt=_alt(found.steps, today, result[1], currency))


def totals(found: Quick) -> tuple[float, tuple[float, float, float]]:
    """Return cost to serve a year today, and P10, median and P90 of the result."""
    today, change = found.cost_today, found.cost_change
    return today, (today + change.p10, today + change.p50, today + change.p90)


def bridge_rows(found: Quick) -> pd.DataFrame:
    """Return what the bridge draws: today, each step, the result; step, words, low, cost, high, assumed."""
    today, (low, middle, high) = totals(found)
    judged = any(one.assumed for one in found.steps)
    first = charts.Step("today", "Today’s way, the months to come", today, today, today, 0.0, assumed=False)
    last = charts.Step("result", "Result", low, middle, high, 0.0, assumed=judged)
    return pd.DataFrame([first, *found.steps, last]).drop(columns="start")


def _bridge_title(steps: Sequence[charts.Step]) -> str:
    cost = {one.step: one.cost for one in steps}
    saved = -min(cost.get("removed", 0.0), 0.0) - min(cost.get("moved", 0.0), 0.0)
    if not cost:
        return "no lever is set"
    eaten = max(cost.get("harder", 0.0), 0.0) / saved if saved > 0 else 0.0
    if eaten < LEAST_EATEN:
        return "from today to the result"
    return f"a harder mix eats {percent(eaten)} of what goes away"


def _alt(steps: Sequence[charts.Step], today: float, after: float, currency: str) -> str:
    said = "; ".join(f"{one.words} {more_or_less(one.cost)}" for one in steps)
    return f"Bridge of cost to serve a year in {currency}: today {signed(today)}; {said}; result {signed(after)}."
