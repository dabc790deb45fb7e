"""Small ledgers that can be counted on fingers, shared by the scenario tests."""

from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import strategies as st

from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import KINDS, Lever, Scope, lever
from analytics.scenarios.loyalty import Loyalty
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, Settings
from analytics.scenarios.staffing_plan import StaffingPlan, even_profile
from analytics.scenarios.workforce import Workforce

OFFICE = even_profile([1, 1, 1, 1, 1, 0.5, 0], [0] * 16 + [1] * 24 + [0] * 8)


def flat(cells: Mapping[tuple[str, str, str], tuple[float, float]], months: int = 12, **more) -> Ledger:
    """Ledger with the same contacts and minutes per contact every month: (reason, cause, channel) → (n, minutes)."""
    rows = [(r, u, c, f"{t:02d}", n, n * h) for (r, u, c), (n, h) in cells.items() for t in range(1, months + 1)]
    reason, cause, channel, month, contacts, minutes = zip(*rows, strict=True)
    prices = {"minute_cost": dict.fromkeys(channel, 0.7), "contact_fee": dict.fromkeys(channel, 0.5)} | more
    return Ledger.from_cells(reason, cause, channel, month, contacts, minutes, **prices)


EASY_AND_HARD = {("easy", "none", "phone"): (4000.0, 4.0), ("hard", "none", "phone"): (6000.0, 9.0)}


def company(months: int = 12, seed: int = 1, **more) -> Ledger:
    """A ledger with everything on it: people, leavers, effort, loyalty, forecast error."""
    rng = np.random.default_rng(seed)
    reasons, causes, channels = ("Billing", "Delivery", "Advice"), ("defect", "repeat", "none"), ("phone", "email")
    cells = {
        (r, u, c): (float(rng.uniform(500, 3000)), float(rng.uniform(3, 12)))
        for r in reasons
        for u in causes
        for c in channels
    }
    whole = {
        "session_fee": {"portal": 0.1},
        "effort": [(r, c, 3.0 + i, 0.2 + 0.1 * i) for i, r in enumerate(reasons) for c in channels],
        "handle_spread": {"Billing": 0.8, "Delivery": 0.5},
        "contacts_per_issue": {"Billing": 1.4, "Delivery": 1.2},
        "reason_class": {"Billing": "remove", "Delivery": "redistribute", "Advice": "value"},
        "customers_first_seen": {f"{t:02d}": 1000.0 for t in range(1, months + 1)},
        "volume_spread": np.linspace(0.01, 0.06, months),
        "staffing": StaffingPlan(profile=OFFICE, live_channels=("phone",)),
        "workforce": Workforce(("North", "South"), (28.0, 19.0), (0.6, 0.4), (0.02, 0.01), 52_000.0, 8_000.0),
        "loyalty": Loyalty(0.8, 15.0, Range(0.02, 0.05, 0.08), Range(0.01, 0.04, 0.07), coverage=0.1),
    }
    return flat(cells, months, **(whole | more))


def shares() -> st.SearchStrategy[float]:
    return st.floats(0, 0.95)


@st.composite
def scopes(draw) -> Scope:
    pick = lambda names: tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=2)))  # noqa: E731
    return Scope(pick(["Billing", "Delivery", "Advice"]), pick(["defect", "none"]), pick(["phone", "email"]))


@st.composite
def levers(draw, kinds: Sequence[str] = tuple(KINDS)) -> Lever:
    kind = draw(st.sampled_from(list(kinds)))
    main = KINDS[kind].parameters[KINDS[kind].main]
    low, likely, high = sorted(
        draw(st.lists(st.floats(max(main.least, -0.3), min(main.most, 0.9)), min_size=3, max_size=3))
    )
    scope = Scope((), (), ("phone",)) if kind == "close" else draw(scopes())
    facts = {"close": (("to email", 1.0),), "approval": (("cases", 900.0), ("amount", 5.0), ("minutes", 1e5))}
    return lever(
        kind, f"k{draw(st.integers(0, 10**9))}", scope=scope, to_channel="portal", facts=facts.get(kind, ()),
        start=draw(st.integers(1, 12)), ramp=draw(st.integers(0, 6)), decay=draw(st.sampled_from([0.0, 0.05])),
        **{KINDS[kind].main: Range(low, likely, high)},
        one_off=Range(0, draw(st.floats(0, 1e4)), 2e4), grade=draw(st.sampled_from("ABCD")),
    )  # fmt: skip


@st.composite
def scenarios(draw, kinds: Sequence[str] = tuple(KINDS), most: int = 4) -> Scenario:
    chosen = draw(st.lists(levers(kinds), max_size=most, unique_by=lambda item: item.key))
    settings = Settings(
        hardening=draw(st.sampled_from([0.0, 0.5, 1.0])),
        overlap=draw(st.sampled_from(["independent", "nested", "disjoint"])),
    )
    return Scenario("tried", tuple(chosen), settings, seed=draw(st.integers(0, 99)))
