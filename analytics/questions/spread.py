"""Sums by replicate group: from cube rows to the arrays that `statistics.groups` takes (METHODS k)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.statistics.jackknife import GROUPS

Floats = NDArray[np.float64]


def by_group(rows: pd.DataFrame, measures: Sequence[str]) -> Floats:
    """Return sums of `measures` by replicate group, shape (32, M); groups without rows are zero."""
    summed = rows.groupby("replicate_group")[list(measures)].sum().reindex(range(GROUPS), fill_value=0)
    return summed.to_numpy(dtype=np.float64)


def placed(allocated: pd.DataFrame, group_rows: pd.DataFrame) -> tuple[pd.DataFrame, Floats]:
    """Return cells (reason, root_cause, …) with their place in the returned shares by group, shape (places, 32).

    The group cube has no channel: what a reason and root cause cost is spread over the groups as their handled time
    is (their contacts where no time is known), so that the groups add up to the exact sum.
    """
    shares, cells = _group_shares(group_rows)
    held = set(cells.get_level_values("reason"))
    small = allocated["reason"].where(allocated["reason"].isin(held), "other")
    place = cells.get_indexer(pd.MultiIndex.from_arrays([small, allocated["root_cause"]]))
    return allocated.assign(place=np.where(place < 0, len(cells), place)), shares


def group_costs(
    cells: pd.DataFrame, shares: Floats, keys: Sequence[str], measure: str = "cost"
) -> tuple[pd.DataFrame, Floats]:
    """Return the distinct `keys` of `placed` cells and their `measure` by replicate group, shape (R, 32)."""
    numbered = cells.groupby(list(keys), sort=False, dropna=False)
    labels = numbered[list(keys)].head(1).reset_index(drop=True)
    amounts = np.zeros((len(labels), len(shares)))
    at = (numbered.ngroup().to_numpy(), cells["place"].to_numpy())
    np.add.at(amounts, at, cells[measure].to_numpy(dtype=np.float64))
    return labels, amounts @ shares


def _group_shares(rows: pd.DataFrame) -> tuple[Floats, pd.MultiIndex]:
    """Return each cell's shares by group (cells + 1, 32), the last row for cells the group cube does not have."""
    cells = pd.MultiIndex.from_frame(rows[["reason", "cause"]].drop_duplicates(), names=["reason", "cause"])
    position = cells.get_indexer(pd.MultiIndex.from_frame(rows[["reason", "cause"]]))
    seconds, contacts = np.zeros((len(cells), GROUPS)), np.zeros((len(cells), GROUPS))
    groups = rows["replicate_group"].to_numpy(dtype=np.intp)
    np.add.at(seconds, (position, groups), rows["handle_seconds"].fillna(0).to_numpy(dtype=np.float64))
    np.add.at(contacts, (position, groups), rows["contacts"].to_numpy(dtype=np.float64))
    weight = np.where(seconds.sum(axis=1, keepdims=True) > 0, seconds, contacts)
    shares = weight / weight.sum(axis=1, keepdims=True)
    return np.vstack([shares, np.full((1, GROUPS), 1.0 / GROUPS)]), cells
