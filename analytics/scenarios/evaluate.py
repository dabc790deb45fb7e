"""Ledger and scenario in, outcome out: the central result, exact in float64, with buckets and results by reason."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ScenarioError
from analytics.scenarios.check import problems
from analytics.scenarios.frame import Frame, compile_frame
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.money import payback_month, trough
from analytics.scenarios.month import Shares, Values, month_shares, months_of
from analytics.scenarios.notes import notes
from analytics.scenarios.outcome import CONTACT_BUCKETS, MINUTE_BUCKETS, Outcome, Totals
from analytics.scenarios.paths import Paths, money_view, run_paths
from analytics.scenarios.sampling import likely_values
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]


def evaluate(ledger: Ledger, scenario: Scenario, values: Mapping[str, float] | None = None) -> Outcome:
    """Return the outcome at likely values, or with some inputs set by key (“lever.parameter”).

    Order: remove, redistribute, handle time of what is left, people, cash, effort, retention. Raises ScenarioError
    with every problem found if the scenario is not possible.
    """
    wrong = [p for p in problems(ledger, scenario) if p.blocking]
    if wrong:
        raise ScenarioError(" ".join(p.words for p in wrong), where=f"Scenario “{scenario.name}”")
    inputs = likely_values(ledger, scenario)
    inputs |= {key: np.array([float(v)]) for key, v in (values or {}).items()}
    frame = compile_frame(ledger, scenario, detail=True)
    paths = run_paths(frame, inputs)
    return _outcome(frame, inputs, paths)


def _outcome(frame: Frame, inputs: Values, paths: Paths) -> Outcome:
    ledger, scenario = frame.ledger, frame.scenario
    details = _Details(frame, inputs)
    lowest, month = trough(paths.cash[0])
    pay = payback_month(paths.cash[0])
    return Outcome(
        ledger, scenario, totals(paths, 0, after=False), totals(paths, 0, after=True), paths,
        details.contacts, details.minutes, details.returned, details.reason_contacts, details.reason_minutes,
        money_view(ledger, scenario), ledger.staffing is not None and ledger.staffing.by_interval,
        float(paths.net[0].sum()), float(paths.npv[0]), None if np.isnan(pay) else int(pay),
        float(lowest), int(month), _notes(ledger, scenario),
    )  # fmt: skip


def totals(paths: Paths, draw: int, *, after: bool, months: slice = slice(None)) -> Totals:
    """Return totals of one draw over some months, before or after."""
    names = ("contacts", "minutes", "cost", "effort", "retention")
    contacts, minutes, cost, effort, stay = (
        getattr(paths, f"{name}_{'after' if after else 'before'}") for name in names
    )
    row = {"c": contacts, "m": minutes, "k": cost}
    sums = {k: float(v[min(draw, v.shape[0] - 1), months].sum()) for k, v in row.items()}
    people = None if paths.people is None else (paths.people.after if after else paths.people.before)
    known, total, high = (float(x) for x in effort[min(draw, effort.shape[0] - 1), months].sum(axis=0))
    return Totals(
        sums["c"], sums["m"], sums["k"],
        None if people is None else float(people[draw, months].mean()),
        total / known if known > 0 else None, total - known if known > 0 else None, high / known if known > 0 else None,
        float(stay[draw, months].mean()) if stay.any() else None,
    )  # fmt: skip


class _Details:
    """Buckets and results by reason from the detailed frame."""

    def __init__(self, frame: Frame, inputs: Values) -> None:
        self._frame = frame
        reasons, self._causes, self._channels, months = frame.ledger.shape
        shape = (reasons, months)
        base = [x.sum(axis=(1, 2)) for x in (frame.ledger.contacts, frame.ledger.minutes)]
        self.contacts = {name: np.zeros(shape) for name in CONTACT_BUCKETS}
        self.minutes = {name: np.zeros(shape) for name in MINUTE_BUCKETS}
        self.returned = np.zeros(shape)
        self.reason_contacts, self.reason_minutes = base[0].copy(), base[1].copy()
        self._fill(inputs)
        self._keep(self.contacts, base[0])
        self._keep(self.minutes, base[1])

    def _fill(self, inputs: Values) -> None:
        seen: dict[tuple[float, ...], Shares] = {}
        for month in months_of(self._frame, inputs) if self._frame.groups else ():
            if month.state not in seen:
                seen[month.state] = month_shares(month)
            self._month(month.number, seen[month.state])

    def _month(self, t: int, shares: Shares) -> None:
        volume, work = self._frame.contacts[t].sum(axis=1), self._frame.minutes[t].sum(axis=1)
        moved = [_moved(shares, name, volume.size) for name in ("contacts", "minutes", "returned", "returned_minutes")]
        self._add(self.contacts["removed"], t, (1 - shares.left[0]) * volume)
        self._add(self.contacts["redistributed"], t, moved[0] * volume)
        self._add(self.minutes["removed"], t, (1 - shares.left_minutes[0]) * work)
        self._add(self.minutes["redistributed"], t, moved[1] * work)
        kept = shares.left_minutes[0] - moved[1]
        saved = kept * (1 - (1 + shares.minutes_change[0]) / np.maximum(kept + moved[3], 1e-300))
        self._add(self.minutes["automated"], t, saved * work)
        self._add(self.returned, t, moved[2] * volume)
        self._add(self.reason_contacts, t, shares.contacts_change[0] * volume)
        self._add(self.reason_minutes, t, shares.minutes_change[0] * work)

    def _add(self, table: Floats, t: int, cells: Floats) -> None:
        np.add.at(table[:, t], self._frame.cells // (self._causes * self._channels), cells)

    def _keep(self, buckets: dict[str, Floats], base: Floats) -> None:
        """Put what is in no other bucket into the kept bucket of the reason's class."""
        rest = base - sum(buckets.values())
        names = self._frame.ledger.reason_class or ("",) * base.shape[0]
        where = {"value": "kept_value", "restructure": "kept_complex", "locked": "kept_complex"}
        for k, name in enumerate(names):
            buckets[where.get(name, "kept")][k] = rest[k]


def _moved(shares: Shares, name: str, groups: int) -> Floats:
    """Return one share of all redistribution levers together, by group."""
    total = np.zeros(groups)
    for step in shares.moved:
        total[step.columns] += getattr(step, name)[0]
    return total


def _notes(ledger: Ledger, scenario: Scenario) -> tuple[str, ...]:
    return (*notes(ledger, scenario), *(p.words for p in problems(ledger, scenario) if not p.blocking))
