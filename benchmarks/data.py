"""Writes N invented contacts as Parquet for speed measurements; the demo company is `python -m analytics demo`."""

from pathlib import Path

import duckdb

CONTACTS_SQL = Path(__file__).with_name("contacts.sql")


def write_contacts(path: Path, contacts: int) -> Path:
    """Write `contacts` rows of 23 columns to `path` (Parquet, zstd) and return it. Same N, same rows."""
    with duckdb.connect() as connection:
        text = CONTACTS_SQL.read_text(encoding="utf-8")
        connection.sql(text, params={"contacts": contacts}).write_parquet(str(path), compression="zstd")
    return path
