"""What should not exist: cost by bucket, owner and month, with unknown causes kept apart (METHODS b)."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from analytics.contract import CAUSES
from analytics.engine import Reader
from analytics.questions.costs import MONTHS_A_YEAR, allocate, price, removable_weight
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats, group_costs, placed, summed
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.estimate import Estimate
from analytics.statistics.jackknife import Scale, estimates
from analytics.statistics.pareto import rank_stability

BUCKETS = ("remove", "redistribute", "restructure", "undecided")
STATES = {"negative": "known avoidable cause", "locked": "locked, keep the door", "none": "no negative cause",
          "unknown": "cause not known"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Removable:
    """Cost of demand that should not exist."""

    cost_per_year: Estimate
    share: Estimate
    """Of all cost of the period, 0–1."""
    unknown_share: Estimate
    """Share of cost whose cause is not known, 0–1; never counted in."""
    total_cost: float
    """Of the period."""
    assumed_share: float
    """Share of the cost that rests on default handle times."""
    is_reconciled: bool
    """True when costs are scaled to a payroll line."""
    contacts: int
    states: pd.DataFrame
    """cause_state, label, contacts, minutes, cost, share."""
    owners: pd.DataFrame
    """owner, contacts, minutes, cost, cost_per_year, low, high, share, clear (order against the next may be claimed):
    largest first."""
    proxy_share: float = 0.0
    """Share of that cost whose issues have no cause coded: excess repeats stand in for one."""
    months: int = 12
    """Months looked at, which a year is scaled from."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Priced and divided cells of a selection, with what intervals need."""

    priced: pd.DataFrame
    """reason, cause, channel, is_repeat, contacts, minutes, cost, …"""
    allocated: pd.DataFrame
    """The same divided into buckets: reason, root_cause, cause, channel, bucket, cause_state, owner, place, …"""
    shares: Floats
    """Share of each place in each replicate group, shape (places, 32)."""
    yearly: float
    """Factor from the period to a year."""


def demand_cells(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by reason, root cause, channel and repeat flag."""
    return reader.frame("questions/demand_cells", selection.parameters())


def cause_groups(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by replicate group, reason (largest 60 and other) and root cause."""
    return reader.frame("questions/cause_groups", selection.parameters())


def divided_cells(reader: Reader, selection: Selection, rates: Rates, taxonomy: Taxonomy) -> Cells:
    """Return the cells of a selection, priced and divided into buckets; the basis of every answer about cost."""
    priced = price(demand_cells(reader, selection), rates)
    divided = allocate(priced.assign(root_cause=priced["cause"]), taxonomy)
    allocated, shares = placed(divided, cause_groups(reader, selection))
    return Cells(priced, allocated, shares, MONTHS_A_YEAR / selection.months)


def removable(reader: Reader, selection: Selection, rates: Rates, taxonomy: Taxonomy) -> Removable:
    """Return the cost of demand that should not exist, a year and as a share, with intervals and owners."""
    return removable_of(divided_cells(reader, selection, rates, taxonomy), rates)


def removable_of(cells: Cells, rates: Rates) -> Removable:
    """Return the same from cells already read."""
    labels, by_state = group_costs(cells.allocated, cells.shares, ["cause_state"])
    sums = {state: by_state[row] for row, state in enumerate(labels["cause_state"])}
    total = by_state.sum(axis=0)
    contacts = int(cells.priced["contacts"].sum())
    cost = float(cells.priced["cost"].sum())
    removed = sums.get("negative", np.zeros_like(total))
    return Removable(
        cost_per_year=_amount(removed * cells.yearly, contacts),
        share=_part(removed, total, contacts),
        unknown_share=_part(sums.get("unknown", np.zeros_like(total)), total, contacts),
        total_cost=cost,
        assumed_share=float(cells.priced["assumed_cost"].sum()) / cost if cost > 0 else 0.0,
        is_reconciled=rates.is_reconciled,
        contacts=contacts,
        states=_states(cells.allocated),
        owners=_owners(cells),
        proxy_share=_proxy_share(cells.allocated),
        months=round(MONTHS_A_YEAR / cells.yearly),
    )


def pillars(cells: Cells) -> pd.DataFrame:
    """Return cost by pillar and owner: bucket, owner, cause_known, contacts, minutes, cost, share of all cost.

    The part of a reason with a known negative cause is to be removed, the rest takes the reason's own class; where
    that rest has no known cause, cause_known says so.
    """
    rows = cells.allocated.assign(cause_known=cells.allocated["cause_state"] != "unknown")
    summed = _sums(rows, ["bucket", "owner", "cause_known"])
    order = summed["bucket"].map({bucket: place for place, bucket in enumerate(BUCKETS)})
    ordered = summed.assign(order=order).sort_values(["order", "cost"], ascending=[True, False])
    return _with_share(ordered.drop(columns="order").reset_index(drop=True))


def weighted_months(reader: Reader, selection: Selection, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return the removable part of the sums by month and channel."""
    cells = list(product([found.reason for found in taxonomy.classes], CAUSES, (False, True)))
    weights = [removable_weight(taxonomy, *cell) for cell in cells]
    kept = [(*cell, weight) for cell, weight in zip(cells, weights, strict=True) if weight > 0]
    names = ("weight_reasons", "weight_causes", "weight_repeats", "weights")
    lists = {name: [row[place] for row in kept] for place, name in enumerate(names)}
    return reader.frame("questions/weighted_months", selection.parameters() | lists)


def channel_months(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts, handled time and given cost by month and channel."""
    return reader.frame("questions/channel_months", selection.parameters())


def removable_months(reader: Reader, selection: Selection, rates: Rates, taxonomy: Taxonomy) -> pd.DataFrame:
    """Return month, cost, removable_cost and removable_share: the trend of the share that should not exist."""
    total = price(channel_months(reader, selection), rates).groupby("month")["cost"].sum()
    removed = price(weighted_months(reader, selection, taxonomy), rates).groupby("month")["cost"].sum()
    frame = pd.DataFrame({"cost": total, "removable_cost": removed.reindex(total.index, fill_value=0.0)})
    share = frame["removable_cost"] / frame["cost"].where(frame["cost"] > 0)
    return frame.assign(removable_share=share).reset_index()


def _amount(sums: Floats, contacts: int) -> Estimate:
    return estimates(sums[None, :, None], lambda held: held[..., 0], [contacts])[0]


def _part(part: Floats, total: Floats, contacts: int) -> Estimate:
    if part.sum() <= 0 or total.sum() <= 0:
        return estimates(np.stack([part, total], axis=1)[None], _quotient, [contacts])[0]
    scale: Scale = "logit" if part.sum() < total.sum() else "identity"
    return estimates(np.stack([part, total], axis=1)[None], _quotient, [contacts], scale)[0]


def _quotient(sums: Floats) -> Floats:
    return np.asarray(sums[..., 0] / np.where(sums[..., 1] > 0, sums[..., 1], np.nan), dtype=np.float64)


def _states(allocated: pd.DataFrame) -> pd.DataFrame:
    summed = _sums(allocated, ["cause_state"]).set_index("cause_state").reindex(list(STATES), fill_value=0.0)
    return _with_share(summed.reset_index().assign(label=list(STATES.values())))


def _proxy_share(allocated: pd.DataFrame) -> float:
    removed = allocated[allocated["bucket"] == "remove"]
    whole = float(removed["cost"].sum())
    return float(removed.loc[removed["root_cause"] == "unknown", "cost"].sum()) / whole if whole > 0 else 0.0


def _owners(cells: Cells) -> pd.DataFrame:
    removed = cells.allocated[cells.allocated["bucket"] == "remove"]
    if removed.empty:
        return pd.DataFrame(
            columns=["owner", "contacts", "minutes", "cost", "share", "cost_per_year", "low", "high", "clear"]
        ).astype({"cost": float, "cost_per_year": float})
    labels, sums = group_costs(removed, cells.shares, ["owner"])
    ranges = estimates(
        sums[:, :, None] * cells.yearly, lambda held: held[..., 0], _sums(removed, ["owner"])["contacts"].to_numpy()
    )
    ends = labels.assign(low=ranges.low, high=ranges.high, clear=rank_stability(sums).clear)
    table = _with_share(_sums(removed, ["owner"])).merge(ends, on="owner")
    table = table.assign(cost_per_year=table["cost"] * cells.yearly)
    return table.sort_values("cost", ascending=False).reset_index(drop=True)


def _sums(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    return summed(rows, keys, ["contacts", "minutes", "cost"])


def _with_share(rows: pd.DataFrame) -> pd.DataFrame:
    whole = float(rows["cost"].sum())
    return rows.assign(share=rows["cost"] / whole if whole > 0 else 0.0)
