"""Guardrails of initiatives that have begun: did what must not get worse get worse? (METHODS b, guardrails)

Owns which sums stand behind each guardrail. The scope is that of its reasons, because issues and waits are kept by
reason; the comparison is that of `realised`: same months a year before, against reasons that no initiative touched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.identified import too_few_identified
from analytics.questions.period import data_period
from analytics.questions.selection import Selection, add_months, months_between
from analytics.questions.spread import Floats
from analytics.statistics.did import LEAST_MONTHS, comparison_months
from analytics.statistics.did_checks import YEAR
from analytics.statistics.guardrail import Scale, Watched, watched

Query = Callable[[Reader, Selection], pd.DataFrame]


@dataclass(frozen=True, slots=True)
class _Sums:
    query: Query
    numerator: str
    denominator: str
    scale: Scale = "share"
    up_is_good: bool = False
    unit: float = 1.0
    """What the numerator is divided by to come into the metric's unit: 60 from seconds to minutes."""
    by_customer: bool = False
    """Needs to know what repeats what."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """One guardrail of one initiative, with the company beside it."""

    metric: str
    found: Watched
    months_after: tuple[date, ...]
    """Months compared, each with the one a year before."""
    all_before: float | None
    """Level of all demand a year before; context, without a comparison."""
    all_after: float | None


def guardrail_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by month and reason the sums behind wait, abandonment and handle time."""
    return reader.frame("questions/guardrail_months", selection.parameters())


def repeat_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by month and reason: eligible_mature, has_repeat, issues, single_issues."""
    return reader.frame("questions/repeat_months", selection.parameters())


def effort_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by month and reason: answers, high_effort_answers."""
    return reader.frame("questions/effort_months", selection.parameters())


_SUMS: Final = {
    "repeat_rate": _Sums(repeat_months, "has_repeat", "eligible_mature", by_customer=True),
    "first_contact_resolution": _Sums(
        repeat_months, "single_issues", "issues", up_is_good=True, by_customer=True
    ),
    "high_effort_share": _Sums(effort_months, "high_effort_answers", "answers"),
    "handle_time": _Sums(guardrail_months, "handle_seconds", "handle_known", "mean", unit=60.0),
    "abandonment": _Sums(guardrail_months, "abandoned", "abandoned_known"),
    "wait": _Sums(guardrail_months, "wait_seconds", "wait_known", "mean"),
}  # fmt: skip
"""Metric of the catalogue → the sums it is made of; the closed list of guardrails."""
GUARDRAILS: Final = tuple(_SUMS)


def guarded(
    reader: Reader,
    selection: Selection,
    metric: str,
    reasons: Sequence[str],
    launched: date,
    *,
    touched: Sequence[str] = (),
    tolerated: float = 0.1,
) -> Guarded:
    """Return whether `metric` held for `reasons` since the month of `launched`.

    `touched` are reasons of other initiatives, kept out of the comparison; `tolerated` is the relative worsening that
    still counts as held. Raises CannotTellError where nothing can be compared.
    """
    history = _history(reader, selection)
    after, before = _months(history, launched)
    sums = _SUMS[metric]
    if sums.by_customer and (why := too_few_identified(reader, history)):
        raise CannotTellError(why)
    rows = sums.query(reader, history)
    names, now, then = _arrays(rows, sums, after, before, tuple(reasons))
    controls = [place for place, name in enumerate(names) if place and name not in touched]
    found = watched(
        now, then, 0, controls, scale=sums.scale, up_is_good=sums.up_is_good, tolerated=tolerated,
        scatter=_scatter(rows, sums),
    )  # fmt: skip
    return Guarded(metric, found, after, _ratio(then), _ratio(now))


def _history(reader: Reader, selection: Selection) -> Selection:
    period = data_period(reader)
    last = min(selection.last_month, period.last_full_month)
    return Selection(min(period.first_month, last), last, selection.segments, selection.products)


def _months(history: Selection, launched: date) -> tuple[tuple[date, ...], tuple[date, ...]]:
    launch = months_between(history.first_month, launched)
    after = comparison_months(launch, history.months) if launch > 0 else ()
    if len(after) < LEAST_MONTHS:
        raise CannotTellError(
            f"Only {len(after)} months since the launch have a same-season partner a year before; "
            f"{LEAST_MONTHS} are needed."
        )
    now, then = ([add_months(history.first_month, month - lag) for month in after] for lag in (0, YEAR))
    return tuple(now), tuple(then)


def _arrays(
    rows: pd.DataFrame, sums: _Sums, after: tuple[date, ...], before: tuple[date, ...], reasons: tuple[str, ...]
) -> tuple[list[str], Floats, Floats]:
    """Return names and sums (R, 2) after and before; row 0 is the scope, the others are the reasons outside it."""
    columns = [sums.numerator, sums.denominator]
    inside = rows["reason"].isin(reasons)
    if not inside.any():
        raise CannotTellError("Nothing about the reasons of its scope is kept that this could be told from.")
    named = rows.assign(reason=rows["reason"].where(~inside, ""))
    names = ["", *sorted(set(named["reason"]) - {""})]
    parts = []
    for months in (after, before):
        held = named[named["month"].isin([pd.Timestamp(month) for month in months])]
        summed = held.groupby("reason")[columns].sum().reindex(names).fillna(0.0)
        parts.append(summed.to_numpy(dtype=np.float64) / [sums.unit, 1.0])
    return names, parts[0], parts[1]


def _scatter(rows: pd.DataFrame, sums: _Sums) -> float:
    """Return the squared coefficient of variation of one handle time; waits, of which no squares are kept, take 1."""
    if sums.numerator != "handle_seconds":
        return 1.0
    total, squares, n = (
        float(rows[name].sum()) for name in ("handle_seconds", "handle_seconds_squared", "handle_known")
    )
    return max(squares * n / total**2 - 1.0, 1e-3) if total > 0 and squares > 0 else 1.0


def _ratio(sums: Floats) -> float | None:
    numerator, denominator = sums.sum(axis=0)
    return float(numerator / denominator) if denominator > 0 else None
