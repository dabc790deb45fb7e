"""Sentences about a scenario: what it changes against baseline, and what it assumes."""

from typing import Final

from analytics.scenarios.channels import facts_words
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import GRADES, KINDS, Lever, Scope
from analytics.scenarios.notes import notes
from analytics.scenarios.outcome import Outcome
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import OVERLAPS, Scenario

MOST_NAMED: Final = 5
"""Reasons of a scope that are named; with two or more beyond, the rest is counted."""


def scope_words(scope: Scope) -> str:
    """Return the scope in words: “Billing, cause defect, by phone” or “all demand”."""
    many = len(scope.reasons) - MOST_NAMED
    named = [*scope.reasons[:MOST_NAMED], f"{many} more reasons"] if many > 1 else scope.reasons
    parts = [", ".join(named)] if named else []
    parts += [f"cause {' or '.join(scope.causes)}"] if scope.causes else []
    parts += [f"by {' or '.join(scope.channels)}"] if scope.channels else []
    return ", ".join(parts) or "all demand"


def number_words(value: float, unit: str = "share") -> str:
    """Return a value as people say it: shares in percent, the rest plain."""
    return f"{100 * value:.3g} %" if unit == "share" else f"{value:,.4g}"


def range_words(value: Range, unit: str = "share") -> str:
    """Return “40 % (30 %–50 %)”, or the plain value of a constant."""
    likely = number_words(value.likely, unit)
    if value.is_constant:
        return likely
    return f"{likely} ({number_words(value.low, unit)}–{number_words(value.high, unit)})"


def lever_words(item: Lever) -> str:
    """Return one sentence: what the lever changes, where, when and how well it is known."""
    kind = KINDS[item.kind]
    spec = kind.parameters[kind.main]
    to = f" to {item.to_channel}" if item.to_channel else ""
    when = f"from month {item.start}" + (f", full effect after {item.ramp} months" if item.ramp else "")
    lasting = f", {100 * item.decay:.3g} % of the effect grows back each month" if item.decay else ""
    facts = facts_words(item)
    dip = f", {100 * item.dip:.3g} % slower for the first {item.dip_months} months" if item.dip_months else ""
    return (
        f"{item.name}: {range_words(item.range(kind.main), spec.unit)} {spec.words}{to} ({scope_words(item.scope)}), "
        f"{when}{lasting}{dip}{facts}; evidence {item.grade}, {GRADES[item.grade]}."
    )


def changed(outcome: Outcome) -> str:
    """Return what changed against baseline as one sentence; says so when nothing did."""
    before, after = outcome.before, outcome.after
    if not outcome.scenario.active:
        return "Nothing is changed: this is the baseline."
    parts = [_share("contacts", before.contacts, after.contacts), _share("workload", before.minutes, after.minutes)]
    parts.append(f"handle time {before.handle_minutes:.2f} → {after.handle_minutes:.2f} minutes")
    if before.people is not None and after.people is not None:
        parts.append(f"people {before.people:.1f} → {after.people:.1f}")
    if before.high_effort_share is not None and after.high_effort_share is not None:
        parts.append(f"high effort {100 * before.high_effort_share:.3g} → {100 * after.high_effort_share:.3g} %")
    return f"Against baseline: {', '.join(parts)}."


def _share(name: str, before: float, after: float) -> str:
    if not before:
        return f"no {name}"
    return f"{name} {100 * (after / before - 1):+.1f} %".replace("-", "−")


def chips(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """Return (lever key, short text) of every lever that differs from baseline."""
    return tuple((item.key, f"{item.name} {_chip(item)}") for item in scenario.active)


def _chip(item: Lever) -> str:
    main = KINDS[item.kind].main
    return number_words(item.range(main).likely, KINDS[item.kind].parameters[main].unit)


def assumptions(ledger: Ledger, scenario: Scenario) -> tuple[str, ...]:
    """Return what the result rests on, as sentences: levers, settings, people and loyalty."""
    settings = scenario.settings
    said = [lever_words(item) for item in scenario.active]
    said += [_defaults(item) for item in scenario.active if _defaults(item)]
    said.append(f"Where initiatives meet, {OVERLAPS[settings.overlap]}.")
    said.append(
        f"Within a reason, removal goes {100 * settings.hardening:.0f} % of the way from random to easiest first."
    )
    said.append(f"Money is discounted at {100 * settings.discount:.3g} % a year over {ledger.horizon} months.")
    said += list(notes(ledger, scenario))
    return tuple(said)


def _defaults(item: Lever) -> str:
    """Return which inputs of a lever nobody has set; these are assumptions."""
    kind, own = KINDS[item.kind], dict(item.parameters)
    left = [
        n for n in kind.parameters if n not in own and n != kind.main and not kind.parameters[n].default.is_constant
    ]
    words = "; ".join(f"{kind.parameters[n].words} {range_words(item.range(n), kind.parameters[n].unit)}" for n in left)
    return f"{item.name} assumes: {words}." if words else ""
