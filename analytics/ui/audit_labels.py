"""Labels people give by hand: what is kept of each, and what all of them say about the coded causes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.contract import CAUSES, NEGATIVE_CAUSES
from analytics.questions.audit import AuditResult, AuditSample, audit_result, draw_audit
from analytics.questions.removable import Cells
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.audit import Confusion, confusion, corrected_share
from analytics.statistics.estimate import Estimate
from analytics.ui.page import Page

KIND = "label"


@dataclass(frozen=True, slots=True)
class Label:
    """What one person said about one contact."""

    contact_id: str
    reason: str
    coded: str
    """Cause as coded."""
    cause: str
    """Cause by hand."""
    weight: float
    """Contacts of the pool it stands for."""
    seed: int
    by: str
    at: str


def labels(page: Page) -> tuple[Label, ...]:
    """Return every label in the store."""
    if not page.edits_readable:
        return ()
    return tuple(
        Label(one.key, str(held["reason"]), str(held["coded"]), str(held["cause"]), float(held["weight"]),
              int(held["seed"]), one.author.shown, one.at)
        for one in page.store.list(page.workspace_id, KIND)
        if (held := one.body).get("cause") in CAUSES
    )  # fmt: skip


def sample(page: Page, seed: int) -> AuditSample:
    """Return the contacts to label; the same for the same seed, data and taxonomy."""
    return page.kept(f"audit {seed}", lambda: draw_audit(page.reader, page.taxonomy, seed))


def avoidable(taxonomy: Taxonomy, reason: str, cause: str) -> bool:
    """Return whether a contact counts as avoidable: a known negative cause, outside locked reasons."""
    return cause in NEGATIVE_CAUSES and not taxonomy.of(reason).locked


def result(cells: Cells, held: tuple[Label, ...], taxonomy: Taxonomy) -> AuditResult:
    """Return confusion table and corrected share of avoidable contacts; refuses in words below 200 labels."""
    pairs = {
        one.contact_id: (avoidable(taxonomy, one.reason, one.coded), avoidable(taxonomy, one.reason, one.cause))
        for one in held
    }
    return audit_result(cells, pairs)


def by_cause(cells: Cells, held: tuple[Label, ...]) -> tuple[Confusion, pd.DataFrame]:
    """Return causes as coded against causes by hand, and the corrected share of each, with the whole table."""
    table = confusion([one.coded for one in held], [one.cause for one in held], tuple(CAUSES))
    priced = cells.priced.groupby("cause")["contacts"].sum()
    shares = (priced / priced.sum()).reindex(list(CAUSES)).fillna(0.0)
    found: Mapping[str, Estimate] = {cause: corrected_share(list(shares), table, cause) for cause in CAUSES}
    rows = [
        (CAUSES[cause], float(shares[cause]), one.value, one.low, one.high, one.why) for cause, one in found.items()
    ]
    return table, pd.DataFrame(rows, columns=["cause", "as_coded", "corrected", "low", "high", "why"])


def row(taxonomy: Taxonomy, one: Label) -> dict[str, Any]:
    """Return a label as a row of the file."""
    return {
        "contact_id": one.contact_id, "reason": one.reason, "coded_cause": one.coded, "labelled_cause": one.cause,
        "coded_avoidable": avoidable(taxonomy, one.reason, one.coded),
        "labelled_avoidable": avoidable(taxonomy, one.reason, one.cause),
        "weight": one.weight, "seed": one.seed, "labelled_by": one.by, "labelled_at": one.at,
    }  # fmt: skip
