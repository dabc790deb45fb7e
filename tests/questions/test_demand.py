"""Contacts per 1,000 active customers, counted on fingers; what is missing is said."""

from datetime import date
from pathlib import Path

import pytest

from analytics.questions.demand import demand_rate
from analytics.questions.selection import Selection
from tests.questions.cubes import MAR, in_groups, reader_of

LAST_YEAR = date(2024, 3, 1)
FACTS = {"first_full_month": "2024-03-01"}
DEMAND = [{"month": LAST_YEAR, "contacts": 640}, {"month": MAR, "contacts": 480}]
GROUPS = [row for cell in DEMAND for row in in_groups(cell)]


def test_rate_and_change_are_per_customer_not_per_contact(tmp_path: Path) -> None:
    active = [{"month": LAST_YEAR, "customers": 4000}, {"month": MAR, "customers": 2000}]
    reader = reader_of(tmp_path, FACTS, demand_reason_channel=DEMAND, groups_total=GROUPS, active=active)
    found = demand_rate(reader, Selection(MAR, MAR))
    assert found.now.value == pytest.approx(240.0)
    assert found.year_ago.value == pytest.approx(160.0)
    assert found.change.value == pytest.approx(0.5), "contacts fell, but customers fell more"
    assert found.contacts == 480


def test_contacts_the_company_started_are_no_demand(tmp_path: Path) -> None:
    """480 contacts of which customers made 320: 320 for 2,000 customers are 160 per 1,000."""
    groups = in_groups({"month": MAR, "contacts": 480, "made_by_customers": 320}, ("contacts", "made_by_customers"))
    demand = [{"month": MAR, "contacts": 480, "made_by_customers": 320}]
    active = [{"month": MAR, "customers": 2000}]
    reader = reader_of(tmp_path, demand_reason_channel=demand, groups_total=groups, active=active)
    found = demand_rate(reader, Selection(MAR, MAR))
    assert (found.now.value, found.contacts) == (pytest.approx(160.0), 320)
    assert found.months["contacts_per_1000"].tolist() == [160.0]


def test_without_active_customers_it_cannot_tell(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, FACTS, demand_reason_channel=DEMAND, groups_total=GROUPS)
    found = demand_rate(reader, Selection(MAR, MAR))
    assert found.now.state == "cannot"
    assert "active_customers" in found.now.why
    assert not found.change.shown


def test_without_the_months_a_year_earlier_there_is_no_change(tmp_path: Path) -> None:
    active = [{"month": MAR, "customers": 2000}]
    reader = reader_of(tmp_path, demand_reason_channel=DEMAND[1:], groups_total=GROUPS[32:], active=active)
    found = demand_rate(reader, Selection(MAR, MAR))
    assert found.now.shown
    assert found.change.why.startswith("The data begins in January 2025")


def test_a_product_filter_keeps_customers_that_are_not_known_by_product(tmp_path: Path) -> None:
    active = [{"month": MAR, "customers": 2000, "product": "not given"}]
    reader = reader_of(tmp_path, demand_reason_channel=DEMAND[1:], groups_total=GROUPS[32:], active=active)
    found = demand_rate(reader, Selection(MAR, MAR, products=("all",)))
    assert found.customers == 2000
    assert found.of_all_customers, "the rate is per 1,000 of all customers, and says so"
    assert not demand_rate(reader, Selection(MAR, MAR)).of_all_customers


def test_customers_known_by_product_follow_the_filter(tmp_path: Path) -> None:
    active = [{"month": MAR, "customers": 2000, "product": "all"}, {"month": MAR, "customers": 500, "product": "loan"}]
    reader = reader_of(tmp_path, demand_reason_channel=DEMAND[1:], groups_total=GROUPS[32:], active=active)
    found = demand_rate(reader, Selection(MAR, MAR, products=("all",)))
    assert (found.customers, found.of_all_customers) == (2000, False)


def test_filters_are_values_not_sql(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, demand_reason_channel=DEMAND[1:], groups_total=GROUPS[32:])
    assert demand_rate(reader, Selection(MAR, MAR, segments=("') or 1=1 --",))).contacts == 0
