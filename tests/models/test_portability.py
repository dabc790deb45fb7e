"""The model's SQL stays close to what a second engine reads: every file parses, and the cubes transpile to Spark."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot.errors import ErrorLevel

from analytics.engine import QUERIES
from analytics.intake.build import STEPS, TYPES

FILES = sorted((QUERIES / "models").rglob("*.sql"))
DUCKDB_ONLY = {"coverage", "audit_pool", "customer_reasons"}
"""unpivot of named columns, qualify over a hash, an unsigned mask of months: written differently elsewhere."""
ENUMERATIONS = re.compile(rf"\bas ({'|'.join(TYPES)})\)")
"""Enumerations are text to an engine without them."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_first_line_states_the_grain_and_nothing_is_pasted_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert "{" not in text


@pytest.mark.parametrize("name", sorted({step.name for step in STEPS} - DUCKDB_ONLY))
def test_transpiles_to_spark(name: str) -> None:
    text = (QUERIES / "models" / f"{name}.sql").read_text(encoding="utf-8")
    text = ENUMERATIONS.sub("as varchar)", text)
    (translated,) = sqlglot.transpile(text, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    assert sqlglot.parse_one(translated, read="spark")


def test_every_file_is_built_and_every_built_table_has_a_file() -> None:
    ahead = {"generation", "dimension_values", "extent"}
    assert {path.stem for path in FILES} == {step.name for step in STEPS} | set(TYPES) | ahead
