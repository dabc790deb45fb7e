"""What a leader can change: lever kinds with their parameters, scope, timing and evidence.

Owns the closed list of kinds and the possible range of every parameter; screens and files read it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ScenarioError, nearest
from analytics.scenarios.ranges import Range

Grade = Literal["A", "B", "C", "D"]
GRADES: Final[dict[str, str]] = {
    "A": "experiment",
    "B": "quasi-experiment",
    "C": "adjusted observation",
    "D": "benchmark or judgement",
}
Group = Literal["remove", "redistribute", "restructure", "value"]
GROUPS: Final[tuple[str, ...]] = get_args(Group)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number a kind of lever takes."""

    words: str
    least: float
    most: float
    default: Range
    unit: str = "share"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of lever."""

    group: Group
    words: str
    parameters: Mapping[str, Parameter]
    main: str
    """The parameter the slider moves."""


_NONE: Final = Range.constant(0.0)
_FULL: Final = Range.constant(1.0)
KINDS: Final[Mapping[str, Kind]] = {
    "remove": Kind("remove", "Remove demand", {
        "share": Parameter("share of the demand in scope that no longer arises", 0.0, 0.9999, _NONE),
    }, "share"),
    "repeat": Kind("remove", "Resolve at first contact", {
        "share": Parameter("share of excess repeat contacts that end", 0.0, 1.0, _NONE),
    }, "share"),
    "redistribute": Kind("redistribute", "Move demand to a better-fitting channel", {
        "share": Parameter("share of the demand in scope that tries the other channel", 0.0, 1.0, _NONE),
        "containment": Parameter("share of sessions that do not come back", 0.0, 1.0, Range(0.4, 0.55, 0.7)),
        "induced": Parameter("share of sessions nobody would have called about", 0.0, 0.95, Range(0.1, 0.3, 0.6)),
        "leak_uplift": Parameter("extra handle time of those who come back", 0.0, 3.0, Range(0.0, 0.1, 0.2)),
        "handle_ratio": Parameter("handle time there ÷ here, if assisted", 0.0, 5.0, Range.constant(1.0), "ratio"),
    }, "share"),
    "approval": Kind("remove", "Lift an approval", {
        "share": Parameter("share of the cases up to the limit that pass without approval", 0.0, 1.0, _NONE),
        "minutes": Parameter("handled minutes one approval takes", 0.0, 600.0, Range(3.0, 5.0, 10.0), "minutes"),
        "loss": Parameter("chance of losing the amount, beyond what is lost with approval", 0.0, 1.0, _NONE),
    }, "share"),
    "close": Kind("redistribute", "Close or limit a channel", {
        "share": Parameter("share of its demand the channel no longer takes", 0.0, 1.0, _NONE),
        "lost": Parameter("share of these who give up or complain instead", 0.0, 1.0, Range(0.02, 0.05, 0.15)),
    }, "share"),
    "handle_time": Kind("restructure", "Change handle time", {
        "change": Parameter("change of handle time; −0.1 is 10 % shorter", -0.9, 2.0, _NONE),
    }, "change"),
    "effort": Kind("restructure", "Lower effort", {
        "share": Parameter("share of high-effort contacts in scope that become low-effort", 0.0, 1.0, _NONE),
        "points": Parameter("effort points between high and low effort", 0.0, 6.0, Range(1.5, 2.5, 3.5), "points"),
    }, "share"),
    "attrition": Kind("restructure", "Change attrition", {
        "change": Parameter("change of monthly attrition; −0.005 is half a point less", -0.2, 0.2, _NONE),
    }, "change"),
    "shrinkage": Kind("restructure", "Change shrinkage", {
        "change": Parameter("change of shrinkage; −0.02 is two points less", -0.5, 0.5, _NONE),
    }, "change"),
    "occupancy": Kind("restructure", "Change occupancy of work that can wait", {
        "change": Parameter("change of occupancy; 0.03 is three points more", -0.5, 0.3, _NONE),
    }, "change"),
    "value": Kind("value", "Add value to low-effort contacts", {
        "coverage": Parameter("added share of low-effort contacts that add value", 0.0, 1.0, _NONE),
        "extra_minutes": Parameter("extra minutes per contact that adds value", 0.0, 60.0, _NONE, "minutes"),
    }, "coverage"),
}  # fmt: skip
COMMON: Final = ("one_off", "running", "success")
"""Ranges every kind of lever has."""
DEMAND_KINDS: Final = ("remove", "repeat", "approval", "redistribute", "close", "handle_time", "effort", "value")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cells of the ledger a lever reaches; an empty tuple means all."""

    reasons: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lever:
    """One change with its ranges, timing, cost and evidence. Build it with `lever(...)`."""

    key: str
    """Stays the same through renames and copies: common random numbers hang on it."""
    kind: str
    name: str
    scope: Scope = field(default_factory=Scope)
    parameters: tuple[tuple[str, Range], ...] = ()
    grade: Grade = "D"
    start: int = 1
    """First month with an effect, 1 = first month of the ledger."""
    ramp: int = 0
    """Months until the full effect; 0 = at once."""
    decay: float = 0.0
    """Share of the effect that grows back each month after full effect; 0 = lasting."""
    dip: float = 0.0
    """Extra handle time in scope during the change, as a share."""
    dip_months: int = 0
    one_off: Range = _NONE
    """Cost in the start month."""
    running: Range = _NONE
    """Cost per month from the start month on."""
    success: Range = _FULL
    """σ: multiplier of the whole effect."""
    to_channel: str = ""
    """Where redistributed demand goes: an assisted channel of the ledger or a self-service one."""
    facts: tuple[tuple[str, float], ...] = ()
    """Measured figures the lever rests on, by name; what they mean is in `channels`."""
    published: bool = False
    """The effect is a published figure the user picked, not own data."""
    on: bool = True

    def range(self, name: str) -> Range:
        """Return the range of a parameter, cut to what is possible; the kind's default where none is set."""
        spec = KINDS[self.kind].parameters[name]
        return dict(self.parameters).get(name, spec.default).within(spec.least, spec.most)

    def ranges(self) -> dict[str, Range]:
        """Return every range of the lever by parameter name, costs and success included."""
        own = {name: self.range(name) for name in KINDS[self.kind].parameters}
        inf = float("inf")
        return {**own, "success": self.success.within(0.0, inf), "one_off": self.one_off, "running": self.running}

    def with_range(self, name: str, value: Range) -> "Lever":
        """Return a copy with one range replaced; raises ScenarioError for a name this kind does not have."""
        if name in COMMON:
            return replace(self, **{name: value})  # type: ignore[arg-type]  # the three are ranges
        if name not in KINDS[self.kind].parameters:
            raise ScenarioError(
                f"“{KINDS[self.kind].words}” has no input “{name}”.", do=nearest(name, KINDS[self.kind].parameters)
            )
        return replace(self, parameters=tuple({**dict(self.parameters), name: value}.items()))

    def active(self, horizon: int) -> NDArray[np.float64]:
        """Return a(t) for t = 1…horizon: 0 before the start, then the ramp, then decay (METHODS h)."""
        age = np.arange(1, horizon + 1) - self.start + 1
        up = np.clip(age / self.ramp, 0, 1) if self.ramp else (age >= 1).astype(float)
        past = np.maximum(age - max(self.ramp, 1), 0)
        return np.asarray(np.where(age >= 1, up * (1 - self.decay) ** past, 0.0), float)

    def dipping(self, horizon: int) -> NDArray[np.float64]:
        """Return the share of extra handle time in each month."""
        age = np.arange(1, horizon + 1) - self.start
        return np.asarray(np.where((age >= 0) & (age < self.dip_months), self.dip, 0.0), float)

    def running_months(self, horizon: int) -> NDArray[np.float64]:
        """Return 1 from the start month on."""
        return (np.arange(1, horizon + 1) >= self.start).astype(float)


def lever(
    kind: str, key: str, name: str = "", *, scope: Scope | None = None, likely: float | None = None,
    **more: object,
) -> Lever:  # fmt: skip
    """Return a lever; parameters of the kind may be given by name as Range or number, `likely` sets the main one.

    Raises ScenarioError for an unknown kind.
    """
    if kind not in KINDS:
        raise ScenarioError(f"There is no lever “{kind}”.", do=nearest(kind, KINDS))
    own = {n: _as_range(more.pop(n)) for n in tuple(more) if n in KINDS[kind].parameters}
    if likely is not None:
        own[KINDS[kind].main] = Range.constant(likely)
    more |= {common: _as_range(more[common]) for common in COMMON if common in more}
    made = Lever(key, kind, name or KINDS[kind].words, scope or Scope(), tuple(own.items()))
    return replace(made, **more)  # type: ignore[arg-type]  # checked by the dataclass itself


def _as_range(value: object) -> Range:
    return value if isinstance(value, Range) else Range.constant(float(value))  # type: ignore[arg-type]
