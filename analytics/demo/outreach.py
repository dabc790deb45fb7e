"""Messages the company sends to customers who were in contact lately, one fifth of them held back on purpose."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.demo.chains import open_chain
from analytics.demo.channels import channel_draw
from analytics.demo.frame import Flags, Floats, Frame, size, take
from analytics.demo.plan import Plan
from analytics.demo.reasons import INDEX
from analytics.demo.world import World

SEND_SHARE: Final = 0.90
"""Of customers ever in contact, the share that is picked for one message."""
HOLDOUT: Final = 0.20
WINDOW_DAYS: Final = 14
PREVENTED: Final = 0.030
INDUCED: Final = 0.012
KINDS: Final = ("education", "alert", "update", "letter")
TEMPLATES: Final = (
    ("Your first bill explained", "education", "Bill explanation"),
    ("Get the best from your router", "education", "Router setup"),
    ("Track your parcel", "update", "Delivery status"),
    ("Your engineer is booked", "update", "Appointment"),
    ("Planned work in your street", "alert", "No connection"),
    ("Changes to your contract", "letter", "Letter not understood"),
)


@dataclass(frozen=True, slots=True)
class Outreach:
    """One message per picked customer, and what it does."""

    sends: Frame
    prevented: Flags
    """Contact → would not happen if its customer's message is sent."""
    induced: Frame
    """First contacts that a sent message brings about."""


def make_outreach(plan: Plan, world: World, rng: np.random.Generator, contacts: Frame, customers: Frame) -> Outreach:
    """Pick recent contacters, and decide what each message would prevent and induce if sent."""
    sends = _pick(plan, rng, contacts)
    count = size(customers)
    sent_at = np.full(count, np.inf)
    sent_at[sends["who"]] = sends["t"]
    window = in_window(contacts, sent_at)
    opens = (contacts["attempt"] == 1) & ~contacts["leaked"] & window
    reached = _can_be_spared(contacts, window, opens, count)
    chance = PREVENTED * len(sends["who"]) / max(1, reached.sum())
    spared = reached & (rng.random(count) < chance)
    issues = np.unique(contacts["issue"][opens & spared[contacts["who"]]])
    prevented = np.isin(contacts["issue"], issues)
    sends["induces"] = rng.random(size(sends)) < INDUCED / (1 - _base_rate(contacts, sends, sent_at))
    return Outreach(sends, prevented, _induced(world, rng, take(sends, sends["induces"]), customers))


def in_window(contacts: Frame, sent_at: Floats) -> Flags:
    """Return whether a contact falls in the days after its customer's message."""
    since = contacts["t"] - sent_at[contacts["who"]]
    return np.asarray((since > 0) & (since <= WINDOW_DAYS))


def _base_rate(contacts: Frame, sends: Frame, sent_at: Floats) -> float:
    reached = np.unique(contacts["who"][in_window(contacts, sent_at)])
    return len(reached) / max(1, size(sends))


def _can_be_spared(contacts: Frame, window: Flags, opens: Flags, count: int) -> Flags:
    """Return customers all of whose contacts in the window belong to issues that open in it and can be spared."""
    spared = np.isin(contacts["issue"], contacts["issue"][opens])
    others = np.bincount(contacts["who"][window & ~spared], minlength=count)
    return np.asarray((np.bincount(contacts["who"][opens], minlength=count) > 0) & (others == 0))


def _pick(plan: Plan, rng: np.random.Generator, contacts: Frame) -> Frame:
    order = rng.permutation(size(contacts))
    who, first = np.unique(contacts["who"][order], return_index=True)
    trigger = contacts["t"][order][first]
    picked = rng.random(len(who)) < SEND_SHARE
    t = np.floor(trigger + rng.uniform(10, 25, len(who))) + rng.uniform(9 / 24, 17 / 24, len(who))
    template = rng.integers(0, len(TEMPLATES), len(who))
    sends = {
        "who": who,
        "t": t,
        "template": template,
        "reason": np.array([INDEX[row[2]] for row in TEMPLATES])[template],
        "holdout": rng.random(len(who)) < HOLDOUT,
        "opted_out": rng.random(len(who)) < 0.006,
    }
    return take(sends, picked & (t < plan.days))


def _induced(world: World, rng: np.random.Generator, sends: Frame, customers: Frame) -> Frame:
    reason, b2b = sends["reason"], customers["b2b"][sends["who"]]
    issues = {
        "who": sends["who"],
        "reason": reason,
        "t": sends["t"] + np.minimum(rng.exponential(3, len(reason)), WINDOW_DAYS - 0.1),
        "b2b": b2b,
        "D": world.difficulty[reason],
        "cause": np.full(len(reason), 3),
        "channel": channel_draw(rng, world.difficulty[reason], b2b),
        "induced": np.ones(len(reason), bool),
    }
    first = open_chain(issues, leaked=False, kind=2)
    return {**first, "holdout": sends["holdout"]}
