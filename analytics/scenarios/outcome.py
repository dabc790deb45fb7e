"""The result of a scenario: totals, months, buckets that add to the baseline, and results by reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.ledger import Ledger
from analytics.scenarios.paths import Paths
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]

CONTACT_BUCKETS: Final = ("removed", "redistributed", "kept_complex", "kept_value", "kept")
MINUTE_BUCKETS: Final = ("removed", "redistributed", "automated", "kept_complex", "kept_value", "kept")
BUCKET_WORDS: Final[dict[str, str]] = {
    "removed": "no longer arises",
    "redistributed": "tries another channel first",
    "automated": "handle time saved in contacts that stay",
    "kept_complex": "stays, for skilled staff",
    "kept_value": "stays, because it adds value",
    "kept": "stays",
}


@dataclass(frozen=True, slots=True)
class Totals:
    """One state of the demand over the horizon, or over one month."""

    contacts: float
    minutes: float
    cost: float
    """Σ minutes × κ + contacts × fee + sessions."""
    people: float | None
    """Mean people required; None without a staffing plan."""
    effort_mean: float | None
    """Mean effort 1–7 of contacts with known effort."""
    effort_burden: float | None
    """Σ (effort − 1) over those contacts."""
    high_effort_share: float | None
    retention: float | None
    """Mean 12-month retention; None without a loyalty model."""

    @property
    def handle_minutes(self) -> float:
        """Minutes per contact; 0 without contacts."""
        return self.minutes / self.contacts if self.contacts else 0.0


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a scenario does at its likely values. Arrays by month are (months,), cash has month 0 first."""

    ledger: Ledger
    scenario: Scenario
    before: Totals
    after: Totals
    paths: Paths
    """The same run as paths, with one draw."""
    contact_buckets: Mapping[str, Floats]
    """Baseline contacts by bucket, (reasons, months) each; they add to the baseline."""
    minute_buckets: Mapping[str, Floats]
    returned: Floats
    """Contacts that come back from another channel, (reasons, months): beside the buckets, not one of them."""
    reason_contacts: Floats
    """Assisted contacts after, in their own channel, (reasons, months)."""
    reason_minutes: Floats
    money_view: str
    """“cashable” or “capacity”: which labour money the net holds."""
    people_by_interval: bool
    """False = people are a workload preview and must be labelled so."""
    net: float
    """Undiscounted net value over the horizon."""
    npv: float
    payback: int | None
    """Month; None = not within the horizon, or nothing was spent."""
    trough: float
    trough_month: int
    notes: tuple[str, ...]
    """What the reader must know, as sentences."""

    @property
    def cash(self) -> Floats:
        """Cumulative net cash, (months + 1,)."""
        return np.asarray(self.paths.cash[0], float)

    @property
    def bridge(self) -> dict[str, float]:
        """Net value over the horizon by part: labour, fees and sessions, replacement, retention, costs."""
        p = self.paths
        return {
            "labour": float(p.labour_saving.sum()), "fees": float(p.other_saving.sum()),
            "replacement": float(p.replacement_saving.sum()), "retention": float(p.retention_margin.sum()),
            "running": -float(p.running.sum()), "one_off": -float(p.one_off.sum()),
        }  # fmt: skip

    @property
    def people_before(self) -> Floats | None:
        """People required by month without the scenario."""
        return None if self.paths.people is None else np.asarray(self.paths.people.before[0], float)

    @property
    def people_after(self) -> Floats | None:
        """People required by month with it."""
        return None if self.paths.people is None else np.asarray(self.paths.people.after[0], float)

    @property
    def released(self) -> Floats | None:
        """Capacity released by month, in people."""
        return None if self.paths.people is None else np.asarray(self.paths.people.released[0], float)

    @property
    def cashable(self) -> Floats | None:
        """People by month who are really not paid any more."""
        return None if self.paths.people is None else np.asarray(self.paths.people.cashable[0], float)

    @property
    def first_year(self) -> float:
        """Net value of months 0–12."""
        return float(self.paths.net[0, :13].sum())

    @property
    def later(self) -> float:
        """Net value after month 12."""
        return float(self.paths.net[0, 13:].sum())
