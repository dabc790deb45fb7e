"""The removal backlog on the ledger: what each initiative can reach, and what they bring together (METHODS b, overlap).

The sum of stand-alone values is never formed. Locked reasons are out of reach, and said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.contract import CAUSES
from analytics.engine import Reader
from analytics.questions.costs import MONTHS_A_YEAR, price
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.overlap import Mode, last_in, overlap_matrix, shapley, standalone, together, together_range

MEASURES = ("contacts", "minutes", "cost")
COLUMNS = ["key", "name", "scope", *MEASURES, "low", "likely", "high", "last_in", "shapley"]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which contacts an initiative reaches; empty tuples mean all. Root causes, not those of single contacts."""

    reasons: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    repeats: bool | None = None
    """True for repeats only, False for first contacts only, None for both."""

    def words(self) -> str:
        """Return the scope as words."""
        said = [
            ("reason", self.reasons),
            ("cause", tuple(CAUSES.get(cause, cause).lower() for cause in self.causes)),
            ("channel", self.channels),
            ("segment", self.segments),
            ("product", self.products),
        ]
        parts = [f"{name} {' or '.join(values)}" for name, values in said if values]
        repeats = {True: ["repeats only"], False: ["first contacts only"], None: []}[self.repeats]
        return "; ".join(parts + repeats) or "all contacts"


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
    """(reason, why, contacts a year) that are in the scope but locked; not in the figures above."""


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
    """All contacts, minutes or cost of the period, a year."""
    measure: str


def scope_cells(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by reason, root cause, channel, repeat flag, segment and product."""
    return reader.frame("questions/scope_cells", selection.parameters())


def yearly_cells(reader: Reader, selection: Selection, rates: Rates) -> pd.DataFrame:
    """Return the priced cells a scope chooses from, scaled to a year; read once for a whole backlog."""
    priced = price(scope_cells(reader, selection), rates)
    yearly = MONTHS_A_YEAR / selection.months
    return priced.assign(**{measure: priced[measure].astype(float) * yearly for measure in MEASURES})


def addressable(cells: pd.DataFrame, scope: Scope, taxonomy: Taxonomy) -> Addressable:
    """Return what `scope` reaches of `yearly_cells`, without locked reasons."""
    wanted = cells[_inside(cells, scope)]
    reached = wanted[~wanted["reason"].isin(_locked(taxonomy))]
    kept = wanted[wanted["reason"].isin(_locked(taxonomy))].groupby("reason")["contacts"].sum()
    return Addressable(
        contacts=float(reached["contacts"].sum()),
        minutes=float(reached["minutes"].sum()),
        cost=float(reached["cost"].sum()),
        guarded=tuple(
            (str(reason), taxonomy.of(str(reason)).lock_reason, float(count)) for reason, count in kept.items()
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


def guarded(taxonomy: Taxonomy) -> pd.DataFrame:
    """Return the “do not remove” list: reason, name, why, edited_by, edited_at."""
    rows = [
        (found.reason, found.name, found.lock_reason or "Locked by a person.", found.edited_by, found.edited_at)
        for found in taxonomy.classes
        if found.locked
    ]
    return pd.DataFrame(rows, columns=["reason", "name", "why", "edited_by", "edited_at"])


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
    free = ~cells["reason"].isin(_locked(taxonomy)).to_numpy()
    reach = np.array([_inside(cells, one.scope).to_numpy() & free for one in initiatives], dtype=np.bool_)
    return _condensed(cells[measure].to_numpy(dtype=np.float64), reach)


def _condensed(base: Floats, reach: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Add up the cells that the same initiatives reach: a handful of columns instead of thousands."""
    patterns, place = np.unique(reach, axis=1, return_inverse=True)
    summed = np.zeros(patterns.shape[1])
    np.add.at(summed, place.ravel(), base)
    return summed, patterns.astype(np.float64)


def _inside(cells: pd.DataFrame, scope: Scope) -> "pd.Series[bool]":
    chosen = {"reason": scope.reasons, "cause": scope.causes, "channel": scope.channels,
              "segment": scope.segments, "product": scope.products}  # fmt: skip
    inside = pd.Series(True, index=cells.index)
    for column, values in chosen.items():
        if values:
            inside &= cells[column].isin(values)
    return inside if scope.repeats is None else inside & (cells["is_repeat"] == scope.repeats)


def _locked(taxonomy: Taxonomy) -> list[str]:
    return [found.reason for found in taxonomy.classes if found.locked]
