"""Repeat contacts: all windows of 1 to 30 days, first-contact resolution, excess, cost, who lies apart (METHODS a)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import price
from analytics.questions.demand import demand_groups
from analytics.questions.identified import too_few_identified
from analytics.questions.period import DataPeriod, data_period
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection, add_months
from analytics.questions.spread import Floats, by_group
from analytics.questions.windows import (
    Windows,
    excess,
    excess_part,
    recurrence,
    windows_by_channel,
    windows_by_reason,
    windows_by_team,
    windows_of,
)
from analytics.statistics.estimate import SUPPRESS_BELOW, Estimate, cannot
from analytics.statistics.funnel import Funnel, funnel
from analytics.statistics.groups import design_effect
from analytics.statistics.proportions import proportions
from analytics.statistics.repeats import WINDOWS, WindowRates, by_window, contacts_per_issue, window_rates

Dimension = Literal["reason", "channel", "team"]


@dataclass(frozen=True, slots=True)
class Repeats:
    """The repeat section at one window, with the curve over all of them."""

    window_days: int
    repeat_rate: Estimate
    """Of mature contacts, the share followed by another of the same issue."""
    repeat_share: Estimate
    """Of all contacts, the share that repeats an earlier one."""
    first_contact_resolution: Estimate
    natural: Estimate
    """Same-reason contacts per contact and day when nothing failed."""
    excess: Estimate
    """Repeat rate beyond natural recurrence."""
    contacts_per_issue: float | None
    cost: float
    """Cost of the repeats of the period."""
    excess_cost: float | None
    """Its part beyond natural recurrence; None when that cannot be told."""
    repeats: int
    curve: pd.DataFrame
    """window_days, mature, repeat_rate, low, high, natural_rate, excess_rate, first_contact_resolution, repeat_share:
    one row per window of 1 to 30 days."""
    immature_from: date
    """First day on which contacts are not mature at this window: shaded, never an improvement."""


@dataclass(frozen=True, slots=True)
class Team:
    """Teams against control limits; no ranking, never people."""

    rows: pd.DataFrame
    """team, mature, repeat_rate (NaN when suppressed), low95, high95, low998, high998, place, state; by name."""
    target: float
    dispersion: float


def repeats(reader: Reader, selection: Selection, rates: Rates, window_days: int = 7) -> Repeats:
    """Return the repeat section at `window_days` (1 to 30). Raises CannotTellError outside that range."""
    if not 1 <= window_days <= WINDOWS:
        raise CannotTellError(f"A window of {window_days} days is not kept.", do=f"Choose 1 to {WINDOWS} days.")
    windows = windows_of(windows_by_channel(reader, selection), "channel")
    deff = design_effect(by_group(demand_groups(reader, selection), ["has_repeat", "eligible_mature"]))
    found, at = rates_of(windows, deff), window_days - 1
    mature, again = windows.counts("mature"), windows.counts("has_repeat")
    cost = float(repeat_costs(windows, rates)[at])
    part = excess_part(mature, again, window_days)
    answer = Repeats(
        window_days=window_days,
        repeat_rate=found.repeat_rate[at],
        repeat_share=found.repeat_share[at],
        first_contact_resolution=found.first_contact_resolution[at],
        natural=recurrence(mature, again, window_days),
        excess=excess(mature, again, window_days),
        contacts_per_issue=contacts_per_issue(round(mature[at]), round(windows.counts("issues")[at])),
        cost=cost,
        excess_cost=None if part is None else cost * part,
        repeats=round(windows.counts("is_repeat")[at]),
        curve=curve_of(windows, found),
        immature_from=immature_from(data_period(reader), window_days),
    )
    why = too_few_identified(reader, selection)
    return untold(answer, why) if why else answer


def untold(found: Repeats, why: str) -> Repeats:
    """Return the same section without a number, for data that cannot carry one."""
    none = cannot(0, "contacts of known customers", why)
    rates = {str(name): np.nan for name in found.curve if name not in {"window_days", "mature"}}
    return replace(
        found, repeat_rate=none, repeat_share=none, first_contact_resolution=none, natural=none, excess=none,
        contacts_per_issue=None, cost=0.0, excess_cost=None, repeats=0, curve=found.curve.assign(**rates),
    )  # fmt: skip


def repeat_costs(windows: Windows, rates: Rates) -> Floats:
    """Return the cost of the repeats at each window, shape (30,); `windows` as read by channel.

    Each repeat at its own handled time, a missing one at its channel's mean, plus the cost the file gives: the sum over
    the contacts themselves.
    """
    count, seconds, missing, given = (
        by_window(windows.changes[name]).ravel()
        for name in ("is_repeat", "repeat_seconds", "repeat_missing", "repeat_cost")
    )
    cells = pd.DataFrame({
        "channel": np.repeat(np.array(windows.labels, dtype=np.object_), WINDOWS), "contacts": count,
        "handle_seconds": seconds, "handle_known": count - missing, "not_handled": 0.0, "given_cost": given,
    })  # fmt: skip
    cost = price(cells, rates)["cost"].to_numpy(dtype=np.float64)
    return np.asarray(cost.reshape(len(windows.labels), WINDOWS).sum(axis=0), dtype=np.float64)


def repeats_by(
    reader: Reader, selection: Selection, dimension: Dimension = "reason", window_days: int = 7
) -> pd.DataFrame:
    """Return by reason, channel or team at one window, as the dimension itself and: mature, repeat_rate, low, high,
    excess_rate, first_contact_resolution, issues, repeats, state, why. Largest first; never a ranking of teams.
    """
    ask = {"reason": windows_by_reason, "channel": windows_by_channel, "team": windows_by_team}[dimension]
    windows = windows_of(ask(reader, selection), dimension)
    mature, again = windows.at("mature", window_days), windows.at("has_repeat", window_days)
    single, issues = windows.at("single", window_days), windows.at("issues", window_days)
    shown = proportions(again, mature, None)
    rows = pd.DataFrame(
        {
            dimension: list(windows.labels), "mature": mature, "repeat_rate": shown.value, "low": shown.low,
            "high": shown.high, "excess_rate": [_excess_of(windows, row, window_days) for row in range(len(mature))],
            "first_contact_resolution": single / np.where(issues >= SUPPRESS_BELOW, issues, np.nan), "issues": issues,
            "repeats": windows.at("is_repeat", window_days), "state": shown.state, "why": shown.why,
        }
    )  # fmt: skip
    by = [dimension] if dimension == "team" else ["mature", dimension]
    return rows.sort_values(by, ascending=dimension == "team", kind="stable").reset_index(drop=True)


def team_funnel(reader: Reader, selection: Selection, window_days: int = 7) -> Team:
    """Return teams' repeat rates against control limits around the common rate."""
    windows = windows_of(windows_by_team(reader, selection), "team")
    order = np.argsort(np.array(windows.labels, dtype=np.str_))
    mature, again = windows.at("mature", window_days)[order], windows.at("has_repeat", window_days)[order]
    found: Funnel = funnel(again, mature)
    rows = pd.DataFrame(
        {
            "team": [windows.labels[row] for row in order], "mature": mature, "repeat_rate": found.value,
            "low95": found.low95, "high95": found.high95, "low998": found.low998, "high998": found.high998,
            "place": found.place, "state": found.state,
        }
    )  # fmt: skip
    return Team(rows, found.target, found.dispersion)


def immature_from(period: DataPeriod, window_days: int) -> date:
    """Return the first day whose contacts cannot have been followed for the whole window yet."""
    end = period.last_at.date() if period.last_at else add_months(period.last_full_month, 1) - timedelta(days=1)
    return end - timedelta(days=window_days - 1)


def rates_of(windows: Windows, deff: float) -> WindowRates:
    """Return the three rates at every window, of all labels together."""
    return window_rates(
        mature=windows.changes["mature"].sum(axis=0),
        has_repeat=windows.changes["has_repeat"].sum(axis=0),
        observed=windows.changes["observed"].sum(axis=0),
        is_repeat=windows.changes["is_repeat"].sum(axis=0),
        issues=windows.changes["issues"].sum(axis=0),
        single_contact_issues=windows.changes["single"].sum(axis=0),
        design_effect=deff,
    )


def curve_of(windows: Windows, found: WindowRates) -> pd.DataFrame:
    """Return the curve of `Repeats`: one row per window."""
    mature, again = windows.counts("mature"), windows.counts("has_repeat")
    beyond: Floats = np.array(
        [_number(excess(mature, again, window).value) for window in range(1, WINDOWS + 1)], dtype=np.float64
    )
    rate = found.repeat_rate
    return pd.DataFrame(
        {
            "window_days": np.arange(1, WINDOWS + 1), "mature": mature, "repeat_rate": rate.value, "low": rate.low,
            "high": rate.high, "natural_rate": rate.value - beyond, "excess_rate": beyond,
            "first_contact_resolution": found.first_contact_resolution.value, "repeat_share": found.repeat_share.value,
        }
    )  # fmt: skip


def _excess_of(windows: Windows, row: int, window_days: int) -> float:
    return _number(excess(windows.counts("mature", row), windows.counts("has_repeat", row), window_days).value)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
