"""Do customers who experienced value enhancement stay? The adjusted gap over 12 months from one index contact on."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.selection import Selection
from analytics.questions.spread import by_key, numbered
from analytics.statistics.lift import Cells, Lift, lift

ADJUSTED: Final = ("segment", "channel", "effort", "resolved", "repeated_information", "tenure_band")
"""What customers are made comparable by; each value gets a column of its own, also what is not known."""


def loyalty_cells(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return customers at their index contact and how many stayed, by cell and replicate group, over all months."""
    filters = selection.parameters()
    return reader.frame("questions/loyalty_cells", {name: filters[name] for name in ("segments", "products")})


def retention_gap(reader: Reader, selection: Selection) -> Lift:
    """Return by how much more often value-enhanced customers stayed, at equal effort, resolution and tenure.

    The period of `selection` does not count: whoever is followed for 12 months was met before it.
    """
    return lift(cells_of(loyalty_cells(reader, selection)))


def cells_of(rows: pd.DataFrame) -> Cells:
    """Return rows by replicate group as cells with a design of one column per value of what is adjusted for."""
    places, firsts = numbered(rows, (*ADJUSTED, "value_enhanced"))
    first = rows.iloc[firsts]
    sums = by_key(rows, places, len(firsts), ["customers", "stayed"])
    return Cells(_design(first), first["value_enhanced"].to_numpy(dtype=np.bool_), sums[:, :, 0], sums[:, :, 1])


def _design(cells: pd.DataFrame) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    columns = [np.ones((len(cells), 1))]
    for name in ADJUSTED:
        codes, values = pd.factorize(cells[name], use_na_sentinel=False)
        columns.append(np.eye(len(values))[codes][:, 1:])
    return np.hstack(columns)
