"""The ledger holds every contact-minute once and costs what the pages say."""

import numpy as np
import pytest

from analytics.errors import CannotTellError
from analytics.questions.assumptions import rates_from
from analytics.questions.costs import reconcile
from analytics.questions.ledger import ledger
from analytics.questions.period import data_period
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.removable import divided_cells
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import lever
from analytics.scenarios.scenario import Scenario, Settings
from tests.models.rows import contact, model
from tests.questions.world import MemoryReader, world


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return world()


def test_it_is_the_last_year_rolled_forward_and_costs_the_same(reader) -> None:
    rates, taxonomy = reconcile(reader, rates_from()).rates, propose_taxonomy(reader)
    found, cells = ledger(reader, rates, taxonomy), divided_cells(reader, data_period(reader).default, rates, taxonomy)
    assert found.months == tuple(f"2025-{month:02d}" for month in range(1, 13))
    assert found.contacts.sum() == pytest.approx(cells.priced["contacts"].sum())
    assert found.minutes.sum() == pytest.approx(cells.priced["minutes"].sum())
    per_minute = np.array([found.minute_cost[name] for name in found.channel])
    fee = np.array([found.contact_fee[name] for name in found.channel])
    assert (found.minutes * per_minute + found.contacts * fee).sum() == pytest.approx(cells.priced["cost"].sum())
    removed = cells.allocated.query("cause == 'repeat'")["contacts"].sum()
    assert found.contacts[np.array(found.cause) == "repeat"].sum() == pytest.approx(removed)
    assert found.reason_class["fraud alert"] == "locked"
    assert sum(found.arrivals["phone"]) == pytest.approx(1.0)
    assert found.excess_share == {name: taxonomy.of(name).excess_share for name in set(found.reason)}


def test_each_customer_is_first_seen_once(reader) -> None:
    found = ledger(reader, rates_from(), propose_taxonomy(reader), rolled_forward=False)
    rows = reader._connection.cursor().execute(
        "select count(distinct customer) from contacts where month >= '2024-01-01'"
    )
    assert sum(found.customers_first_seen.values()) == rows.fetchall()[0][0]
    assert set(found.customers_first_seen) <= set(found.months)


def test_the_what_if_takes_it_as_it_is(reader) -> None:
    found = ledger(reader, rates_from(), propose_taxonomy(reader))
    built = Ledger.from_cells(
        found.reason, found.cause, found.channel, found.month, found.contacts, found.minutes,
        months=found.months, minute_cost=found.minute_cost, contact_fee=found.contact_fee, effort=found.effort,
        handle_spread=found.handle_spread, contacts_per_issue=found.contacts_per_issue,
        reason_class=found.reason_class, customers_first_seen=found.customers_first_seen,
    )  # fmt: skip
    assert built.contacts.sum() == pytest.approx(found.contacts.sum())
    assert built.horizon == 12


def test_first_contact_resolution_can_end_exactly_the_measured_excess_repeats(reader) -> None:
    rates, taxonomy = reconcile(reader, rates_from()).rates, propose_taxonomy(reader)
    found, cells = ledger(reader, rates, taxonomy), divided_cells(reader, data_period(reader).default, rates, taxonomy)
    built = Ledger.from_cells(
        found.reason, found.cause, found.channel, found.month, found.contacts, found.minutes, months=found.months,
        minute_cost=found.minute_cost, contacts_per_issue=found.contacts_per_issue, excess_share=found.excess_share,
        repeat_share=found.repeat_share,
    )  # fmt: skip
    repeats = cells.priced[cells.priced["is_repeat"].astype(bool)].groupby("reason", observed=True)["contacts"].sum()
    excess = sum(float(count) * found.excess_share[str(name)] for name, count in repeats.items())
    ended = evaluate(built, Scenario("", (lever("repeat", "fcr", likely=1.0),), Settings(hardening=0.0)))
    assert excess > 0
    assert ended.before.contacts - ended.after.contacts == pytest.approx(excess)


def test_a_short_history_is_refused() -> None:
    reader = MemoryReader(model([contact("01 10:00"), contact("30 10:00")]))
    with pytest.raises(CannotTellError, match="too few for a baseline"):
        ledger(reader, rates_from(), propose_taxonomy(reader))
