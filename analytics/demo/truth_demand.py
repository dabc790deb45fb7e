"""Planted truth about demand: what is avoidable, which causes it has, and how much of it comes back."""

from typing import Final

import numpy as np

from analytics.demo.block import Block
from analytics.demo.frame import Flags, Frame, size, take
from analytics.demo.plan import Plan
from analytics.demo.reasons import CAUSE_CODES, NONE, REASONS, REPEAT
from analytics.demo.rules import Chains, chains, eligible
from analytics.demo.tally import Tally

WINDOWS: Final = (1, 3, 7, 14, 30)
COST_PER_MINUTE: Final = {
    "phone": 0.70,
    "chat": 0.35,
    "email": 0.70,
    "messaging": 0.35,
    "social": 0.70,
    "store": 0.85,
    "webform": 0.70,
}
"""Rates at which `truth.toml` weighs contacts by cost."""
_SENSITIVE: Final = np.array([reason.sensitive for reason in REASONS])
_RATES: Final = np.array(list(COST_PER_MINUTE.values()))


def measure_demand(plan: Plan, block: Block) -> Tally:
    """Return sums over the whole months of the period."""
    everything = block.contacts
    rows = take(everything, everything["t"] < plan.whole_days)
    total = _shares(rows)
    total.absorb(_by_reason(rows))
    for recorded in (False, True):
        total.absorb(_repeats(plan, everything, recorded=recorded))
    return total


def _shares(rows: Frame) -> Tally:
    """Weigh negative causes by contacts, minutes and cost; reasons that must keep their door open apart."""
    negative = rows["true_cause"] != NONE
    minutes = np.where(rows["no_handle"], 0, rows["handle"]) / 60
    weights = {"contacts": np.ones(size(rows)), "minutes": minutes, "cost": minutes * _RATES[rows["channel"]]}
    total = Tally()
    for name, weight in weights.items():
        total[f"weight.{name}"] += float(weight.sum())
        total[f"negative.{name}"] += float(weight[negative].sum())
        total[f"open_door.{name}"] += float(weight[negative & _SENSITIVE[rows["reason"]]].sum())
        for code, cause in enumerate(CAUSE_CODES):
            total[f"cause.{name}.{cause}"] += float(weight[rows["true_cause"] == code].sum())
    wrong = rows["coded"] != rows["true_cause"]
    total["coded.wrong"] += float(wrong.sum())
    total["coded.missing"] += float(rows["cause_missing"].sum())
    known = ~rows["cause_missing"]
    total["coded.negative"] += float((known & (rows["coded"] != NONE)).sum())
    for code, cause in enumerate(CAUSE_CODES):
        total[f"cause.recorded.{cause}"] += float((known & (rows["true_cause"] == code)).sum())
    return total


def _by_reason(rows: Frame) -> Tally:
    negative = rows["true_cause"] != NONE
    counts = np.bincount(rows["reason"], minlength=len(REASONS))
    bad = np.bincount(rows["reason"][negative], minlength=len(REASONS))
    roots = (rows["attempt"] == 1) & (rows["extra"] == 0)
    issues = np.bincount(rows["reason"][roots], minlength=len(REASONS))
    caused = np.bincount(rows["reason"][roots & negative], minlength=len(REASONS))
    columns = {"contacts": counts, "negative": bad, "issues": issues, "caused": caused}
    return Tally({f"reason.{code}.{name}": int(v[code]) for name, v in columns.items() for code in range(len(v))})


def _repeats(plan: Plan, rows: Frame, *, recorded: bool) -> Tally:
    """Apply the app's rules for every window; contacts of the last days are not mature and left out."""
    counts = eligible(rows, recorded=recorded)
    found = chains(rows, counts)
    name = "recorded" if recorded else "complete"
    total = Tally()
    for window in WINDOWS:
        total.absorb(_window(plan, rows, found, window, f"repeat.{name}.{window}"))
    if recorded:
        total.absorb(_roots(plan, rows, found))
    return total


def _window(plan: Plan, rows: Frame, found: Chains, window: int, key: str) -> Tally:
    t = rows["t"][found.order]
    whole = t < plan.whole_days
    mature = whole & (t + window <= plan.days)
    later = whole & (t >= window)
    first = found.gap_prev > window
    return Tally(
        {
            f"{key}.forward.sum": int((found.gap_next[mature] <= window).sum()),
            f"{key}.forward.n": int(mature.sum()),
            f"{key}.backward.sum": int((found.gap_prev[later] <= window).sum()),
            f"{key}.backward.n": int(later.sum()),
            f"{key}.single.sum": int((first & mature & (found.gap_next > window)).sum()),
            f"{key}.single.n": int((first & mature).sum()),
        }
    )


def _roots(plan: Plan, rows: Frame, found: Chains) -> Tally:
    """Give every contact the true cause of the first contact of its issue, issues by the 7-day rule.

    `recorded` leaves out what no reader of the files can know: issues whose first contact has no cause coded.
    """
    cause, first = rows["true_cause"], np.arange(size(rows))
    first[found.order] = found.order[found.roots(7)]
    root = cause[first]
    whole: Flags = rows["t"] < plan.whole_days
    known: Flags = whole & ~rows["cause_missing"][first]
    excess: Flags = (rows["attempt"] > 1) & (cause == REPEAT) & (root == NONE)
    minutes = np.where(rows["no_handle"], 0, rows["handle"]) / 60
    weights = {"contacts": whole.astype(float), "minutes": minutes * whole, "recorded": known.astype(float)}
    total = Tally({"root.recorded.unknown": float((whole & ~known).sum())})
    for name, weight in weights.items():
        for code, cause_name in enumerate(CAUSE_CODES):
            total[f"root.{name}.{cause_name}"] += float(weight[root == code].sum())
        total[f"root.{name}.excess"] += float(weight[excess].sum())
    return total
