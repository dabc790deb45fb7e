"""The audit: 50 contacts to label by hand, and what the labels say about the coded causes (METHODS b, decision 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.contract import NEGATIVE_CAUSES
from analytics.engine import Reader
from analytics.questions.removable import Cells
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.audit import Confusion, confusion, corrected_share, draw, rough_share
from analytics.statistics.estimate import Estimate

CLASSES = ("avoidable", "not avoidable")


@dataclass(frozen=True, slots=True)
class AuditSample:
    """Contacts to label, in a mixed order."""

    rows: pd.DataFrame
    """contact_id, started_at, reason, cause, channel, handle_seconds, text, stands_for, predicted, weight."""
    seed: int
    short: str
    """What the pool could not give; empty when it gave 25 + 25."""


@dataclass(frozen=True, slots=True)
class AuditResult:
    """What the labels say."""

    table: Confusion
    corrected: Estimate
    """Share of contacts that are avoidable, corrected; refuses below 200 labels, in words."""
    rough: Estimate
    """The same from fewer labels, greyed."""
    assigned_share: float
    """Share held for avoidable as coded."""


def audit_contacts(reader: Reader) -> pd.DataFrame:
    """Return the pool: up to 200 contacts per reason, by hash."""
    return reader.frame("questions/audit_contacts")


def draw_audit(reader: Reader, taxonomy: Taxonomy, seed: int, per_side: int = 25) -> AuditSample:
    """Return 25 contacts held for avoidable and 25 not, the same for the same seed and data."""
    pool = audit_contacts(reader).set_index("contact_id", drop=False)
    held = predicted_avoidable(pool, taxonomy)
    sample = draw(list(pool.index), held, seed, per_side, pool["stands_for"].to_numpy())
    rows = pool.loc[list(sample.ids)].assign(predicted=list(sample.predicted), weight=list(sample.weights))
    return AuditSample(rows.reset_index(drop=True), seed, sample.short)


def predicted_avoidable(rows: pd.DataFrame, taxonomy: Taxonomy) -> list[bool]:
    """Return whether the app holds each contact (reason, cause) for avoidable by its coded cause."""
    pairs = zip(rows["reason"].astype(str), rows["cause"].astype(str), strict=True)
    return [cause in NEGATIVE_CAUSES and not taxonomy.of(reason).locked for reason, cause in pairs]


def audit_result(cells: Cells, labels: Mapping[str, tuple[bool, bool]], seed: int = 0) -> AuditResult:
    """Return the confusion table and the corrected share from labels: contact_id → (predicted, truly avoidable)."""
    assigned, true = ([_word(pair[side]) for pair in labels.values()] for side in (0, 1))
    table = confusion(assigned, true, CLASSES)
    contacts = cells.allocated["contacts"]
    coded = cells.allocated["root_cause"].isin(NEGATIVE_CAUSES) & (cells.allocated["bucket"] == "remove")
    share = float(contacts[coded].sum() / contacts.sum()) if contacts.sum() > 0 else 0.0
    shares = [share, 1.0 - share]
    return AuditResult(
        table,
        corrected_share(shares, table, "avoidable", seed),
        rough_share(shares, table, "avoidable", seed),
        share,
    )


def _word(avoidable: bool) -> str:
    return CLASSES[0] if avoidable else CLASSES[1]
