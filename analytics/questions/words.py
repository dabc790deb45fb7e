"""Findings as sentences: the state of an estimate picks the variant, so that text never claims more than the number."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analytics.questions.demand import DemandRate
from analytics.questions.experience import Effort
from analytics.questions.removable import Removable
from analytics.statistics.estimate import Estimate

State = Literal["better", "worse", "unclear", "cannot", "fact"]
MINUS = "\N{MINUS SIGN}"
TO = "\N{EN DASH}"
LABELS_PROPOSED = 200
MOSTLY_PROXY = 0.5
"""Share of removable cost without a coded cause above which its causes are not “known”."""
YEAR = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence with what it is: better, worse, unclear (no clear difference), cannot (tell) or a fact."""

    text: str
    state: State


def demand_finding(rate: DemandRate, driver: str = "") -> Finding:
    """Say whether customers needed service less often than a year ago; `driver` is a sentence about the cause."""
    now, ago, change = rate.now, rate.year_ago, rate.change
    if now.value is None:
        return Finding(f"Cannot tell whether demand falls: {lower_first(now.why)}", "cannot")
    if change.value is None or ago.value is None:
        reason = change.why or ago.why
        return Finding(f"Customers contacted us {whole(now.value)} times per 1,000 a month. {reason}".strip(), "fact")
    levels = f"{whole(now.value)} against {whole(ago.value)} contacts per 1,000"
    if not clear(change):
        unseen = f" A change under {percent(rate.detectable)} cannot be seen yet." if rate.detectable else ""
        return Finding(f"No clear change in demand ({levels}; {_between(change)}).{unseen}", "unclear")
    fell = change.value < 0
    text = (
        f"Customers needed us {size_of(change.value)} {'less' if fell else 'more'} often than a year ago "
        f"({levels}; change {_between(change)})."
    )
    return Finding(f"{text} {driver}".strip(), "better" if fell else "worse")


def removable_finding(found: Removable, currency: str) -> Finding:
    """Say what demand that should not exist costs, who can end most of it, and what is not counted."""
    share, unknown = found.share, found.unknown_share
    if share.value is None or found.total_cost <= 0:
        return Finding(
            f"Cannot tell what should not exist: {lower_first(share.why or 'no cost in this period.')}", "cannot"
        )
    if (unknown.value or 0.0) >= 1.0 - 1e-9 and share.value <= 0:
        return Finding(
            "Cannot tell what should not exist: no contact has a cause. Map a cause column, or label "
            f"{LABELS_PROPOSED} contacts by hand on Remove.",
            "cannot",
        )
    worth = f"{money(found.cost_per_year.value, currency)} a year{_money_range(found.cost_per_year)}"
    if found.proxy_share > MOSTLY_PROXY:
        return Finding(
            "Cannot tell what should not exist: most of it has no cause coded. Repeats beyond natural recurrence "
            f"alone cost {worth}, {percent(share.value)} of cost{_scaled(found)}. Map a cause column, or label "
            f"{LABELS_PROPOSED} contacts by hand on Remove.",
            "cannot",
        )
    text = f"{worth} went on contacts with a known avoidable cause ({percent(share.value)} of cost{_scaled(found)})"
    if len(found.owners):
        top = found.owners.iloc[0]
        text += f"; {top['owner']} can end {money(float(top['cost_per_year']), currency)}"
    if unknown.value and unknown.value >= 0.005:
        text += f". A further {percent(unknown.value)} has no known cause and is not counted"
    return Finding(f"{text}.", "fact")


def most(owners: pd.DataFrame, currency: str) -> str:
    """Return who can end the most and how much; the first two together where their order is not clear (METHODS j)."""
    names = [str(name)[:1].upper() + str(name)[1:] for name in owners["owner"].head(2)]
    if len(names) > 1 and not bool(owners["clear"].iloc[0]):
        return f"{' and '.join(names)} can end the most"
    return f"{names[0]} can end the most: {money(float(owners['cost_per_year'].iloc[0]), currency)} a year"


def effort_finding(found: Effort) -> Finding:
    """Say how many answers report high effort, with first-contact resolution."""
    share, fcr = found.high_effort, found.first_contact_resolution
    resolved = (
        f"{percent(fcr.value)} of issues took one contact{_percent_range(fcr)}." if fcr.value is not None else fcr.why
    )
    if share.value is None:
        return Finding(f"Cannot tell how much effort it takes: {lower_first(share.why)} {resolved}".strip(), "cannot")
    return Finding(
        f"{percent(share.value)} of answers report high effort{_percent_range(share)}, "
        f"n {thousands(share.n)}. {resolved}",
        "fact",
    )


def headline(rate: DemandRate, found: Removable, currency: str) -> Finding:
    """Return the one sentence that answers: is service demand falling while customer value rises?"""
    demand, cost = demand_finding(rate), removable_finding(found, currency)
    if cost.state == "cannot" or found.share.value is None:
        return Finding(f"{demand.text} {cost.text}", demand.state)
    worth = f"{money(found.cost_per_year.value, currency)} a year{_money_range(found.cost_per_year, ', ')}"
    if demand.state not in ("better", "worse") or rate.change.value is None:
        text = f"{percent(found.share.value)} of the cost of service ({worth}) should not exist. {demand.text}"
        return Finding(text, demand.state)
    less = "lower" if rate.change.value < 0 else "higher"
    text = f"Demand is {size_of(rate.change.value)} {less} per customer than a year ago"
    return Finding(f"{text}; {percent(found.share.value)} of its cost ({worth}) should not exist.", demand.state)


def size_of(change: float) -> str:
    """Return the size of a relative change in percent, never “0 %” for one that is told."""
    return percent(abs(change), 0 if abs(change) >= 0.0095 else 1)


def clear(change: Estimate) -> bool:
    """Return whether the interval of a change excludes zero."""
    return change.low is not None and change.high is not None and (change.low > 0 or change.high < 0)


def money(value: float | None, currency: str = "") -> str:
    """Return an amount in two significant digits, zero without a sign: 4.1 M EUR, 0.6 M EUR, 48,000 EUR."""
    if value is None:
        return "an unknown amount"
    size = abs(value)
    if size >= 5e5:
        text = f"{size / 1e6:.1f} M" if size < 9.95e6 else f"{size / 1e6:,.0f} M"
    else:
        step = 10 ** max(len(str(int(size))) - 2, 0)
        text = thousands(round(size / step) * step)
    return f"{MINUS if value < 0 and text != '0' else ''}{text} {currency}".strip()


def percent(share: float | None, digits: int = 0) -> str:
    """Return a share as percent: 0.31 → 31 %."""
    return "an unknown share" if share is None else f"{signed(share * 100.0, digits)} %"


def signed(value: float, digits: int = 0) -> str:
    """Return a number with a true minus sign and no negative zero."""
    text = f"{abs(value):,.{digits}f}"
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) != 0 else text


def whole(value: float) -> str:
    """Return a level: no digits from 10 on, one below."""
    return signed(value, 0 if abs(value) >= 10 else 1)


def thousands(count: float) -> str:
    """Return a count with thousands separators."""
    return f"{round(count):,}"


def lower_first(text: str) -> str:
    """Return the text with a small first letter, to go on within a sentence."""
    return text[:1].lower() + text[1:]


def _scaled(found: Removable) -> str:
    if found.months >= YEAR:
        return ""
    return f"; a year scaled from {found.months} month{'s' if found.months > 1 else ''}"


def _between(change: Estimate) -> str:
    if change.low is None or change.high is None:
        return "no interval"
    digits = 1 if min(abs(change.low), abs(change.high)) < 0.005 and clear(change) else 0
    low, high = (signed(end * 100.0, digits) for end in (change.low, change.high))
    return f"{low} to {'+' if change.high > 0 else ''}{high} %"


def _percent_range(share: Estimate) -> str:
    if share.low is None or share.high is None:
        return ""
    return f" ({signed(share.low * 100.0)}{TO}{signed(share.high * 100.0)} %)"


def _money_range(amount: Estimate, before: str = " (") -> str:
    if amount.low is None or amount.high is None:
        return ""
    low, high = money(max(amount.low, 0.0)), money(amount.high)
    ends = f"{low.removesuffix(' M') if high.endswith(' M') else low}{TO}{high}"
    return f"{before}{ends}{')' if '(' in before else ''}"
