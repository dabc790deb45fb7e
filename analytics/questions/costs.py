"""The one place where contacts become money, and where money goes to exactly one bucket (METHODS b).

Cells in, cells out: a frame with channel, contacts, handle_seconds, handle_known, not_handled and given_cost gains
minutes, labour, cost and assumed_cost; one with reason, root cause and repeat flag is divided between remove and the
class of the rest.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.contract import NEGATIVE_CAUSES
from analytics.engine import Reader
from analytics.questions.period import data_period
from analytics.questions.rates import ChannelRate, Rates
from analytics.questions.selection import Selection
from analytics.questions.spread import Places, floats, numbered
from analytics.questions.taxonomy import ReasonClass, Taxonomy
from analytics.statistics.cost import labour_cost, scale_to_payroll

OWN_MEAN_FROM = 30
"""Handled contacts from which a channel's own mean stands in for a missing handle time."""
MONTHS_A_YEAR = 12
_DIVIDED = (
    "contacts",
    "handle_seconds",
    "handle_known",
    "not_handled",
    "given_cost",
    "cost_known",
    "minutes",
    "labour",
    "cost",
    "assumed_cost",
)


_FATE_KEYS = ("reason", "cause", "is_repeat")
_STATES = {**dict.fromkeys(NEGATIVE_CAUSES, "locked"), "none": "none", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class _Fate:
    """What becomes of the contacts of one reason, root cause and repeat flag."""

    cause: str
    weight: float
    """Share that is to be removed, 0–1."""
    removed_cause: str
    owner: str
    rest_class: str
    rest_owner: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How the modelled cost of a year compares with the books."""

    rates: Rates
    """The rates to use: scaled, and completed with what the file knows; without a line where nothing can be scaled."""
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
    line = rates.payroll_line if labour > 0 else None
    factor = scale_to_payroll(labour, line).factor if line else 1.0
    return Reconciliation(
        rates=replace(own, payroll_line=line).with_factor(factor),
        modelled_cost=float(priced["cost"].sum()) * yearly,
        modelled_labour=labour,
        payroll_line=rates.payroll_line,
        factor=factor,
        months=year.months,
        assumed_share=_share(priced["assumed_cost"].sum(), priced["cost"].sum()),
    )


def price(cells: pd.DataFrame, rates: Rates) -> pd.DataFrame:
    """Return `cells` with minutes, cost and assumed_cost, in minutes and the workspace's currency.

    A missing handle time is filled in with the channel's mean; contacts given up before anybody answered
    (`not_handled`) have none to fill in, and no part in the mean. Linear in the sums, so that any roll-up of priced
    cells equals the price of the roll-up.
    """
    places, names = pd.factorize(cells["channel"])
    known = [rates.of(str(name)) for name in names]
    figures = [(one.per_minute, one.fee, one.default_minutes, one.modelled_share, one.default_is_own) for one in known]
    table = np.array(figures, dtype=np.float64).reshape(-1, 5)[places]
    per_minute, fee, default, modelled, own = (table[:, column] for column in range(5))
    contacts, handled = floats(cells["contacts"]), floats(cells["handle_seconds"]) / 60.0
    missing = (contacts - floats(cells["handle_known"]) - floats(cells["not_handled"])) * default
    minutes = handled + missing
    labour = modelled * labour_cost(minutes, per_minute * rates.factor)
    return cells.assign(
        minutes=minutes,
        labour=labour,
        cost=labour + modelled * contacts * fee + floats(cells["given_cost"]),
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
    places, firsts = numbered(cells, _FATE_KEYS)
    fates = _fates(cells, firsts, taxonomy)
    weight = np.array([fate.weight for fate in fates], dtype=np.float64)[places]
    removed, rest = np.flatnonzero(weight > 0), np.flatnonzero(weight < 1)
    rows = np.concatenate([removed, rest])
    share = np.concatenate([weight[removed], 1.0 - weight[rest]])
    spoken = np.concatenate([places[removed], places[rest] + len(fates)])
    divided = {name: floats(cells[name])[rows] * share for name in _DIVIDED if name in cells}
    whole = {name: cells[name].array.take(rows) for name in cells.columns if name not in divided}
    words = {name: pd.array(texts, dtype="str").take(spoken) for name, texts in _said(fates).items()}
    columns = {name: words[name] if name in words else (divided | whole)[name] for name in cells.columns}
    return pd.DataFrame(columns | words)


def _fates(cells: pd.DataFrame, firsts: Places, taxonomy: Taxonomy) -> list[_Fate]:
    keys = cells[list(_FATE_KEYS)].take(firsts)
    return [_fate(taxonomy, *key) for key in keys.itertuples(index=False, name=None)]


def _said(fates: list[_Fate]) -> dict[str, list[str]]:
    """Return the words of what is removed, then those of what rests, one for each fate."""
    return {
        "cause": [fate.removed_cause for fate in fates] + [fate.cause for fate in fates],
        "owner": [fate.owner for fate in fates] + [fate.rest_owner for fate in fates],
        "bucket": ["remove"] * len(fates) + [fate.rest_class for fate in fates],
        "cause_state": ["negative"] * len(fates) + [_STATES.get(fate.cause, "unknown") for fate in fates],
    }


def _fate(taxonomy: Taxonomy, reason: str, cause: str, is_repeat: bool) -> _Fate:
    found = taxonomy.of(reason)
    removed_cause = cause if cause in NEGATIVE_CAUSES else "repeat"
    return _Fate(
        cause=cause,
        weight=removable_weight(taxonomy, reason, cause, is_repeat),
        removed_cause=removed_cause,
        owner=taxonomy.owner(reason, removed_cause),
        rest_class=found.rest_class,
        rest_owner=_rest_owner(taxonomy, found, cause),
    )


def _rest_owner(taxonomy: Taxonomy, found: ReasonClass, cause: str) -> str:
    return taxonomy.owner(found.reason, cause if cause in NEGATIVE_CAUSES else "none")


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
