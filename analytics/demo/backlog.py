"""The invented company's removal backlog, written into the store of its workspace so that no screen opens empty.

Two initiatives have run since the months in which `world` planted them (A works, B does nothing, and nobody has told
the company so); the others wait to be funded. Costs follow the size of the company. Nothing here enters the truth.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from analytics.demo.plan import Plan, add_months
from analytics.demo.reasons import CAUSE_CODES, INDEX, INITIATIVE_A, INITIATIVE_B, REASONS
from analytics.demo.world import World, make_world
from analytics.questions.initiatives import Initiative
from analytics.questions.scope import Scope
from analytics.store import Author, Store

KIND: Final = "initiative"
AUTHOR: Final = Author("Invented company")
STORE_FILE: Final = "store.sqlite"
CONTACT_COST: Final = 6.0
"""Money one contact costs the company, roughly: turns demand into what an initiative may cost."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """One initiative as the company sees it; costs are in months of the saving it hopes for."""

    name: str
    reason: str
    cause: str
    lever: str
    effect: tuple[float, float, float]
    months_of_saving: float
    running_share: float
    """Running cost as a share of the saving hoped for."""
    grade: str
    stage: str
    ramp: int = 3
    decay: float = 0.0
    guardrail: str = "repeat_rate"
    people: float | None = None
    """Of the change team; nobody has said it for some."""


_WAITING: Final = (
    _Wish(
        "Delivery notices before customers ask",
        "Delivery status",
        "communication",
        "notice",
        (0.20, 0.35, 0.50),
        7,
        0.08,
        "B",
        "pilot",
        people=3,
    ),
    _Wish(
        "Engineer visits that keep their slot",
        "Missed engineer visit",
        "process",
        "steps",
        (0.15, 0.30, 0.40),
        14,
        0.05,
        "C",
        "pilot",
        6,
        people=4,
    ),
    _Wish(
        "End the crashes of the app",
        "App problem",
        "defect",
        "cause",
        (0.20, 0.40, 0.60),
        18,
        0.0,
        "D",
        "idea",
        4,
        people=2,
    ),
    _Wish(
        "Find faults on the line before customers do",
        "No connection",
        "defect",
        "cause",
        (0.05, 0.15, 0.30),
        26,
        0.10,
        "D",
        "idea",
        6,
        0.10,
    ),
    _Wish(
        "Say the price change plainly",
        "Letter not understood",
        "communication",
        "words",
        (0.30, 0.45, 0.60),
        4,
        0.0,
        "C",
        "first_version",
        1,
        people=1,
    ),
    _Wish(
        "Refunds that say where they are",
        "Refund status",
        "process",
        "notice",
        (0.20, 0.35, 0.50),
        9,
        0.04,
        "D",
        "idea",
    ),
    _Wish(
        "Credits up to 50 without approval",
        "Credit or compensation",
        "policy",
        "policy",
        (0.40, 0.60, 0.80),
        3,
        0.02,
        "C",
        "idea",
        1,
        0.0,
        "handle_time",
        people=1,
    ),
    _Wish(
        "Self-check before a warranty claim",
        "Warranty claim",
        "defect",
        "cause",
        (0.10, 0.20, 0.35),
        20,
        0.03,
        "D",
        "idea",
        5,
    ),
)


def write_backlog(
    folder: Path, contacts: int, seed: int, months: int = 24, *, start_a: int = 13, start_b: int = 13
) -> int:
    """Write the backlog of the company that `write_demo` makes into the SQLite store inside its folder.

    Returns how many initiatives it holds. The store knows the workspace by the folder's name; what is there already
    stays as it is. Raises StoreError when the store refuses.
    """
    plan = Plan(contacts, seed, months, start_a, start_b, "default")
    store = Store(f"sqlite:///{folder / STORE_FILE}")
    made = tuple(_initiatives(plan, make_world(plan)))
    try:
        known = {record.key for record in store.list(folder.name, KIND)}
        for one in made:
            if one.key not in known:
                store.put(folder.name, KIND, one.key, one.body(), AUTHOR, None)
    finally:
        store.close()
    return len(made)


def _initiatives(plan: Plan, world: World) -> Iterator[Initiative]:
    for place, start, name in (
        (INITIATIVE_A, plan.start_a, "New billing engine"),
        (INITIATIVE_B, plan.start_b, "Line tuning"),
    ):
        if start <= plan.months:
            yield _running(plan, world, place, start, name)
    for wish in _WAITING:
        yield _waiting(plan, world, wish)


def _running(plan: Plan, world: World, place: int, start: int, name: str) -> Initiative:
    """Return an initiative that has begun; both promise what A was planted to do."""
    month = add_months(plan.first_day, start - 1)
    saved = 0.3 * _yearly_cost(plan, world, place)
    return Initiative(
        _key(name), name, Scope(reasons=(REASONS[place].name,)), REASONS[place].owner, low=0.2, likely=0.3, high=0.4,
        one_off=_rounded(saved * 1.5), grade="C", stage="scaled", start=f"{month:%Y-%m}",
    )  # fmt: skip


def _waiting(plan: Plan, world: World, wish: _Wish) -> Initiative:
    place, (low, likely, high) = INDEX[wish.reason], wish.effect
    share = float(world.causes[place, CAUSE_CODES.index(wish.cause)])
    saved = likely * share * _yearly_cost(plan, world, place)
    return Initiative(
        _key(wish.name), wish.name, Scope(reasons=(wish.reason,), causes=(wish.cause,)), REASONS[place].owner,
        lever=wish.lever, low=low, likely=likely, high=high, ramp=wish.ramp, decay=wish.decay,
        one_off=_rounded(saved * wish.months_of_saving / 12), running=_rounded(saved * wish.running_share / 12),
        grade=wish.grade, stage=wish.stage, guardrail=wish.guardrail, people=wish.people,
    )  # fmt: skip


def _yearly_cost(plan: Plan, world: World, place: int) -> float:
    return plan.contacts * 12 / plan.months * float(world.volume[place]) * CONTACT_COST


def _key(name: str) -> str:
    return f"invented-{'-'.join(name.lower().split())}"


def _rounded(money: float) -> float:
    """Return money to two digits, as people write budgets."""
    return float(f"{money:.2g}")
