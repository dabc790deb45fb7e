"""From what people wrote in the store to what questions take: rates, taxonomy, thresholds, targets."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from analytics.engine import Reader
from analytics.questions.assumptions import assumption_catalogue, rates_from
from analytics.questions.costs import Reconciliation, reconcile
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.taxonomy import Taxonomy, TaxonomyEdit, merge_edits
from analytics.statistics.taxonomy_rules import Thresholds
from analytics.store import Record, Store
from analytics.ui import cached

THRESHOLD = "threshold."
"""Prefix of thresholds among the assumptions."""


def entered(store: Store, workspace_id: str, revision: int) -> dict[str, float]:
    """Return assumptions people entered, by key, key.channel or threshold.name."""
    return cached.answer(f"entered {workspace_id} {revision}", lambda: _values(store.list(workspace_id, "assumption")))


def targets(store: Store, workspace_id: str) -> dict[str, float]:
    """Return targets by metric key."""
    return _values(store.list(workspace_id, "target"))


def reconciled(reader: Reader, values: Mapping[str, float], currency: str) -> Reconciliation:
    """Return the rates that follow from the entered assumptions, completed and scaled (METHODS b)."""
    known = assumption_catalogue()
    mine = {key: value for key, value in values.items() if key.split(".")[0] in known}
    return reconcile(reader, rates_from(mine, currency))


def thresholds(values: Mapping[str, float]) -> Thresholds:
    """Return the thresholds of the classification rules, with what people changed."""
    known = {field.name: field.type for field in fields(Thresholds)}
    given = {key.removeprefix(THRESHOLD): value for key, value in values.items() if key.startswith(THRESHOLD)}
    changed: dict[str, Any] = {key: _as(known[key], value) for key, value in given.items() if key in known}
    return Thresholds(**changed)


def taxonomy(reader: Reader, values: Mapping[str, float], written: list[Record]) -> Taxonomy:
    """Return every reason as proposed from evidence, with what people wrote on top."""
    return merge_edits(propose_taxonomy(reader, thresholds(values)), [taxonomy_edit(record) for record in written])


def taxonomy_edit(record: Record) -> TaxonomyEdit:
    """Read a taxonomy record."""
    return TaxonomyEdit.from_body(record.key, record.body, record.author.shown, record.at)


def _values(records: list[Record]) -> dict[str, float]:
    return {record.key: float(record.body["value"]) for record in records if record.body.get("value") is not None}


def _as(kind: object, value: float) -> float | int:
    return int(value) if kind in (int, "int") else value
