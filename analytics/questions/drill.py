"""The contacts behind any figure: the same filter, a count that equals the bar, sorted, in pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analytics.engine import Reader
from analytics.questions.generators import Part
from analytics.questions.removable import Cells
from analytics.questions.selection import Selection

PAGE = 50
MOST_ROWS = 100_000
"""Rows of one download at most; the count is always exact."""


@dataclass(frozen=True, slots=True)
class Behind:
    """Which contacts are meant; empty tuples mean all."""

    reasons: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    """Root causes."""
    cells: tuple[tuple[str, str, bool], ...] = ()
    """(reason, root cause, is a repeat): for bars that mix several, such as an owner's."""
    channels: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    repeats: tuple[bool, ...] = field(default=())
    """(True,) for repeats only, (False,) for first contacts only."""

    def parameters(self) -> dict[str, Any]:
        """Return what SQL binds."""
        return {
            "reasons": list(self.reasons),
            "causes": list(self.causes),
            "cell_reasons": [reason for reason, *_ in self.cells],
            "cell_causes": [cause for _, cause, _ in self.cells],
            "cell_repeats": [is_repeat for *_, is_repeat in self.cells],
            "channels": list(self.channels),
            "teams": list(self.teams),
            "policies": list(self.policies),
            "repeats": list(self.repeats),
        }


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what lies behind it."""

    behind: Behind
    contacts: int
    """Contacts behind it: what `count_behind` returns."""
    counted: float
    """Contacts it stands for; less than `contacts` where only repeats beyond natural recurrence count."""

    @property
    def note(self) -> str:
        """Why the two differ; empty when they do not."""
        if round(self.counted) >= self.contacts:
            return ""
        return (
            f"Of these {self.contacts:,} contacts {self.counted:,.0f} count: of repeats only the part beyond natural "
            "recurrence, and of a cause only the part outside what is to be removed."
        )


def behind_bar(cells: Cells, where: Mapping[str, str], part: Part = "all") -> Bar:
    """Return what lies behind the bar of `generators` whose key columns have the values of `where`."""
    rows = cells.allocated if part == "all" else cells.allocated[cells.allocated["bucket"] == "remove"]
    for column, held in where.items():
        rows = rows[rows[column] == held]
    keys = ["reason", "root_cause", "is_repeat"]
    found = rows[keys].drop_duplicates()
    whole = cells.priced.merge(found.rename(columns={"root_cause": "cause"}), on=["reason", "cause", "is_repeat"])
    triples = tuple((str(r), str(c), bool(f)) for r, c, f in found.itertuples(index=False, name=None))
    nothing = (("", "", False),)
    return Bar(Behind(cells=triples or nothing), int(whole["contacts"].sum()), float(rows["contacts"].sum()))


def count_behind(reader: Reader, selection: Selection, behind: Behind) -> int:
    """Return how many contacts lie behind a figure; only teams and policies are looked up among the contacts."""
    if not behind.teams and not behind.policies:
        return count_in_cube(reader, selection, behind)
    found = reader.frame("questions/count_behind", selection.parameters() | behind.parameters())
    return int(found["contacts"].sum())


def count_in_cube(reader: Reader, selection: Selection, behind: Behind) -> int:
    """Return the same from the cube of demand, which holds every contact once; teams and policies are not in it."""
    known = {name: held for name, held in behind.parameters().items() if name not in {"teams", "policies"}}
    return int(reader.frame("questions/count_in_cube", selection.parameters() | known)["contacts"].sum())


def contacts_behind(
    reader: Reader, selection: Selection, behind: Behind, *, limit: int = PAGE, offset: int = 0
) -> pd.DataFrame:
    """Return a page of the contacts, newest first; the customer as six characters of a hash, never an id.

    Columns contact_id, started_at (local), channel, reason, cause, is_repeat, segment, product, team, handle_seconds,
    wait_seconds, resolved, transfers, customer, text. Text is text: nothing in it is markup or a formula.
    """
    page = {"row_limit": min(max(limit, 0), MOST_ROWS), "row_offset": max(offset, 0)}
    found = pd.DataFrame()
    for part in dict.fromkeys((selection.since(selection.last_month), selection)):
        # Newest first: a page that the last month fills is the page of the whole period, without sorting all of it.
        found = reader.frame("questions/contacts_behind", part.parameters() | behind.parameters() | page)
        if len(found) == page["row_limit"]:
            break
    return found
