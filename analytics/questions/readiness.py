"""What each page can be trusted with: which columns are there, what is missing and what loading it would unlock.

Owns the refusals by data quality (METHODS j 3): too many contacts without customer, reasons that say nothing, too
short a history. Every answer is one row with its state in words.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.period import data_period
from analytics.questions.reason_evidence import OTHER_WORDS
from analytics.questions.selection import months_between
from analytics.questions.words import percent, thousands

State = Literal["yes", "limited", "no"]
_FILE = Path(__file__).with_name("readiness.toml")
MOST_UNIDENTIFIED = 0.30
MOST_OTHER = 0.40
_ORDER: dict[State, int] = {"yes": 0, "limited": 1, "no": 2}


@dataclass(frozen=True, slots=True)
class Need:
    """One question of a page and what it needs; entries of `needs` are alternatives joined by |."""

    page: str
    question: str
    needs: tuple[str, ...]
    unlocks: str
    enough: float = 0.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One question and whether the data can carry its answer."""

    page: str
    question: str
    state: State
    with_what: str
    """What the answer rests on, e.g. “cause filled in 81 % of contacts”."""
    missing: str
    """What is missing, in words; empty when nothing is."""
    unlocks: str
    """What loading it would bring."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Figures about the contacts as a whole, on which refusals rest."""

    contacts: int
    identified_share: float
    other_share: float
    months: int
    filled: Mapping[str, float]
    """Filled share by "table.column"; rows by "table"."""


def coverage_totals(reader: Reader) -> pd.DataFrame:
    """Return rows and filled rows by table and column."""
    return reader.frame("questions/coverage_totals")


def table_rows(reader: Reader) -> pd.DataFrame:
    """Return the number of rows of each table beside contacts."""
    return reader.frame("questions/table_rows")


def demand_quality(reader: Reader) -> pd.DataFrame:
    """Return contacts, identified contacts and contacts whose reason says nothing."""
    return reader.frame("questions/demand_quality", {"other_words": sorted(OTHER_WORDS)})


def quality(reader: Reader) -> Quality:
    """Return the figures readiness and refusals rest on."""
    row = demand_quality(reader).iloc[0]
    contacts = int(row["contacts"])
    return Quality(
        contacts=contacts,
        identified_share=float(row["identified"]) / contacts if contacts else 0.0,
        other_share=float(row["other_reason"]) / contacts if contacts else 0.0,
        months=_whole_months(reader),
        filled=_filled(reader),
    )


def readiness(reader: Reader) -> tuple[Readiness, ...]:
    """Return every question of every page with its state; pages and questions in the order of the file."""
    known = quality(reader)
    return tuple(_ready(need, known) for need in needs())


def page_state(answers: tuple[Readiness, ...], page: str) -> State:
    """Return the state of a page: yes when everything is there, no when nothing is, else limited."""
    states = {answer.state for answer in answers if answer.page == page}
    return next(iter(states)) if len(states) == 1 else "limited"


def refuse_repeats(known: Quality) -> None:
    """Raise CannotTellError when too many contacts have no customer (METHODS j 3)."""
    if _too_many_unidentified(known):
        raise CannotTellError(_unidentified(known), do="Map customer_id, or a stand-in such as an account or address.")


def refuse_reasons(known: Quality) -> None:
    """Raise CannotTellError when too many reasons say nothing (METHODS j 3)."""
    if known.other_share > MOST_OTHER:
        raise CannotTellError(_other(known), do="Map a finer reason, for example from two columns.")


@cache
def needs() -> tuple[Need, ...]:
    """Return what each page needs, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["need"]
    return tuple(Need(**{**row, "needs": tuple(row["needs"])}) for row in rows)


def _ready(need: Need, known: Quality) -> Readiness:
    found = [_found(alternatives, need.enough, known) for alternatives in need.needs]
    refused = _RULES[need.rule](known) if need.rule else ""
    state = max((one[0] for one in found), key=_ORDER.__getitem__)
    missing = "; ".join(one[2] for one in found if one[2])
    if refused and state != "no":
        state, missing = "no", refused
    held = "; ".join(one[1] for one in found if one[1])
    return Readiness(need.page, need.question, state, held, missing, need.unlocks if state != "yes" else "")


def _found(alternatives: str, enough: float, known: Quality) -> tuple[State, str, str]:
    options = alternatives.split("|")
    best = max(options, key=lambda name: known.filled.get(name, 0.0))
    share = known.filled.get(best, 0.0)
    if share <= 0:
        return "no", "", f"{' or '.join(options)} is not loaded"
    if "." not in best:
        return "yes", f"{thousands(share)} rows of {best}", ""
    table, column = best.split(".", 1)
    said = f"{column} filled in {percent(share)} of {table}"
    return ("yes", said, "") if share >= enough else ("limited", said, f"{column} is empty in {percent(1 - share)}")


def _filled(reader: Reader) -> dict[str, float]:
    counted = table_rows(reader)
    rows = dict(zip(counted["table_name"].astype(str), counted["rows"].astype(float), strict=True))
    totals = coverage_totals(reader)
    shares = totals["filled"].astype(float) / totals["rows"].astype(float).where(totals["rows"] > 0)
    names = totals["table_name"].astype(str) + "." + totals["column_name"].astype(str)
    columns = dict(zip(names, shares.fillna(0.0), strict=True))
    tables = {f"{name}.customer_id": float(count > 0) for name, count in rows.items() if name == "outreach"}
    return {**rows, **tables, **columns}


def _whole_months(reader: Reader) -> int:
    try:
        period = data_period(reader)
    except CannotTellError:
        return 0
    return months_between(period.first_month, period.last_full_month) + 1


def _too_many_unidentified(known: Quality) -> bool:
    return known.contacts > 0 and round(1.0 - known.identified_share, 9) > MOST_UNIDENTIFIED


def _unidentified(known: Quality) -> str:
    return f"{percent(1.0 - known.identified_share)} of contacts have no customer; repeats need at most 30 %."


def _other(known: Quality) -> str:
    return f"{percent(known.other_share)} of contacts have a reason that says nothing; rankings need at most 40 %."


def _needs_months(known: Quality, least: int) -> str:
    return "" if known.months >= least else f"{known.months} complete months are loaded; {least} are needed."


_RULES = {
    "identified": lambda known: _unidentified(known) if _too_many_unidentified(known) else "",
    "reasons": lambda known: _other(known) if known.other_share > MOST_OTHER else "",
    "two_years": lambda known: _needs_months(known, 24),
    "four_months": lambda known: _needs_months(known, 4),
}
