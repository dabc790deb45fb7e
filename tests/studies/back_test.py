"""Back-test of the what-if on invented companies whose removal is known.

Each company has 36 months and an initiative that begins in month 25. The what-if sees months 1 to 24 and the removal as
a lever, and says a range for months 25 to 36; what then happened is compared with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields

import numpy as np
import pandas as pd

from analytics.demo.block import make_block
from analytics.demo.channels import HANDLE_SECONDS
from analytics.demo.plan import Plan, add_months
from analytics.demo.reasons import CAUSE_CODES, INITIATIVE_A, NONE, REASONS, REPEAT
from analytics.demo.rules import chains, eligible
from analytics.demo.workforce import make_workforce
from analytics.demo.world import EFFECT_A, RAMP_A, make_world
from analytics.scenarios.baseline import project
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import simulate
from analytics.statistics.forecast import Forecast
from analytics.statistics.forecast_short import seasonal_naive
from analytics.ui.what_if_basis import _paths as page_paths

SEEDS = tuple(range(1, 41))
CONTACTS = 45_000
MONTHS, KNOWN = 36, 24
HORIZON = MONTHS - KNOWN
WINDOW_DAYS = 7
REMOVED = Range(0.20, -EFFECT_A, 0.40)
CHANNELS = tuple(f"channel {place}" for place in range(len(HANDLE_SECONDS)))


@dataclass(frozen=True)
class Outcome:
    """One company: what the range said and what came."""

    seed: int
    actual: float
    """Contacts of months 25 to 36."""
    p10: float
    p50: float
    p90: float
    reason_actual: float
    """The same for the reason of the initiative."""
    reason_p10: float
    reason_p50: float
    reason_p90: float
    past_mase: float
    """Of the method on the rolling origins inside months 1 to 24."""
    past_mase_last_year: float
    coming_mase: float
    """Of the forecast with the removal at its likely value, on months 25 to 36."""
    coming_mase_last_year: float
    """Last year's values with the same removal, on the same months."""

    @property
    def inside(self) -> bool:
        return self.p10 <= self.actual <= self.p90

    @property
    def reason_inside(self) -> bool:
        return self.reason_p10 <= self.reason_actual <= self.reason_p90


def plan_of(seed: int) -> Plan:
    return Plan(CONTACTS, seed, MONTHS, KNOWN + 1, 13, "default")


def counted(plan: Plan) -> pd.DataFrame:
    """Return contacts and minutes by reason, root cause, channel and month of the company, without any file."""
    world, force = make_world(plan), make_workforce(plan)
    parts = [_cells(plan, make_block(plan, world, force, *sizes).contacts) for sizes in plan.block_sizes()]
    keys = ["reason", "cause", "channel", "month"]
    return pd.concat(parts).groupby(keys, as_index=False).sum()


def _cells(plan: Plan, rows: Mapping[str, np.ndarray]) -> pd.DataFrame:
    cells = pd.DataFrame(
        {
            "reason": rows["reason"],
            "cause": _root_causes(rows),
            "channel": rows["channel"],
            "month": np.searchsorted(plan.month_starts, rows["t"], side="right") - 1,
            "contacts": 1.0,
            "minutes": np.where(rows["no_handle"], 0, rows["handle"]) / 60,
        }
    )
    whole = cells[cells["month"] < plan.months]
    return whole.groupby(["reason", "cause", "channel", "month"], as_index=False).sum()


def _root_causes(rows: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the coded cause of each contact's issue; a repeat of an issue without negative cause is its own cause."""
    coded = np.where(rows["cause_missing"], len(CAUSE_CODES), rows["coded"])
    found = chains(rows, eligible(rows, recorded=True))
    roots = found.roots(WINDOW_DAYS)
    root = coded.copy()
    root[found.order] = coded[found.order[roots]]
    again = np.zeros(len(coded), bool)
    again[found.order] = roots != np.arange(len(roots))
    return np.where(again & (root == NONE), REPEAT, root)


def back_test(seed: int) -> Outcome:
    """Return what the what-if said of one company beside what came."""
    plan = plan_of(seed)
    cells = counted(plan)
    coming = _matrix(cells[cells["month"] >= KNOWN])[:, KNOWN:]
    history = _ledger(plan, cells[cells["month"] < KNOWN])
    total, paths, _ = page_paths(history, HORIZON)
    ledger = project(history, paths, [_name(plan, step) for step in range(KNOWN, MONTHS)], spread=total.common_spread)
    after, reason_after = _simulated(ledger)
    return Outcome(
        seed, float(coming.sum()), *np.quantile(after, (0.1, 0.5, 0.9)).tolist(),
        float(coming[INITIATIVE_A].sum()), *np.quantile(reason_after, (0.1, 0.5, 0.9)).tolist(),
        *_mases(total, history, ledger, coming.sum(axis=0)),
    )  # fmt: skip


def _matrix(cells: pd.DataFrame) -> np.ndarray:
    counts = np.zeros((len(REASONS), MONTHS))
    np.add.at(counts, (cells["reason"], cells["month"]), cells["contacts"])
    return counts


def _ledger(plan: Plan, cells: pd.DataFrame) -> Ledger:
    causes = (*CAUSE_CODES, "unknown")
    return Ledger.from_cells(
        [REASONS[code].name for code in cells["reason"]],
        [causes[code] for code in cells["cause"]],
        [CHANNELS[code] for code in cells["channel"]],
        [_name(plan, month) for month in cells["month"]],
        cells["contacts"], cells["minutes"],
        minute_cost=dict.fromkeys(CHANNELS, 1.0), months=[_name(plan, month) for month in range(KNOWN)],
    )  # fmt: skip


def _name(plan: Plan, month: int) -> str:
    return f"{add_months(plan.first_day, int(month)):%Y-%m}"


def _removal() -> Scenario:
    scope = Scope(reasons=(REASONS[INITIATIVE_A].name,))
    return Scenario("The same removal", (lever("remove", "a", scope=scope, share=REMOVED, start=1, ramp=RAMP_A),))


def _share(ledger: Ledger) -> np.ndarray:
    """Return the share of the initiative's reason in all contacts of each month."""
    by_reason = ledger.contacts.sum(axis=(1, 2))
    return by_reason[ledger.reasons.index(REASONS[INITIATIVE_A].name)] / by_reason.sum(axis=0)


def _simulated(ledger: Ledger) -> tuple[np.ndarray, np.ndarray]:
    """Return the contacts of twelve months, all and of the reason, in every draw."""
    paths = simulate(ledger, _removal()).paths
    before, after = (np.asarray(x, float) for x in (paths.contacts_before, paths.contacts_after))
    reason = before * _share(ledger) - (before - after)
    return after.sum(axis=1), reason.sum(axis=1)


def _mases(total: Forecast, history: Ledger, ledger: Ledger, actual: np.ndarray) -> Iterator[float]:
    past = history.contacts.sum(axis=(0, 1, 2))
    kept = 1 - _share(ledger) * -EFFECT_A * np.clip(np.arange(1, HORIZON + 1) / RAMP_A, 0, 1)
    scale = np.abs(past[12:] - past[:-12]).mean()
    yield total.accuracy.mase if total.accuracy else float("nan")
    yield total.last_year.mase if total.last_year else float("nan")
    for path in (total.path, seasonal_naive(past, HORIZON, 12)):
        yield float(np.abs(path * kept - actual).mean() / scale)


def study() -> pd.DataFrame:
    """Return one row for each seed: about two minutes."""
    return pd.DataFrame([asdict(back_test(seed)) for seed in SEEDS], columns=[field.name for field in fields(Outcome)])


def outcomes(table: pd.DataFrame) -> list[Outcome]:
    return [Outcome(**row) for row in table.to_dict("records")]
