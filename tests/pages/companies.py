"""Workspaces built by the real model for tests of the screens: full, three columns only, hostile."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from analytics.intake.build import build_model
from analytics.workspace import Workspace, WorkspaceInfo
from tests.models.rows import fill

Row = Mapping[str, Any]
FIRST = datetime(2023, 1, 1, 8)
REASONS = ("billing error", "delivery status", "password reset", "product advice", "fraud alert")
CAUSES = ("defect", "communication", "none", "none", "process")
CHANNELS = ("phone", "chat", "email", "portal")
HOSTILE = (
    "<b>bold</b><script>alert(1)</script>",
    "=1+1",
    "🎉 **stars** :red[x] $a$",
    "שלום עולם",
    "[x](http://x.example)",
)


def full(folder: Path, reasons: tuple[str, ...] = REASONS) -> Path:
    """Build two years of contacts with causes, customers, surveys and active customers."""
    rows = [_contact(number, reasons) for number in range(2400)]
    active = [
        {"month": date(2023 + month // 12, month % 12 + 1, 1), "segment": segment, "count": 900 - 5 * month}
        for month in range(24)
        for segment in ("B2B", "B2C")
    ]
    surveys = [
        {"contact_id": f"c{number:06d}", "answered_at": row["started_at"], "local_at": row["started_at"],
         "effort": float(number * 7 % 6 + 1)}
        for number, row in enumerate(rows) if number % 3 == 0
    ]  # fmt: skip
    return build(folder, rows, active_customers=active, surveys=surveys)


def minimal(folder: Path) -> Path:
    """Build contacts that hold only when, by which channel, and why."""
    rows = [_contact(number, REASONS) for number in range(600)]
    kept = ("started_at", "local_at", "channel", "reason", "customer")
    return build(folder, [{**{name: row[name] for name in kept}, "customer": None} for row in rows])


def hostile(folder: Path) -> Path:
    """Build contacts whose reasons, segments and products try to be more than text."""
    return full(folder, HOSTILE)


def build(folder: Path, contacts: Iterable[Row], **tables: Iterable[Row]) -> Path:
    """Write workspace.toml and the result the import would have left."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder)
    workspace.mapping_path.write_text('[workspace]\nname = "Test company"\ninvented = true\n', encoding="utf-8")
    with duckdb.connect(str(workspace.result_path)) as connection:
        fill(connection, "typed_contacts", "contacts", contacts)
        for name, rows in tables.items():
            fill(connection, name, name, rows)
        info = WorkspaceInfo("Test company", currency="EUR", invented=True)
        facts = {"generation": folder.name, "built_at": "2025-01-02T00:00:00"}
        build_model(connection, info, lambda _label, _share: None, facts=facts)
        connection.execute("drop table typed_contacts")
    return folder


def _contact(number: int, reasons: tuple[str, ...]) -> dict[str, Any]:
    kind = number * 7 % len(reasons)
    at = FIRST + timedelta(hours=7.3 * number)
    return {
        "started_at": at,
        "local_at": at,
        "customer": number % 3 + number // 9,
        "channel": CHANNELS[number % 4],
        "reason": reasons[kind],
        "product": reasons[(kind + 1) % len(reasons)] if reasons is HOSTILE else ("router", "phone")[number % 2],
        "segment": reasons[kind] if reasons is HOSTILE else ("B2B", "B2C")[number % 2],
        "cause": CAUSES[kind] if number % 5 else None,
        "handle_seconds": 200 + 40 * kind + number % 90,
        "wait_seconds": number % 200,
        "abandoned": number % 40 == 0,
        "resolved": number % 4 != 0,
        "transfers": int(number % 9 == 0),
        "educated": number % 5 == 0,
    }
