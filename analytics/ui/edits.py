"""From what people wrote in the store to what questions take: rates, taxonomy, thresholds, targets."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from analytics.engine import Reader
from analytics.questions.assumptions import assumed, rates_from
from analytics.questions.costs import Reconciliation, reconcile
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.taxonomy import Taxonomy, TaxonomyEdit, merge_edits
from analytics.statistics.taxonomy_rules import Thresholds
from analytics.store import Record, Store
from analytics.ui import cached

_THRESHOLDS = {"negative_share_remove": "remove_share", "minimum_issues": "least_issues", "audit_size": "audit_size"}
"""Assumptions that are thresholds of the classification rules: key → field."""
_TARGET = "target_"


def entered(store: Store, workspace_id: str, revision: int) -> dict[str, float]:
    """Return assumptions people entered, by key or key.channel."""
    return cached.answer(
        f"entered {id(store)} {workspace_id} {revision}", lambda: _values(store.list(workspace_id, "assumption"))
    )


def targets(values: Mapping[str, float]) -> dict[str, float]:
    """Return the targets people set, by metric key; 0 means none."""
    set_ = {key.removeprefix(_TARGET): value for key, value in values.items() if key.startswith(_TARGET)}
    return {key: value for key, value in set_.items() if value > 0}


def reconciled(reader: Reader, values: Mapping[str, float], currency: str) -> Reconciliation:
    """Return the rates that follow from the entered assumptions, completed and scaled (METHODS b)."""
    return reconcile(reader, rates_from(values, currency))


def thresholds(values: Mapping[str, float]) -> Thresholds:
    """Return the thresholds of the classification rules, with what people changed."""
    kinds = {field.name: field.type for field in fields(Thresholds)}
    changed: dict[str, Any] = {
        name: int(assumed(values, key)) if kinds[name] in (int, "int") else assumed(values, key)
        for key, name in _THRESHOLDS.items()
    }
    return Thresholds(**changed)


def taxonomy(reader: Reader, values: Mapping[str, float], written: list[Record]) -> Taxonomy:
    """Return every reason as proposed from evidence, with what people wrote on top."""
    return merge_edits(propose_taxonomy(reader, thresholds(values)), [taxonomy_edit(record) for record in written])


def taxonomy_edit(record: Record) -> TaxonomyEdit:
    """Read a taxonomy record."""
    return TaxonomyEdit.from_body(record.key, record.body, record.author.shown, record.at)


def _values(records: list[Record]) -> dict[str, float]:
    return {record.key: float(record.body["value"]) for record in records if record.body.get("value") is not None}
