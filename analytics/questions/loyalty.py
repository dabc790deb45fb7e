"""Do customers who experienced value enhancement stay? The adjusted gap over 12 months from one index contact on."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.selection import Selection
from analytics.questions.spread import by_key
from analytics.statistics.lift import Cells, Lift, lift

ADJUSTED: Final = ("segment", "channel", "effort", "resolved", "repeated_information", "tenure_band")
"""What customers are made comparable by; each value gets a column of its own, also what is not known."""


def loyalty_cells(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return what the customers of each cell have in common, by its number, for the segments chosen."""
    return reader.frame("questions/loyalty_cells", {"segments": selection.parameters()["segments"]})


def loyalty_groups(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return customers at their index contact and how many stayed, by cell and replicate group, over all months."""
    return reader.frame("questions/loyalty_groups", {"products": selection.parameters()["products"]})


def retention_gap(reader: Reader, selection: Selection) -> Lift:
    """Return by how much more often value-enhanced customers stayed, at equal effort, resolution and tenure.

    The period of `selection` does not count: whoever is followed for 12 months was met before it.
    """
    return lift(cells_of(loyalty_cells(reader, selection), loyalty_groups(reader, selection)))


def cells_of(cells: pd.DataFrame, groups: pd.DataFrame) -> Cells:
    """Return cells that hold customers, with a design of one column per value of what is adjusted for.

    `cells` has `cell`, what is adjusted for and `value_enhanced`; `groups` has `cell`, `replicate_group`, `customers`
    and `stayed`, in any order.
    """
    places, own = (frame["cell"].to_numpy(dtype=np.intp) for frame in (groups, cells))
    count = 1 + max(places.max(initial=-1), own.max(initial=-1))
    sums = by_key(groups, places, count, ["customers", "stayed"])[own]
    held = sums[:, :, 0].any(axis=1)
    met = cells[held]
    return Cells(_design(met), met["value_enhanced"].to_numpy(dtype=np.bool_), sums[held, :, 0], sums[held, :, 1])


def _design(cells: pd.DataFrame) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    columns = [np.ones((len(cells), 1))]
    for name in ADJUSTED:
        codes, values = pd.factorize(cells[name], use_na_sentinel=False)
        columns.append(np.eye(len(values))[codes][:, 1:])
    return np.hstack(columns)
