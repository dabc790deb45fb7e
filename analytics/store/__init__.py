"""What people write: edits, assumptions, scenarios, decisions. One database, a workspace id on every row.

SQLite in WAL mode inside the workspace by default, PostgreSQL by URL. Every change is a new version with its author
and time; the second of two people who change the same thing is told who was first; nothing is ever erased, so a
delete can be undone.
"""

from analytics.store.records import Author, Record, Store

__all__ = ["Author", "Record", "Store"]
