"""A scenario: levers held together with the settings they are evaluated under. Frozen; edits return a new value."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

from analytics.errors import ScenarioError, nearest
from analytics.scenarios.levers import DEMAND_KINDS, KINDS, Lever
from analytics.scenarios.ranges import Range

Overlap = Literal["independent", "nested", "disjoint"]
Money = Literal["cashable", "capacity"]
OVERLAPS: Final[dict[str, str]] = {
    "independent": "each removes its share of what the others leave",
    "nested": "they reach the same contacts: only the largest counts",
    "disjoint": "they reach different contacts: shares add, up to all",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How a scenario is read."""

    hardening: float = 0.5
    """0 = removed contacts are random within a reason, 1 = the easiest go first."""
    overlap: Overlap = "independent"
    money: Money = "cashable"
    """Labour saved counts where people really leave (cashable), or all freed minutes (capacity)."""
    discount: float = 0.08
    """Yearly discount rate."""
    one_off_at: Literal["month0", "start"] = "month0"
    """When one-off costs are paid: before month 1, or in the start month."""
    programme_risk: float = 0.0
    """Correlation of the levers' success, 0–1 (Gaussian copula)."""
    target: float | None = None
    """Net value over the horizon to be reached; None = no target."""

    def __post_init__(self) -> None:
        if not 0 <= self.hardening <= 1 or not 0 <= self.programme_risk < 1 or not -0.5 < self.discount < 5:
            raise ScenarioError("Hardening and programme risk are shares, the discount rate a yearly rate.")
        if self.overlap not in OVERLAPS or self.money not in get_args(Money):
            raise ScenarioError("The overlap or money setting is not known.", do=nearest(self.overlap, OVERLAPS))


@dataclass(frozen=True, slots=True)
class Scenario:
    """Levers in order, and settings. The order is the order in which redistribution draws on what is left."""

    name: str = "Baseline"
    levers: tuple[Lever, ...] = ()
    settings: Settings = field(default_factory=Settings)
    seed: int = 20260101
    """Of all draws; shown beside ranges."""

    def __post_init__(self) -> None:
        keys = [item.key for item in self.levers]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ScenarioError(f"Two levers have the key “{twice[0]}”.", do="Copy a lever under a new key.")

    @property
    def active(self) -> tuple[Lever, ...]:
        """Levers switched on."""
        return tuple(item for item in self.levers if item.on)

    @property
    def demand_levers(self) -> tuple[Lever, ...]:
        """Active levers that touch contacts, minutes, effort or value."""
        return tuple(item for item in self.active if item.kind in DEMAND_KINDS or item.dip_months)

    def lever(self, key: str) -> Lever:
        """Return the lever with this key; raises ScenarioError if there is none."""
        for item in self.levers:
            if item.key == key:
                return item
        raise ScenarioError(f"There is no lever “{key}”.", do=nearest(key, [item.key for item in self.levers]))

    def with_lever(self, new: Lever) -> "Scenario":
        """Return a copy with this lever added, or replaced if its key is there."""
        if new.key in {item.key for item in self.levers}:
            return replace(self, levers=tuple(new if item.key == new.key else item for item in self.levers))
        return replace(self, levers=(*self.levers, new))

    def without(self, keys: Iterable[str]) -> "Scenario":
        """Return a copy without these levers."""
        gone = set(keys)
        return replace(self, levers=tuple(item for item in self.levers if item.key not in gone))

    def only(self, keys: Iterable[str]) -> "Scenario":
        """Return a copy with only these levers."""
        kept = set(keys)
        return replace(self, levers=tuple(item for item in self.levers if item.key in kept))

    def with_settings(self, **changes: object) -> "Scenario":
        """Return a copy with some settings changed."""
        return replace(self, settings=replace(self.settings, **changes))  # type: ignore[arg-type]


def with_likely(scenario: Scenario, key: str, likely: float) -> Scenario:
    """Return a copy whose lever has its main input set to `likely`, its range scaled along.

    A constant stays a constant; a range keeps its relative width.
    """
    item = scenario.lever(key)
    main = KINDS[item.kind].main
    spec, old = KINDS[item.kind].parameters[main], item.range(main)
    low, high = _scaled(old, likely)
    bounded = [min(max(x, spec.least), spec.most) for x in (low, likely, high)]
    new = replace(old, low=bounded[0], likely=bounded[1], high=bounded[2])
    return scenario.with_lever(item.with_range(main, new))


def _scaled(old: Range, likely: float) -> tuple[float, float]:
    if old.likely:
        return tuple(sorted((old.low * likely / old.likely, old.high * likely / old.likely)))  # type: ignore[return-value]
    return likely + old.low, likely + old.high
