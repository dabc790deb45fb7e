"""Workspaces built by the real model for tests of the screens: full, three columns only, hostile."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.intake.api import run_import
from analytics.workspace import Workspace

Row = Mapping[str, Any]
COLUMNS = {"effort": '{column = "effort", scale = [1, 7], high = "hard"}'}
NAME = "Test company"
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
        {"contact_id": row["contact_id"], "answered_at": row["started_at"], "effort": number * 5 % 7 + 1}
        for number, row in enumerate(rows) if number % 3 == 0
    ]  # fmt: skip
    rows.append({**rows[7], "contact_id": "late", "started_at": "31 of May"})
    return build(folder, rows, active_customers=active, surveys=surveys)


def approvals(folder: Path) -> Path:
    """Build contacts of which every fourth waits for an approval of an amount, and a policy that says what is lost."""
    rows = [_contact(number, REASONS) for number in range(2400)]
    for number, row in enumerate(rows):
        if number % 4 == 0:
            amount = float((20, 60, 200, 900)[number // 4 % 4])
            row |= {"policy": "Refund approval", "amount": amount, "authorisation_wait_seconds": 600}
    return build(folder, rows, policies=[{"policy": "Refund approval", "owner": "Billing", "loss_probability": 0.02}])


def defects(folder: Path) -> Path:
    """Build two years of contacts with customers by product, and a release that brings many more for two weeks."""
    rows = [_contact(number, REASONS) | {"cause": "defect"} for number in range(2400)]
    at = FIRST + timedelta(days=500)
    rows += [
        rows[0] | {"contact_id": f"r{number}", "customer_id": f"r{number}", "product": "router",
                   "started_at": at + timedelta(hours=number)}
        for number in range(160)
    ]  # fmt: skip
    active = [
        {"month": date(2023 + month // 12, month % 12 + 1, 1), "segment": segment, "product": product, "count": 900}
        for month in range(24) for segment in ("B2B", "B2C") for product in ("router", "phone")
    ]  # fmt: skip
    release = [{"at": at.date(), "until": at.date(), "kind": "release", "name": "Router 2", "product": "router"}]
    return build(folder, rows, active_customers=active, events=release)


def minimal(folder: Path) -> Path:
    """Build contacts that hold only when, by which channel, and why."""
    rows = [_contact(number, REASONS) for number in range(600)]
    return build(folder, [{name: row[name] for name in ("started_at", "channel", "reason")} for row in rows])


def surveys(folder: Path) -> Path:
    """Build surveys without any contact: who found it easy recommends."""
    rows = [{"answered_at": FIRST + timedelta(hours=9 * number), "effort": number % 7 + 1, "nps": 9 - number % 7}
            for number in range(1400)]  # fmt: skip
    return build(folder, [], surveys=rows)


def hostile(folder: Path) -> Path:
    """Build contacts whose reasons, segments and products try to be more than text."""
    return full(folder, HOSTILE)


def build(folder: Path, contacts: list[Row], **tables: list[Row]) -> Path:
    """Write the files and their mapping, and import them."""
    folder.mkdir(parents=True, exist_ok=True)
    text = f"[workspace]\nname = {NAME!r}\ninvented = true\n"
    for name, rows in {"contacts": contacts, **tables}.items():
        if not rows:
            continue
        frame = pd.DataFrame(rows)
        frame.to_csv(folder / f"{name}.csv", index=False)
        text += f'[{name}]\nfiles = ["{name}.csv"]\n[{name}.columns]\n'
        text += "".join(f"{column} = {COLUMNS.get(column, repr(column))}\n" for column in frame.columns)
    workspace = Workspace(folder)
    workspace.mapping_path.write_text(text, encoding="utf-8")
    run_import(workspace, None)
    return folder


def _contact(number: int, reasons: tuple[str, ...]) -> dict[str, Any]:
    kind = number * 7 % len(reasons)
    at = FIRST + timedelta(hours=7.3 * number)
    return {
        "contact_id": f"c{number}",
        "started_at": at,
        "customer_id": f"k{number % 3 + number // 9}",
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
