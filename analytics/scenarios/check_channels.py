"""What must hold when a channel is closed: somebody stays reachable, and those without another way are named."""

from collections.abc import Iterator
from typing import Final

from analytics.errors import nearest
from analytics.scenarios.channels import CLOSED, ONLY_HERE, fact, routes_of
from analytics.scenarios.landing import completion
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever
from analytics.scenarios.problem import Problem
from analytics.scenarios.scenario import Scenario

SOUND: Final = 0.5
"""Completed share below which self-service is called not ready for a reason: the threshold of routine demand."""


def closing_problems(item: Lever, ledger: Ledger) -> Iterator[Problem]:
    """Return what is wrong with one closed channel on this ledger, and whom it may leave without a way."""
    names = item.scope.channels
    if len(names) != 1 or names[0] not in ledger.channels:
        words = f"“{item.name}” must name one channel of the data to close. {nearest(''.join(names), ledger.channels)}"
        yield Problem(words.strip(), item.key, "scope")
        return
    routes = routes_of(item)
    gone = [name for name in routes if name not in ledger.channels]
    if len(gone) == len(routes):
        yield Problem(f"“{item.name}” names no other channel to go to: nobody could reach a person.", item.key, "facts")
    elif gone:
        words = f"“{item.name}” sends demand to {', '.join(gone)}, which the data do not have; that part saves nothing."
        yield Problem(words, item.key, "facts", blocking=False)
    yield from _without_another_way(item, ledger)


def _without_another_way(item: Lever, ledger: Ledger) -> Iterator[Problem]:
    channel, alone = item.scope.channels[0], fact(item, ONLY_HERE)
    if alone > 0:
        yield Problem(
            f"{100 * alone:.0f} % of the customers of {channel} used no other channel: offer each another way before "
            f"“{item.name}” begins. Language, age and disability are not in these data; check them apart.",
            item.key, "scope", blocking=False,
        )  # fmt: skip
    reached = [r for r, c in zip(ledger.reasons, ledger.reason_class, strict=False) if c == "locked"
               and (not item.scope.reasons or r in item.scope.reasons)]  # fmt: skip
    if reached:
        words = f"“{item.name}” closes the door for {', '.join(reached)} too, which is on the do-not-remove list."
        yield Problem(words, item.key, "scope", blocking=False)


def readiness_problems(item: Lever, ledger: Ledger) -> Iterator[Problem]:
    """Return what stands in the way of moving this demand to self-service: answers that do not help, or unknown."""
    share, held = completion(ledger, item.scope), item.range("containment")
    if share is None:
        yield Problem(
            f"“{item.name}”: how well self-service answers this is not in the data, nor how many articles cover it; "
            "containment is an assumption. Check the answers before relying on it.", item.key, "containment",
            blocking=False,
        )  # fmt: skip
    elif share < SOUND or held.high > share:
        weak = "Its answers are not sound yet: close that gap first. " if share < SOUND else ""
        yield Problem(
            f"“{item.name}”: self-service completes {100 * share:.0f} % of its sessions about this today. {weak}"
            "Containment is capped there until it completes more. Article coverage is not in these data.",
            item.key, "containment", blocking=False,
        )  # fmt: skip


def left_open(ledger: Ledger, scenario: Scenario) -> Iterator[Problem]:
    """Return why a set of closed channels is not possible: none stays open, or demand is sent to a closed one."""
    closing = [item for item in scenario.active if item.kind == "close" and item.range("share").likely >= CLOSED]
    closed = {name: item for item in closing for name in item.scope.channels}
    if closing and not [name for name in ledger.channels if name not in closed]:
        yield Problem("With every channel closed nobody could reach a person. Keep one open.", closing[-1].key, "share")
        return
    for item in closing:
        both = [name for name in routes_of(item) if name in closed]
        if both:
            words = f"“{item.name}” sends demand to {both[0]}, which “{closed[both[0]].name}” closes."
            yield Problem(f"{words} Keep one of them open.", item.key, "share")
