"""When people may be too few: during a change, or as leavers are not replaced (feature 87, trap T17)."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.questions.words import percent
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.people import People
from analytics.ui.what_if_numbers import heads

TOO_BUSY: Final = 0.88
"""Busy share above which people burn out and queues jump: the upper end of the published 85 to 88 %."""
FELT: Final = 0.05
"""People below which a difference is not worth a sentence."""


def people_risk(ledger: Ledger, people: People | None) -> list[str]:
    """Return in sentences when service level is at risk: more people needed during the change, or too few there."""
    if people is None:
        return []
    before, after = (np.median(x, axis=0).astype(float) for x in (people.before, people.after))
    return [*_dip(ledger.months, after - before), *_short(ledger, after)]


def _dip(months: tuple[str, ...], more: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> list[str]:
    worst = int(more.argmax())
    if more[worst] < FELT or more.min() > -FELT:
        return []
    return [
        f"While the change is learnt, {heads(float(more[worst]))} people more than today’s way are needed in "
        f"{_name(months[worst])}: without them service level falls before it rises."
    ]


def _short(ledger: Ledger, need: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> list[str]:
    force, plan = ledger.workforce, ledger.staffing
    if force is None or plan is None:
        return []
    there = force.without_hiring(ledger.horizon)
    late = np.flatnonzero(there < need)
    if not late.size:
        busiest = float((need / np.maximum(there, 1e-9)).max()) * plan.occupancy
        return [f"If nobody who leaves were replaced, people would still be enough; busy {percent(busiest)} at most."]
    first, last = int(late[0]), ledger.horizon - 1
    busy = min(plan.occupancy * need[last] / max(there[last], 1e-9), 1.0)
    said = f"If nobody who leaves were replaced, people would be too few from {_name(ledger.months[first])}"
    flag = f", above the {percent(TOO_BUSY)} that people can keep up" if busy > TOO_BUSY else ""
    return [f"{said} and busy {percent(busy)} in {_name(ledger.months[last])}{flag}."]


def _name(month: str) -> str:
    return f"{pd.Timestamp(f'{month}-01'):%b %Y}"
