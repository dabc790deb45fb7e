"""Customers we should not win this way: contacts per customer by acquisition channel."""

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats, by_group
from analytics.statistics.estimate import GREY_BELOW
from analytics.statistics.groups import ratios
from analytics.statistics.jackknife import estimates

_SUMS = ["contacts", "months_active", "customers"]


def acquisition_rates(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return customers, contacts, active months by acquisition channel and group; only the segment filter applies."""
    return reader.frame("questions/acquisition_rates", {"segments": list(selection.segments)})


def contacts_per_customer(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by acquisition channel: customers, contacts, contacts_per_year with low and high, against_all with
    against_low and against_high, differs, greyed; highest first.

    `against_all` is the ratio to all customers, `differs` whether its interval excludes 1; intervals count a customer
    once (METHODS k). Over all months of the data, whatever the period. Raises CannotTellError when no customer has a
    channel.
    """
    rows = acquisition_rates(reader, selection)
    rows = rows[rows.groupby("acquisition_channel")["months_active"].transform("sum") > 0]
    if not len(rows) or set(rows["acquisition_channel"]) <= {"not given"}:
        raise CannotTellError(
            "How customers were won is not known.", do="Load customers with acquisition_channel and joined_at."
        )
    names = sorted(set(rows["acquisition_channel"]))
    sums = np.stack([by_group(rows[rows["acquisition_channel"] == name], _SUMS) for name in names])
    found = _estimated(names, sums)
    return found.sort_values("contacts_per_year", ascending=False, kind="stable").reset_index(drop=True)


def _estimated(names: list[str], sums: Floats) -> pd.DataFrame:
    """Return the columns from sums (channels, 32, 3) of contacts, active months and customers."""
    contacts, months, customers = sums.sum(axis=1).T
    rate = ratios(sums[:, :, :2] * [MONTHS_A_YEAR, 1.0], customers)
    whole = np.broadcast_to(sums[:, :, :2].sum(axis=0), sums[:, :, :2].shape)
    against = estimates(np.concatenate([sums[:, :, :2], whole], axis=2), _against, customers, "log")
    return pd.DataFrame({
        "acquisition_channel": names, "customers": customers.astype(int), "contacts": contacts.astype(int),
        "months_active": months.astype(int), "contacts_per_year": contacts / months * MONTHS_A_YEAR,
        "low": rate.low, "high": rate.high,
        "against_all": contacts / months / (contacts.sum() / months.sum()) if contacts.sum() else np.nan,
        "against_low": against.low, "against_high": against.high,
        "differs": (against.low > 1) | (against.high < 1), "greyed": customers < GREY_BELOW,
    })  # fmt: skip


def _against(sums: Floats) -> Floats:
    return np.asarray(sums[..., 0] / sums[..., 1] / (sums[..., 2] / sums[..., 3]))
