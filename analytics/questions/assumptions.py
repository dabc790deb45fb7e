"""Assumptions people can edit, their defaults, and the rates that follow from them (METHODS b)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.contract import CHANNELS
from analytics.errors import CannotTellError, nearest
from analytics.questions.rates import ChannelRate, Rates
from analytics.statistics.cost import cost_per_handled_minute, labour_cost

_FILE = Path(__file__).with_name("assumptions.toml")


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumed figure with its possible range."""

    key: str
    label: str
    group: str
    unit: str
    value: float
    """Default, used until somebody enters another."""
    low: float
    high: float
    help: str
    per_channel: bool = False
    channels: tuple[tuple[str, float], ...] = ()
    """Defaults of single channels."""

    def default(self, channel: str = "") -> float:
        """Return the default, of `channel` where it has one of its own."""
        return dict(self.channels).get(channel, self.value)


@cache
def assumption_catalogue() -> dict[str, Assumption]:
    """Return every assumption by key, in the order of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        key: Assumption(key=key, **{**row, "channels": tuple(row.get("channels", {}).items())})
        for key, row in rows.items()
    }


def assumed(entered: Mapping[str, float], key: str, channel: str = "") -> float:
    """Return what holds: entered for the channel, entered for all, else the default.

    `entered` is keyed "key" or "key.channel". Raises CannotTellError for an unknown key or a value out of range.
    """
    known = assumption_catalogue()
    if key not in known:
        raise CannotTellError(f"There is no assumption “{key}”.", do=nearest(key, known))
    found = known[key]
    value = entered.get(f"{key}.{channel}", entered.get(key, found.default(channel)))
    if not found.low <= value <= found.high:
        raise CannotTellError(
            f"{found.label}: {value:g} is not possible.", do=f"Enter a value from {found.low:g} to {found.high:g}."
        )
    return float(value)


def cost_per_minute(entered: Mapping[str, float], channel: str) -> float:
    """Return the cost per handled minute κ of a channel; conversations handled at once share it."""
    whole = cost_per_handled_minute(
        assumed(entered, "loaded_cost_per_year"),
        assumed(entered, "paid_hours_per_year"),
        assumed(entered, "shrinkage"),
        assumed(entered, "occupancy"),
    )
    return float(labour_cost(1.0, whole, assumed(entered, "concurrency", channel)))


def rates_from(
    entered: Mapping[str, float] | None = None, currency: str = "EUR", channels: tuple[str, ...] = CHANNELS
) -> Rates:
    """Return the rates that follow from what people entered; `costs.reconcile` completes them with the data."""
    values = entered or {}
    line = assumed(values, "payroll_line")
    return Rates(
        channels=tuple(_rate(values, channel) for channel in channels),
        other=_rate(values, "other"),
        payroll_line=line or None,
        currency=currency,
    )


def _rate(entered: Mapping[str, float], channel: str) -> ChannelRate:
    return ChannelRate(
        channel=channel,
        per_minute=cost_per_minute(entered, channel),
        fee=assumed(entered, "fee", channel),
        default_minutes=assumed(entered, "default_minutes", channel),
    )
