"""The people there are: by team, how many left in the last year, what one costs."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.engine import Reader
from analytics.questions.period import DataPeriod
from analytics.questions.selection import add_months

LEAST_PERSON_YEARS = 10.0
"""Below this no rate of leaving is told."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """People by team at the end of the last complete month; never below team level."""

    teams: tuple[str, ...]
    people: tuple[float, ...]
    leavers: int
    """Of all teams, over twelve months."""
    person_years: float
    cost_per_year: float | None
    """Mean loaded cost of one person; None where the file has no cost."""

    @property
    def total(self) -> float:
        """People in all teams."""
        return float(sum(self.people))

    @property
    def monthly_attrition(self) -> float | None:
        """Share leaving a month, pooled over the teams; None where too few people were seen."""
        if self.person_years < LEAST_PERSON_YEARS:
            return None
        return self.leavers / self.person_years / 12


def people_by_team(reader: Reader, last_day: date, year_before: date) -> pd.DataFrame:
    """Return people, leavers, person-years and mean cost by team."""
    return reader.frame("questions/people_by_team", {"day": last_day, "year_before": year_before})


def headcount(reader: Reader, period: DataPeriod) -> Headcount | None:
    """Return the people there are; None when the data has no agents."""
    last = add_months(period.last_full_month, 1)
    rows = people_by_team(reader, last, add_months(last, -12))
    rows = rows[rows["people"] > 0]
    if rows.empty:
        return None
    known = rows.dropna(subset=["cost_per_year"])
    paid = float((known["cost_per_year"] * known["people"]).sum() / known["people"].sum()) if len(known) else None
    return Headcount(
        tuple(rows["team"].astype(str)), tuple(rows["people"].astype(float)), int(rows["leavers"].sum()),
        float(rows["person_years"].sum()), paid,
    )  # fmt: skip
