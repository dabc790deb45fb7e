"""Realised against promised: what a started initiative did to its reason, against untouched reasons (METHODS b)."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError, nearest
from analytics.questions.change import demand_reasons
from analytics.questions.period import data_period
from analytics.questions.selection import Selection, add_months, months_between
from analytics.questions.spread import Floats
from analytics.statistics.did import Realised, realised


def reason_months(reader: Reader, selection: Selection) -> tuple[tuple[str, ...], tuple[date, ...], Floats]:
    """Return reasons, months and contacts (R, M): every complete month up to the last one looked at."""
    period = data_period(reader)
    history = selection.since(period.first_month)
    last = min(history.last_month, period.last_full_month)
    months = tuple(
        add_months(history.first_month, step) for step in range(months_between(history.first_month, last) + 1)
    )
    rows = demand_reasons(reader, history)
    table = rows.pivot(index="reason", columns="month", values="contacts")
    counts = table.reindex(columns=[pd.Timestamp(month) for month in months]).fillna(0.0).to_numpy(dtype=np.float64)
    return tuple(map(str, table.index)), months, counts


def realised_effect(
    reader: Reader,
    selection: Selection,
    reason: str,
    launched: date,
    *,
    promised: float | None = None,
    touched: Sequence[str] = (),
) -> Realised:
    """Return what an initiative on `reason`, launched in the month of `launched`, did to its contacts.

    `promised` is the promised relative change (−0.3 for 30 % fewer); `touched` are reasons of other initiatives, kept
    out of the comparison. Raises CannotTellError for a reason or month that the data does not hold.
    """
    reasons, months, counts = reason_months(reader, selection)
    if reason not in reasons:
        raise CannotTellError(f"There are no contacts about “{reason}”.", do=nearest(reason, reasons))
    launch = months_between(months[0], launched)
    if not 0 < launch < len(months):
        raise CannotTellError(
            f"{launched:%B %Y} is not between the second and the last complete month of the data.",
            do="Correct the launch month, or import newer data.",
        )
    controls = [row for row, name in enumerate(reasons) if name != reason and name not in touched]
    return realised(counts, reasons.index(reason), launch, controls=controls, promised=promised)
