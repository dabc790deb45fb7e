"""Sections of Overview."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.charts import overview as charts
from analytics.contract import CAUSES
from analytics.engine import Reader
from analytics.questions import words
from analytics.questions.cash import Cash
from analytics.questions.catalogue import Metric, metric
from analytics.questions.demand import DemandRate
from analytics.questions.loyalty import retention_gap
from analytics.questions.overview import Overview
from analytics.questions.overview import overview as ask_overview
from analytics.questions.rates import Rates
from analytics.questions.removable import Removable, divided_cells, pillars, removable_of
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import Taxonomy
from analytics.questions.value_words import hidden_factor_words
from analytics.statistics.estimate import Estimate, cannot
from analytics.ui import cards, edits, figure, messages, numbers, realised_cash
from analytics.ui.look import is_dark
from analytics.ui.page import Page

OWNERS_DRAWN = 8
NAMED_SHARE = 0.01
"""From here on an assumed part of the cost is said."""


def answer(page: Page) -> Overview:
    """Return everything the page shows, computed once per data, edits and filter."""
    always = replace(page.filters, first_month=page.period.first_month, last_month=page.period.last_full_month)
    stayed = page.ask_for(always, retention_gap)  # the period does not matter to it: asked once for all of them
    return page.ask(ask_overview, page.rates, page.taxonomy, realised_cash.cash(page), stayed)


def finding(page: Page) -> None:
    """The finding, and one sentence with intervals."""
    if not page.holds_contacts:
        cards.finding(messages.NO_CONTACTS)
        messages.no_contacts()
        page.link("Sources", "Open Sources")
        return
    found = answer(page)
    cards.finding(_title(found), " ".join(said.text for said in found.findings[:2]))
    if not found.removable.contacts:
        messages.nothing()


def numbers_row(page: Page) -> None:
    """Five numbers at most."""
    found = answer(page)
    if found.removable.contacts:
        goals = edits.targets(page.entered)
        cards.tiles(_tiles(found, page.info.currency, goals))


def picture(page: Page) -> None:
    """Cost by owner and pillar: the main picture."""
    rows, found = page.ask(main_picture, page.rates, page.taxonomy)
    if not rows.empty:
        _pillars(page, rows, found)


def main_picture(
    reader: Reader, selection: Selection, rates: Rates, taxonomy: Taxonomy
) -> tuple[pd.DataFrame, Removable]:
    """Return cost a year by owner (the largest, and the others together), pillar and cause known; and its total."""
    cells = divided_cells(reader, selection, rates, taxonomy)
    rows = pillars(cells)
    rows = rows.assign(cost_per_year=rows["cost"] * cells.yearly)
    order = rows.groupby("owner")["cost"].sum().sort_values(ascending=False).index
    few = list(order) if len(order) <= OWNERS_DRAWN + 1 else list(order[:OWNERS_DRAWN])
    rest = f"{len(order) - len(few)} {charts.OTHERS}"
    grouped = rows.assign(owner=rows["owner"].where(rows["owner"].isin(few), rest))
    measures = ["contacts", "minutes", "cost", "share", "cost_per_year"]
    summed = grouped.groupby(["bucket", "owner", "cause_known"], as_index=False, sort=False)[measures].sum()
    return summed, removable_of(cells, rates)


def what_changed(page: Page) -> None:
    """The split of the change against a year ago, folded."""
    if not page.holds_contacts:
        return
    found = answer(page)
    folded = st.expander("What changed against a year ago", key="what_changed", on_change="rerun")
    if not folded.open:
        return
    with folded:
        if found.change.why:
            st.markdown(found.change.why)
            return
        _bridge(page, found)


def guardrails(page: Page) -> None:
    """Counter-metrics that must not suffer."""
    found = answer(page)
    held = found.guardrails
    if not found.removable.contacts:
        return
    cards.section("Guardrails", "What must not get worse while demand falls.")
    months = held.months
    cards.tiles(
        [
            cards.metric_tile(metric("abandonment"), held.abandonment, trend=months["abandoned_share"]),
            _plain_tile("wait", held.mean_wait_seconds, months["mean_wait_seconds"]),
            _plain_tile("handle_time", held.mean_handle_minutes, months["mean_handle_minutes"]),
        ]
    )


def what_next(page: Page) -> None:
    """The largest removable causes, each with worth, range, grade and owner."""
    found = answer(page)
    steps = [
        cards.Step(
            title=f"{page.taxonomy.of(step.reason).name}: {CAUSES[step.cause].lower()}",
            text=f"{_worth(step.worth, page.info.currency)} · {step.ask} · "
            f"evidence {step.evidence_grade}: {step.evidence}",
            page=target,
            link=f"Open {target}",
            query=(("reason", step.reason), ("cause", step.cause)),
        )
        for step in found.next_steps
        if (target := cards.first_page("What-if", "Remove", "Taxonomy"))
    ]
    cards.next_steps(steps, page.query)


def _title(found: Overview) -> str:
    demand, share = found.demand, found.removable.share
    state = found.findings[0].state
    if not found.removable.contacts:
        return "No contact matches these filters"
    if state in ("better", "worse") and demand.change.value is not None:
        less = "less" if demand.change.value < 0 else "more"
        first = f"Customers needed us {words.size_of(demand.change.value)} {less} often than a year ago"
    elif state == "unclear":
        first = "No clear change in demand on a year ago"
    elif demand.now.value is not None:
        first = f"{words.whole(demand.now.value)} contacts per 1,000 active customers a month"
    else:
        made = " made by customers" if demand.contacts < found.removable.contacts else ""
        first = f"{words.thousands(demand.contacts)} contacts{made}"
    if found.findings[1].state == "cannot" or share.value is None:
        return f"{first}; what should not exist cannot be told yet"
    return f"{first}; {words.percent(share.value)} of the cost should not exist"


def demand_metric(demand: DemandRate) -> Metric:
    """Return the metric, its definition saying so where the customers are not those of the products looked at."""
    told = metric("contacts_per_1000")
    if not demand.of_all_customers:
        return told
    more = (
        "Active customers are not known by product, so these are contacts about the products chosen per 1,000 of all "
        "customers: load active_customers with product for a rate of its own."
    )
    return replace(told, definition=f"{told.definition} {more}")


def _tiles(found: Overview, currency: str, goals: dict[str, float]) -> list[cards.Tile]:
    removable, felt = found.removable, found.effort
    resolved = felt.first_contact_resolution
    coverage = found.value.coverage
    valued = f"{words.percent(coverage.value)} value-enhanced" if coverage.value is not None else ""
    return [
        cards.metric_tile(
            demand_metric(found.demand), found.demand.now, change=found.demand.change,
            label="Per 1,000 of all customers" if found.demand.of_all_customers else "Contacts per 1,000",
            goal=goals.get("contacts_per_1000"), trend=found.demand.months["contacts_per_1000"],
        ),
        cards.metric_tile(
            metric("removable_cost"), _removable_cost(found), label="Avoidable cost", currency=currency,
            beneath=_share(removable.share.value, goals.get("removable_share")),
            trend=found.removable_months["removable_cost"] if found.findings[1].state != "cannot" else (),
        ),
        cards.metric_tile(
            metric("high_effort_share"), felt.high_effort, label="High effort", goal=goals.get("high_effort_share"),
            beneath=f"{words.percent(resolved.value)} solved at once" if resolved.value is not None else "",
            trend=felt.months["high_effort_share"],
        ),
        cards.metric_tile(
            _with_limit(metric("retention_gap"), _loyalty_limits(found)), found.value.retention_gap,
            label="Loyalty gap", beneath=valued, otherwise=valued,
        ),
        cards.metric_tile(
            _with_limit(metric("cash_realised"), found.cash.note), found.cash.realised, label="Cash realised",
            currency=currency, beneath=_promised(found.cash, currency),
        ),
    ]  # fmt: skip


def _loyalty_limits(found: Overview) -> str:
    return f"{found.findings[3].text} {hidden_factor_words(found.value)}".strip()


def _with_limit(told: Metric, note: str) -> Metric:
    return replace(told, definition=f"{told.definition} {note}") if note else told


def _promised(cash: Cash, currency: str) -> str:
    return f"promised {words.money(cash.promised, currency)}" if cash.promised is not None else ""


def _removable_cost(found: Overview) -> Estimate:
    said = found.findings[1]
    return cannot(found.removable.contacts, "", said.text) if said.state == "cannot" else found.removable.cost_per_year


def _share(share: float | None, goal: float | None) -> str:
    if share is None:
        return ""
    return f"{words.percent(share)} of cost" + (f", target {words.percent(goal)}" if goal else "")


def _plain_tile(key: str, value: float | None, trend: "pd.Series[float]") -> cards.Tile:
    found = metric(key)
    shown = f"{numbers.shown(found, value)} {found.unit}" if value is not None else cards.NO_NUMBER
    why = "" if value is not None else "This column is not in the data."
    return cards.Tile(found.label, shown, help=found.definition, note=why, trend=cards.trend_of(trend))


def _pillars(page: Page, rows: pd.DataFrame, found: Removable) -> None:
    currency, owners = page.info.currency, found.owners
    known = len(owners) > 0 and found.proxy_share <= words.MOSTLY_PROXY
    cards.section(words.most(owners, currency) if known else "Cost by owner function", _basis(found))
    first = rows.head(6).to_dict("records")
    told = [f"{row['owner']} {row['bucket']} {words.money(row['cost_per_year'])}" for row in first]
    dark, pixels = is_dark(), 110 + 34 * rows["owner"].nunique()
    drawn = page.kept(
        f"cost by owner {dark}", lambda: figure.themed(charts.cost_by_owner(rows, currency, dark), pixels)
    )
    figure.draw(
        drawn, rows, "cost_by_owner",
        f"Bars of yearly cost by owner function, divided into pillars: {'; '.join(told)}",
        f"{metric('removable_cost').definition} {metric('cost').definition}",
        looked_at=f"{page.looked_at} · {found.contacts:,} contacts", invented=page.info.invented,
        names=charts.pillar_names(rows),
    )  # fmt: skip


def _basis(found: Removable) -> str:
    parts = [] if found.is_reconciled else ["Cost as modelled, not yet scaled to the books (Assumptions)."]
    if found.assumed_share >= NAMED_SHARE:
        parts.append(f"{words.percent(found.assumed_share)} of it rests on assumed handle times.")
    return " ".join(parts)


def assumed(share: float) -> str:
    """Return the sentence about assumed handle times, empty where they hardly matter."""
    return f"Handle times behind {words.percent(share)} of the cost are assumed." if share >= NAMED_SHARE else ""


def first_upper(text: str) -> str:
    """Return the text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def _bridge(page: Page, found: Overview) -> None:
    change, parts = found.change, found.change.parts
    st.caption(
        f"{words.thousands(change.before)} contacts a year ago, {words.thousands(change.after)} now. Per 1,000 "
        f"customers: {words.whole(change.per_1000_before)} and {words.whole(change.per_1000_after)}."
    )
    figure.show(
        charts.change_bridge(parts, is_dark()), parts, "what_changed_bridge",
        "Bars: change of contacts by growth of customers, contacts per customer, and mix of segments.",
        "Contacts = customers times contacts per customer in each segment. The three parts add up to the difference.",
        looked_at=page.looked_at, invented=page.info.invented, height=220,
    )  # fmt: skip


def _worth(worth: Estimate, currency: str) -> str:
    if worth.value is None:
        return worth.why
    if worth.low is None or worth.high is None:
        return f"costs {words.money(worth.value, currency)} a year"
    return (
        f"costs {words.money(worth.value, currency)} a year "
        f"({words.money(max(worth.low, 0.0))} to {words.money(worth.high)})"
    )
