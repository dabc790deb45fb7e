"""Records people write, with optimistic versions, history and undo."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from analytics.errors import ConflictError, StoreError
from analytics.store.schema import create_tables, history, open_engine, records
from analytics.store.words import in_words


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something."""

    name: str
    verified: bool = False
    """False for a name somebody typed; shown as unverified."""

    @property
    def shown(self) -> str:
        """The name, with “unverified” where nobody vouched for it."""
        return self.name if self.verified or not self.name else f"{self.name} (unverified)"


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one thing."""

    workspace_id: str
    kind: str
    """taxonomy, assumption, event, initiative, idea, label, scenario, portfolio, ask, sign_off, decision or target."""
    key: str
    version: int
    body: dict[str, Any]
    author: Author
    at: str
    """UTC, ISO 8601, to the second."""
    deleted: bool = False


Records = list[Record]


class Store:
    """One database of records. Every method raises StoreError, in words, when the database refuses."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _engine(self) -> sa.Engine:
        engine = open_engine(self._url)
        with in_words():
            create_tables(engine)
        return engine

    def close(self) -> None:
        """Give the connections back; the store opens them again when it is used again."""
        self._engine.dispose()

    def get(self, workspace_id: str, kind: str, key: str) -> Record | None:
        """Return the latest version, or None when there is none or it was deleted."""
        found = self._read(_this(records, workspace_id, kind, key), records)
        return found[0] if found and not found[0].deleted else None

    def list(self, workspace_id: str, kind: str) -> Records:
        """Return everything of one kind that is not deleted, by key."""
        where = sa.and_(records.c.workspace_id == workspace_id, records.c.kind == kind, ~records.c.deleted)
        return sorted(self._read(where, records), key=lambda record: record.key)

    def history(self, workspace_id: str, kind: str, key: str) -> Records:
        """Return every version, newest first; deletions are versions too."""
        found = self._read(_this(history, workspace_id, kind, key), history)
        return sorted(found, key=lambda record: -record.version)

    def first_written(self, workspace_id: str, kind: str) -> dict[str, str]:
        """Return when each thing of one kind was first written, by key: UTC, ISO 8601."""
        first = sa.select(history.c.key, sa.func.min(history.c.at)).group_by(history.c.key)
        with in_words(), self._engine.connect() as connection:
            found = connection.execute(first.where(history.c.workspace_id == workspace_id, history.c.kind == kind))
            return {str(key): str(at) for key, at in found}

    def revision(self, workspace_id: str) -> int:
        """Return a number that grows with every change in the workspace: part of every cache key."""
        total = sa.select(sa.func.coalesce(sa.func.sum(records.c.version), 0))
        with in_words(), self._engine.connect() as connection:
            return int(connection.execute(total.where(records.c.workspace_id == workspace_id)).scalar_one())

    def put(  # noqa: PLR0917 - what, by whom, over which version
        self,
        workspace_id: str,
        kind: str,
        key: str,
        body: Mapping[str, Any],
        author: Author,
        expected_version: int | None,
    ) -> Record:
        """Write a new version; `expected_version` is the one the author saw, None for a new thing.

        Raises ConflictError naming who changed it first and when.
        """
        return self._write(workspace_id, kind, key, _json(body), author, expected_version, deleted=False)

    def delete(self, workspace_id: str, kind: str, key: str, author: Author, expected_version: int) -> Record:
        """Mark as deleted; the body stays, so that `restore` brings it back."""
        seen = self.history(workspace_id, kind, key)
        body = _json(seen[0].body) if seen else "{}"
        return self._write(workspace_id, kind, key, body, author, expected_version, deleted=True)

    def restore(  # noqa: PLR0917
        self, workspace_id: str, kind: str, key: str, version: int, author: Author, expected_version: int
    ) -> Record:
        """Write an older version again as the newest: undo of a change or of a deletion."""
        older = next((found for found in self.history(workspace_id, kind, key) if found.version == version), None)
        if older is None:
            raise StoreError(f"“{key}” has no version {version}.", do="Choose one from its history.")
        return self._write(workspace_id, kind, key, _json(older.body), author, expected_version, deleted=False)

    def _write(  # noqa: PLR0917
        self,
        workspace_id: str,
        kind: str,
        key: str,
        body: str,
        author: Author,
        expected: int | None,
        *,
        deleted: bool,
    ) -> Record:
        if not author.name.strip():
            raise StoreError("Who makes this change is not known.", do="Type your name in the menu first.")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {"body": body, "author": author.name, "author_verified": author.verified, "at": now, "deleted": deleted}
        with in_words(), self._engine.begin() as connection:
            # Write before reading: a reader that turns writer can lose its place in SQLite, a writer never does.
            done = _insert_or_update(connection, (workspace_id, kind, key), row, expected)
            current = connection.execute(sa.select(records).where(_this(records, workspace_id, kind, key))).first()
            if done and current is not None:
                connection.execute(sa.insert(history).values(**current._mapping))
        if not done:
            _refuse(current)
        return _record(current)

    def _read(self, where: sa.ColumnElement[bool], table: sa.Table) -> Records:
        with in_words(), self._engine.connect() as connection:
            return [_record(row) for row in connection.execute(sa.select(table).where(where))]


def _insert_or_update(
    connection: sa.Connection, identity: tuple[str, str, str], row: dict[str, Any], expected: int | None
) -> bool:
    """Write the row when nobody was faster; tell whether it was written."""
    this = _this(records, *identity)
    if expected is None:
        if _insert(connection, identity, row):
            return True
        this = sa.and_(this, records.c.deleted)
    else:
        this = sa.and_(this, records.c.version == expected)
    changed = connection.execute(sa.update(records).where(this).values(version=records.c.version + 1, **row))
    return changed.rowcount == 1


def _insert(connection: sa.Connection, identity: tuple[str, str, str], row: dict[str, Any]) -> bool:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    named = dict(zip(("workspace_id", "kind", "key"), identity, strict=True))
    fresh = insert(records).values(version=1, **named, **row).on_conflict_do_nothing().returning(records.c.version)
    return connection.execute(fresh).first() is not None


def _refuse(current: "sa.Row[Any] | None") -> NoReturn:
    if current is None:
        raise ConflictError("This is no longer in the store.", do="Reload the page.")
    seen = _record(current)
    what = "deleted" if seen.deleted else "changed"
    raise ConflictError(
        f"{seen.author.shown} {what} this at {seen.at[:16].replace('T', ' ')} UTC.",
        do="Reload to see that version, then make your change again; yours was not saved.",
    )


def _this(table: sa.Table, workspace_id: str, kind: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.workspace_id == workspace_id, table.c.kind == kind, table.c.key == key)


def _json(body: Mapping[str, Any]) -> str:
    return json.dumps(dict(body), ensure_ascii=False, sort_keys=True)


def _record(row: Any) -> Record:
    author = Author(row.author, bool(row.author_verified))
    place = (row.workspace_id, row.kind, row.key)
    return Record(*place, int(row.version), json.loads(row.body), author, row.at, bool(row.deleted))
