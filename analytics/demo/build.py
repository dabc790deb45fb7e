"""Writes one demo company: files, mapping and planted truth, block by block in bounded memory."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from analytics.demo.block import Block, make_block
from analytics.demo.customers import PRODUCTS
from analytics.demo.files import Stream, write_rows
from analytics.demo.frame import Ints
from analytics.demo.late import split_late, write_late
from analytics.demo.mapping import workspace_document
from analytics.demo.plan import LAST_MONTH, Plan, add_months
from analytics.demo.policies import ROWS
from analytics.demo.reasons import REASONS
from analytics.demo.tables import (
    contact_rows,
    contact_table,
    customer_table,
    label_table,
    message_table,
    session_table,
    survey_table,
)
from analytics.demo.tally import Tally
from analytics.demo.toml_writer import to_toml
from analytics.demo.truth import measure
from analytics.demo.truth_file import truth
from analytics.demo.words import SEGMENT_WORDS
from analytics.demo.workforce import Workforce, agent_table, make_workforce
from analytics.demo.world import World, make_world

Progress = Callable[[str, float], None]
TRUTH_FOLDER: Final = "truth"
"""Holds true labels; the mapping does not read it."""
_STREAMS: Final = ("contacts", "surveys", "sessions", "customers", "messages")


def write_demo(
    out: Path,
    contacts: int = 300_000,
    seed: int = 1,
    months: int = 24,
    *,
    start_a: int = 13,
    start_b: int = 13,
    preset: str = "default",
    progress: Progress | None = None,
    last_month: date = LAST_MONTH,
) -> None:
    """Write an invented company of about `contacts` contacts into the folder `out`.

    `months` whole months end with `last_month`; twenty days of the next month follow. Initiatives A and B start in
    month `start_a` and `start_b` (1 = first). `preset` is one of `PRESETS`. `progress` is told (step, part done).
    Same arguments, same bytes. Raises AnalyticsError on an impossible request.
    """
    plan = Plan(contacts, seed, months, start_a, start_b, preset, last_month)
    tell = progress or (lambda _step, _part: None)
    for folder in (out, out / TRUTH_FOLDER):
        folder.mkdir(parents=True, exist_ok=True)
    _remove_old(out)
    world, force = make_world(plan), make_workforce(plan)
    total, active = _write_blocks(plan, world, force, out, tell)
    _write_small(plan, world, force, active, out)
    (out / "truth.toml").write_text(to_toml(truth(plan, world, total)), encoding="utf-8")
    (out / "workspace.toml").write_text(to_toml(workspace_document()), encoding="utf-8")
    tell("done", 1.0)


def _remove_old(out: Path) -> None:
    """Remove files of an earlier company that the patterns of the mapping would read again."""
    for name in _STREAMS:
        for path in [*out.glob(f"{name}_[0-9]*.parquet"), *(out / TRUTH_FOLDER).glob("contacts_[0-9]*.parquet")]:
            path.unlink(missing_ok=True)


def _write_blocks(plan: Plan, world: World, force: Workforce, out: Path, tell: Progress) -> tuple[Tally, Ints]:
    sizes = list(plan.block_sizes())
    total = Tally()
    active: Ints = np.zeros((plan.months + 1, 2, len(PRODUCTS)), np.int64)
    with ExitStack() as stack:
        streams = {name: stack.enter_context(Stream(out, name)) for name in _STREAMS}
        streams["labels"] = stack.enter_context(Stream(out / TRUTH_FOLDER, "contacts"))
        for number, at_start in sizes:
            tell("writing contacts", number / len(sizes))
            block = make_block(plan, world, force, number, at_start)
            _write_block(plan, block, streams, out)
            total.absorb(measure(plan, block))
            active += block.active
    return total, active


def _write_block(plan: Plan, block: Block, streams: dict[str, Stream], out: Path) -> None:
    rows, late = split_late(plan, block, contact_rows(plan, block))
    if block.number == 0:
        write_late(plan, block, late, out)
    streams["contacts"].write(contact_table(plan, block, rows))
    streams["labels"].write(label_table(block))
    streams["surveys"].write(survey_table(plan, block))
    streams["sessions"].write(session_table(plan, block))
    streams["customers"].write(customer_table(plan, block))
    streams["messages"].write(message_table(plan, block))


def _write_small(plan: Plan, world: World, force: Workforce, active: Ints, out: Path) -> None:
    write_rows(out / "agents.parquet", agent_table(plan, force))
    write_rows(out / "policies.parquet", ROWS)
    write_rows(out / "events.parquet", _events(plan, world))
    write_rows(out / "reasons.parquet", _reasons())
    write_rows(out / "budget.parquet", _budget(plan))
    write_rows(out / "active_customers.parquet", _active(plan, active))


def _events(plan: Plan, world: World) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        {
            "at": plan.date_of(event.day),
            "until": plan.date_of(min(plan.days, event.day + event.days) - 1),
            "kind": event.kind,
            "name": event.name,
            "product": event.product or None,
        }
        for event in world.events
    ]
    for start, name in (
        (plan.start_a, "New billing engine (initiative A)"),
        (plan.start_b, "Line tuning (initiative B)"),
    ):
        if start <= plan.months:
            at = add_months(plan.first_day, start - 1)
            rows.append({"at": at, "until": at, "kind": "release", "name": name, "product": None})
    return rows


def _reasons() -> list[dict[str, object]]:
    return [
        {
            "reason": reason.name,
            "label": reason.name,
            "group": reason.group,
            "sensitive": reason.sensitive,
            "owner": reason.owner,
        }
        for reason in REASONS
    ]


def _budget(plan: Plan) -> list[dict[str, object]]:
    monthly = plan.contacts / plan.months
    lines = (("Assisted service", 8.2), ("Self-service", 1.1), ("Improvement programme", 0.6))
    return [
        {"month": add_months(plan.first_day, month), "line": line, "amount": round(monthly * each, -2)}
        for month in range(plan.months)
        for line, each in lines
    ]


def _active(plan: Plan, active: Ints) -> list[dict[str, object]]:
    return [
        {
            "month": plan.date_of(plan.month_starts[month]),
            "customer_type": segment,
            "product": product,
            "customers": int(active[month, code, kind]),
        }
        for month in range(plan.months + 1)
        for code, segment in enumerate(SEGMENT_WORDS)
        for kind, product in enumerate(PRODUCTS)
    ]
