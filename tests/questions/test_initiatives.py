"""What an initiative may be, what its scope reaches, and what must stay whatever the scope says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from analytics.errors import AnalyticsError
from analytics.questions.assumptions import rates_from
from analytics.questions.backlog import Proposed, addressable, backlog, scope_policies, yearly_cells
from analytics.questions.costs import reconcile
from analytics.questions.guard import VALUE, guarded, must_stay, why_cell_stays
from analytics.questions.initiatives import (
    MOST_SHARE,
    STAGES,
    Initiative,
    check_scope,
    read_initiative,
    read_scope,
    scope_body,
)
from analytics.questions.period import data_period
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.scope import Scope
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import ReasonClass, Taxonomy
from analytics.ui.backlog_form import DEFAULTS
from tests.questions.world import MemoryReader, world

GOOD = DEFAULTS | {"name": "Fix it", "scope": {"reasons": ["billing error"], "repeats": True}}


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return world()


@pytest.fixture(scope="module")
def setting(reader: MemoryReader):
    period = data_period(reader)
    return Selection(period.first_month, period.last_full_month), reconcile(reader, rates_from()).rates


def test_what_is_written_is_read_again() -> None:
    made = read_initiative("a", GOOD)
    assert made.scope == Scope(reasons=("billing error",), repeats=True)
    assert read_initiative("a", made.body()) == made


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "no name"),
        ({"name": "x" * 121}, "longer than 120"),
        ({"low": 0.4}, "rise from low over likely to high"),
        ({"high": 0.99}, "within 0 to 95%"),
        ({"ramp": -1}, "ramp must be"),
        ({"decay": 1.5}, "decay 0 to 100"),
        ({"one_off": -1.0}, "cannot be negative"),
        ({"grade": "E"}, "no grade “E”"),
        ({"stage": "pilott"}, "Did you mean “pilot”"),
        ({"start": "2025-13"}, "not a month"),
        ({"scope": {"agents": ["7"]}}, "cannot be narrowed by “agents”"),
        ({"scope": {"causes": ["defekt"]}}, "Did you mean “defect”"),
    ],
)
def test_what_is_not_possible_is_refused_in_words(change, words) -> None:
    with pytest.raises(AnalyticsError, match=words):
        read_initiative("a", GOOD | change)


@given(
    some.builds(
        Scope,
        reasons=some.lists(some.text(), max_size=2).map(tuple),
        repeats=some.sampled_from([None, True, False]),
        channels=some.lists(some.text(), max_size=2).map(tuple),
    )
)
def test_any_scope_survives_the_store(scope: Scope) -> None:
    assert read_scope(scope_body(scope)) == scope


def test_a_scope_names_only_what_is_there_and_may_go() -> None:
    taxonomy = Taxonomy((ReasonClass("fraud", "restructure", "risk", "high", True, 0.2, lock_reason="Sensitive."),))
    with pytest.raises(AnalyticsError, match="“fraud” must not be removed: Sensitive"):
        check_scope(Scope(reasons=("fraud",)), taxonomy, {"reasons": ["fraud"]})
    with pytest.raises(AnalyticsError, match=r"no channel “fone” in the data\. Did you mean “phone”"):
        check_scope(Scope(channels=("fone",)), taxonomy, {"channels": ["phone", "chat"]})


def test_until_it_is_scaled_the_range_is_wider_and_stays_possible() -> None:
    widths = []
    for stage in STAGES:
        found = Initiative("a", "A", Scope(), low=0.3, likely=0.6, high=0.9, stage=stage).proposed()
        assert 0 <= found.low <= found.likely <= found.high <= MOST_SHARE
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(0.6)


def test_of_value_accreting_reasons_only_the_avoidable_part_may_go() -> None:
    advice = ReasonClass("advice", "restructure", "sales", "high", False, 0.1, rest_class="restructure")
    taxonomy = Taxonomy((advice,))
    assert why_cell_stays(taxonomy, "advice", "none", False) == VALUE
    assert why_cell_stays(taxonomy, "advice", "unknown", False) == VALUE
    assert why_cell_stays(taxonomy, "advice", "defect", False) == ""
    assert guarded(taxonomy)[["reason", "whole"]].to_numpy().tolist() == [["advice", False]]


def test_cells_by_policy_are_the_same_contacts(reader, setting) -> None:
    cells, finer = (yearly_cells(reader, *setting, by_policy) for by_policy in (False, True))
    for measure in ("contacts", "minutes", "cost"):
        assert finer[measure].sum() == pytest.approx(cells[measure].sum())
    assert scope_policies(reader, setting[0]) == ("refund",)
    held = addressable(finer, Scope(policies=("refund",)), propose_taxonomy(reader))
    rows = reader._connection.cursor().execute("select count(*) from contacts where policy = 'refund'").fetchall()
    guarded_too = sum(count for *_, count in held.guarded)
    assert held.contacts + guarded_too == pytest.approx(rows[0][0] / 2)


def test_a_policy_cannot_be_looked_up_in_cells_without_policies(reader, setting) -> None:
    with pytest.raises(AnalyticsError, match="do not tell policies apart"):
        addressable(yearly_cells(reader, *setting), Scope(policies=("refund",)), Taxonomy())


@settings(max_examples=30)
@given(
    some.lists(some.tuples(some.sampled_from(["phone", "chat", "email"]), some.floats(0, 0.9)), min_size=1, max_size=6),
    some.randoms(use_true_random=False),
)
def test_the_order_changes_no_total_and_credit_adds_up(reader, setting, pairs, random) -> None:
    cells, taxonomy = yearly_cells(reader, *setting), propose_taxonomy(reader)
    made = [
        Proposed(str(n), "I", Scope(channels=(name,)), share, share, share) for n, (name, share) in enumerate(pairs)
    ]
    found = backlog(cells, made, taxonomy)
    free = cells[must_stay(cells, taxonomy) == ""]["cost"].sum()
    random.shuffle(made)
    assert backlog(cells, made, taxonomy).together == pytest.approx(found.together)
    assert found.rows["shapley"].sum() == pytest.approx(found.together, abs=1e-6)
    assert found.together <= free + 1e-6
    assert found.by_mode["nested"] <= found.together + 1e-6 <= found.by_mode["disjoint"] + 2e-6
