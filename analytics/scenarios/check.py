"""What is wrong with a scenario on a ledger, collected and said in words; nothing is corrected silently."""

from collections.abc import Iterator, Sequence

from analytics.errors import nearest
from analytics.scenarios.check_channels import closing_problems, left_open, readiness_problems
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import GRADES, KINDS, Lever
from analytics.scenarios.problem import Problem
from analytics.scenarios.scenario import Scenario

__all__ = ["Problem", "lever_problems", "problems"]


def problems(ledger: Ledger, scenario: Scenario) -> tuple[Problem, ...]:
    """Return every problem of the active levers; empty if there is none."""
    found = [p for item in scenario.active for p in (*lever_problems(item), *_fit(item, ledger))]
    return (*found, *_same_minutes(scenario), *left_open(ledger, scenario))


def lever_problems(item: Lever) -> tuple[Problem, ...]:
    """Return what is wrong with a lever by itself."""
    return tuple(Problem(words, item.key, name) for name, words in (*_numbers(item), *_timing(item)))


def _numbers(item: Lever) -> Iterator[tuple[str, str]]:
    if item.grade not in GRADES:
        yield "grade", f"“{item.name}”: evidence grade “{item.grade}” is not A, B, C or D."
    for name in ("one_off", "running"):
        if getattr(item, name).low < 0:
            yield name, f"“{item.name}”: a {name.replace('_', '-')} cost cannot be negative."
    if item.success.low < 0:
        yield "success", f"“{item.name}”: success cannot be negative."
    specs = KINDS[item.kind].parameters
    for name, value in item.parameters:
        if name not in specs:
            yield name, f"“{item.name}” has no input “{name}”. {nearest(name, specs)}"
        elif value.low < specs[name].least or value.high > specs[name].most:
            limits = f"{specs[name].least:g} to {specs[name].most:g}"
            yield (
                name,
                f"“{item.name}”: {specs[name].words} must be {limits}; {value.low:g} to {value.high:g} is given.",
            )


def _timing(item: Lever) -> Iterator[tuple[str, str]]:
    if item.start < 1:
        yield "start", f"“{item.name}” starts in month {item.start}; the first month is 1."
    if item.ramp < 0 or item.dip_months < 0:
        yield "ramp", f"“{item.name}”: months of ramp and transition cannot be negative."
    if not 0 <= item.decay < 1 or not 0 <= item.dip <= 2:
        yield "decay", f"“{item.name}”: decay must be 0 to 1 a month and the transition dip 0 to 2."


def _fit(item: Lever, ledger: Ledger) -> Iterator[Problem]:
    if item.start > ledger.horizon:
        yield Problem(
            f"“{item.name}” starts in month {item.start}, after the horizon of {ledger.horizon} months.",
            item.key, "start", blocking=False,
        )  # fmt: skip
    elif item.start - 1 + item.ramp > ledger.horizon:
        yield Problem(
            f"“{item.name}” reaches its full effect only in month {item.start - 1 + item.ramp}, after the horizon of "
            f"{ledger.horizon} months; only the part inside counts.", item.key, "ramp", blocking=False,
        )  # fmt: skip
    axes = (("reason", item.scope.reasons, ledger.reasons), ("cause", item.scope.causes, ledger.causes),
            ("channel", item.scope.channels, ledger.channels))  # fmt: skip
    for what, names, valid in axes:
        yield from _unknown(item, what, names, valid)
    yield from _kind(item, ledger)
    if item.kind == "close":
        yield from closing_problems(item, ledger)
    if item.kind == "redistribute" and item.to_channel in ledger.session_fee:
        yield from readiness_problems(item, ledger)


def _unknown(item: Lever, what: str, names: Sequence[str], valid: Sequence[str]) -> Iterator[Problem]:
    for name in names:
        if name not in valid:
            words = f"“{item.name}” names the {what} “{name}”, which the data do not have. {nearest(name, valid)}"
            yield Problem(words.strip(), item.key, "scope", blocking=False)


def _kind(item: Lever, ledger: Ledger) -> Iterator[Problem]:
    if item.kind == "redistribute":
        valid = (*ledger.channels, *ledger.session_fee)
        if item.to_channel not in valid:
            words = f"“{item.name}” moves demand to “{item.to_channel}”, which has no cost."
            words = f"{words} {nearest(item.to_channel, valid)}".strip()
            yield Problem(words, item.key, "to_channel")
        elif item.to_channel in item.scope.channels or (not item.scope.channels and item.to_channel in ledger.channels):
            yield Problem(
                f"“{item.name}” moves demand from {item.to_channel} to itself.", item.key, "to_channel", blocking=False
            )
    if item.kind in ("remove", "redistribute"):
        locked = [r for r, c in zip(ledger.reasons, ledger.reason_class, strict=False) if c == "locked"]
        hit = [r for r in locked if r in item.scope.reasons]
        if hit:
            yield Problem(
                f"“{item.name}” reaches {', '.join(hit)}, which is on the do-not-remove list.", item.key, "scope",
                blocking=False,
            )  # fmt: skip


def _same_minutes(scenario: Scenario) -> Iterator[Problem]:
    """Ending repeats through first contact and removing the cause “repeat” draw on the same minutes."""
    fcr = [item for item in scenario.active if item.kind == "repeat"]
    repeats = [item for item in scenario.active if item.kind == "remove" and "repeat" in item.scope.causes]
    for one in fcr:
        for other in repeats:
            mine, theirs = set(one.scope.reasons), set(other.scope.reasons)
            if not mine or not theirs or mine & theirs:
                words = f"“{one.name}” and “{other.name}” end the same repeat contacts. Keep one of them."
                yield Problem(words, other.key, "scope")
