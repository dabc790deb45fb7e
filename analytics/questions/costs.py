"""The one place where contacts become money, and where money goes to exactly one bucket (METHODS b).

Cells in, cells out: a frame with channel, contacts, handle_seconds, handle_known and given_cost gains minutes, labour,
cost and assumed_cost; one with reason, root cause and repeat flag is divided between remove and the class of the rest.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.contract import NEGATIVE_CAUSES
from analytics.engine import Reader
from analytics.questions.period import data_period
from analytics.questions.rates import ChannelRate, Rates
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import ReasonClass, Taxonomy
from analytics.statistics.cost import labour_cost, scale_to_payroll

OWN_MEAN_FROM = 30
"""Handled contacts from which a channel's own mean stands in for a missing handle time."""
MONTHS_A_YEAR = 12
_DIVIDED = (
    "contacts",
    "handle_seconds",
    "handle_known",
    "given_cost",
    "cost_known",
    "minutes",
    "labour",
    "cost",
    "assumed_cost",
)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How the modelled cost of a year compares with the books."""

    rates: Rates
    """The rates to use: scaled, and completed with what the file knows."""
    modelled_cost: float
    """All cost a year before scaling, fees included."""
    modelled_labour: float
    """Labour cost a year before scaling: what the payroll line is compared with; fees are invoices, not scaled."""
    payroll_line: float | None
    factor: float
    """Payroll line over modelled labour; 1 when nobody entered a line."""
    months: int
    """Months the year was extrapolated from."""
    assumed_share: float
    """Share of the cost that rests on default handle times."""


def rate_basis(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts, handled time and given cost by channel, over the months of `selection`, unfiltered."""
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    return reader.frame("questions/rate_basis", months)


def reconcile(reader: Reader, rates: Rates) -> Reconciliation:
    """Complete `rates` with the file's own handle times and costs, and scale them to the payroll line (METHODS b)."""
    year = data_period(reader).default
    basis = rate_basis(reader, year)
    own = replace(rates, factor=1.0, channels=_completed_rates(basis, rates))
    priced = price(basis, own)
    yearly = MONTHS_A_YEAR / year.months
    labour = float(priced["labour"].sum()) * yearly
    factor = scale_to_payroll(labour, rates.payroll_line).factor if rates.payroll_line and labour > 0 else 1.0
    return Reconciliation(
        rates=own.with_factor(factor),
        modelled_cost=float(priced["cost"].sum()) * yearly,
        modelled_labour=labour,
        payroll_line=rates.payroll_line,
        factor=factor,
        months=year.months,
        assumed_share=_share(priced["assumed_cost"].sum(), priced["cost"].sum()),
    )


def price(cells: pd.DataFrame, rates: Rates) -> pd.DataFrame:
    """Return `cells` with minutes, cost and assumed_cost, in minutes and the workspace's currency.

    Linear in the sums, so that any roll-up of priced cells equals the price of the roll-up.
    """
    places, names = pd.factorize(cells["channel"])
    known = [rates.of(str(name)) for name in names]
    figures = [(one.per_minute, one.fee, one.default_minutes, one.modelled_share, one.default_is_own) for one in known]
    table = np.array(figures, dtype=np.float64).reshape(-1, 5)[places]
    per_minute, fee, default, modelled, own = (table[:, column] for column in range(5))
    contacts, handled = _number(cells["contacts"]), _number(cells["handle_seconds"]) / 60.0
    missing = (contacts - _number(cells["handle_known"])) * default
    minutes = handled + missing
    labour = modelled * labour_cost(minutes, per_minute * rates.factor)
    return cells.assign(
        minutes=minutes,
        labour=labour,
        cost=labour + modelled * contacts * fee + _number(cells["given_cost"]),
        assumed_cost=modelled * (1.0 - own) * labour_cost(missing, per_minute * rates.factor),
    )


def removable_weight(taxonomy: Taxonomy, reason: str, cause: str, is_repeat: bool) -> float:
    """Return the share of such contacts that should not exist (METHODS b and l).

    A known negative root cause counts whole, except where the reason is locked; of repeats with a legitimate root
    (or no cause coded for the reason at all) only the part beyond natural recurrence counts; unknown causes never do.
    """
    found = taxonomy.of(reason)
    if found.locked:
        return 0.0
    if cause in NEGATIVE_CAUSES:
        return 1.0
    rooted = cause == "none" or (cause == "unknown" and not found.causes_coded)
    return found.excess_share if is_repeat and rooted else 0.0


def allocate(cells: pd.DataFrame, taxonomy: Taxonomy) -> pd.DataFrame:
    """Divide priced cells (reason, cause, channel, is_repeat) into buckets; sums of every measure are kept.

    Adds bucket (remove, redistribute, restructure, undecided), cause_state (negative, unknown, none, locked), owner,
    and turns the cause of excess repeats into `repeat`.
    """
    keys = cells[["reason", "cause", "is_repeat"]].drop_duplicates()
    fates = pd.DataFrame(
        [_fate(taxonomy, *key) for key in keys.itertuples(index=False, name=None)],
        columns=["reason", "cause", "is_repeat", "weight", "removed_cause", "owner", "rest_class", "rest_owner"],
    )
    joined = cells.merge(fates, on=["reason", "cause", "is_repeat"], how="left", validate="many_to_one")
    removed = _part(joined, joined["weight"]).assign(
        bucket="remove", cause_state="negative", cause=joined["removed_cause"]
    )
    rest = _part(joined, 1.0 - joined["weight"])
    rest = rest.assign(bucket=rest["rest_class"], cause_state=_states(rest["cause"]), owner=rest["rest_owner"])
    parts = pd.concat([removed[joined["weight"] > 0], rest[joined["weight"] < 1]], ignore_index=True)
    return parts.drop(columns=["weight", "removed_cause", "rest_class", "rest_owner"])


def _fate(
    taxonomy: Taxonomy, reason: str, cause: str, is_repeat: bool
) -> tuple[str, str, bool, float, str, str, str, str]:
    found = taxonomy.of(reason)
    weight = removable_weight(taxonomy, reason, cause, is_repeat)
    removed_cause = cause if cause in NEGATIVE_CAUSES else "repeat"
    owner, rest_owner = taxonomy.owner(reason, removed_cause), _rest_owner(taxonomy, found, cause)
    return reason, cause, is_repeat, weight, removed_cause, owner, found.rest_class, rest_owner


def _rest_owner(taxonomy: Taxonomy, found: ReasonClass, cause: str) -> str:
    return taxonomy.owner(found.reason, cause if cause in NEGATIVE_CAUSES else "none")


def _states(causes: "pd.Series[str]") -> "pd.Series[str]":
    negative = dict.fromkeys(NEGATIVE_CAUSES, "locked")
    return causes.map({**negative, "none": "none", "unknown": "unknown"}).fillna("unknown")


def _part(cells: pd.DataFrame, share: "pd.Series[float]") -> pd.DataFrame:
    measures = [name for name in _DIVIDED if name in cells]
    return cells.assign(**{name: _number(cells[name]) * share for name in measures})


def _number(column: "pd.Series[float]") -> "pd.Series[float]":
    return column.astype(float).fillna(0.0)


def _completed_rates(basis: pd.DataFrame, rates: Rates) -> tuple[ChannelRate, ...]:
    figures = basis[["contacts", "handle_known", "cost_known", "handle_seconds"]].astype(float).fillna(0.0).to_numpy()
    return tuple(
        _completed(rates.of(str(name)), *row) for name, row in zip(basis["channel"], figures.tolist(), strict=True)
    )


def _completed(rate: ChannelRate, contacts: float, known: float, costed: float, seconds: float) -> ChannelRate:
    own = known >= OWN_MEAN_FROM
    return replace(
        rate,
        default_minutes=seconds / known / 60.0 if own else rate.default_minutes,
        default_is_own=own,
        modelled_share=1.0 - _share(costed, contacts),
    )


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0
