"""Touches and hand-offs: contacts per issue and share handed on by reason, against the best quarter of teams."""

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.selection import Selection
from analytics.questions.spread import by_key
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.best_quartile import gap
from analytics.statistics.estimate import GREY_BELOW
from analytics.statistics.groups import rates, ratios
from analytics.statistics.multiplicity import clear_differences

NO_TRANSFERS = "Whether contacts were handed on is not known."


def reason_outcomes(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by reason and replicate group: mature contacts, issues, single-contact issues and hand-offs."""
    return reader.frame("questions/reason_outcomes", selection.parameters())


def team_hand_offs(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by reason and team: transferred, transfers_known."""
    return reader.frame("questions/team_hand_offs", selection.parameters())


def hand_offs(reader: Reader, selection: Selection, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return by reason how much is handed on and what the best quarter of teams would save, most first.

    Columns reason, label, contacts (where known, of the period), touches with low and high (contacts per issue), share
    with share_low and share_high, gap with gap_low and gap_high (points above the best quarter, NaN where it cannot be
    told), avoidable with avoidable_low and avoidable_high (hand-offs a year), clear (the gap stands although every
    reason was looked at), why. Raises CannotTellError where nothing is known about hand-offs.
    """
    rows = reason_outcomes(reader, selection)
    known = rows.groupby("reason")["transfers_known"].sum()
    names = sorted(known[known >= GREY_BELOW].index)
    if not names:
        raise CannotTellError(NO_TRANSFERS, do="Map transfers on Sources.")
    found = _levels(names, rows)
    gaps = _gaps(names, team_hand_offs(reader, selection))
    yearly = found["contacts"] * MONTHS_A_YEAR / selection.months
    found = found.join(gaps).assign(label=[taxonomy.of(name).name for name in names])
    ends = {f"avoidable{end}": found[f"gap{end}"] * yearly for end in ("", "_low", "_high")}
    found = found.assign(**ends)
    return found.sort_values("avoidable", ascending=False, kind="stable", na_position="last").reset_index(drop=True)


def _levels(names: list[str], rows: pd.DataFrame) -> pd.DataFrame:
    measures = ["eligible_mature", "issues", "transferred", "transfers_known"]
    sums = by_key(rows, pd.Index(names).get_indexer(pd.Index(rows["reason"])), len(names), measures)
    issues = sums[:, :, 1].sum(axis=1)
    with np.errstate(all="ignore"):
        touches, share = ratios(sums[:, :, :2], issues), rates(sums[:, :, 2:])
    return pd.DataFrame({
        "reason": names, "contacts": sums[:, :, 3].sum(axis=1), "touches": touches.value, "touches_low": touches.low,
        "touches_high": touches.high, "share": share.value, "share_low": share.low, "share_high": share.high,
    })  # fmt: skip


def _gaps(names: list[str], teams: pd.DataFrame) -> pd.DataFrame:
    parts = {str(name): part for name, part in teams.groupby("reason")}
    none = teams.head(0)
    found = [gap(part["transferred"], part["transfers_known"]) for part in (parts.get(name, none) for name in names)]
    stands = clear_differences(found)
    rows = [
        (one.value, one.low, one.high, one.why, clear and (one.low or 0.0) > 0)
        for one, clear in zip(found, stands, strict=True)
    ]
    return pd.DataFrame(rows, columns=["gap", "gap_low", "gap_high", "why", "clear"]).astype(
        {"gap": float, "gap_low": float, "gap_high": float}
    )
