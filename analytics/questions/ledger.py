"""The ledger of the what-if as plain columns: each contact-minute of a year in one reason, cause, channel and month.

Shared filters do not apply here, because queues are shared. The field names are the arguments of the scenario ledger's
`from_cells`, so that the what-if needs no database and this layer no what-if.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import allocate, price
from analytics.questions.customers import cube_origin, first_seen
from analytics.questions.generators import effort_reasons
from analytics.questions.period import data_period
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection, add_months
from analytics.questions.spread import Floats
from analytics.questions.taxonomy import Taxonomy
from analytics.questions.windows import windows_by_reason, windows_of
from analytics.statistics.estimate import GREY_BELOW
from analytics.statistics.repeats import contacts_per_issue

LONGEST = 36
HALF_HOURS = 336
LEAST_MONTHS = 4
ENOUGH_FOR_SPREAD = 100


@dataclass(frozen=True, slots=True)
class LedgerColumns:
    """Cells and what hangs on them; the first six are columns of equal length, months are "YYYY-MM"."""

    reason: list[str]
    cause: list[str]
    """Root cause; repeats beyond natural recurrence with a legitimate root stand under `repeat`."""
    channel: list[str]
    month: list[str]
    contacts: Floats
    minutes: Floats
    months: tuple[str, ...]
    """Months of the horizon in order."""
    minute_cost: dict[str, float]
    """By channel: Σ minutes × it + Σ contacts × fee is the priced cost of the channel."""
    contact_fee: dict[str, float]
    effort: list[tuple[str, str, float, float]]
    """Reason, channel, mean effort 1–7, high-effort share; cells with 30 answers or more."""
    handle_spread: dict[str, float]
    """Standard deviation of log handle time by reason (lognormal, from the coefficient of variation)."""
    contacts_per_issue: dict[str, float]
    excess_share: dict[str, float]
    """Share of the repeats of each reason beyond natural recurrence, 0–1."""
    repeat_share: dict[tuple[str, str], float]
    """Share of the contacts by reason and cause that are repeats: all contacts, also those no window looks at."""
    reason_class: dict[str, str]
    """Class by reason; `locked` for reasons nothing may be removed from."""
    customers_first_seen: dict[str, float]
    arrivals: dict[str, tuple[float, ...]]
    """By channel: share of a week's contacts in each of 336 half-hours, Monday 00:00 first."""
    assumed_share: float
    """Share of the cost that rests on default handle times."""


def ledger_cells(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts and handled time by month, reason, root cause, channel and repeat flag."""
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    return reader.frame("questions/ledger_cells", months)


def arrival_profile(reader: Reader) -> pd.DataFrame:
    """Return contacts and handled time by channel and half-hour of the week."""
    return reader.frame("questions/arrival_profile")


def ledger(
    reader: Reader, rates: Rates, taxonomy: Taxonomy, *, months: int = 12, rolled_forward: bool = True
) -> LedgerColumns:
    """Return the last `months` complete months; rolled forward, each stands for the same month one horizon later.

    Raises CannotTellError below four complete months.
    """
    base = _base(reader, months)
    priced = price(ledger_cells(reader, base), rates)
    cells = allocate(priced.assign(root_cause=priced["cause"]), taxonomy)
    shift = base.months if rolled_forward else 0
    minute_cost, contact_fee = _channel_costs(priced, rates)
    return LedgerColumns(
        reason=cells["reason"].astype(str).tolist(),
        cause=cells["cause"].astype(str).tolist(),
        channel=cells["channel"].astype(str).tolist(),
        month=_month_names(cells["month"], shift),
        contacts=cells["contacts"].to_numpy(dtype=np.float64),
        minutes=cells["minutes"].to_numpy(dtype=np.float64),
        months=tuple(_name(add_months(base.first_month, step + shift)) for step in range(base.months)),
        minute_cost=minute_cost,
        contact_fee=contact_fee,
        effort=_effort(effort_reasons(reader, base)),
        handle_spread=_spreads(priced),
        contacts_per_issue=_per_issue(reader, base),
        excess_share={name: taxonomy.of(name).excess_share for name in cells["reason"].astype(str).unique()},
        repeat_share=_repeat_share(cells),
        reason_class={found.reason: "locked" if found.locked else found.class_ for found in taxonomy.classes},
        customers_first_seen=_first_seen(reader, base, shift),
        arrivals=_profiles(arrival_profile(reader)),
        assumed_share=_ratio(priced["assumed_cost"].sum(), priced["cost"].sum()),
    )


def _base(reader: Reader, months: int) -> Selection:
    period = data_period(reader)
    first = max(period.first_month, add_months(period.last_full_month, 1 - min(max(months, 1), LONGEST)))
    base = Selection(first, period.last_full_month)
    if base.months < LEAST_MONTHS:
        few = f"{base.months} complete {'month is' if base.months == 1 else 'months are'} too few for a baseline"
        raise CannotTellError(f"{few}; {LEAST_MONTHS} are needed.", do="Import a longer history.")
    return base


def _channel_costs(priced: pd.DataFrame, rates: Rates) -> tuple[dict[str, float], dict[str, float]]:
    """Return κ and fee by channel so that each channel's cost comes out whole, given costs included."""
    columns = ["contacts", "minutes", "labour", "given_cost", "cost"]
    sums = priced.groupby("channel")[columns].sum().astype(float)
    given = sums["given_cost"]
    minutes = sums["minutes"].where(sums["minutes"] > 0)
    per_minute = ((sums["labour"] + given) / minutes).fillna(0.0)
    spare = given.where(sums["minutes"] <= 0, 0.0) / sums["contacts"].where(sums["contacts"] > 0)
    fees = [rates.of(str(name)).fee * rates.of(str(name)).modelled_share for name in sums.index]
    names = [str(name) for name in sums.index]
    contact_fee = np.array(fees) + spare.fillna(0.0).to_numpy()
    return dict(zip(names, per_minute.tolist(), strict=True)), dict(zip(names, contact_fee.tolist(), strict=True))


def _effort(rows: pd.DataFrame) -> list[tuple[str, str, float, float]]:
    held = rows[rows["answers"] >= GREY_BELOW]
    answers = held["answers"].astype(float)
    means, shares = held["effort_sum"].astype(float) / answers, held["high_effort_answers"].fillna(0) / answers
    return list(
        zip(held["reason"].astype(str), held["channel"].astype(str), means.tolist(), shares.tolist(), strict=True)
    )


def _spreads(priced: pd.DataFrame) -> dict[str, float]:
    columns = ["handle_seconds", "handle_seconds_squared", "handle_known"]
    sums = priced.groupby("reason")[columns].sum().astype(float)
    sums = sums[(sums["handle_known"] >= ENOUGH_FOR_SPREAD) & (sums["handle_seconds"] > 0)]
    mean = sums["handle_seconds"] / sums["handle_known"]
    variance = (sums["handle_seconds_squared"] / sums["handle_known"] - mean**2).clip(lower=0.0)
    return {
        str(name): float(np.sqrt(np.log1p(v / m**2))) for name, v, m in zip(sums.index, variance, mean, strict=True)
    }


def _per_issue(reader: Reader, base: Selection) -> dict[str, float]:
    windows = windows_of(windows_by_reason(reader, base), "reason")
    at = data_period(reader).window_days
    counts = zip(windows.labels, windows.at("mature", at), windows.at("issues", at), strict=True)
    found = {name: contacts_per_issue(round(mature), round(issues)) for name, mature, issues in counts if issues > 0}
    return {name: value for name, value in found.items() if value is not None}


def _repeat_share(cells: pd.DataFrame) -> dict[tuple[str, str], float]:
    repeats = cells["contacts"].where(cells["is_repeat"].astype(bool), 0.0)
    sums = cells.assign(repeats=repeats).groupby(["reason", "cause"], observed=True)[["contacts", "repeats"]].sum()
    held = sums[sums["contacts"] > 0].astype(float)
    shares = (held["repeats"] / held["contacts"]).tolist()
    return {(str(reason), str(cause)): share for (reason, cause), share in zip(held.index, shares, strict=True)}


def _first_seen(reader: Reader, base: Selection, shift: int) -> dict[str, float]:
    origin, rows = cube_origin(reader), first_seen(reader, base)
    return {
        _name(add_months(origin, int(number) + shift)): float(count)
        for number, count in zip(rows["month_number"].tolist(), rows["customers"].tolist(), strict=True)
    }


def _profiles(rows: pd.DataFrame) -> dict[str, tuple[float, ...]]:
    places, names = pd.factorize(rows["channel"], sort=True)
    table = np.zeros((len(names), HALF_HOURS))
    table[places, rows["half_hour"].to_numpy(dtype=np.intp)] = rows["contacts"].to_numpy(dtype=np.float64)
    return {str(name): tuple((row / row.sum()).tolist()) for name, row in zip(names, table, strict=True)}


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0


def _month_names(months: "pd.Series[pd.Timestamp]", shift: int) -> list[str]:
    places, days = pd.factorize(months)
    names = [_name(add_months(pd.Timestamp(day).date(), shift)) for day in days]
    return [names[place] for place in places]


def _name(month: date) -> str:
    return f"{month:%Y-%m}"
