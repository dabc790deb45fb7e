"""The questions on a company built by the real model: they agree with each other and with the contacts."""

from dataclasses import replace

import pytest

from analytics.questions.assumptions import rates_from
from analytics.questions.costs import reconcile
from analytics.questions.overview import overview
from analytics.questions.period import data_period, filter_choices
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.selection import Selection
from tests.questions.world import MemoryReader, world


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return world()


@pytest.fixture(scope="module")
def everything(reader: MemoryReader) -> Selection:
    period = data_period(reader)
    return Selection(period.first_month, period.last_full_month)


def count(reader: MemoryReader, where: str = "true") -> int:
    rows = reader._connection.cursor().execute(f"select count(*) from contacts where {where}").fetchall()
    return int(rows[0][0])


def test_the_taxonomy_finds_what_was_planted(reader: MemoryReader) -> None:
    found = propose_taxonomy(reader)
    assert found.of("delivery status").class_ == "remove"
    assert found.of("delivery status").cause == "communication"
    assert found.owner("billing error", "defect") == "Product", "usual owners are spelled as names"
    assert found.of("fraud alert").locked
    assert found.of("other").class_ == "undecided"
    assert found.of("product advice").name == "Advice"


def test_overview_counts_every_contact_once(reader: MemoryReader, everything: Selection) -> None:
    rates, taxonomy = reconcile(reader, rates_from()).rates, propose_taxonomy(reader)
    found = overview(reader, everything, rates, taxonomy)
    assert found.demand.contacts == found.removable.contacts == count(reader)
    assert found.removable.states["contacts"].sum() == pytest.approx(count(reader))
    assert found.pillars["cost"].sum() == pytest.approx(found.removable.total_cost)
    assert found.removable_months["removable_cost"].sum() * 12 / 24 == pytest.approx(
        found.removable.cost_per_year.value
    )
    assert found.removable_months["cost"].sum() == pytest.approx(found.removable.total_cost)


def test_a_year_ago_is_the_same_season(reader: MemoryReader) -> None:
    found = overview(reader, data_period(reader).default, rates_from(), propose_taxonomy(reader))
    assert found.demand.change.shown
    assert found.change.after - found.change.before == pytest.approx(
        found.change.growth + found.change.rate + found.change.mix
    )
    assert found.reason_changes["share"].sum() == pytest.approx(1.0)


def test_every_filter_adds_up(reader: MemoryReader, everything: Selection) -> None:
    rates, taxonomy = reconcile(reader, rates_from()).rates, propose_taxonomy(reader)
    parts = [
        overview(reader, replace(everything, segments=(segment,), products=(product,)), rates, taxonomy)
        for segment in filter_choices(reader).segments
        for product in filter_choices(reader).products
    ]
    whole = overview(reader, everything, rates, taxonomy)
    assert sum(part.removable.total_cost for part in parts) == pytest.approx(whole.removable.total_cost)
    assert sum(part.demand.contacts for part in parts) == whole.demand.contacts


def test_a_filter_without_contacts_says_so_and_raises_nothing(reader: MemoryReader, everything: Selection) -> None:
    rates, taxonomy = reconcile(reader, rates_from()).rates, propose_taxonomy(reader)
    found = overview(reader, replace(everything, segments=("nobody",)), rates, taxonomy)
    assert found.demand.contacts == 0
    assert found.next_steps == ()
    assert {finding.state for finding in found.findings} <= {"cannot", "fact"}
