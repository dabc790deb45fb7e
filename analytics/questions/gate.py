"""The sequencing gate: remove first, then make effortless, then enhance value; where the third would be premature."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.selection import Selection
from analytics.questions.spread import by_key
from analytics.questions.steps import reason_outcomes
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.estimate import GREY_BELOW
from analytics.statistics.groups import rates

STAGES: Final = {
    "remove": "1: remove first",
    "effort": "2: effort first, value enhancement premature",
    "value": "3: ready for value enhancement",
    "cannot": "cannot tell",
}
"""Where a reason stands: code → words."""


def effort_outcomes(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by reason and replicate group: answers, high_effort_answers."""
    return reader.frame("questions/effort_outcomes", selection.parameters())


def sequencing(
    reader: Reader, selection: Selection, taxonomy: Taxonomy, least_resolution: float, most_effort: float
) -> pd.DataFrame:
    """Return where each reason stands, most contacts first.

    Columns reason, label, contacts, stage (code of STAGES), resolution with resolution_low and resolution_high (issues
    of one contact: nobody had to come back), effort with effort_low and effort_high (answers of high effort), answers.
    A reason is premature when the whole interval of one of the two lies on the wrong side of its threshold, ready when
    both lie on the right side.
    """
    rows = reason_outcomes(reader, selection)
    names = sorted(set(rows["reason"]))
    if not names:
        return pd.DataFrame(columns=["reason", "label", "contacts", "stage"])
    solved = _rates(names, rows, ["single_issues", "issues"])
    felt = _rates(names, effort_outcomes(reader, selection), ["high_effort_answers", "answers"])
    found = pd.DataFrame({
        "reason": names, "label": [taxonomy.of(name).name for name in names],
        "contacts": rows.groupby("reason")["contacts"].sum().reindex(names).to_numpy(dtype=float),
        "resolution": solved[0], "resolution_low": solved[1], "resolution_high": solved[2],
        "effort": felt[0], "effort_low": felt[1], "effort_high": felt[2], "answers": felt[3],
    })  # fmt: skip
    found["stage"] = _stages(found, taxonomy, least_resolution, most_effort)
    return found.sort_values("contacts", ascending=False, kind="stable").reset_index(drop=True)


def _rates(
    names: list[str], rows: pd.DataFrame, measures: list[str]
) -> "tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]":
    """Return share, low, high and n of each reason; NaN below 30."""
    sums = by_key(rows, pd.Index(names).get_indexer(pd.Index(rows["reason"])), len(names), measures)
    n = sums[:, :, 1].sum(axis=1)
    with np.errstate(all="ignore"):
        found = rates(sums)
    few = n < GREY_BELOW
    value, low, high = (np.where(few, np.nan, held) for held in (found.value, found.low, found.high))
    return value, low, high, n


def _stages(found: pd.DataFrame, taxonomy: Taxonomy, least_resolution: float, most_effort: float) -> list[str]:
    classes = [taxonomy.of(name).class_ for name in found["reason"]]
    premature = (found["resolution_high"] < least_resolution) | (found["effort_low"] > most_effort)
    ready = (found["resolution_low"] >= least_resolution) & (found["effort_high"] <= most_effort)
    return [
        "remove" if kind == "remove" else "effort" if early else "value" if good else "cannot"
        for kind, early, good in zip(classes, premature, ready, strict=True)
    ]
