"""The two tables of the store and how a database is opened; knows SQLite and PostgreSQL, no one else does."""

import os
import sqlite3
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from analytics.errors import StoreError

BUSY_SECONDS: Final = 5.0
"""How long a writer waits for another before it gives up."""

metadata = sa.MetaData()


def _columns() -> tuple[sa.Column[str] | sa.Column[int] | sa.Column[bool], ...]:
    return (
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_verified", sa.Boolean, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("deleted", sa.Boolean, nullable=False),
    )


records = sa.Table(
    "records",
    metadata,
    sa.Column("workspace_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    *_columns(),
)
"""Latest version of everything, one row each."""

history = sa.Table(
    "record_history",
    metadata,
    sa.Column("workspace_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    *_columns(),
)
"""Every version of everything, only ever added to."""


def open_engine(url: str) -> sa.Engine:
    """Return an engine for `url`. Raises StoreError when it is not a database address."""
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite_engine(parsed)
        return sa.create_engine(parsed, pool_pre_ping=True, pool_size=4, connect_args={"connect_timeout": 5})
    except (sa.exc.ArgumentError, ImportError) as error:
        raise StoreError(
            "EBB_STORE_URL is not the address of a database.",
            do="Use sqlite:///path/store.sqlite or postgresql://user@host/name.",
        ) from error


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if url.database in (None, "", ":memory:"):
        return sa.create_engine(url)
    file = Path(str(url.database))
    # A connection per call: a pooled one would go on writing into a file that somebody has removed.
    return sa.create_engine(url, poolclass=NullPool, creator=lambda: _connect(file))


def _connect(file: Path) -> sqlite3.Connection:
    if file.exists() and not os.access(file.parent, os.W_OK):
        # Without its side files a WAL database opens only as immutable in a folder that may not be written.
        return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    return sqlite3.connect(file, timeout=BUSY_SECONDS)


def create_tables(engine: sa.Engine) -> None:
    """Make the tables where they are missing; in a new SQLite file switch to WAL, so that readers never wait."""
    if engine.dialect.name == "sqlite":
        _create_sqlite(engine)
        return
    with engine.begin() as connection:
        # Two processes that start together would both see no table and both create it.
        connection.execute(sa.text("select pg_advisory_xact_lock(7223)"))
        metadata.create_all(connection)


def _create_sqlite(engine: sa.Engine) -> None:
    if engine.url.database and engine.url.database != ":memory:":
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
        if {"records", "record_history"} <= names:
            return
        connection.exec_driver_sql("pragma journal_mode = wal")
        for table in metadata.sorted_tables:
            connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
        connection.commit()
