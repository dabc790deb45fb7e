"""Money that begun initiatives ended, for Overview: verdicts of Promised and realised, priced at cost to serve."""

from analytics.errors import AnalyticsError
from analytics.questions.assumptions import assumed
from analytics.questions.cash import Begun, Cash, no_cash, realised_cash
from analytics.questions.headcount import headcount
from analytics.questions.realised import reason_months
from analytics.questions.scope import inside
from analytics.ui import backlog_data, realised_data
from analytics.ui.page import Page
from analytics.ui.realised_data import Judged


def cash(page: Page) -> Cash:
    """Return what was realised against promised over the initiatives that have begun; the reason where none has.

    Several sections of Overview ask for it in one run; it is found once per data, edits and filter.
    """
    return page.kept("cash realised", lambda: _cash(page))


def _cash(page: Page) -> Cash:
    held = backlog_data.written(page).initiatives
    begun = [one for one in held if one.started is not None and one.started <= page.filters.last_month]
    if not begun:
        return no_cash()
    priced = [_priced(page, one) for one in realised_data.judged(page, begun)]
    return realised_cash([one for one in priced if one is not None], _people_left(page))


def _priced(page: Page, one: Judged) -> Begun | None:
    if one.found is None:
        return None
    names, _, counts = page.ask_for(realised_data.selection_of(page, one.initiative), reason_months)
    after = list(one.found.months_after)
    contacts = float(counts[names.index(one.reason), after].sum())
    return Begun(one.initiative.name, one.found.effect, one.promised, contacts, _cost_per_contact(page, one))


def _cost_per_contact(page: Page, one: Judged) -> float:
    cells = backlog_data.scope_of(page, one.initiative.scope)
    reached = cells[inside(cells, one.initiative.scope) & (cells["reason"] == one.reason)]
    contacts = float(reached["contacts"].sum())
    return float(reached["cost"].sum()) / contacts if contacts else 0.0


def _people_left(page: Page) -> float | None:
    """Return what the people who left in the last year cost a year; None without people in the data."""
    try:
        found = headcount(page.reader, page.period)
    except AnalyticsError:
        return None
    if found is None:
        return None
    return found.leavers * (found.cost_per_year or assumed(page.entered, "loaded_cost_per_year"))
