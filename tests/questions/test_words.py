"""Sentences never claim more than the estimate: its state picks the variant."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.questions.demand import DemandRate
from analytics.questions.removable import Removable
from analytics.questions.words import clear, demand_finding, headline, money, most, percent, removable_finding, signed
from analytics.statistics.estimate import Estimate, cannot


def sure(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, low, high, 1000, "counted")


def rate(change: Estimate) -> DemandRate:
    return DemandRate(sure(196, 190, 202), sure(208, 200, 216), change, pd.DataFrame(), 1000, 5000.0, 0.05)


def removable(share: float, unknown: float) -> Removable:
    owners = pd.DataFrame({"owner": ["Billing"], "cost_per_year": [1.3e6], "clear": [True]})
    return Removable(
        sure(4.1e6, 3.4e6, 4.8e6), sure(share, share, share), sure(unknown, unknown, unknown), 13e6, 0.0, True, 1000,
        pd.DataFrame(), owners,
    )  # fmt: skip


def test_a_clear_fall_is_said_with_its_range() -> None:
    found = demand_finding(rate(sure(-0.06, -0.08, -0.04)), "Delivery status explains half of it.")
    assert found.text == (
        "Customers needed us 6 % less often than a year ago (196 against 208 contacts per 1,000; change −8 to −4 %). "
        "Delivery status explains half of it."
    )
    assert found.state == "better"


def test_a_rise_is_worse() -> None:
    assert demand_finding(rate(sure(0.06, 0.04, 0.08))).state == "worse"


def test_an_interval_over_zero_is_no_change() -> None:
    found = demand_finding(rate(sure(-0.015, -0.04, 0.01)))
    assert found.text.startswith("No clear change in demand (196 against 208 contacts per 1,000; −4 to +1 %).")
    assert found.text.endswith("A change under 5 % cannot be seen yet.")
    assert found.state == "unclear"


def test_without_customers_it_cannot_tell() -> None:
    gone = cannot(0, "counted", "Load customers.")
    found = demand_finding(DemandRate(gone, gone, gone, pd.DataFrame(), 0, None))
    assert (found.text, found.state) == ("Cannot tell whether demand falls: load customers.", "cannot")


def test_cost_names_the_owner_and_what_is_not_counted() -> None:
    assert removable_finding(removable(0.31, 0.12), "EUR").text == (
        "4.1 M EUR a year (3.4–4.8 M) went on contacts with a known avoidable cause (31 % of cost); Billing can end "
        "1.3 M EUR. A further 12 % has no known cause and is not counted."
    )


def test_no_cause_at_all_asks_for_labels() -> None:
    found = removable_finding(removable(0.0, 1.0), "EUR")
    assert found.state == "cannot"
    assert "label 200 contacts" in found.text


def test_repeats_that_stand_in_for_causes_are_not_a_known_cause() -> None:
    found = removable_finding(replace(removable(0.10, 0.90), proxy_share=1.0), "EUR")
    assert found.state == "cannot"
    assert "known avoidable cause" not in found.text
    assert "Repeats beyond natural recurrence alone cost 4.1 M EUR a year (3.4–4.8 M), 10 % of cost." in found.text
    whole = headline(rate(sure(-0.06, -0.08, -0.04)), replace(removable(0.10, 0.90), proxy_share=1.0), "EUR")
    assert "of its cost" not in whole.text


def test_a_year_made_of_one_month_says_so() -> None:
    text = removable_finding(replace(removable(0.31, 0.0), months=1), "EUR").text
    assert "(31 % of cost; a year scaled from 1 month)" in text


def test_a_change_that_is_told_is_never_nought_percent() -> None:
    found = demand_finding(rate(sure(-0.004, -0.007, -0.001)))
    assert "0.4 % less often" in found.text
    assert "change −0.7 to −0.1 %" in found.text


def test_the_first_of_a_ranking_is_named_alone_only_where_its_order_is_clear() -> None:
    owners = pd.DataFrame({"owner": ["billing", "Service"], "cost_per_year": [5e5, 4.9e5], "clear": [True, True]})
    assert most(owners, "EUR") == "Billing can end the most: 0.5 M EUR a year"
    assert most(owners.assign(clear=[False, True]), "EUR") == "Billing and Service can end the most"


def test_the_headline_keeps_the_state_of_demand() -> None:
    found = headline(rate(sure(-0.06, -0.08, -0.04)), removable(0.31, 0.12), "EUR")
    assert found.text == (
        "Demand is 6 % lower per customer than a year ago; 31 % of its cost (4.1 M EUR a year, 3.4–4.8 M) should "
        "not exist."
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [(4.13e6, "4.1 M EUR"), (6e5, "0.6 M EUR"), (48_213, "48,000 EUR"), (0, "0 EUR"), (-2.2e6, "−2.2 M EUR"),
     (999_999, "1.0 M EUR"), (None, "an unknown amount")],
)  # fmt: skip
def test_money_has_two_digits(value: float | None, said: str) -> None:
    assert money(value, "EUR") == said


@given(st.floats(-1e12, 1e12))
def test_no_number_is_printed_with_a_hyphen_or_as_minus_zero(value: float) -> None:
    for text in (money(value), percent(value), signed(value)):
        assert "-" not in text
        assert not text.startswith("−0 ")


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_clear_means_the_interval_leaves_zero_out(first: float, second: float) -> None:
    low, high = sorted((first, second))
    assert clear(sure((low + high) / 2, low, high)) == (low > 0 or high < 0)
    assert not clear(Estimate(math.pi, None, None, 5, "counted"))
