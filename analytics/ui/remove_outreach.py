"""What the company itself sets off: contacts after its messages, and by how it won its customers."""

import pandas as pd

from analytics.charts import outreach as charts
from analytics.questions.acquisition import contacts_per_customer
from analytics.questions.catalogue import metric
from analytics.questions.outreach import Template
from analytics.questions.outreach import templates as ask_templates
from analytics.questions.words import percent, signed, whole
from analytics.ui import cards, figure, messages
from analytics.ui.look import is_dark
from analytics.ui.page import Page

MANY = 1.2
"""Times the company's contacts per customer from which a way of winning customers is worth a question."""
TEMPLATES = 15


def after_messages(page: Page) -> None:
    """Show contacts within 14 days after each message, per 1,000 sent."""
    found = [one for one in page.ask(ask_templates) if one.contacted_per_1000.value is not None]
    if not found:
        messages.missing(
            "What follows your letters and messages is not known.",
            "Load outreach (when, to whom, which template) on Sources to see contacts per 1,000 sent.",
        )
        return
    rows = template_rows(found)
    cards.section(
        _title(found),
        "Customers who got in touch within 14 days, about anything. Only the comparison with a group held out says "
        "what the message did; green prevented contacts, orange set them off, grey cannot be told apart from nothing.",
    )
    drawn = rows.head(TEMPLATES)
    figure.show(
        charts.template_dots(drawn, is_dark()), drawn, "templates",
        f"Dots with 95 % intervals by template: {', '.join(_words(one) for one in found[:5])}.",
        metric("contacts_after_sending").definition, invented=page.info.invented,
        looked_at=f"{page.looked_at} · segments and products do not apply · {int(rows['sent'].sum()):,} messages",
        height=110 + 46 * len(drawn),
    )  # fmt: skip


def template_rows(found: list[Template]) -> pd.DataFrame:
    """Return the templates as drawn, most contacts first."""
    return pd.DataFrame(
        [
            {
                "template": one.template, "kind": one.kind, "sent": one.sent, "observed": one.observed,
                "contacted_per_1000": one.contacted_per_1000.value, "low": one.contacted_per_1000.low,
                "high": one.contacted_per_1000.high, "contacts_per_1000": one.contacts_per_1000,
                "same_reason_per_1000": one.same_reason_per_1000, "net_per_1000": one.net_per_1000.value,
                "net_low": one.net_per_1000.low, "net_high": one.net_per_1000.high, "net_why": one.net_per_1000.why,
                "net_is_clear": one.is_clear,
                "opted_out": one.opted_out,
            }
            for one in found
        ]
    ).astype(dict.fromkeys(("net_per_1000", "net_low", "net_high"), float))  # fmt: skip


def acquisition(page: Page) -> None:
    """Show contacts per customer by how customers were won."""
    rows = page.ask(contacts_per_customer)
    company = 12.0 * float(rows["contacts"].sum()) / float(rows["months_active"].sum())
    top = rows[~rows["greyed"]].head(1)
    cards.section(
        _won_title(top, company),
        "Contacts per customer and year of being one, with 95 % intervals, over all months of the data. A high rate is "
        "a question to sales and marketing; who is won that way may differ in more than the channel. Where intervals "
        "overlap, no order is claimed.",
    )
    figure.show(
        charts.rate_bars(rows, company, is_dark()), rows, "acquisition",
        f"Bars of contacts per customer a year by acquisition channel; all customers {company:.1f}.",
        metric("contacts_per_customer").definition, invented=page.info.invented,
        looked_at=f"all months · {', '.join(page.filters.segments) or 'all segments'} · "
        f"{int(rows['customers'].sum()):,} customers", height=100 + 30 * len(rows),
    )  # fmt: skip


def _title(found: list[Template]) -> str:
    induced = [one for one in found if one.is_clear and (one.net_per_1000.value or 0.0) > 0]
    prevented = [one for one in found if one.is_clear and (one.net_per_1000.value or 0.0) < 0]
    if induced:
        worst = max(induced, key=lambda one: one.net_per_1000.value or 0.0)
        return f"“{worst.template}” sets off {whole(worst.net_per_1000.value or 0.0)} contacts per 1,000 sent"
    if prevented:
        best = min(prevented, key=lambda one: one.net_per_1000.value or 0.0)
        return f"“{best.template}” prevents {whole(-(best.net_per_1000.value or 0.0))} contacts per 1,000 sent"
    most = found[0]
    return f"After “{most.template}” {whole(most.contacted_per_1000.value or 0.0)} of 1,000 got in touch"


def _words(one: Template) -> str:
    return f"{one.template} {signed(one.contacted_per_1000.value or 0.0)} per 1,000"


def _won_title(top: pd.DataFrame, company: float) -> str:
    if top.empty or float(top.iloc[0]["against_all"]) < MANY or not bool(top.iloc[0]["differs"]):
        return f"No way of winning customers stands out: {signed(company, 1)} contacts per customer a year"
    row = top.iloc[0]
    low, more, high = (percent(float(row[name]) - 1.0) for name in ("against_low", "against_all", "against_high"))
    return (
        f"Customers won by {row['acquisition_channel']} make {more} more contacts than all customers ({low} to {high})"
    )
