"""The row of headline numbers of the what-if: one light element, because every element costs time on each key press.

The only place that writes markup of its own; all text goes through `escape`, so data stays text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
import streamlit as st

from analytics.questions.words import money, percent, signed, whole
from analytics.scenarios.uncertainty import Band, two_digits
from analytics.ui.text import plain
from analytics.ui.what_if_quick import Quick

SIDES: Final = "what_if_sides"
"""Key of the container that holds levers and picture."""
_STYLE: Final = (
    "<style>.ebb-row{display:grid;grid-template-columns:repeat(auto-fit,minmax(158px,1fr));gap:.75rem;margin:0}"
    ".ebb-tile{border:1px solid color-mix(in srgb,currentColor 16%,transparent);border-radius:8px;padding:.7rem .9rem}"
    ".ebb-tile p{margin:0;font-size:.93rem}.ebb-tile p.ebb-note{font-size:.87rem;opacity:.85;line-height:1.35}"
    ".ebb-tile p.ebb-value{font-size:1.6rem;font-weight:600;line-height:1.3}</style>"
)
_PHONE: Final = (
    "<style>@media(max-width:640px){{"
    '.{sides} [data-testid="stColumn"]:has(.{sides}_picture),'
    '.{sides} [data-testid="stColumn"]>*:has(>*>.{sides}_picture),.{sides} *:has(>.{sides}_picture),.{sides}_picture'
    "{{display:contents}}"
    ".{sides}_picture>*{{order:-1;flex:1 0 100%}}.{sides} *:has(>.{sides}_chips){{order:1;flex:1 0 100%}}"
    ".{sides} .st-key-what_if_bridge{{position:sticky;top:3.5rem;z-index:5;background:light-dark({light},{dark})}}"
    "}}</style>"
)
"""On a phone the picture stands above the sliders and stays in view while they are moved."""


@dataclass(frozen=True, slots=True)
class Number:
    """One headline number in words."""

    label: str
    value: str
    notes: tuple[str, ...]
    """Range first, then what stands beside it."""


def style() -> None:
    """Set how the row looks; once, because a browser looks through a whole page again when a style is set anew."""
    light, dark = (st.get_option(f"theme.{theme}.backgroundColor") for theme in ("light", "dark"))
    st.html(_STYLE + _PHONE.format(sides=f"st-key-{SIDES}", light=light, dark=dark))


def draw(row: Sequence[Number]) -> None:
    """Draw the row."""
    tiles = "".join(_tile(number) for number in row)
    st.html(f'<div class="ebb-row" role="group" aria-label="Headline numbers">{tiles}</div>')


def _tile(number: Number) -> str:
    notes = "".join(f'<p class="ebb-note">{escape(plain(note))}</p>' for note in number.notes if note)
    label, value = escape(plain(number.label)), escape(plain(number.value))
    return f'<div class="ebb-tile"><p>{label}</p><p class="ebb-value">{value}</p>{notes}</div>'


def numbers(found: Quick, last_month: str, currency: str) -> tuple[Number, ...]:
    """Return at most five numbers, each with P10–P50–P90 and what it counts."""
    row = (_contacts(found), _cost(found, currency), _people(found, last_month), _effort(found))
    return (*row, _target(found, currency))


def _contacts(found: Quick) -> Number:
    change = found.contacts_change
    before = float(np.median(found.paths.contacts_before.sum(axis=1, dtype=float)))
    return Number(
        f"Contacts, {found.months} months", share(change.p50),
        (f"P10–P90 {share(change.p10)} to {share(change.p90)}", f"of {round(before, -2):,.0f} expected"),
    )  # fmt: skip


def _cost(found: Quick, currency: str) -> Number:
    cost, cash = found.cost_change, found.cash_change
    return Number(
        "Cost to serve a year", more_or_less(cost.p50, currency),
        (f"P10–P90 {more_or_less(cost.p10)} to {more_or_less(cost.p90)}",
         f"as cash {more_or_less(cash.p50)} ({more_or_less(cash.p10)} to {more_or_less(cash.p90)})"),
    )  # fmt: skip


def _people(found: Quick, last_month: str) -> Number:
    released, cashable = found.released, found.cashable
    if released is None or found.paths.people is None:
        return Number("People", "–", ("cannot tell without paid hours and shrinkage",))
    people = found.paths.people
    notes = [f"P10–P90 {heads(released.p10)} to {heads(released.p90)} released"]
    if cashable is None or not people.cashable.any():
        notes.append("none of them cashable (see People)")
    else:
        below, avoided = (abs(float(np.median(x[:, -1]))) for x in (people.below_today, people.hires_avoided))
        notes.append(f"{heads(cashable.p50)} cashable: {heads(below)} below today, {heads(avoided)} hires avoided")
    return Number(f"People by {last_month}", heads(-released.p50), tuple(notes))


def _effort(found: Quick) -> Number:
    high, mean = found.high_effort, found.effort_mean
    if high is None or mean is None:
        return Number("High-effort share", "–", ("cannot tell: no effort answers in the data",))
    before, after = high
    burden = found.effort_burden
    return Number(
        "High-effort share", _from_to(before, after.p50),
        (f"P10–P90 {percent(after.p10, 1)} to {percent(after.p90, 1)}",
         f"mean {mean[0]:.2f} → {mean[1]:.2f}; total effort {share(burden)}" if burden is not None else ""),
    )  # fmt: skip


def _from_to(before: float, after: float) -> str:
    """Return “24 → 21 %”, with a digit more where both would read alike."""
    digits = 0 if percent(before) != percent(after) else 1
    return f"{percent(before, digits).removesuffix(' %')} → {percent(after, digits)}"


def _target(found: Quick, currency: str) -> Number:
    goal = found.scenario.settings.target
    if found.target_share is not None and goal is not None:
        return Number("Chance of target", percent(found.target_share),
                      (f"net {money(goal, currency)} in {found.months} months",))  # fmt: skip
    net, levers = found.paths.net.sum(axis=1), found.scenario.active
    if not levers:
        return Number("Chance to pay off", "–", ("no lever is set",))
    chance = float((net > 0).mean())
    costless = [item for item in levers if item.one_off.high == item.running.high == 0]
    if len(costless) == len(levers) and chance > 0.5:  # what costs nothing pays off by itself
        where = ("cannot tell: no lever has a cost yet", "enter it under “Range, timing, cost”")
        return Number("Chance to pay off", "–", where)
    without = f"{len(costless)} of {len(levers)} levers have no cost yet" if costless else "no target is set"
    return Number(
        "Chance to pay off", percent(chance) if net.any() else "–",
        (f"net cash above 0 within {found.months} months", without),
    )  # fmt: skip


def share(value: float) -> str:
    """Return a relative change in percent with its sign: −18 %, −1.4 %."""
    digits = 0 if abs(value) >= 0.0995 else 1
    text = signed(100 * value, digits)
    return f"{'+' if value > 0 and text not in ('0', '0.0') else ''}{text} %"


def more_or_less(value: float, currency: str = "") -> str:
    """Return an amount with its sign, to two digits."""
    text = money(two_digits(value), currency)
    return f"+{text}" if value > 0 and text.split()[0] != "0" else text


def heads(value: float) -> str:
    """Return people: whole from ten on, else with one digit, because small teams are counted in parts."""
    return signed(value, 0) if abs(value) >= 10 else whole(value)


def spread(found: Band) -> str:
    """Return “P10–P90 a to b” of money."""
    return f"P10–P90 {more_or_less(found.p10)} to {more_or_less(found.p90)}"
