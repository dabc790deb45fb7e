"""Titles say no more than what stands behind them."""

import numpy as np
import pandas as pd
import pytest

from analytics.questions.demand import DemandRate
from analytics.questions.policies import Policy
from analytics.questions.taxonomy import ReasonClass
from analytics.statistics.estimate import cannot
from analytics.ui import overview, remove_trend
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


MONTHS = pd.date_range("2024-01-01", periods=24, freq="MS")


def moving(**falls: float) -> pd.DataFrame:
    """Return two years of six lines that differ from month to month by chance, less a fall in the second year."""
    draw = np.random.default_rng(3)
    lines = {name: 100 + draw.normal(0, 5, 24) - falls.get(name, 0.0) * (MONTHS.year == 2025) for name in "abcdef"}
    return pd.concat([
        pd.DataFrame({"month": MONTHS, "key": name, "label": name.upper(), "contacts": line})
        for name, line in lines.items()
    ])  # fmt: skip


def test_the_largest_of_six_chance_changes_is_not_a_change() -> None:
    moved = remove_trend.movements(moving(), "contacts")
    assert moved["difference"].abs().max() > 3
    assert remove_trend.title(moved, "contacts", "cause") == "No clear change in any cause against a year before"


def test_a_fall_that_stands_out_is_told() -> None:
    moved = remove_trend.movements(moving(c=40.0), "contacts")
    assert remove_trend.title(moved, "contacts", "cause").startswith("C fell: ")
    assert moved[moved["clear"]]["key"].tolist() == ["c"]


def test_a_rate_of_a_product_over_all_customers_says_so() -> None:
    none = cannot(0, "", "")
    told = [overview.demand_metric(DemandRate(none, none, none, pd.DataFrame(), 1, 9.0, None, whole)).definition
            for whole in (False, True)]  # fmt: skip
    assert told[1].startswith(told[0])
    assert "all customers" in told[1].removeprefix(told[0])
