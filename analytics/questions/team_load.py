"""How many people of the change team the initiatives ask for, month by month: what was said, and what was not.

Values in, values out. An initiative keeps its people from the month it begins in for its months of work (its ramp, at
least one month, until somebody says otherwise). What has no month yet is placed as if it began in the first month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.questions.initiatives import Initiative
from analytics.questions.selection import add_months, months_between


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """People at work by month."""

    rows: pd.DataFrame
    """month, planned (begun, or with a month to begin in), at_once (no month yet: as if in the first), people."""
    told: tuple[str, ...]
    """Names of the initiatives in the picture."""
    unknown: tuple[str, ...]
    """Names of those still to be worked on of which nobody has said how many people they take."""
    undated: int
    """Initiatives in the picture without a month to begin in."""


def team_load(initiatives: Sequence[Initiative], first_month: date, months: int = 12) -> TeamLoad:
    """Return the people that `initiatives` keep in each of `months` months from `first_month` on.

    Work that ended before is not counted.
    """
    live = [one for one in initiatives if _place(one, first_month) + one.work > 0]
    told = [one for one in live if one.people is not None]
    planned, at_once = np.zeros(months), np.zeros(months)
    for one in told:
        begin = _place(one, first_month)
        (at_once if one.started is None else planned)[max(begin, 0) : max(begin + one.work, 0)] += one.people or 0.0
    rows = pd.DataFrame({
        "month": [pd.Timestamp(add_months(first_month, step)) for step in range(months)],
        "planned": planned, "at_once": at_once, "people": planned + at_once,
    })  # fmt: skip
    return TeamLoad(
        rows, tuple(one.name for one in told), tuple(one.name for one in live if one.people is None),
        sum(one.started is None and bool(one.people) for one in told),
    )  # fmt: skip


def _place(one: Initiative, first_month: date) -> int:
    """Return the month of the picture it begins in, 0 = first; before it, negative."""
    return 0 if one.started is None else months_between(first_month, one.started)
