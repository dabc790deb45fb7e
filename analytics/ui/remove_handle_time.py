"""What would change: a relaxed handle-time target against repeats, and which metrics decide and which only guard."""

from typing import Final

import pandas as pd
import streamlit as st

from analytics.charts import handle_time as charts
from analytics.errors import AnalyticsError
from analytics.questions.catalogue import metric
from analytics.questions.demand import demand_rate
from analytics.questions.experience import effort, guardrails, value
from analytics.questions.handle_time import HandleTime, Relaxed, handle_time, net_curve, relaxed
from analytics.questions.repeat_windows import every_window
from analytics.questions.words import percent, signed, thousands
from analytics.statistics.estimate import Estimate, cannot
from analytics.ui import cards, figure, messages, numbers, remove
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, short

MOST_SECONDS, STEP, START = 300, 10, 30
ALL = ""
UNTOLD: Final = "What a longer handle time would change cannot be told"
LEVELS: Final = {
    "Outcome: decides": ("contacts_per_1000", "high_effort_share", "value_coverage"),
    "Driver: moves the outcome": ("removable_share", "repeat_rate", "first_contact_resolution"),
    "Guardrail: must not get worse, no target": ("handle_time", "wait", "abandonment"),
}
_DEFINITION: Final = (
    "If a contact comes back with probability ρ, an issue takes 1 / (1 − ρ) contacts. With s seconds more on a mean of "
    "h, minutes are unchanged when repeats fall by (1 − ρ) · s / (h · ρ): the break-even. “In your data”: slope of "
    "coming back over the logarithm of the handle time within reason and channel, all months, interval from groups of "
    "customers. It is an association: harder issues take longer and come back more. Nothing is assumed."
)


def section(page: Page) -> None:
    """Draw the simulation and, folded, the hierarchy of metrics."""
    page.show(_simulation)
    folded = st.expander("What decides, what only guards", icon=":material/account_tree:", key="metric_hierarchy",
                         on_change="rerun")  # fmt: skip
    if folded.open:
        with folded:
            page.show(_hierarchy)


@st.fragment
@messages.netted
def _simulation(page: Page) -> None:
    whole = _asked(page, ALL)
    if isinstance(whole, str):  # no control where none would change anything
        cards.section(UNTOLD, whole)
        return
    top = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        seconds = st.slider("More seconds for each contact", STEP, MOST_SECONDS, START, STEP, key="relax_seconds",
                            width=420)  # fmt: skip
        reason = st.selectbox("Reason", [ALL, *page.choices.reasons], key="relax_reason", width=320,
                              format_func=lambda one: short(one, 50) or "all reasons")  # fmt: skip
    found = _asked(page, reason) if reason else whole
    if isinstance(found, str):
        with top:
            cards.section(UNTOLD, found)
        return
    at, minutes = relaxed(found, seconds), _minutes(page, found, reason)
    with top:
        cards.section(title(at), sentence(at, found, minutes, "" if reason else _natural(page)))
    _picture(page, found, at, minutes)


def _asked(page: Page, reason: str) -> HandleTime | str:
    """Return the association of one reason or of all, or why it cannot be told."""
    try:
        return page.ask(handle_time, reason)
    except AnalyticsError as error:
        return str(error)


def title(at: Relaxed) -> str:
    """Return what has to happen for the seconds to pay back, and whether the data speaks for it."""
    more = f"{at.seconds:.0f} seconds more"
    if at.break_even > 1:
        return f"{more} cannot pay back: even without any repeat minutes would rise"
    pays = f"{more} pay back once repeats fall by {percent(at.break_even)}"
    return (
        pays
        + {
            "reaches": "; longer contacts are associated with more than that",
            "misses": "; longer contacts are associated with less than that",
            "longer": "; longer contacts came back more often, so the data does not tell",
            "unclear": "; whether they would fall that far cannot be told",
        }[at.verdict]
    )


def sentence(at: Relaxed, found: HandleTime, minutes: float, natural: str) -> str:
    """Return level, association with interval and net minutes, in words."""
    level = (
        f"{found.mean_seconds / 60:.1f} minutes a contact, {percent(found.repeat_rate.value, 1)} come back "
        f"({numbers.interval(metric('repeat_rate'), found.repeat_rate)}; n {thousands(found.contacts)} contacts)."
    )
    fall, net = at.fall, at.net
    if fall.value is None or fall.low is None or fall.high is None or net.value is None:
        return f"{level} {fall.why} {natural}".strip()
    seen = "no clear difference in" if fall.covers(0.0) else _change(-fall.value)
    fewer = f"Contacts that much longer are associated with {seen} repeats"
    ends = f"({_signed(-fall.high)} to {_signed(-fall.low)} %)"
    total = f"; at that, minutes would change by {_minutes_words(net, minutes)} a year."
    return f"{level} {fewer} {ends}{total} An association, no effect: a trial would tell. {natural}".strip()


def _change(share: float) -> str:
    return f"{percent(abs(share), 1)} {'fewer' if share < 0 else 'more'}"


def _signed(share: float) -> str:
    return f"{'+' if share > 0 else ''}{signed(100.0 * share, 1)}"


def _minutes_words(net: Estimate, minutes: float) -> str:
    value, low, high = (signed(minutes * (end or 0.0)) for end in (net.value, net.low, net.high))
    return f"{value} ({low} to {high})"


def _minutes(page: Page, found: HandleTime, reason: str) -> float:
    """Return handled minutes a year: contacts of the filter, at the mean handle time."""
    cells = remove.cells(page)
    rows = cells.priced[cells.priced["reason"] == reason] if reason else cells.priced
    return float(rows["contacts"].sum()) * cells.yearly * found.mean_seconds / 60.0


def _natural(page: Page) -> str:
    again = page.ask(every_window, page.rates)[page.period.window_days - 1]
    if again.excess.value is None or not again.repeat_rate.value:
        return ""
    most = percent(max(again.excess.value, 0.0) / again.repeat_rate.value)
    return f"At most {most} of repeats lie beyond natural recurrence: more cannot be ended."


def _picture(page: Page, found: HandleTime, at: Relaxed, minutes: float) -> None:
    most = min(1.0, max(0.3, 1.4 * at.break_even, 1.2 * (at.fall.high or 0.0)))
    rows = net_curve(found, at.seconds, minutes, most)
    band = None if at.fall.low is None or at.fall.high is None else (100.0 * at.fall.low, 100.0 * at.fall.high)
    alt = f"Line of handled minutes a year over the fall of repeats. {title(at)}."
    figure.show(
        charts.net_minutes(rows, 100.0 * at.break_even, band, is_dark()), rows, "handle_time", alt, _DEFINITION,
        invented=page.info.invented, height=300,
        looked_at=f"{page.looked_at} for minutes; all months for the association",
    )  # fmt: skip


def _hierarchy(page: Page) -> None:
    rows = hierarchy(page)
    column = st.column_config.TextColumn
    st.dataframe(
        rows, hide_index=True, placeholder=NOT_KNOWN,
        key="metric_hierarchy_rows", alt="Metrics by what they are for, with their level now",
        column_config={"level": column("What it is for"), "metric": column("Metric", pinned=True), "now": column("Now"),
                       "note": column("Interval and n"), "definition": column("Definition", width="large")},
    )  # fmt: skip


def hierarchy(page: Page) -> pd.DataFrame:
    """Return level, metric, now, note, definition: outcomes decide, drivers move them, guardrails have no target."""
    held = _levels(page)
    rows = [(level, key, held[key]) for level, keys in LEVELS.items() for key in keys]
    return pd.DataFrame([
        {"level": level, "metric": metric(key).label, "now": _now(key, one),
         "note": cards.note(metric(key), one) if one.value is not None else one.why,
         "definition": metric(key).definition}
        for level, key, one in rows
    ])  # fmt: skip


def _now(key: str, one: Estimate) -> str:
    if one.value is None:
        return "cannot tell"
    shown = numbers.shown(metric(key), one.value)
    return shown if metric(key).unit.startswith("%") else f"{shown} {metric(key).unit}"


def _levels(page: Page) -> dict[str, Estimate]:
    again, felt, guard = page.ask(every_window, page.rates), page.ask(effort), page.ask(guardrails)
    at = again[page.period.window_days - 1]
    contacts = remove.found(page).contacts
    return {
        "contacts_per_1000": page.ask(demand_rate).now, "high_effort_share": felt.high_effort,
        "value_coverage": page.ask(value).coverage, "removable_share": remove.found(page).share,
        "repeat_rate": at.repeat_rate,
        "first_contact_resolution": at.first_contact_resolution, "abandonment": guard.abandonment,
        "handle_time": _plain(guard.mean_handle_minutes, contacts), "wait": _plain(guard.mean_wait_seconds, contacts),
    }  # fmt: skip


def _plain(level: float | None, n: int) -> Estimate:
    """Return a mean of which no interval is kept."""
    method = "mean over contacts where it is known"
    return cannot(0, method, "It is not in the file.") if level is None else Estimate(level, None, None, n, method)
