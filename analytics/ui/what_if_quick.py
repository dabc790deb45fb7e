"""What must be on the screen with the key press: headline numbers and the bridge, from few draws, in some 10 ms.

Every number is the median of draws with its P10–P90; the same streams as the full run, fewer of them.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from analytics.charts.what_if import Step
from analytics.errors import ScenarioError
from analytics.scenarios.check import problems
from analytics.scenarios.demand import run_demand
from analytics.scenarios.frame import Frame, compile_frame
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import COMMON, KINDS
from analytics.scenarios.paths import Paths, run_paths
from analytics.scenarios.sampling import FORECAST, sample
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import Band, band

Array = NDArray[np.floating]
DRAWS: Final = 256
_READY: Final = "_what_if_ready"
KEPT: Final = 2
"""How many scenarios a session keeps ready: the one shown and the one foreseen."""
STEPS: Final = {
    "removed": "Removed",
    "moved": "Moved to another channel",
    "harder": "What is left is harder",
    "restructure": "Work done differently",
    "value": "Time for value",
    "programme": "Running and one-off cost",
}
_GROUPS: Final = {"removed": ("remove",), "moved": ("redistribute",), "restructure": ("restructure",),
                  "value": ("value",), "programme": ("remove", "redistribute", "restructure", "value")}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Quick:
    """One scenario on few draws."""

    scenario: Scenario
    paths: Paths
    months: int
    steps: tuple[Step, ...]
    """The bridge from today to the result, a year."""
    target_share: float | None
    """Chance that the target is reached; None where none is set."""

    def yearly(self, values: Array) -> Band:
        """Return the band of a sum over the horizon, a year; (draws, months) in."""
        return band(np.asarray(values, float).sum(axis=1) * 12 / self.months)

    @cached_property
    def contacts_change(self) -> Band:
        """Relative change of contacts over the horizon."""
        before, after = (x.sum(axis=1, dtype=float) for x in (self.paths.contacts_before, self.paths.contacts_after))
        return band(after / np.maximum(before, 1e-12) - 1)

    @cached_property
    def cost_today(self) -> float:
        """Cost to serve a year without the scenario, median."""
        return self.yearly(self.paths.cost_before).p50

    @cached_property
    def cost_change(self) -> Band:
        """Change of cost to serve a year, running and one-off cost included, below 0 = saved."""
        return self.yearly(self.paths.cost_after - self.paths.cost_before + _programme(self.paths))

    @cached_property
    def cash_change(self) -> Band:
        """Net cash a year; above 0 = better."""
        return band(self.paths.net.sum(axis=1) * 12 / self.months)

    @cached_property
    def released(self) -> Band | None:
        """People released in the last month; None without a staffing plan."""
        return None if self.paths.people is None else band(self.paths.people.released[:, -1])

    @cached_property
    def cashable(self) -> Band | None:
        """People really not paid any more in the last month."""
        return None if self.paths.people is None else band(self.paths.people.cashable[:, -1])

    @cached_property
    def high_effort(self) -> tuple[float, Band] | None:
        """High-effort share of contacts with known effort, before and after; None where nothing is known."""
        before, after = (x.sum(axis=1, dtype=float) for x in (self.paths.effort_before, self.paths.effort_after))
        if not before[:, 0].any():
            return None
        return float(np.median(before[:, 2] / before[:, 0])), band(after[:, 2] / np.maximum(after[:, 0], 1e-12))

    @cached_property
    def effort_mean(self) -> tuple[float, float] | None:
        """Mean effort 1–7 before and after, medians of draws."""
        before, after = (x.sum(axis=1, dtype=float) for x in (self.paths.effort_before, self.paths.effort_after))
        if not before[:, 0].any():
            return None
        first, second = (float(np.median(x[:, 1] / np.maximum(x[:, 0], 1e-12))) for x in (before, after))
        return first, second

    @cached_property
    def effort_burden(self) -> float | None:
        """Relative change of total effort Σ (effort − 1)."""
        before, after = (x.sum(axis=1, dtype=float) for x in (self.paths.effort_before, self.paths.effort_after))
        burden = before[:, 1] - before[:, 0]
        if not burden.any():
            return None
        return float(np.median((after[:, 1] - after[:, 0]) / np.maximum(burden, 1e-12) - 1))


def quick(ledger: Ledger, scenario: Scenario, draws: int = DRAWS) -> Quick:
    """Return headline numbers and bridge. Raises ScenarioError, in words, if the scenario is not possible."""
    wrong = [p.words for p in problems(ledger, scenario) if p.blocking]
    if wrong:
        raise ScenarioError(" ".join(wrong))
    frame = compile_frame(ledger, scenario, detail=False, dtype=np.float32)
    values = {k: v.astype(np.float32) for k, v in sample(ledger, scenario, draws).items()}
    paths = run_paths(frame, values)
    goal = scenario.settings.target
    reached = None if goal is None else float((paths.net.sum(axis=1) >= goal).mean())
    return Quick(scenario, paths, ledger.horizon, bridge_steps(frame, values, paths), reached)


def ready(ledger: Ledger, scenario: Scenario) -> Quick:
    """Return `quick`, kept for this session: the scenario shown and the one foreseen for the next key press.

    A slider asks for it in its callback, before anything of the new run is sent: so that the browser gets the numbers
    and the picture in one go, and draws the page once less. Raises ScenarioError.
    """
    held: tuple[tuple[Ledger, Quick], ...] = st.session_state.get(_READY, ())
    for of, found in held:
        if of is ledger and found.scenario == scenario:
            return found
    found = quick(ledger, scenario)
    st.session_state[_READY] = ((ledger, found), *held)[:KEPT]
    return found


def bridge_steps(frame: Frame, values: Mapping[str, Array], paths: Paths) -> tuple[Step, ...]:
    """Return the steps of cost to serve from today to the result, a year; medians and P10–P90 by step.

    Removal and moving are first priced as if movers and leavers were average contacts; what that overstates is the
    step “what is left is harder”. Steps add up draw by draw; their medians need not.
    """
    yearly = 12 / frame.ledger.horizon
    steps = {name: cost * yearly for name, cost in _steps(frame, values, paths).items()}
    rows, at = [], 0.0
    for name, draws in steps.items():
        found = band(draws)
        low, middle, high = float(found.p10), float(found.p50), float(found.p90)
        rows.append(Step(name, _words(frame.scenario, name), low, middle, high, at, assumed(frame.scenario, name)))
        at += middle
    return tuple(rows)


def _words(scenario: Scenario, step: str) -> str:
    risks = step == "programme" and any(item.kind == "approval" for item in scenario.active)
    return f"{STEPS[step]}, expected losses" if risks else STEPS[step]


def assumed(scenario: Scenario, step: str) -> bool:
    """Return whether a step rests on judgement: none of its levers has measured evidence, or nobody can measure it."""
    if step == "harder":
        return True
    grades = [item.grade for item in scenario.active if KINDS[item.kind].group in _GROUPS[step]]
    return not grades or "D" in grades


def _steps(frame: Frame, values: Mapping[str, Array], paths: Paths) -> dict[str, Array]:
    groups = {KINDS[item.kind].group for item in frame.scenario.active}
    total = (paths.cost_after - paths.cost_before).sum(axis=1, dtype=float)
    found: dict[str, Array] = {}
    if "remove" in groups:
        found["removed"] = _cost_change(frame, values, ("remove",), random=True)
    if "redistribute" in groups:
        both = _cost_change(frame, values, ("remove", "redistribute"), random=True)
        found["moved"] = both - found.get("removed", 0.0)
    if found:
        more = groups & {"restructure", "value"}
        real = _cost_change(frame, values, ("remove", "redistribute"), random=False) if more else total
        found["harder"] = real - sum(found.values())
    if "value" in groups:
        found["value"] = total - _all_but_value(frame, values, groups)
    rest = total - sum(found.values(), np.zeros_like(total))
    if "restructure" in groups:
        found = {**found, "restructure": rest}
    programme = _programme(paths).sum(axis=1, dtype=float)
    if programme.any():
        found["programme"] = programme
    return {name: found[name] for name in STEPS if name in found}


def _all_but_value(frame: Frame, values: Mapping[str, Array], groups: Container[str]) -> Array:
    upto = ("remove", "redistribute", "restructure")
    if "restructure" not in groups:
        return _cost_change(frame, values, upto, random=False)
    paths = run_paths(frame, _silenced(frame, values, upto))
    return np.asarray((paths.cost_after - paths.cost_before).sum(axis=1, dtype=float))


def _cost_change(frame: Frame, values: Mapping[str, Array], groups: tuple[str, ...], *, random: bool) -> Array:
    """Return the change of cost to serve over the horizon with only some pillars at work, (draws,)."""
    scenario = frame.scenario.with_settings(hardening=0.0) if random else frame.scenario
    demand = run_demand(replace(frame, scenario=scenario), _silenced(frame, values, groups))
    ledger = frame.ledger
    change = demand.minutes @ ledger.minute_cost.astype(np.float32) + demand.contacts @ ledger.contact_fee.astype(
        np.float32
    )
    noise = np.exp(values[FORECAST][:, None] * ledger.volume_spread.astype(np.float32)) if values[FORECAST].any() else 1
    return np.asarray(((change + demand.session_cost) * noise).sum(axis=1, dtype=float))


def _silenced(frame: Frame, values: Mapping[str, Array], groups: tuple[str, ...]) -> dict[str, Array]:
    off = [item.key for item in frame.scenario.active if KINDS[item.kind].group not in groups]
    none = np.zeros_like(next(iter(values.values())))
    return {**values, **{f"{key}.{name}": none for key in off for name in COMMON}}


def _programme(paths: Paths) -> Array:
    """Return running and one-off cost by month; what is paid in month 0 stands in the first."""
    one_off = paths.one_off[:, 1:].copy()
    one_off[:, 0] += paths.one_off[:, 0]
    return np.asarray(paths.running + one_off)
