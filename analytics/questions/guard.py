"""What must not be removed: sensitive and accessibility demand, what a person locked, and where people create value.

Owns the reason why a contact may not be in the scope of an initiative. Its causes may still be fixed: the door stays.
"""

from typing import Final

import pandas as pd

from analytics.questions.costs import removable_weight
from analytics.questions.taxonomy import ReasonClass, Taxonomy

VALUE_CLASS: Final = "restructure"
VALUE: Final = "Value-accreting: skilled people help here; only its part with a known avoidable cause can be removed."
LOCKED: Final = "Locked by a person."
COLUMNS: Final = ["reason", "name", "why", "whole", "edited_by", "edited_at"]


def why_locked(found: ReasonClass) -> str:
    """Return why the whole reason may not be in a scope; empty when it may."""
    return (found.lock_reason or LOCKED) if found.locked else ""


def why_cell_stays(taxonomy: Taxonomy, reason: str, cause: str, is_repeat: bool) -> str:
    """Return why contacts of this reason, root cause and repeat flag must stay; empty when they may be removed."""
    found = taxonomy.of(reason)
    if found.locked:
        return why_locked(found)
    is_value = found.class_ == VALUE_CLASS and removable_weight(taxonomy, reason, cause, is_repeat) <= 0
    return VALUE if is_value else ""


def must_stay(cells: pd.DataFrame, taxonomy: Taxonomy) -> "pd.Series[str]":
    """Return, per row of cells (reason, cause, is_repeat), why it must stay; empty text when it need not."""
    names = ["reason", "cause", "is_repeat"]
    place = cells.groupby(names, sort=False, observed=True).ngroup()
    each = [why_cell_stays(taxonomy, *key) for key in cells[names].drop_duplicates().itertuples(index=False, name=None)]
    return pd.Series([each[row] for row in place], index=cells.index, dtype=object)


def guarded(taxonomy: Taxonomy) -> pd.DataFrame:
    """Return the “do not remove” list: reason, name, why, whether all of it is locked, edited_by, edited_at."""
    rows = [
        (found.reason, found.name, why_locked(found) or VALUE, found.locked, found.edited_by, found.edited_at)
        for found in taxonomy.classes
        if found.locked or found.class_ == VALUE_CLASS
    ]
    return pd.DataFrame(rows, columns=COLUMNS)
