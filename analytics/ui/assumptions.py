"""Sections of Assumptions."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import CannotTellError
from analytics.questions import words
from analytics.questions.assumptions import Assumption, assumption_catalogue
from analytics.questions.benchmarks import benchmark_table
from analytics.questions.costs import Reconciliation
from analytics.store import Record
from analytics.ui import cards, drafts, edits, figure, past
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN

KIND = "assumption"
_NAME = "assumptions"
UNBOUNDED = 1e9
"""From here on an upper bound says nothing to a reader."""


def reconciliation(page: Page) -> Reconciliation:
    """Return how the modelled cost compares with the books."""
    return edits.reconciled(page.reader, page.entered, page.info.currency)


def finding(page: Page) -> None:
    """How far the costs are from the books."""
    found, currency = reconciliation(page), page.info.currency
    modelled = words.money(found.modelled_cost, currency)
    if found.payroll_line:
        title = (
            f"Costs are scaled by {found.factor:.2f} to the {words.money(found.payroll_line, currency)} in the books"
        )
    else:
        title = f"Costs are modelled: {modelled} a year, not yet held against the books"
    own, span = len(page.entered), "one month" if found.months == 1 else f"{found.months} months"
    cards.finding(
        title,
        f"The rates below give {modelled} a year, from {span}; {words.percent(found.assumed_share)} of "
        f"it rests on assumed handle times. {own} of the figures were entered by people, the others are defaults.",
    )


def numbers_row(page: Page) -> None:
    """Modelled cost, line in the books, factor, assumed share."""
    found, currency = reconciliation(page), page.info.currency
    line = words.money(found.payroll_line, currency) if found.payroll_line else cards.NO_NUMBER
    cards.tiles(
        [
            cards.Tile("Modelled cost a year", words.money(found.modelled_cost, currency),
                       help="Handled minutes times cost per minute plus fees, before scaling."),
            cards.Tile("Cost in the books", line, note="" if found.payroll_line else "Enter it below.",
                       help="The yearly line all costs are scaled to."),
            cards.Tile("Factor", f"{found.factor:.2f}",
                       help="Cost in the books over modelled cost; 1 while none is entered."),
            cards.Tile("Assumed handle time", words.percent(found.assumed_share),
                       help="Share of the cost that rests on default handle times."),
        ]
    )  # fmt: skip


def rates(page: Page) -> None:
    """What a contact costs per channel, as used on every page."""
    cards.section("What a handled minute costs, by channel", "As used on every page, after scaling.")
    table = _rate_table(page)
    st.dataframe(table, hide_index=True, column_config=_rate_columns(page.info.currency), placeholder=NOT_KNOWN,
                 key="rates",
                 alt="Cost per minute, fee and minutes by channel")  # fmt: skip
    figure.drawer(
        table, "cost_rates", "Cost of a contact = handled minutes × cost per handled minute + fee, times the factor.",
        looked_at=page.info.name, invented=page.info.invented,
    )  # fmt: skip


def editor(page: Page) -> None:
    """Every assumption, editable within its range; kept with author and time."""
    cards.section("Assumptions, targets and thresholds", "Change a value and save; empty it to go back to the default.")
    made, columns = drafts.draft(_NAME, page, KIND, lambda: _table(page)), _columns()
    edited = st.data_editor(
        made.frame, placeholder=NOT_KNOWN,
        key=drafts.editor_key(_NAME, made), hide_index=True, num_rows="fixed", column_config=columns,
        column_order=list(columns),  # the value beside its name, so that a phone shows both
        disabled=[name for name in made.frame.columns if name != "value"],
        alt="Assumptions with value, range and author",
    )  # fmt: skip
    drafts.save_bar(_NAME, drafts.changes(made, edited), lambda key, change: _save(page, made, key, change))


def changed(page: Page) -> None:
    """Who changed which assumption, with undo."""
    keys = sorted(_keys(page))
    names = {key: _label(key) for key in keys}
    cards.section("Who changed what")
    chosen = st.selectbox("Assumption", keys, key="assumption_history", format_func=names.__getitem__)
    past.history(page, KIND, chosen, _words)


def published(_: Page) -> None:
    """Published benchmarks: context, never in a calculation."""
    cards.section("Published claims – not your data", "Context only. None of these figures enters a calculation.")
    table = benchmark_table().assign(kind="published claim – not your data")
    table = table[["kind", *[name for name in table.columns if name != "kind"]]]
    st.dataframe(
        table, hide_index=True, key="benchmarks", alt="Published claims with source and population", placeholder="",
        column_config=_CLAIMS, column_order=[name for name in table.columns if name != "kind"],
    )  # fmt: skip
    figure.drawer(table, "published_claims", "Figures others have published; their definitions may differ from yours.")


def what_next(page: Page) -> None:
    """Where the figures are used."""
    cards.next_steps(
        [
            cards.Step("See what changes", "Demand, cost, effort and value with these figures.", "Overview"),
            cards.Step("Check the reasons", "Thresholds decide which reasons should not exist.", "Taxonomy"),
            cards.Step("Try it out", "What happens if demand is removed.", "What-if"),
        ],
        page.query,
    )


_CLAIMS: dict[str, Any] = {
    "claim": st.column_config.TextColumn("Published claim", width="large"),
    "value": st.column_config.NumberColumn("Value", format="%g"),
    "upper": st.column_config.NumberColumn("To", format="%g"),
    "unit": "Unit",
    "text": st.column_config.TextColumn("As published", width="medium"),
    "verbatim": st.column_config.CheckboxColumn("Word for word"),
    "publisher": "Publisher",
    "title": "Title",
    "date": "Date",
    "population": "Asked",
    "definition_known": "Definition known",
}


def _keys(page: Page) -> dict[str, tuple[Assumption, str]]:
    channels = page.choices.channels
    found: dict[str, tuple[Assumption, str]] = {}
    for key, assumption in assumption_catalogue().items():
        if assumption.per_channel:
            found |= {f"{key}.{channel}": (assumption, channel) for channel in channels}
        else:
            found[key] = assumption, ""
    return found


def _table(page: Page) -> pd.DataFrame:
    seen = {record.key: record for record in page.store.list(page.workspace_id, KIND)} if page.edits_readable else {}
    rows = [_row(key, assumption, channel, seen.get(key)) for key, (assumption, channel) in _keys(page).items()]
    return pd.DataFrame(rows).set_index("key").astype({"value": float})


def _row(key: str, found: Assumption, channel: str, record: Record | None) -> dict[str, Any]:
    default = found.default(channel)
    by = f"{record.author.shown}, {record.at[:16].replace('T', ' ')} UTC" if record else ""
    return {
        "key": key, "group": found.group, "label": f"{found.label}: {channel}" if channel else found.label,
        "value": float(record.body["value"]) if record else default, "unit": found.unit, "default": default,
        "range": _possible(found), "help": found.help, "edited": by,
    }  # fmt: skip


def _possible(found: Assumption) -> str:
    """Return the range as people write numbers; a bound that is only there to stop typing errors is not named."""
    if found.high >= UNBOUNDED:
        return f"{found.low:,g} or more"
    return f"{found.low:,.10g} to {found.high:,.10g}"


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "label": column.TextColumn("Assumption", width=265),
        "value": column.NumberColumn("Value", format="localized", width="small"),
        "unit": column.TextColumn("Unit"),
        "default": column.NumberColumn("Default", format="localized"),
        "range": column.TextColumn("Possible"),
        "group": column.TextColumn("Group", width="small"),
        "help": column.TextColumn("Meaning", width="large"),
        "edited": column.TextColumn("Changed by"),
    }


def _save(page: Page, made: drafts.Draft, key: str, change: drafts.Change) -> None:
    value, version = change.get("value"), drafts.version_of(made, key)
    if value is None:
        if version is not None:
            page.store.delete(page.workspace_id, KIND, key, page.author, version)
        return
    found = assumption_catalogue()[key.split(".", maxsplit=1)[0]]
    if not found.low <= value <= found.high:
        raise CannotTellError(
            f"{found.label}: {value:g} is not possible.", do=f"Enter a value from {_possible(found)}."
        )
    page.store.put(page.workspace_id, KIND, key, {"value": value}, page.author, version)


def _label(key: str) -> str:
    name, _, channel = key.partition(".")
    found = assumption_catalogue()[name]
    return f"{found.label}: {channel}" if channel else found.label


def _words(record: Record) -> str:
    return f"set to {record.body['value']:g}"


def _rate_table(page: Page) -> pd.DataFrame:
    rates = page.rates
    rows = []
    for channel in page.choices.channels:
        rate = rates.of(channel)
        minutes = rate.default_minutes
        rows.append(
            {
                "channel": channel,
                "per_minute": rates.factor * rate.per_minute,
                "fee": rates.factor * rate.fee,
                "minutes": minutes,
                "minutes_from": "own data" if rate.default_is_own else "assumed",
                "per_contact": rates.factor * (rate.per_minute * minutes + rate.fee),
            }
        )
    return pd.DataFrame(rows)


def _rate_columns(currency: str) -> dict[str, Any]:
    column = st.column_config
    return {
        "channel": column.TextColumn("Channel"),
        "per_minute": column.NumberColumn(f"{currency} per handled minute", format="%.2f"),
        "fee": column.NumberColumn(f"Fee per contact, {currency}", format="%.2f"),
        "minutes": column.NumberColumn("Minutes a contact", format="%.1f"),
        "minutes_from": column.TextColumn("Minutes from"),
        "per_contact": column.NumberColumn(f"{currency} per contact", format="%.2f"),
    }
