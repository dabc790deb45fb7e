"""Sums by key and by replicate group: from cube rows to the arrays that `statistics.groups` takes (METHODS k).

Works on arrays: a question sums a few thousand rows many times, and a data frame's own grouping costs a millisecond
each time.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.statistics.jackknife import GROUPS

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


def floats(column: "pd.Series[float]") -> Floats:
    """Return a column as floats, what is not known as 0."""
    values = column.to_numpy(dtype=np.float64)
    return np.where(np.isnan(values), 0.0, values)


def numbered(rows: pd.DataFrame, keys: Sequence[str]) -> tuple[Places, Places]:
    """Return for each row the number of its `keys`, in order of appearance, and the first row of each number."""
    combined = np.zeros(len(rows), dtype=np.intp)
    for key in keys:
        codes, names = pd.factorize(rows[key], use_na_sentinel=False)
        combined = combined * len(names) + codes
    places = pd.factorize(combined)[0]
    return places, np.unique(places, return_index=True)[1]


def summed(rows: pd.DataFrame, keys: Sequence[str], measures: Sequence[str]) -> pd.DataFrame:
    """Return the distinct `keys` in order of appearance with the sums of `measures`."""
    places, firsts = numbered(rows, keys)
    labels = {key: rows[key].array.take(firsts) for key in keys}
    sums = {name: np.bincount(places, floats(rows[name]), len(firsts)) for name in measures}
    return pd.DataFrame(labels | sums)


def by_group(rows: pd.DataFrame, measures: Sequence[str]) -> Floats:
    """Return sums of `measures` by replicate group, shape (32, M); groups without rows are zero."""
    groups = rows["replicate_group"].to_numpy(dtype=np.intp)
    return np.stack([np.bincount(groups, floats(rows[name]), GROUPS) for name in measures], axis=1)


def by_key(rows: pd.DataFrame, places: Places, count: int, measures: Sequence[str]) -> Floats:
    """Return sums of `measures` by key and replicate group, shape (count, 32, M); a row at place -1 is left out."""
    held = places >= 0
    at = places[held] * GROUPS + rows["replicate_group"].to_numpy(dtype=np.intp)[held]
    sums = [np.bincount(at, floats(rows[name])[held], count * GROUPS) for name in measures]
    return np.stack(sums, axis=1).reshape(count, GROUPS, len(measures)).astype(np.float64)


def placed(allocated: pd.DataFrame, group_rows: pd.DataFrame) -> tuple[pd.DataFrame, Floats]:
    """Return cells (reason, root_cause, …) with their place in the returned shares by group, shape (places, 32).

    The group cube has no channel: what a reason and root cause cost is spread over the groups as their handled time
    is (their contacts where no time is known), so that the groups add up to the exact sum.
    """
    shares, cells = _group_shares(group_rows)
    held = {reason for reason, _ in cells}
    places, firsts = numbered(allocated, ("reason", "root_cause"))
    first = allocated[["reason", "root_cause"]].take(firsts).itertuples(index=False, name=None)
    known = [cells.get((reason if reason in held else "other", cause), len(cells)) for reason, cause in first]
    return allocated.assign(place=np.array(known, dtype=np.intp)[places]), shares


def group_costs(
    cells: pd.DataFrame, shares: Floats, keys: Sequence[str], measure: str = "cost"
) -> tuple[pd.DataFrame, Floats]:
    """Return the distinct `keys` of `placed` cells and their `measure` by replicate group, shape (R, 32)."""
    places, firsts = numbered(cells, keys)
    labels = pd.DataFrame({key: cells[key].array.take(firsts) for key in keys})
    at = places * len(shares) + cells["place"].to_numpy()
    amounts = np.bincount(at, floats(cells[measure]), len(firsts) * len(shares))
    return labels, amounts.reshape(len(firsts), len(shares)) @ shares


def _group_shares(rows: pd.DataFrame) -> tuple[Floats, dict[tuple[str, str], int]]:
    """Return each cell's shares by group (cells + 1, 32), the last row for cells the group cube does not have."""
    places, firsts = numbered(rows, ("reason", "cause"))
    names = rows[["reason", "cause"]].take(firsts).itertuples(index=False, name=None)
    cells = {(str(reason), str(cause)): place for place, (reason, cause) in enumerate(names)}
    at = places * GROUPS + rows["replicate_group"].to_numpy(dtype=np.intp)
    seconds, contacts = (
        np.bincount(at, floats(rows[name]), len(cells) * GROUPS).reshape(-1, GROUPS)
        for name in ("handle_seconds", "contacts")
    )
    weight = np.where(seconds.sum(axis=1, keepdims=True) > 0, seconds, contacts)
    shares = weight / weight.sum(axis=1, keepdims=True)
    return np.vstack([shares, np.full((1, GROUPS), 1.0 / GROUPS)]), cells
