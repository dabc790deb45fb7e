"""Customers we should not win this way: contacts per customer by acquisition channel."""

import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.costs import MONTHS_A_YEAR
from analytics.questions.selection import Selection
from analytics.statistics.estimate import GREY_BELOW


def acquisition_rates(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return customers, contacts and active months by acquisition channel; only the segment filter applies."""
    return reader.frame("questions/acquisition_rates", {"segments": list(selection.segments)})


def contacts_per_customer(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by acquisition channel: customers, contacts, contacts_per_year, against_all, greyed; highest first.

    `against_all` is the ratio to the company. Over all months of the data, whatever the period. Raises CannotTellError
    when no customer has a channel.
    """
    rows = acquisition_rates(reader, selection)
    rows = rows[rows["months_active"] > 0]
    if not len(rows) or set(rows["acquisition_channel"]) <= {"not given"}:
        raise CannotTellError(
            "How customers were won is not known.", do="Load customers with acquisition_channel and joined_at."
        )
    months, contacts = rows["months_active"].astype(float), rows["contacts"].astype(float)
    rate = contacts / months * MONTHS_A_YEAR
    company = float(contacts.sum() / months.sum() * MONTHS_A_YEAR)
    found = rows.assign(
        contacts_per_year=rate,
        against_all=rate / company if company else float("nan"),
        greyed=rows["customers"] < GREY_BELOW,
    )
    return found.sort_values("contacts_per_year", ascending=False, kind="stable").reset_index(drop=True)
