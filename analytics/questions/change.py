"""What changed between two periods: growth, rate and mix, and which reasons carry it (traps T11 and T21)."""

from dataclasses import dataclass

import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.demand import NO_CUSTOMERS, PER
from analytics.questions.period import data_period
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.change import split_change


@dataclass(frozen=True, slots=True)
class ChangeSplit:
    """Contacts before and after, and what made the difference; the three parts add up to it."""

    before: float
    after: float
    growth: float
    rate: float
    mix: float
    per_1000_before: float
    per_1000_after: float
    parts: pd.DataFrame
    """part (before, growth, rate, mix, after), contacts, share_of_before: the rows of a bridge."""
    segments: pd.DataFrame
    """segment, contacts and customers before and after, rate and mix parts."""
    why: str = ""
    """Why there is no split; the numbers are NaN then."""


def demand_segments(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by month and segment."""
    return reader.frame("questions/demand_segments", selection.parameters())


def active_segments(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return active customers by month and segment."""
    return reader.frame("questions/active_segments", selection.parameters())


def demand_reasons(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return contacts by month and reason."""
    return reader.frame("questions/demand_reasons", selection.parameters())


def change_split(reader: Reader, selection: Selection, before: Selection | None = None) -> ChangeSplit:
    """Split the change of contacts against `before` (default: the same months a year earlier).

    Customers are counted in customer-months, so that both periods must have the same number of months.
    """
    earlier = before or selection.year_before
    if not data_period(reader).covers(earlier):
        return _no_split("The earlier period is not complete in the data.")
    if not all(_customers_every_month(reader, part) for part in (earlier, selection)):
        return _no_split(NO_CUSTOMERS)
    sides = [_by_segment(reader, part) for part in (earlier, selection)]
    joined = (
        sides[0]
        .merge(sides[1], how="outer", left_index=True, right_index=True, suffixes=("_before", "_after"))
        .fillna(0.0)
    )
    if not _customers_fit(joined):
        joined = joined.sum().to_frame("all").T
    return _split(joined)


def reason_changes(reader: Reader, selection: Selection, taxonomy: Taxonomy | None = None) -> pd.DataFrame:
    """Return by reason: contacts per 1,000 customers before and after, their difference and its share of the whole.

    Columns reason, name, before, after, difference, share; empty where a year ago or the customers are not known.
    """
    earlier = selection.year_before
    columns = ["reason", "name", "before", "after", "difference", "share"]
    known = all(_customers_every_month(reader, part) for part in (earlier, selection))
    if not known or not data_period(reader).covers(earlier):
        return pd.DataFrame(columns=columns)
    rates = [_reason_rates(reader, part) for part in (earlier, selection)]
    table = pd.concat(rates, axis=1, keys=["before", "after"]).fillna(0.0)
    if not len(table) or (table.sum() <= 0).any():
        return pd.DataFrame(columns=columns)
    difference = table["after"] - table["before"]
    whole = float(difference.sum())
    named = table.assign(difference=difference, share=difference / whole if whole else 0.0).reset_index()
    names = [(taxonomy or Taxonomy()).of(reason).name for reason in named["reason"]]
    order = named["difference"].abs().sort_values(ascending=False, kind="stable").index
    return named.assign(name=names).loc[order, columns].reset_index(drop=True)


def driver(changes: pd.DataFrame) -> str:
    """Return which reason explains most of the change, in a sentence; empty when none explains a fifth of it."""
    if not len(changes):
        return ""
    top = changes.sort_values("share", ascending=False, kind="stable").iloc[0]
    share = float(top["share"])
    if share < 0.2:
        return ""
    part = "all" if share >= 0.95 else "most" if share >= 0.6 else "half" if share >= 0.4 else "part"
    return f"{top['name']} explains {part} of it."


def _customers_every_month(reader: Reader, selection: Selection) -> bool:
    """Return whether customers are known in each month: a year of contacts over ten months of customers is no rate."""
    rows = active_segments(reader, selection)
    return int(rows.loc[rows["customers"] > 0, "month"].nunique()) == selection.months


def _by_segment(reader: Reader, selection: Selection) -> pd.DataFrame:
    contacts = demand_segments(reader, selection).groupby("segment")["contacts"].sum()
    customers = active_segments(reader, selection).groupby("segment")["customers"].sum()
    return pd.concat([contacts, customers], axis=1).astype(float).fillna(0.0)


def _customers_fit(joined: pd.DataFrame) -> bool:
    """Return whether every segment with contacts has customers, in both periods."""
    sides = (("contacts_before", "customers_before"), ("contacts_after", "customers_after"))
    return not any(((joined[made] > 0) & (joined[base] <= 0)).any() for made, base in sides)


def _split(joined: pd.DataFrame) -> ChangeSplit:
    columns = ("contacts_before", "customers_before", "contacts_after", "customers_after")
    try:
        found = split_change(*(joined[name].to_numpy(dtype=float) for name in columns))
    except CannotTellError as error:
        return _no_split(str(error))
    parts = [("before", found.before), ("growth", found.growth), ("rate", found.rate), ("mix", found.mix),
             ("after", found.after)]  # fmt: skip
    bridge = pd.DataFrame(parts, columns=["part", "contacts"])
    segments = joined.rename_axis("segment").reset_index()
    return ChangeSplit(
        found.before, found.after, found.growth, found.rate, found.mix, found.per_1000_before, found.per_1000_after,
        bridge.assign(share_of_before=bridge["contacts"] / found.before if found.before else float("nan")),
        segments.assign(rate=found.rate_by_segment, mix=found.mix_by_segment),
    )  # fmt: skip


def _no_split(why: str) -> ChangeSplit:
    gone = float("nan")
    bridge = pd.DataFrame({"part": [], "contacts": [], "share_of_before": []})
    return ChangeSplit(gone, gone, gone, gone, gone, gone, gone, bridge, pd.DataFrame(), why)


def _reason_rates(reader: Reader, selection: Selection) -> "pd.Series[float]":
    contacts = demand_reasons(reader, selection).groupby("reason")["contacts"].sum().astype(float)
    customers = float(active_segments(reader, selection)["customers"].sum())
    return PER * contacts / customers if customers > 0 else contacts * 0.0
