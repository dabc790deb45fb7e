"""Titles say no more than what stands behind them."""

import pytest

from analytics.questions.policies import Policy
from analytics.questions.taxonomy import ReasonClass
from analytics.ui.remove_policies import title
from analytics.ui.taxonomy import counted


@pytest.mark.parametrize(("rule", "removed", "weak"), [("R2", 1, 1), ("edit", 2, 0), ("given", 2, 0)])
def test_a_class_on_weak_evidence_is_not_counted_as_decided(rule: str, removed: int, weak: int) -> None:
    sure = ReasonClass("billing", "remove", "finance", "high", False, 0.8, rule="R2")
    unsure = ReasonClass("returns", "remove", "logistics", "low", False, 0.5, rule=rule)
    counts, held = counted((sure, unsure))
    assert (counts["remove"], counts["undecided"], held) == (removed, weak, weak)


def test_a_policy_named_in_contacts_did_not_cause_them() -> None:
    policy = Policy("refund", "finance", None, 120.0, 0.0, 0.0, None, 0.0, None)
    assert title((policy,)) == "“refund” was named in 120 contacts a year; no waiting for approvals is recorded"
