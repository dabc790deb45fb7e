"""A made-up company built by the real model: random contacts with causes, repeats, customers, surveys and policies."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import numpy as np

from analytics.engine import Reader
from tests.models.rows import model

START = datetime(2023, 1, 1)
DAYS = 731
REASONS = ("delivery status", "billing error", "password reset", "product advice", "fraud alert", "other")
CAUSES = ("communication", "defect", "none", "none", "process", "unknown")
CHANNELS = ("phone", "chat", "email")
MINUTES = (5, 9, 4, 14, 16, 7)


class MemoryReader(Reader):
    """A reader of a model in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.generation = "g"


def contacts(count: int = 3000, customers: int = 700, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield contacts in no order; one in five comes back within the window."""
    draw = np.random.default_rng(seed)
    for _ in range(count):
        kind = int(draw.choice(6, p=[0.3, 0.25, 0.2, 0.1, 0.05, 0.1]))
        first = START + timedelta(minutes=int(draw.integers(0, DAYS * 24 * 60)))
        customer = int(draw.integers(1, customers)) if draw.random() > 0.03 else None
        yield _contact(draw, kind, first, customer)
        if draw.random() < 0.2:
            yield _contact(draw, kind, min(first + timedelta(days=float(draw.random() * 6)), _end()), customer)


def world(count: int = 3000, seed: int = 1, **tables: Any) -> MemoryReader:
    """Return the company, with monthly active customers, policies, events and surveys."""
    draw, rows = np.random.default_rng(seed), list(contacts(count, seed=seed))
    answers = [
        {"contact_id": f"c{number:06d}", "answered_at": row["started_at"], "local_at": row["started_at"],
         "effort": float(draw.integers(1, 8))}
        for number, row in enumerate(rows) if draw.random() < 0.15
    ]  # fmt: skip
    months = [date(2023 + number // 12, number % 12 + 1, 1) for number in range(24)]
    active = [
        {"month": month, "segment": segment, "count": 500 + 5 * place}
        for place, month in enumerate(months) for segment in ("B2B", "B2C")
    ]  # fmt: skip
    known = {
        "surveys": answers,
        "active_customers": active,
        "policies": [{"policy": "refund", "owner": "finance", "approval_limit": 50.0, "loss_probability": 0.05}],
        "events": [{"at": date(2024, 5, 3), "kind": "release", "name": "Release 7"}],
        "reasons": [{"reason": "product advice", "label": "Advice", "sensitive": False}],
    }
    return MemoryReader(model(rows, **{**known, **tables}))


def _contact(draw: np.random.Generator, kind: int, when: datetime, customer: int | None) -> dict[str, Any]:
    held = kind == 1 and draw.random() < 0.5
    return {
        "started_at": when,
        "local_at": when,
        "customer": customer,
        "channel": CHANNELS[int(draw.choice(3, p=[0.5, 0.3, 0.2]))],
        "reason": REASONS[kind],
        "segment": "B2B" if (customer or 0) % 4 == 0 else "B2C",
        "product": ("basic", "pro")[int(draw.integers(0, 2))],
        "cause": CAUSES[kind] if draw.random() < 0.8 else "none",
        "handle_seconds": float(MINUTES[kind] * 60 * draw.lognormal(0, 0.5)),
        "wait_seconds": float(draw.exponential(60)),
        "abandoned": bool(draw.random() < 0.05),
        "resolved": bool(draw.random() < 0.75),
        "transfers": int(draw.random() < 0.1),
        "team": f"team {int(draw.integers(1, 5))}",
        "helped_goal": bool(draw.random() < 0.1),
        "policy": "refund" if held else None,
        "authorisation_wait_seconds": float(draw.exponential(600)) if held else None,
        "amount": float(draw.lognormal(4, 1)) if held else None,
        "text": "=1+1 <b>not bold</b>",
    }


def _end() -> datetime:
    return START + timedelta(days=DAYS) - timedelta(minutes=1)
