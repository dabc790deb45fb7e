"""Overview: customer hours in service against value delivered, and where they moved against a year ago."""

from typing import Any

import pandas as pd

from analytics.charts.hours import hours_and_value
from analytics.charts.overview import months_line
from analytics.questions import words
from analytics.questions.catalogue import metric
from analytics.statistics.change import LEAST_PAIRS, year_on_year
from analytics.ui import cards, figure
from analytics.ui.look import is_dark
from analytics.ui.overview import answer, assumed, first_upper
from analytics.ui.page import Page

_HOURS_VALUE = {"hours_per_1000": "time in service", "value_share": "value"}
_READ = "Points are months, hollow a year before; the arrow joins their means. Up and to the left is better."


def hours(page: Page) -> None:
    """Customer hours in service against value delivered, beside the main picture."""
    found = answer(page)
    if not found.removable.contacts:
        return
    months, said = found.hours_value, assumed(found.removable.assumed_share)
    inside = months[months["month"] >= pd.Timestamp(page.filters.first_month)]
    both = inside.dropna(subset=list(_HOURS_VALUE))
    drawn: dict[str, Any] = {"looked_at": page.looked_at, "invented": page.info.invented}
    definition = f"{metric('hours_in_service').definition} {metric('value_coverage').definition}"
    if len(both) > 1:
        rows = with_year_before(months, both["month"])
        read = _READ if rows["a_year_before"].any() else ""
        cards.section(_title(months, both), f"{read} {said}".strip())
        alt = "Months by customer hours in service per 1,000 customers and share of contacts with value."
        figure.show(hours_and_value(rows, is_dark()), rows, "hours_and_value", alt, definition, **drawn)
        return
    column, unit = ("hours_per_1000", "hours per 1,000 customers") if inside["hours_per_1000"].notna().any() else (
        "hours", "customer hours in service")  # fmt: skip
    unvalued = "Value cannot be set against them: no value activities are recorded."
    cards.section("Customer hours in service", f"{unvalued} {said}".strip())
    if inside[column].notna().any():
        figure.show(
            months_line(inside, column, unit, is_dark()), inside, "hours", f"Line of {unit} by month.", definition,
            **drawn,
        )  # fmt: skip


def with_year_before(months: pd.DataFrame, drawn: "pd.Series[pd.Timestamp]") -> pd.DataFrame:
    """Return the rows of `drawn` months with the same months a year before (a_year_before) and the means of each year.

    Like the comparison in words, only months that are known in both years count, and none below six of them: then the
    rows are those of `drawn` alone.
    """
    year, known = pd.DateOffset(years=1), months.dropna(subset=list(_HOURS_VALUE))
    now = known[known["month"].isin(drawn)]
    before = known[(known["month"] + year).isin(now["month"])]
    if len(before) < LEAST_PAIRS:
        return _with_means(now.assign(a_year_before=False))
    paired = now[(now["month"] - year).isin(before["month"])]
    return pd.concat(
        [_with_means(before.assign(a_year_before=True)), _with_means(paired.assign(a_year_before=False))],
        ignore_index=True,
    )


def _with_means(rows: pd.DataFrame) -> pd.DataFrame:
    """What is drawn is in the file: the large points too."""
    return rows.assign(mean_hours=rows["hours_per_1000"].mean(), mean_share=rows["value_share"].mean()).reset_index(
        drop=True
    )


def _title(months: pd.DataFrame, both: pd.DataFrame) -> str:
    """Say what moved against the same months a year ago; from one month to another it is season as much as change."""
    moved = {name: year_on_year(months.set_index("month")[name], both["month"]) for name in _HOURS_VALUE}
    told = [f"{words_} {moved[name]}" for name, words_ in _HOURS_VALUE.items() if moved[name] in {"falls", "rises"}]
    if all(found == "unknown" for found in moved.values()):
        last = both.iloc[-1]
        return (
            f"{words.whole(last['hours_per_1000'])} hours in service per 1,000 customers, value in "
            f"{words.percent(last['value_share'])} of contacts"
        )
    return f"{first_upper(' while '.join(told) or 'No clear change in time in service or value')} against a year ago"
