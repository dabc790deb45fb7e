"""What the backlog works with: initiatives as people wrote them, the cells they draw on, and the table they make."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from analytics.errors import AnalyticsError
from analytics.questions.backlog import MEASURES, Backlog, Scope, addressable, scope_policies, yearly_cells
from analytics.questions.backlog import backlog as side_by_side
from analytics.questions.initiatives import LEVERS, STAGES, Initiative, read_initiative
from analytics.scenarios.levers import lever
from analytics.scenarios.money import cumulative, payback_month
from analytics.statistics.overlap import Mode
from analytics.store import Record
from analytics.ui.page import Page

KIND = "initiative"
HORIZON = 36
"""Months within which an initiative must pay back."""
NOT_WITHIN = f"not within {HORIZON} months"


@dataclass(frozen=True, slots=True)
class Written:
    """Everything in the store, read or refused."""

    records: tuple[Record, ...]
    initiatives: tuple[Initiative, ...]
    refused: tuple[str, ...]
    """Why a record could not be read, in words."""

    def record(self, key: str) -> Record | None:
        """Return the record of one initiative."""
        return next((found for found in self.records if found.key == key), None)

    def of(self, key: str) -> Initiative | None:
        """Return one initiative."""
        return next((found for found in self.initiatives if found.key == key), None)

    def waiting(self, last_month: date) -> "Written":
        """Return it without what had begun by `last_month`: the data already holds what those do."""
        left = tuple(one for one in self.initiatives if one.started is None or one.started > last_month)
        return replace(self, initiatives=left)


def written(page: Page) -> Written:
    """Return the backlog as it is in the store now."""
    if not page.edits_readable:
        return Written((), (), ())
    records, made, refused = page.store.list(page.workspace_id, KIND), [], []
    for record in records:
        try:
            made.append(read_initiative(record.key, record.body))
        except (AnalyticsError, TypeError, ValueError) as error:
            refused.append(f"{record.body.get('name', record.key)}: {error}")
    return Written(tuple(records), tuple(made), tuple(refused))


def cells(page: Page, by_policy: bool = False) -> pd.DataFrame:
    """Return the priced cells of a year that scopes choose from; names as categories, so that a kept copy is cheap."""

    def compact() -> pd.DataFrame:
        found = yearly_cells(page.reader, page.filters, page.rates, by_policy)
        names = ["reason", "cause", "channel", "segment", "product", *(["policy"] if by_policy else [])]
        return found[[*names, "is_repeat", *MEASURES]].astype(dict.fromkeys(names, "category"))

    return page.kept(f"scope cells {by_policy}", compact)


def values(page: Page) -> dict[str, list[str]]:
    """Return what a scope can be narrowed to, by dimension, dearest first."""

    def listed() -> dict[str, list[str]]:
        found, names = cells(page), ("reason", "cause", "channel", "segment", "product")
        ordered = {
            name: found.groupby(name, observed=True)["cost"].sum().sort_values(ascending=False).index for name in names
        }
        return {f"{name}s": list(map(str, held)) for name, held in ordered.items()}

    return page.kept("scope values", listed) | {"policies": list(page.ask(scope_policies))}


def compared(page: Page, held: Written, measure: str, mode: Mode) -> Backlog:
    """Return the initiatives side by side, in `measure`."""
    wanted = [one.proposed() for one in held.initiatives]
    by_policy = any(one.scope.policies for one in wanted)
    return page.kept(
        f"backlog {measure} {mode} {wanted!r}",
        lambda: side_by_side(cells(page, by_policy), wanted, page.taxonomy, measure, mode),
    )  # fmt: skip


def payback(one: Initiative, saved_a_year: float) -> float:
    """Return the month in which the cost is earned back and stays so; NaN when not within the horizon, 0 at no cost.

    `saved_a_year` is its last-in value in full effect; ramp, decay and running cost as in the what-if (METHODS h).
    """
    active = lever("remove", one.key, start=1, ramp=one.ramp, decay=one.monthly_decay).active(HORIZON)
    flows = np.concatenate([[-one.one_off], saved_a_year / 12 * active - one.running])
    path = cumulative(flows)
    return 0.0 if (path >= 0).all() else float(payback_month(path))


def table(held: Written, found: Backlog) -> pd.DataFrame:
    """Return one row per initiative, largest last-in value first, for screen and file. There is no total row."""
    rows = []
    for row in found.rows.sort_values("last_in", ascending=False, kind="stable").to_dict("records"):
        one, record = held.of(str(row["key"])), held.record(str(row["key"]))
        if one is None or record is None:
            continue
        rows.append(_row(one, record, {str(name): value for name, value in row.items()}, found.measure))
    return pd.DataFrame(rows)


def _row(one: Initiative, record: Record, row: dict[str, object], measure: str) -> dict[str, object]:
    saved = float(str(row["last_in"]))
    months = payback(one, saved) if measure == "cost" else float("nan")
    return {
        "initiative": one.name, "scope": row["scope"], "owner": one.owner, "person": one.person,
        "lever": LEVERS[one.lever], "stage": STAGES[one.stage], "evidence": one.grade,
        "contacts": row["contacts"], "minutes": row["minutes"], "cost": row["cost"],
        "effect_low": one.proposed().low, "effect_likely": one.likely, "effect_high": one.proposed().high,
        "alone_low": row["low"], "alone_likely": row["likely"], "alone_high": row["high"],
        "last_in": row["last_in"], "credit": row["shapley"],
        "one_off": one.one_off, "running_a_month": one.running, "ramp_months": one.ramp, "decay_a_year": one.decay,
        "change_team_people": one.people, "work_months": one.work,
        "payback_months": months, "guardrail": one.guardrail, "began": one.start,
        "changed_by": record.author.shown, "changed_at": f"{record.at[:16].replace('T', ' ')} UTC",
    }  # fmt: skip


def scope_of(page: Page, scope: Scope) -> pd.DataFrame:
    """Return the cells this scope can be looked up in."""
    return cells(page, bool(scope.policies))


def reached(page: Page, scope: Scope) -> float:
    """Return the contacts a year this scope reaches, without what must stay."""
    return addressable(scope_of(page, scope), scope, page.taxonomy).contacts
