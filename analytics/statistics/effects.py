"""What a message to customers did: contacts prevented and contacts induced, against a holdout (METHODS j 9).

Owns the comparison of customers who got a template with those held out. Each customer counts once, so the intervals
are Newcombe's. Without a holdout the contacts after a message are a description, never an effect.
"""

from dataclasses import dataclass

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import Estimate, cannot
from analytics.statistics.proportions import NEWCOMBE, difference, proportion

PER = 1000.0


@dataclass(frozen=True, slots=True)
class Reached:
    """Customers of one arm and how many of them got in touch within the days after."""

    customers: int
    contacted: int
    """At least one contact, any reason."""
    topic: int
    """At least one contact about what the message should have made needless."""
    other: int
    """At least one contact about the message itself or another reason, and none about its topic."""


@dataclass(frozen=True, slots=True)
class TemplateEffect:
    """Per 1,000 sent; negative differences are contacts prevented, positive ones induced."""

    contacted: Estimate
    """Customers per 1,000 sent who got in touch: a description."""
    net: Estimate
    """Against the holdout, all reasons: the effect."""
    topic: Estimate
    """Against the holdout, contacts on the topic: what was prevented."""
    other: Estimate
    """Against the holdout, all other contacts: what was induced."""


def template_effect(sent: Reached, holdout: Reached | None) -> TemplateEffect:
    """Return contacts per 1,000 sent and, with a holdout, what the message prevented, induced and changed in all."""
    for arm in (sent, *((holdout,) if holdout else ())):
        _check(arm)
    contacted = proportion(sent.contacted, sent.customers).scaled(PER)
    if holdout is None or holdout.customers == 0:
        none = cannot(sent.customers, NEWCOMBE, "No holdout: these contacts came after the message, not because of it.")
        return TemplateEffect(contacted, none, none, none)
    pairs = ((sent.contacted, holdout.contacted), (sent.topic, holdout.topic), (sent.other, holdout.other))
    net, topic, other = (
        difference(ours, sent.customers, theirs, holdout.customers).scaled(PER) for ours, theirs in pairs
    )
    return TemplateEffect(contacted, net, topic, other)


def _check(arm: Reached) -> None:
    counts = (arm.contacted, arm.topic, arm.other)
    if min(counts) < 0 or max(counts) > arm.customers:
        raise AnalyticsError("More customers got in touch than were reached.")
    if arm.topic + arm.other != arm.contacted:
        raise AnalyticsError("Customers who got in touch do not split into topic and other.")
