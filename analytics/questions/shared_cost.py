"""What each owner function's causes cost, what its part of the backlog would save, and whether it agrees.

A shadow account: nobody is charged. The saving is credit for what all initiatives bring together, shared so that it
adds up (Shapley, METHODS b); causes are those coded on contacts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from analytics.errors import AnalyticsError, nearest
from analytics.questions.backlog import Proposed, backlog
from analytics.questions.charter import NOBODY
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.removable import Removable
from analytics.questions.taxonomy import Taxonomy

STATUSES: Final = {"open": "Not signed", "agreed": "Agreed", "questioned": "Questioned"}
"""Whether the function stands behind its figures: code → words."""
COMMENT_LENGTH: Final = 500
MOVED: Final = 0.05
"""Change of the cost since the sign-off from which that is said."""


@dataclass(frozen=True, slots=True)
class SignOff:
    """What one function says about its figures, with the figures it saw."""

    owner: str
    status: str = "open"
    comment: str = ""
    cost: float | None = None
    """Cost a year it was shown; None while not signed."""
    looked_at: str = ""
    """Period and filters of that figure, in words."""

    def body(self) -> dict[str, Any]:
        """Return what the store keeps."""
        return {name: getattr(self, name) for name in ("status", "comment", "cost", "looked_at")}

    def moved(self, cost: float, looked_at: str) -> bool:
        """Return whether what was signed is no longer what is shown."""
        if self.cost is None or self.status == "open":
            return False
        return abs(cost - self.cost) > MOVED * abs(self.cost) or self.looked_at != looked_at


def read_sign_off(owner: str, body: Mapping[str, Any]) -> SignOff:
    """Return the sign-off people wrote; raises AnalyticsError in words where it is not possible as written."""
    status, comment = str(body.get("status") or "open"), str(body.get("comment") or "")
    if status not in STATUSES:
        raise AnalyticsError(f"There is no sign-off “{status}”.", do=nearest(status, STATUSES))
    if len(comment) > COMMENT_LENGTH:
        raise AnalyticsError(f"The comment is longer than {COMMENT_LENGTH} characters.", do="Shorten it.")
    cost = body.get("cost")
    return SignOff(owner, status, comment, None if cost is None else float(cost), str(body.get("looked_at") or ""))


def caused_costs(found: Removable) -> pd.DataFrame:
    """Return owner, cost, low, high, contacts, minutes, clear: what functions can end, a year, dearest first.

    `clear` says whether the order against the next may be claimed (90 % of resamples).
    """
    yearly = MONTHS_A_YEAR / found.months
    rows = found.owners.assign(cost=found.owners["cost_per_year"])
    rows[["contacts", "minutes"]] = rows[["contacts", "minutes"]].astype(float) * yearly
    return rows[["owner", "cost", "low", "high", "contacts", "minutes", "clear"]]


def shared_savings(
    cells: pd.DataFrame, proposed: Sequence[Proposed], owners: Mapping[str, str], taxonomy: Taxonomy
) -> pd.DataFrame:
    """Return owner, saving, saving_low, saving_high: credit by function, a year in full effect; adds up to the whole.

    `cells` are `backlog.yearly_cells`; `owners` names the function of each initiative by key. Low and high: all
    initiatives at that end of their range.
    """
    names = [owners.get(one.key) or NOBODY for one in proposed]
    ends = {"saving": "likely", "saving_low": "low", "saving_high": "high"}
    credit = {column: _credit(cells, proposed, end, taxonomy) for column, end in ends.items()}
    return pd.DataFrame({"owner": names} | credit).groupby("owner", as_index=False).sum()


def shared_account(caused: pd.DataFrame, savings: pd.DataFrame) -> pd.DataFrame:
    """Return every function with what its causes cost and what is to be saved; what is not known is 0 saving.

    A function is the same however its first letters are spelt.
    """
    spelt = {str(name).casefold(): name for name in caused["owner"]}
    named = savings.assign(owner=[spelt.get(str(name).casefold(), name) for name in savings["owner"]])
    added = named.groupby("owner", as_index=False).sum().astype({"owner": object})
    rows = caused.astype({"owner": object}).merge(added, on="owner", how="outer")
    amounts = [name for name in rows.columns if name not in ("owner", "clear", "low", "high")]
    rows[amounts] = rows[amounts].astype(float).fillna(0.0)
    rows["clear"] = rows["clear"].eq(True)
    return rows.sort_values("cost", ascending=False, kind="stable").reset_index(drop=True)


def _credit(
    cells: pd.DataFrame, proposed: Sequence[Proposed], end: str, taxonomy: Taxonomy
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    at_end = [replace(one, likely=getattr(one, end)) for one in proposed]
    found = backlog(cells, at_end, taxonomy).rows.set_index("key")["shapley"]
    return found.reindex([one.key for one in proposed]).to_numpy(dtype=np.float64)
