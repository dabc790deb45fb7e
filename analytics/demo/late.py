"""A small file kept by hand: contacts entered late, with the faults such files have.

Semicolons, decimal commas, days first, minutes instead of seconds, unreadable dates, repeated lines, absurd times.
"""

import csv
from pathlib import Path
from typing import Final

import numpy as np

from analytics.demo.block import Block
from analytics.demo.frame import Flags, Frame, size, take
from analytics.demo.plan import Plan
from analytics.demo.reasons import REASONS
from analytics.demo.tables import customer_numbers
from analytics.demo.words import CAUSE_WORDS, CHANNEL_WORDS

FILE: Final = "late_entries.csv"
SHARE: Final = 0.01
MOST_ROWS: Final = 1_500
HEADER: Final = ("No", "Date", "Channel", "Topic", "Customer", "Minutes", "Solved", "Cause", "Type")
UNREADABLE: Final = ("31.02.2026 10:00", "yesterday", "2026-13-05", "14.03.", "??", "00.00.0000 00:00", "12:30")
ABSURD_MINUTES: Final = ("-4,0", "1900,0", "-1,5")
COPIES: Final = 6


def split_late(plan: Plan, block: Block, rows: Frame) -> tuple[Frame, Frame]:
    """Return (rows for the contact system, rows for the file kept by hand); only the first block has any."""
    if block.number:
        return rows, take(rows, np.zeros(size(rows), bool))
    rng = plan.stream(13, 0)
    plain: Flags = (rows["extra"] == 0) & (rows["policy"] < 0) & ~rows["answered"] & ~rows["enhanced"]
    place = rows["contact_no"] - rows["contact_no"].min()
    plain &= ~rows["leaked"] & (np.bincount(place)[place] == 1)
    late = np.flatnonzero(plain & (rng.random(size(rows)) < SHARE))[:MOST_ROWS]
    chosen = np.isin(np.arange(size(rows)), late)
    return take(rows, ~chosen), take(rows, chosen)


def write_late(plan: Plan, block: Block, rows: Frame, folder: Path) -> int:
    """Write the file and return how many of its lines have no readable date."""
    lines = [_line(plan, block, rows, position) for position in range(size(rows))]
    spoilt = min(len(UNREADABLE), len(lines) // 20)
    for position in range(spoilt):
        lines[position * 7 + 3][1] = UNREADABLE[position]
    for position, minutes in enumerate(ABSURD_MINUTES[: len(lines) // 20]):
        lines[position * 11 + 5][5] = minutes
    lines += [list(line) for line in lines[32 : 32 + COPIES]]
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(lines)
    return spoilt


def _line(plan: Plan, block: Block, rows: Frame, position: int) -> list[str]:
    row = {name: values[position] for name, values in rows.items()}
    when = np.datetime64(plan.first_day, "s") + np.timedelta64(round(float(row["t"]) * 86_400), "s")
    who = "" if row["no_customer"] else str(customer_numbers(block, row["who"]))
    return [
        str(row["contact_no"]),
        when.item().strftime("%d.%m.%Y %H:%M"),
        list(CHANNEL_WORDS)[row["channel"]],
        REASONS[row["reason"]].name,
        who,
        "" if row["no_handle"] else f"{row['handle'] / 60:.1f}".replace(".", ","),
        "" if row["no_resolved"] else ("yes" if row["resolved"] and not row["abandoned"] else "no"),
        "" if row["cause_missing"] else list(CAUSE_WORDS)[row["coded"]],
        "business" if row["b2b"] else "home",
    ]
