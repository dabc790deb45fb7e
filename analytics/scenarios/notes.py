"""What limits a result, as sentences beside it: previews, unknown spreads, associations, published figures."""

import numpy as np

from analytics.scenarios.ledger import Ledger
from analytics.scenarios.scenario import Scenario


def notes(ledger: Ledger, scenario: Scenario) -> tuple[str, ...]:
    """Return what limits the result: previews, unknown spreads, associations, published figures."""
    said = [_people_note(ledger), _spread_note(ledger, scenario), _repeat_note(ledger, scenario), _loyalty_note(ledger)]
    named = ", ".join(item.name for item in scenario.active if item.published)
    said.append(f"Rests on a published figure, not your data: {named}." if named else "")
    return tuple(note for note in said if note)


def _people_note(ledger: Ledger) -> str:
    if ledger.staffing is None:
        return "People are not computed: paid hours and shrinkage are not given. Labour money is all freed minutes."
    if not ledger.staffing.by_interval:
        return "People are a preview from workload; contacts by half-hour would show what queues need."
    if ledger.workforce is None:
        return "How many people leave is not known, so nothing is cashable yet; labour money is all freed minutes."
    return "Seats are read off a grid of load and handle time; its error is below 0.5 %."


def _spread_note(ledger: Ledger, scenario: Scenario) -> str:
    if scenario.settings.hardening == 0 or not scenario.active:
        return ""
    spread = ledger.handle_spread
    unknown = [r for k, r in enumerate(ledger.reasons) if k >= spread.size or not spread[k] > 0]
    if not unknown:
        return ""
    if len(unknown) == len(ledger.reasons):
        return "The spread of handle time within reasons is unknown, so removal within a reason is taken as random."
    return f"The spread of handle time is unknown for {len(unknown)} reasons; there removal is taken as random."


def _repeat_note(ledger: Ledger, scenario: Scenario) -> str:
    known = ledger.contacts_per_issue
    if not any(item.kind == "repeat" for item in scenario.active):
        return ""
    if ledger.excess_share.size and not np.nan_to_num(ledger.excess_share, nan=1.0).any():
        return "No repeats beyond natural recurrence are told apart here, so first-contact resolution changes nothing."
    if known.size and np.isfinite(known).all():
        return ""
    return "Contacts per issue are unknown for some reasons; first-contact resolution changes nothing there."


def _loyalty_note(ledger: Ledger) -> str:
    if ledger.loyalty is None or ledger.loyalty.causal_share.is_constant:
        return ""
    return "Retention follows an association: only part of it is taken as cause, and with a chance of 30 % none."
