"""What is data stays well formed: metrics, published claims, assumptions; and edits win over proposals."""

from datetime import date

import pytest

from analytics.errors import CannotTellError
from analytics.questions.assumptions import assumed, assumption_catalogue, cost_per_minute, rates_from
from analytics.questions.benchmarks import benchmark_table, benchmarks, benchmarks_for
from analytics.questions.catalogue import catalogue, metric
from analytics.questions.readiness import needs
from analytics.questions.selection import Selection, add_months, months_between
from analytics.questions.taxonomy import ReasonClass, Taxonomy, TaxonomyEdit, merge_edits, with_common_spelling


def test_every_metric_says_what_it_is() -> None:
    for found in catalogue().values():
        assert found.label and found.unit and found.definition.endswith(".")
        assert found.minimum_n >= 1
    with pytest.raises(CannotTellError, match="Did you mean “repeat_rate”"):
        metric("repeat_rte")


def test_published_claims_are_marked_and_never_numbers_of_ours() -> None:
    assert {claim.value for claim in benchmarks().values()} >= {
        82.0,
        74.0,
        67.0,
        15.0,
        43.0,
        89.0,
        25.0,
        27.0,
        37.0,
        61.0,
    }
    assert benchmarks()["repeating_information"].upper == 23.0
    assert not benchmarks()["loyalty_82"].definition_known
    assert benchmarks_for("retention_gap")[0].key == "loyalty_82"
    assert all(claim.metric in {"", *catalogue()} for claim in benchmarks().values())
    assert len(benchmark_table()) == len(benchmarks())


def test_cost_per_handled_minute_is_the_published_case() -> None:
    assert cost_per_minute({}, "phone") == pytest.approx(0.700280, abs=1e-6), "METHODS B1"
    assert cost_per_minute({"concurrency.chat": 2.5}, "chat") * 12 == pytest.approx(3.36, abs=0.005)
    rates = rates_from({"fee.phone": 0.35})
    assert 1200 * (6.5 * rates.of("phone").per_minute + rates.of("phone").fee) == pytest.approx(5882.18, abs=0.01)
    assert rates_from().of("carrier pigeon").per_minute == rates_from().other.per_minute


def test_assumptions_have_defaults_within_their_range() -> None:
    for key, found in assumption_catalogue().items():
        assert found.low <= found.value <= found.high
        assert assumed({}, key) == found.value
    assert assumed({"fee": 2.0, "fee.phone": 3.0}, "fee", "phone") == 3.0
    with pytest.raises(CannotTellError, match=r"Enter a value from 0 to 0\.7"):
        assumed({"shrinkage": 0.9}, "shrinkage")


def test_every_need_names_a_page_and_what_it_unlocks() -> None:
    assert all(need.unlocks.endswith(".") and need.needs for need in needs())


def test_an_edit_wins_and_says_who_and_when() -> None:
    proposed = Taxonomy((ReasonClass("billing", "remove", "product", "high", False, 0.8, cause="defect"),))
    body = {"class_": "restructure", "locked": True, "owners_by_cause": {"policy": "legal"}}
    found = merge_edits(proposed, [TaxonomyEdit.from_body("billing", body, "Ada", "2025-03-01")])
    assert (found.of("billing").class_, found.of("billing").locked, found.of("billing").edited_by) == (
        "restructure", True, "Ada",
    )  # fmt: skip
    assert found.owner("billing", "policy") == "legal"
    assert found.owner("billing", "defect") == "product"
    assert found.of("never seen").class_ == "undecided"
    with pytest.raises(CannotTellError, match="is not a class"):
        TaxonomyEdit("billing", "Ada", "2025-03-01", class_="delete")


def test_owners_are_spelled_as_the_company_spells_them() -> None:
    given = ReasonClass("a", "remove", "Product", "high", False, 1.0, cause="defect", owner_is_given=True)
    usual = ReasonClass("b", "remove", "product", "high", False, 1.0, cause="defect")
    found = with_common_spelling(Taxonomy((given, usual)))
    assert {found.owner("a", "defect"), found.owner("b", "defect"), found.owner("c", "defect")} == {"Product"}


def test_months_are_whole_and_wrap_over_years() -> None:
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 1)
    assert months_between(date(2024, 11, 1), date(2025, 2, 1)) == 3
    year = Selection(date(2024, 11, 1), date(2025, 10, 1))
    assert (year.months, year.year_before.first_month) == (12, date(2023, 11, 1))
    with pytest.raises(CannotTellError, match="ends before it begins"):
        Selection(date(2025, 2, 1), date(2025, 1, 1))
