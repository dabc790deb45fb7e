"""The removal backlog on the ledger: what each initiative can reach, and what they bring together (METHODS b, overlap).

The sum of stand-alone values is never formed. What must stay (`questions.guard`) is out of reach, and said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.engine import Reader
from analytics.questions.costs import MONTHS_A_YEAR, price
from analytics.questions.guard import must_stay
from analytics.questions.rates import Rates
from analytics.questions.scope import Scope, inside
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.overlap import Mode, last_in, overlap_matrix, shapley, standalone, together, together_range

__all__ = [
    "COLUMNS", "MEASURES", "Addressable", "Backlog", "Proposed", "Scope", "addressable", "backlog", "scope_cells",
    "scope_cells_by_policy", "scope_policies", "yearly_cells",
]  # fmt: skip
MEASURES = ("contacts", "minutes", "cost")
COLUMNS = ["key", "name", "scope", *MEASURES, "low", "likely", "high", "last_in", "shapley"]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an initiative wants: its scope and the share of it that goes away, in full effect."""

    key: str
    name: str
    scope: Scope
    low: float
    likely: float
    high: float
    """Shares removed of what the scope reaches, 0–1."""


@dataclass(frozen=True, slots=True)
class Addressable:
    """What a scope reaches, a year, and what it may not touch."""

    contacts: float
    minutes: float
    cost: float
    guarded: tuple[tuple[str, str, float], ...]
    """(reason, why, contacts a year) that are in the scope but must stay; not in the figures above."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """Initiatives side by side, in one measure, a year in full effect."""

    rows: pd.DataFrame
    """key, name, scope (words), contacts, minutes, cost (addressable), low, likely, high (stand-alone), last_in,
    shapley. Decide on last_in; shapley only shares credit; stand-alones must not be added."""
    together: float
    together_low: float
    together_high: float
    """All at their low and high effects."""
    by_mode: dict[Mode, float]
    """Together if the initiatives reach the same contacts (nested), independent or different ones (disjoint)."""
    overlap: pd.DataFrame
    """Initiatives × initiatives: what both claim; the diagonal is the stand-alone."""
    baseline: float
    """All contacts, minutes or cost, a year."""
    measure: str


def scope_cells(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by reason, root cause, channel, repeat flag, segment and product."""
    return reader.frame("questions/scope_cells", selection.parameters())


def scope_cells_by_policy(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return the same cells divided further by policy."""
    return reader.frame("questions/scope_cells_by_policy", selection.parameters())


def scope_policies(reader: Reader, selection: Selection) -> tuple[str, ...]:
    """Return the names of the policies that held contacts in the period, most contacts first."""
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    return tuple(map(str, reader.frame("questions/scope_policies", months)["policy"]))


def yearly_cells(reader: Reader, selection: Selection, rates: Rates, by_policy: bool = False) -> pd.DataFrame:
    """Return the priced cells a scope chooses from, scaled to a year; read once for a whole backlog."""
    priced = price((scope_cells_by_policy if by_policy else scope_cells)(reader, selection), rates)
    yearly = MONTHS_A_YEAR / selection.months
    return priced.assign(**{measure: priced[measure].astype(float) * yearly for measure in MEASURES})


def addressable(cells: pd.DataFrame, scope: Scope, taxonomy: Taxonomy) -> Addressable:
    """Return what `scope` reaches of `yearly_cells`, without what must stay."""
    wanted = cells[inside(cells, scope)]
    why = must_stay(wanted, taxonomy)
    reached = wanted[why == ""]
    kept = (
        wanted[why != ""]
        .assign(why=why[why != ""])
        .groupby(["reason", "why"], as_index=False, observed=True)["contacts"]
        .sum()
    )
    return Addressable(
        contacts=float(reached["contacts"].sum()),
        minutes=float(reached["minutes"].sum()),
        cost=float(reached["cost"].sum()),
        guarded=tuple(
            (str(reason), str(why), float(count)) for reason, why, count in kept.itertuples(index=False, name=None)
        ),
    )


def backlog(
    cells: pd.DataFrame,
    initiatives: Sequence[Proposed],
    taxonomy: Taxonomy,
    measure: str = "cost",
    mode: Mode = "independent",
) -> Backlog:
    """Return the initiatives side by side on `yearly_cells`, in `measure` (contacts, minutes or cost)."""
    baseline = float(cells[measure].sum())
    if not initiatives:
        return Backlog(pd.DataFrame(columns=COLUMNS), 0.0, 0.0, 0.0, {}, pd.DataFrame(), baseline, measure)
    base, reach = _reach(cells, initiatives, taxonomy, measure)
    low, likely, high = (reach * _shares(initiatives, end) for end in ("low", "likely", "high"))
    credit = [last_in(base, likely, mode), shapley(base, likely, mode).value]
    names = [one.key for one in initiatives]
    return Backlog(
        rows=_rows(cells, initiatives, taxonomy, [*(standalone(base, r, mode) for r in (low, likely, high)), *credit]),
        together=together(base, likely, mode),
        together_low=together(base, low, mode),
        together_high=together(base, high, mode),
        by_mode=together_range(base, likely),
        overlap=pd.DataFrame(overlap_matrix(base, likely, mode), index=names, columns=names),
        baseline=baseline,
        measure=measure,
    )


def _rows(
    cells: pd.DataFrame, initiatives: Sequence[Proposed], taxonomy: Taxonomy, values: list[Floats]
) -> pd.DataFrame:
    reached = [addressable(cells, one.scope, taxonomy) for one in initiatives]
    figures = [[getattr(one, measure) for measure in MEASURES] for one in reached]
    names = [(one.key, one.name, one.scope.words()) for one in initiatives]
    rows = [(*name, *figure, *value) for name, figure, value in zip(names, figures, np.array(values).T, strict=True)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _shares(initiatives: Sequence[Proposed], end: str) -> Floats:
    return np.array([getattr(one, end) for one in initiatives], dtype=np.float64)[:, None]


def _reach(
    cells: pd.DataFrame, initiatives: Sequence[Proposed], taxonomy: Taxonomy, measure: str
) -> tuple[Floats, Floats]:
    free = (must_stay(cells, taxonomy) == "").to_numpy()
    reach = np.array([inside(cells, one.scope).to_numpy() & free for one in initiatives], dtype=np.bool_)
    return _condensed(cells[measure].to_numpy(dtype=np.float64), reach)


def _condensed(base: Floats, reach: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Add up the cells that the same initiatives reach: a handful of columns instead of thousands."""
    patterns, place = np.unique(reach, axis=1, return_inverse=True)
    summed = np.zeros(patterns.shape[1])
    np.add.at(summed, place.ravel(), base)
    return summed, patterns.astype(np.float64)
