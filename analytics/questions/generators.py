"""Demand generators: which reasons, causes and owners weigh most, and which ranks survive a resample (METHODS b)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.contract import CAUSES
from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.customers import customers_by_reason
from analytics.questions.rates import Rates
from analytics.questions.removable import Cells, divided_cells
from analytics.questions.selection import Selection
from analytics.questions.spread import floats, group_costs, summed
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.estimate import GREY_BELOW
from analytics.statistics.jackknife import estimates
from analytics.statistics.pareto import TOP, pareto, rank_stability

Measure = Literal["cost", "contacts", "minutes", "customers", "effort"]
Group = Literal["reason", "cause", "owner", "reason_cause"]
Part = Literal["all", "removable"]
KEYS: dict[Group, list[str]] = {
    "reason": ["reason"],
    "cause": ["cause"],
    "owner": ["owner"],
    "reason_cause": ["reason", "cause"],
}


@dataclass(frozen=True, slots=True)
class Generators:
    """Generators of demand, heaviest first."""

    rows: pd.DataFrame
    """key columns, label, value, low, high (NaN without interval), share, cumulative, removable (its removable part),
    contacts, greyed (under 30 contacts), in_top (share of resamples among the first five), clear (order against the
    next may be claimed)."""
    measure: Measure
    group: Group
    part: Part
    total: float
    """Sum over all rows; for customers the different customers of all reasons together, which is less than the sum."""
    yearly: float
    """Factor from the period to a year."""
    note: str = ""
    """What to know about this measure; empty for cost, contacts and minutes."""


def effort_reasons(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return survey answers and their effort by reason and channel."""
    return reader.frame("questions/effort_reasons", selection.parameters())


def generators(
    reader: Reader,
    selection: Selection,
    rates: Rates,
    taxonomy: Taxonomy,
    *,
    measure: Measure = "cost",
    group: Group = "reason",
    part: Part = "all",
) -> Generators:
    """Return what generates demand, by `measure` and `group`, of all demand or only of its removable part.

    Values are those of the period; times `yearly` they are a year's. Customers are counted by reason only.
    Raises CannotTellError for customers by cause or owner, and for effort without enough answers.
    """
    cells = divided_cells(reader, selection, rates, taxonomy)
    if measure == "customers":
        return _by_customers(reader, selection, cells, taxonomy, group, part)
    note = ""
    if measure == "effort":
        cells, note = _with_effort(cells, effort_reasons(reader, selection))
    return generators_of(cells, taxonomy, measure, group, part, note)


def generators_of(  # noqa: PLR0917 - called by the page and by the question above
    cells: Cells, taxonomy: Taxonomy, measure: Measure, group: Group, part: Part = "all", note: str = ""
) -> Generators:
    """Return the same from cells already read; the column named by `measure` must be in `cells.allocated`."""
    wanted = cells.allocated if part == "all" else cells.allocated[cells.allocated["bucket"] == "remove"]
    keys = KEYS[group]
    if wanted.empty:
        return Generators(_no_rows(keys), measure, group, part, 0.0, cells.yearly, note)
    labels, by_group = group_costs(wanted, cells.shares, keys, measure)
    in_remove = (wanted["bucket"] == "remove").to_numpy()
    sums = summed(
        wanted.assign(removable=floats(wanted[measure]) * in_remove), keys, ["contacts", measure, "removable"]
    )
    contacts, value, removable = (sums[name].to_numpy() for name in ("contacts", measure, "removable"))
    order = pareto(value, contacts)
    stable = rank_stability(by_group)
    ranges = estimates(by_group[:, :, None], lambda held: held[..., 0], contacts.round())
    rows = labels.assign(
        label=[_label(key, group, taxonomy) for key in labels.itertuples(index=False, name=None)],
        value=value, low=ranges.low, high=ranges.high, removable=removable,
        contacts=contacts, in_top=stable.in_top, clear=stable.clear,
    ).iloc[order.order]  # fmt: skip
    rows = rows.assign(share=order.share, cumulative=order.cumulative, greyed=order.greyed).reset_index(drop=True)
    return Generators(rows, measure, group, part, float(value.sum()), cells.yearly, note)


def top_finding(found: Generators, currency: str, unit: str = "") -> str:
    """Return how much the first five make up, and which are stable, as a sentence."""
    if found.rows.empty:
        return "Nothing in this period."
    if len(found.rows) <= TOP:
        return "These are all there are." if len(found.rows) > 1 else "This is all there is."
    first = found.rows.head(TOP)
    stable = int((first["in_top"] >= 0.9).sum())
    what = {"cost": currency, "contacts": "contacts", "minutes": "minutes", "effort": "effort points"}
    return (
        f"The first {len(first)} of {len(found.rows)} make up {100 * first['share'].sum():.0f} % of "
        f"{unit or what.get(found.measure, 'customers')}; {stable} of them stay among the first {TOP} in at least "
        "90 % of resamples."
    )


def _by_customers(  # noqa: PLR0917
    reader: Reader, selection: Selection, cells: Cells, taxonomy: Taxonomy, group: Group, part: Part
) -> Generators:
    if group != "reason" or part != "all":
        raise CannotTellError(
            "Different customers are kept by reason, not by cause or owner.",
            do="Group by reason, or count contacts.",
        )
    found = generators_of(cells, taxonomy, "contacts", "reason")
    counted, total = customers_by_reason(reader, selection)
    value = found.rows["reason"].map(counted).fillna(0).to_numpy(dtype=np.float64)
    rows = found.rows.assign(value=value, low=np.nan, high=np.nan, removable=np.nan, in_top=np.nan, clear=False)
    rows = rows.sort_values("value", ascending=False, kind="stable").reset_index(drop=True)
    share = rows["value"] / total if total else rows["value"] * 0.0
    rows = rows.assign(share=share, cumulative=np.nan, greyed=rows["value"] < GREY_BELOW)
    note = "A customer with several reasons counts in each; the rows do not add up, the total counts each once."
    return Generators(rows, "customers", group, part, float(total), cells.yearly, note)


def _with_effort(cells: Cells, answers: pd.DataFrame) -> tuple[Cells, str]:
    summed = answers.groupby("reason")[["answers", "effort_sum"]].sum().astype(float)
    enough = summed[summed["answers"] >= GREY_BELOW]
    if enough.empty:
        raise CannotTellError(
            f"No reason has {GREY_BELOW} survey answers about effort in this period.",
            do="Load surveys with contact_id and effort, or choose a longer period.",
        )
    above = (enough["effort_sum"] / enough["answers"] - 1.0).to_dict()
    burden = cells.allocated["reason"].map(above).fillna(0.0) * cells.allocated["contacts"]
    missing = cells.allocated["reason"].nunique() - cells.allocated.loc[burden > 0, "reason"].nunique()
    left_out = f" {missing} reasons with fewer than {GREY_BELOW} answers are left out." if missing else ""
    note = f"Contacts × (mean effort of the reason − 1), from survey answers.{left_out}"
    return Cells(cells.priced, cells.allocated.assign(effort=burden), cells.shares, cells.yearly), note


def _label(key: tuple[str, ...], group: Group, taxonomy: Taxonomy) -> str:
    if group == "reason":
        return taxonomy.of(key[0]).name
    if group == "cause":
        return CAUSES.get(key[0], key[0])
    if group == "owner":
        return key[0]
    return f"{taxonomy.of(key[0]).name}: {CAUSES.get(key[1], key[1]).lower()}"


def _no_rows(keys: list[str]) -> pd.DataFrame:
    numbers = ["value", "low", "high", "removable", "contacts", "in_top", "share", "cumulative"]
    return pd.DataFrame(columns=[*keys, "label", *numbers, "clear", "greyed"]).astype(dict.fromkeys(numbers, float))
