"""A workspace with next to nothing gives words, never a traceback: surveys only, or the three required columns."""

from pathlib import Path

import pytest

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.acquisition import contacts_per_customer
from analytics.questions.assumptions import rates_from
from analytics.questions.audit import draw_audit
from analytics.questions.backlog import backlog, yearly_cells
from analytics.questions.costs import reconcile
from analytics.questions.drill import Behind, contacts_behind
from analytics.questions.generators import generators, top_finding
from analytics.questions.ledger import ledger
from analytics.questions.outreach import templates
from analytics.questions.overview import overview
from analytics.questions.period import data_period
from analytics.questions.policies import policy_table
from analytics.questions.readiness import page_state, readiness
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.repeats import repeats, repeats_by, team_funnel
from analytics.questions.trend import daily_trend, event_effects, trend
from tests.models.rows import contact, model
from tests.questions.cubes import reader_of
from tests.questions.world import MemoryReader


@pytest.fixture(params=["surveys only", "three columns"])
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    if request.param == "surveys only":
        return reader_of(tmp_path)
    days = [f"2025-{month:02d}-{day:02d} 10:00" for month in (1, 2) for day in range(1, 29)]
    return MemoryReader(model([contact(day, None, channel="webform", reason=f"r{day[-7]}") for day in days]))


def test_overview_says_what_it_cannot_tell(reader: Reader) -> None:
    rates, taxonomy = reconcile(reader, rates_from()).rates, propose_taxonomy(reader)
    found = overview(reader, data_period(reader).default, rates, taxonomy)
    assert [finding.state for finding in found.findings] == ["cannot"] * 5
    assert all(finding.text.startswith("Cannot tell") for finding in found.findings)
    assert found.next_steps == ()
    assert page_state(readiness(reader), "Remove") in {"no", "limited"}


def test_remove_answers_or_refuses_in_words(reader: Reader) -> None:
    rates, taxonomy, selection = rates_from(), propose_taxonomy(reader), data_period(reader).default
    assert top_finding(generators(reader, selection, rates, taxonomy), "EUR")
    assert repeats(reader, selection, rates).repeat_rate.value is None
    assert not len(repeats_by(reader, selection, "team"))
    assert not len(team_funnel(reader, selection).rows)
    assert trend(reader, selection, taxonomy).events.empty
    assert daily_trend(reader, selection)["repeat_rate"].isna().all()
    assert event_effects(reader, selection).empty
    assert templates(reader, selection) == policy_table(reader, selection) == ()
    assert backlog(yearly_cells(reader, selection, rates), [], taxonomy).together == 0


def test_refusals_name_what_to_load(reader: Reader) -> None:
    selection = data_period(reader).default
    with pytest.raises(CannotTellError, match="acquisition_channel"):
        contacts_per_customer(reader, selection)
    with pytest.raises(CannotTellError, match="effort"):
        generators(reader, selection, rates_from(), propose_taxonomy(reader), measure="effort")
    with pytest.raises(CannotTellError, match="baseline"):
        ledger(reader, rates_from(), propose_taxonomy(reader))


def test_drill_and_audit_without_customers() -> None:
    reader = MemoryReader(model([contact("01 10:00", None), contact("02 10:00", None)]))
    assert contacts_behind(reader, data_period(reader).default, Behind())["customer"].isna().all()
    assert draw_audit(reader, propose_taxonomy(reader), seed=1).short
