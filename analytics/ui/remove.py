"""Head and foot of Remove: the finding, the key numbers, and what to look at next."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.contract import CAUSES
from analytics.questions import words
from analytics.questions.catalogue import metric
from analytics.questions.next_steps import NextStep
from analytics.questions.next_steps import next_steps as largest_causes
from analytics.questions.removable import Cells, Removable, divided_cells
from analytics.questions.removable import removable as ask_removable
from analytics.questions.repeat_windows import every_window
from analytics.statistics.estimate import Estimate, cannot
from analytics.statistics.repeats import WINDOWS
from analytics.ui import cards, messages
from analytics.ui.page import Page


def cells(page: Page) -> Cells:
    """Return the priced and divided cells every figure of the page is made of."""
    return page.ask(divided_cells, page.rates, page.taxonomy)


def has_contacts(page: Page) -> bool:
    """Return whether the filters leave any contact; sections draw nothing otherwise, the finding says so."""
    return found(page).contacts > 0


def found(page: Page) -> Removable:
    """Return the cost of demand that should not exist."""
    return page.ask(ask_removable, page.rates, page.taxonomy)


def finding(page: Page) -> None:
    """Say what should not exist, what it costs, and who can end most of it."""
    held = found(page)
    said = words.removable_finding(held, page.info.currency)
    if not page.holds_contacts:
        cards.finding(messages.NO_CONTACTS)
        messages.no_contacts()
        page.link("Sources", "Open Sources")
        return
    if not held.contacts:
        cards.finding("No contact matches these filters")
        messages.nothing()
        return
    cards.finding(_title(held, said.state, page.info.currency), f"{said.text} {_basis(held)}".strip())


def numbers_row(page: Page) -> None:
    """Show five numbers: cost, share, what is not known, repeats, first-contact resolution."""
    held = found(page)
    if not held.contacts:
        return
    again = page.ask(every_window, page.rates)[min(page.period.window_days, WINDOWS) - 1]
    currency, days = page.info.currency, page.period.window_days
    said = words.removable_finding(held, currency)
    told = said.state != "cannot"
    cards.tiles(
        [
            cards.metric_tile(metric("removable_cost"), held.cost_per_year if told else _untold(held, said.text),
                              label="Avoidable cost a year", currency=currency),
            cards.metric_tile(metric("removable_share"), held.share if told else _untold(held, said.text),
                              label="Avoidable share of cost"),
            cards.metric_tile(metric("unknown_cause_share"), held.unknown_share, label="Cause not known"),
            cards.metric_tile(metric("repeat_rate"), again.repeat_rate, label=f"Repeat within {days} days"),
            cards.metric_tile(metric("first_contact_resolution"), again.first_contact_resolution,
                              label="Solved at first contact"),
        ]
    )  # fmt: skip


def parts(page: Page, sections: Mapping[str, Callable[[Page], None]]) -> None:
    """Draw the names of the parts and the chosen one; the address says which it is.

    Not tabs: Streamlit draws ten tabs anew with every press anywhere on the page, at the price of half a chart.
    """
    if not has_contacts(page):
        return
    chosen = st.segmented_control(
        "Part of Remove", list(sections), default=next(iter(sections)), required=True, key="tab", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    page.show(sections[chosen])


def what_next(page: Page) -> None:
    """The three largest removable causes, each with worth, range, grade and owner; they set the lever of What-if."""
    if not has_contacts(page):
        return
    causes = page.kept("next steps", lambda: largest_causes(cells(page), page.taxonomy, page.info.currency))
    target = cards.first_page("What-if", "Taxonomy")
    cards.next_steps([_step(page, one, target) for one in causes if target], page.query, "What to end first")


def worth_words(worth: Estimate, currency: str) -> str:
    """Return the yearly worth of ending a cause with its range."""
    if worth.value is None:
        return worth.why
    text = f"costs {words.money(worth.value, currency)} a year"
    if worth.low is None or worth.high is None:
        return text
    return f"{text} ({words.money(max(worth.low, 0.0))} to {words.money(worth.high)})"


def _step(page: Page, one: NextStep, target: str) -> cards.Step:
    lever = (("lever", f"remove:{one.reason}:{one.cause}"),) if target == "What-if" else (("reason", one.reason),)
    return cards.Step(
        title=f"{page.taxonomy.of(one.reason).name}: {CAUSES[one.cause].lower()}",
        text=f"{worth_words(one.worth, page.info.currency)} · {words.thousands(one.contacts_per_year)} contacts · "
        f"{one.ask} · evidence {one.evidence_grade}: {one.evidence}",
        page=target,
        link="Try it in What-if" if target == "What-if" else f"Check it on {target}",
        query=lever,
    )


def _title(held: Removable, state: str, currency: str) -> str:
    if state == "cannot" or held.share.value is None:
        return "What should not exist cannot be told yet"
    share = f"{words.percent(held.share.value)} of the cost of service should not exist"
    if held.owners.empty:
        return "No contact has a known avoidable cause" if held.share.value <= 0 else share
    return f"{share}; {words.most(held.owners, currency)}"


def _basis(held: Removable) -> str:
    parts = [] if held.is_reconciled else ["Cost as modelled, not yet scaled to the books (Assumptions)."]
    if held.assumed_share >= 0.01:
        parts.append(f"{words.percent(held.assumed_share)} of it rests on assumed handle times.")
    return " ".join(parts)


def _untold(held: Removable, why: str) -> Estimate:
    return cannot(held.contacts, "", why)
