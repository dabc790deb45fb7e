"""What to look at next: the largest removable causes with worth, range, evidence grade and owner."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.contract import CAUSES
from analytics.questions.removable import Cells
from analytics.questions.spread import group_costs, summed
from analytics.questions.taxonomy import Taxonomy
from analytics.questions.words import money, thousands
from analytics.statistics.estimate import Estimate
from analytics.statistics.jackknife import estimates

MOSTLY_ASSUMED = 0.5
LEAST_CONTACTS = 30
"""Contacts below which a cause is not put forward."""
GRADES = {
    "C": "observed in the contacts, causes as coded; no experiment",
    "D": "rests on assumed handle times or on repeats standing in for causes",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """One removable cause worth looking at."""

    reason: str
    cause: str
    """Code of the cause; `contract.CAUSES` has the words."""
    owner: str
    worth: Estimate
    """Cost a year if all of it ended; an upper bound of what an initiative can bring."""
    contacts_per_year: float
    evidence_grade: str
    """C or D here; A and B come from experiments and comparisons on Decisions."""
    evidence: str
    confidence: str
    """Of the reason's class: high, medium or low."""
    sentence: str

    @property
    def ask(self) -> str:
        """Who is asked for what: to end what was observed, or first to check what is assumed."""
        return f"{self.owner} can end it" if self.evidence_grade != "D" else f"{self.owner} to check first"


def next_steps(cells: Cells, taxonomy: Taxonomy, currency: str, count: int = 3) -> tuple[NextStep, ...]:
    """Return the `count` largest removable (reason, cause) pairs, dearest first."""
    removed = cells.allocated[cells.allocated["bucket"] == "remove"]
    if removed.empty:
        return ()
    keys = ["reason", "cause", "owner"]
    sums = summed(removed, keys, ["contacts", "cost", "assumed_cost"])
    labels, by_group = group_costs(removed, cells.shares, keys)
    top = sums[sums["contacts"] >= LEAST_CONTACTS].sort_values("cost", ascending=False, kind="stable").index[:count]
    yearly = by_group[top][:, :, None] * cells.yearly
    worth = estimates(yearly, lambda held: held[..., 0], np.asarray(sums.loc[top, "contacts"].round()))
    return tuple(
        _step(labels.join(sums[["contacts", "cost", "assumed_cost"]]).loc[row], worth[place], cells, taxonomy, currency)
        for place, row in enumerate(top)
    )


def _step(row: "pd.Series[str]", worth: Estimate, cells: Cells, taxonomy: Taxonomy, currency: str) -> NextStep:
    found = taxonomy.of(row["reason"])
    guessed = float(row["assumed_cost"]) > MOSTLY_ASSUMED * float(row["cost"]) or not found.causes_coded
    grade = "D" if guessed else "C"
    contacts = float(row["contacts"]) * cells.yearly
    ended = f"{row['owner']} can end it" if grade == "C" else GRADES[grade]
    return NextStep(
        reason=row["reason"],
        cause=row["cause"],
        owner=row["owner"],
        worth=worth,
        contacts_per_year=contacts,
        evidence_grade=grade,
        evidence=GRADES[grade],
        confidence=found.confidence,
        sentence=(
            f"{found.name}: {CAUSES[row['cause']].lower()} costs {money(worth.value, currency)} a year "
            f"({thousands(contacts)} contacts); {ended}."
        ),
    )
