"""All windows at once are what each window alone is, and weeks that are not mature have no rate."""

from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.questions.assumptions import rates_from
from analytics.questions.costs import price, reconcile
from analytics.questions.experience import effort
from analytics.questions.period import data_period
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.repeat_weeks import repeat_weeks
from analytics.questions.repeat_windows import every_window
from analytics.questions.repeats import repeats
from analytics.questions.selection import Selection
from tests.models.rows import model
from tests.questions.world import MemoryReader, contacts, world


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return world(1200)


@pytest.fixture(scope="module")
def last_year(reader: MemoryReader) -> Selection:
    return data_period(reader).default


@pytest.mark.parametrize("days", [1, 2, 7, 29, 30])
def test_each_window_is_what_it_is_alone(reader: MemoryReader, last_year: Selection, days: int) -> None:
    rates = reconcile(reader, rates_from()).rates
    found, alone = every_window(reader, last_year, rates)[days - 1], repeats(reader, last_year, rates, days)
    pd.testing.assert_frame_equal(found.curve, alone.curve)
    assert found.cost == pytest.approx(alone.cost)
    assert (found.repeat_rate, found.excess, found.natural) == (alone.repeat_rate, alone.excess, alone.natural)
    assert (found.repeats, found.contacts_per_issue) == (alone.repeats, alone.contacts_per_issue)
    assert found.immature_from == alone.immature_from


def test_weeks_end_where_contacts_are_not_mature(reader: MemoryReader) -> None:
    found = repeat_weeks(reader, Selection(date(2024, 1, 1), date(2024, 12, 1)))
    assert found.immature_from == data_period(reader).last_at.date() - timedelta(days=6)
    late = found.rows["week"] + pd.Timedelta(days=7) > pd.Timestamp(found.immature_from)
    assert late.any()
    assert found.rows.loc[late, "repeat_rate"].isna().all()
    assert found.rows.loc[~late, "mature"].sum() > 0
    assert (found.rows["week"].dt.day_of_week == 0).all()


def test_a_year_that_ended_long_ago_is_mature_to_its_last_week(reader: MemoryReader) -> None:
    found = repeat_weeks(reader, Selection(date(2023, 1, 1), date(2023, 12, 1)))
    assert found.immature_from > found.last_day
    known = found.rows[found.rows["mature"] >= 10]
    assert known["repeat_rate"].notna().all()
    assert ((known["low"] <= known["repeat_rate"]) & (known["repeat_rate"] <= known["high"])).all()


def test_with_half_the_customers_unknown_nothing_is_said_about_repeats() -> None:
    rows = [{**row, "customer": None} if place % 2 else row for place, row in enumerate(contacts(600))]
    half = MemoryReader(model(rows))
    selection, rates = data_period(half).default, rates_from()
    for found in (repeats(half, selection, rates), every_window(half, selection, rates)[6]):
        assert (found.repeat_rate.value, found.excess.value, found.excess_cost, found.repeats) == (None, None, None, 0)
        assert "have no customer" in found.repeat_rate.why
        assert found.curve["repeat_rate"].isna().all()
    assert repeat_weeks(half, selection).rows["repeat_rate"].isna().all()
    assert "have no customer" in effort(half, selection).first_contact_resolution.why
    assert {found.excess_share for found in propose_taxonomy(half).classes} == {0.0}, "nor counted as avoidable"


def test_cost_of_repeats_is_the_sum_over_the_contacts_themselves() -> None:
    """Repeats take other times, lack them more often and carry cost of their own: no mean of a channel stands in."""
    rows = [row | _uneven(place) for place, row in enumerate(contacts(2500))]
    held = MemoryReader(model(rows))
    selection, rates = data_period(held).default, reconcile(held, rates_from({"fee.chat": 0.4})).rates
    found = every_window(held, selection, rates)
    for days in (1, 7, 30):
        cells = held._connection.execute(BY_CONTACT, {"days": days}).df()
        inside = cells["month"].between(pd.Timestamp(selection.first_month), pd.Timestamp(selection.last_month))
        each = price(cells[inside], rates)["cost"].sum()
        assert found[days - 1].repeats == inside.sum() > 30
        assert found[days - 1].cost == pytest.approx(each, rel=1e-6)


BY_CONTACT = """
select
    month, channel::varchar as channel, 1 as contacts, coalesce(handle_seconds, 0) as handle_seconds,
    (handle_seconds is not null and (handle_seconds > 0 or not coalesce(abandoned, false)))::integer as handle_known,
    (coalesce(abandoned, false) and coalesce(handle_seconds, 0) = 0)::integer as not_handled,
    coalesce(cost, 0)::double as given_cost
from contacts
where is_eligible and gap_prev_days <= $days and gap_prev_days <= days_from_start
"""
"""Each repeat at a window of `days` days as a cell of its own, priced as every other cell."""


def _uneven(place: int) -> dict[str, object]:
    late = place % 3 == 0
    return {
        "handle_seconds": None if place % 7 == 0 else 100.0 + 40 * (place % 11) + 300 * late,
        "abandoned": place % 14 == 0, "cost": 3.5 if place % 5 == 0 else None,
    }  # fmt: skip
