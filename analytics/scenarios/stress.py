"""One scenario as planned and under each named stress, side by side: what still holds, what breaks (feature 86).

Baseline and scenario are stressed alike and share their draws, so a difference is the stress and not noise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.baseline import STRESSES, stressed
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.money import payback_month
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import Band, Draws, band, simulate

Array = NDArray[np.floating]
PLANNED: Final = "planned"
DRAWS: Final = 1024
EVEN: Final = 0.5
"""A target is called reached, and cash paid back, while at least half of the draws say so."""


@dataclass(frozen=True, slots=True)
class Stressed:
    """Key results under one stress; money in the ledger's currency."""

    code: str
    words: str
    contacts: Band
    """Relative change of contacts over the horizon."""
    cost_without: float
    """Median cost to serve a year without the scenario."""
    cost_change: Band
    """Change of it a year with the scenario, running and one-off cost included."""
    net: Band
    """Net cash over the horizon."""
    reached: float
    """Chance of the target; without one, that net cash is above 0."""
    paid_back: int | None
    """Median month of payback; None = not in at least half of the draws."""
    spends: bool
    """Whether there is anything to pay back."""
    needed: Band | None
    """People needed in the last month, with the scenario; None without a staffing plan."""
    released: Band | None
    cashable: Band | None
    why_unchanged: str
    """Why the stress cannot touch this scenario, in words; empty when it does."""

    @property
    def holds(self) -> bool:
        """Whether the target is reached, or net cash above 0, in at least half of the draws."""
        return self.reached >= EVEN

    @property
    def pays_back(self) -> bool:
        """Whether what is spent comes back within the horizon in at least half of the draws."""
        return not self.spends or self.paid_back is not None


def under_stress(ledger: Ledger, scenario: Scenario, draws: int = DRAWS) -> tuple[Stressed, ...]:
    """Return the scenario as planned, then under each stress of `STRESSES`. Raises ScenarioError as `simulate`."""
    found = [_result(PLANNED, "as planned", simulate(ledger, scenario, draws), "")]
    for code, words in STRESSES.items():
        _, changed = stressed(ledger, scenario, code)
        found.append(
            _result(code, words, simulate(_ledger(ledger, code), changed, draws), _untouched(ledger, scenario, code))
        )
    return tuple(found)


def broken(results: Iterable[Stressed]) -> tuple[Stressed, ...]:
    """Return the stresses under which what held as planned holds no more: target (or gain) or payback."""
    planned, *others = results
    return tuple(
        one for one in others if (planned.holds and not one.holds) or (planned.pays_back and not one.pays_back)
    )


def verdict(planned: Stressed, one: Stressed, *, target: bool) -> str:
    """Return what a stress breaks, in words."""
    if one.why_unchanged:
        return one.why_unchanged
    goal = "target" if target else "gain"
    lost = [f"{goal} missed"] if planned.holds and not one.holds else []
    lost += ["not paid back"] if planned.pays_back and not one.pays_back else []
    if lost:
        return f"breaks: {' and '.join(lost)}"
    return "holds" if one.holds else f"{goal} missed as planned already"


@lru_cache(maxsize=16)
def _ledger(ledger: Ledger, code: str) -> Ledger:
    """Return the stressed ledger, the same object each time: its people model is built once."""
    return stressed(ledger, Scenario(), code)[0]


def _untouched(ledger: Ledger, scenario: Scenario, code: str) -> str:
    if code == "automation" and not any(item.kind == "redistribute" for item in scenario.active):
        return "no lever moves demand: nothing changes"
    if code == "attrition" and ledger.workforce is None:
        return "cannot tell: who leaves is not known"
    return ""


def _result(code: str, words: str, run: Draws, why_unchanged: str) -> Stressed:
    p, yearly = run.paths, 12 / run.ledger.horizon
    before, after = (x.sum(axis=1, dtype=float) for x in (p.contacts_before, p.contacts_after))
    goal = run.scenario.settings.target
    months = payback_month(p.cash)
    back = np.isfinite(months)
    spends = bool((p.cash.min(axis=1) < 0).mean() >= EVEN)
    people = p.people
    return Stressed(
        code, words, band(after / np.maximum(before, 1e-12) - 1), _year(p.cost_before, yearly).p50,
        _year(p.cost_after - p.cost_before + _programme(run), yearly), band(run.net),
        float((run.net > 0).mean() if goal is None else (run.net >= goal).mean()),
        round(float(np.median(months[back]))) if spends and back.mean() >= EVEN else None, spends,
        None if people is None else band(people.after[:, -1]), None if people is None else band(people.released[:, -1]),
        None if people is None else band(people.cashable[:, -1]), why_unchanged,
    )  # fmt: skip


def _year(values: Array, yearly: float) -> Band:
    return band(np.asarray(values, float).sum(axis=1) * yearly)


def _programme(run: Draws) -> Array:
    one_off = run.paths.one_off[:, 1:].copy()
    one_off[:, 0] += run.paths.one_off[:, 0]
    return np.asarray(run.paths.running + one_off)
