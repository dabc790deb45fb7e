"""Runs the measurements that were asked for, prints a short table and writes bench/results.json."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Measure, save, table
from scripts.server import ROOT

PARTS = ("import", "questions", "engine", "pages", "what-if", "remove")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="these parts only")
    parser.add_argument("--contacts", type=int, default=1_000_000, help="contacts of the import (default 1,000,000)")
    sizes = [100_000, 1_000_000]
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes, help="contacts behind the questions")
    parser.add_argument("--full", action="store_true", help="import 10 million, questions up to 10 million")
    parser.add_argument("--fresh", action="store_true", help="make and import the invented companies again")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results.json")
    return parser.parse_args()


def _measures(options: argparse.Namespace) -> Iterator[Measure]:
    """Import each part only when it is asked for: a browser is not needed to measure an import."""
    contacts = 10_000_000 if options.full else options.contacts
    sizes = (100_000, 1_000_000, 10_000_000) if options.full else tuple(options.sizes)
    ends = (min(sizes), max(sizes)) if options.full else (min(sizes),)
    if "import" in options.only:
        from benchmarks import imports_speed  # noqa: PLC0415

        yield from imports_speed.measure(contacts)
    if "questions" in options.only:
        from benchmarks import questions_speed  # noqa: PLC0415

        yield from questions_speed.measure(sizes, options.fresh)
    if "engine" in options.only:
        from benchmarks import engine_speed  # noqa: PLC0415

        yield from engine_speed.measure()
    if "pages" in options.only:
        from benchmarks import pages_speed  # noqa: PLC0415

        yield from pages_speed.measure(min(sizes), options.fresh)
    if "what-if" in options.only:
        from benchmarks import what_if  # noqa: PLC0415

        for contacts in ends:
            yield from what_if.measure(contacts, options.fresh)
    if "remove" in options.only:
        from benchmarks import remove  # noqa: PLC0415

        for contacts in ends:
            yield from remove.measure(contacts, options.fresh)


def main() -> int:
    """Return 1 when a limit does not hold, so that a script notices."""
    options = _options()
    measures: list[Measure] = []
    for found in _measures(options):
        measures.append(found)
        sys.stderr.write(f"{found.part}: {found.what}\n")
        save(measures, options.out)
    sys.stdout.write(f"{table(measures)}\n")
    return int(any(found.holds is False for found in measures))


if __name__ == "__main__":
    sys.exit(main())
