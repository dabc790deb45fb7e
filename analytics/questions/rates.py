"""What a contact costs: rates per channel, as assumed or entered by people.

Cost of a contact = minutes handled × cost per handled minute of its channel + fee (METHODS b). Where the file gives
the cost itself that cost is taken; where it gives no handle time, a default of the channel stands in and counts as
assumed.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ChannelRate:
    """What one channel costs."""

    channel: str
    per_minute: float
    """Cost per handled minute (κ)."""
    fee: float = 0.0
    """Licence, telephone or platform fee per contact."""
    default_minutes: float = 0.0
    """Handle time used only where the file has none."""
    default_is_own: bool = False
    """True when that default is the channel's own mean in the file, False when it is an assumption."""
    modelled_share: float = 1.0
    """Share of this channel's contacts whose cost the file does not give."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Rates of all channels; a channel without its own gets `other`."""

    channels: tuple[ChannelRate, ...] = ()
    other: ChannelRate = ChannelRate("other", 0.70028, 0.0, 6.0)
    payroll_line: float | None = None
    """Yearly cost in the books that the sum is scaled to; None when nobody entered it."""
    factor: float = 1.0
    """What every cost is multiplied with so that a year adds up to the payroll line."""
    currency: str = "EUR"

    @property
    def is_reconciled(self) -> bool:
        """True when costs are scaled to a line in the books."""
        return self.payroll_line is not None

    def of(self, channel: str) -> ChannelRate:
        """Return the rate of `channel`, with the fallback's figures when it has none of its own."""
        known = {rate.channel: rate for rate in self.channels}
        return known.get(channel, replace(self.other, channel=channel))

    def with_factor(self, factor: float) -> "Rates":
        """Return the same rates, scaled."""
        return replace(self, factor=factor)
