"""Rows in, rows out, countable on fingers: one case per query with the trap it could fall into."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from analytics.questions.acquisition import contacts_per_customer
from analytics.questions.change import change_split, reason_changes
from analytics.questions.customers import customers_by_reason, first_seen
from analytics.questions.experience import effort, guardrails, hours_value
from analytics.questions.imports import import_files, import_problems
from analytics.questions.outreach import templates
from analytics.questions.period import data_period, filter_choices
from analytics.questions.policies import policy_table
from analytics.questions.rates import ChannelRate, Rates
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import Taxonomy
from analytics.questions.trend import demand_days, event_list, trend
from analytics.questions.windows import windows_by_reason, windows_of
from tests.models.rows import contact, model
from tests.questions.cubes import FEB, JAN, MAR, in_groups, reader_of
from tests.questions.world import MemoryReader

QUARTER = Selection(JAN, MAR)


def test_a_mean_is_a_ratio_of_sums_not_a_mean_of_ratios(tmp_path: Path) -> None:
    months = [
        {"month": JAN, "contacts": 1, "wait_seconds": 100, "wait_known": 1, "abandoned": 1, "abandoned_known": 1},
        {"month": FEB, "contacts": 99, "wait_seconds": 0, "wait_known": 99, "abandoned_known": 99},
    ]
    found = guardrails(reader_of(tmp_path, demand_reason_channel=months), QUARTER)
    assert found.mean_wait_seconds == pytest.approx(1.0)
    assert found.abandonment.value == pytest.approx(0.01)
    assert found.service_level.state == "cannot"


def test_nothing_known_is_not_zero(tmp_path: Path) -> None:
    found = guardrails(reader_of(tmp_path, demand_reason_channel=[{"month": JAN, "contacts": 50}]), QUARTER)
    assert found.mean_wait_seconds is None
    assert found.abandonment.state == "cannot"


def test_high_effort_starts_at_five_and_immature_issues_are_left_to_the_cube(tmp_path: Path) -> None:
    answers = [{"month": JAN, "effort": score, "answers": 16, "replicate_group": 3} for score in (1, 4, 5, 7)]
    issues = [{"month": JAN, "contacts": 90, "issues": 40, "single_issues": 30, "replicate_group": 0}]
    found = effort(reader_of(tmp_path, effort_total=answers, groups_total=issues), QUARTER)
    assert found.high_effort.value == pytest.approx(0.5)
    assert found.mean_effort.value == pytest.approx(17 / 4)
    assert found.high_effort.low is None or found.high_effort.low < 0.5
    assert found.first_contact_resolution.value == pytest.approx(0.75)
    assert found.response_rate == pytest.approx(64 / 90)


def test_hours_in_service_are_handled_and_waited_time(tmp_path: Path) -> None:
    demand = [{"month": JAN, "contacts": 2, "handle_seconds": 3600, "handle_known": 1, "wait_seconds": 1800,
               "wait_known": 2, "value_enhanced": 1, "value_known": 2}]  # fmt: skip
    reader = reader_of(tmp_path, demand_reason_channel=demand, active=[{"month": JAN, "customers": 500}])
    found = hours_value(reader, QUARTER, Rates((ChannelRate("phone", 1.0, default_minutes=30.0),)))
    assert found["hours"].tolist() == [2.0], "one hour known, half an hour by default, half an hour waited"
    assert found["hours_per_1000"].tolist() == [4.0]
    assert found["value_share"].tolist() == [0.5]


def test_growth_rate_and_mix_add_up(tmp_path: Path) -> None:
    earlier, later = date(2024, 3, 1), MAR
    demand = [{"month": earlier, "segment": "a", "contacts": 100}, {"month": later, "segment": "a", "contacts": 300}]
    active = [{"month": earlier, "segment": "a", "customers": 10}, {"month": later, "segment": "a", "customers": 20}]
    reader = reader_of(tmp_path, {"first_full_month": "2024-03-01"}, demand_reason_channel=demand, active=active)
    found = change_split(reader, Selection(MAR, MAR))
    assert (found.before, found.after, found.mix) == (100, 300, 0)
    assert found.growth + found.rate == pytest.approx(200)
    assert found.per_1000_before == 10_000
    changes = reason_changes(reader, Selection(MAR, MAR))
    assert (changes["reason"].tolist(), changes["difference"].tolist()) == (["billing"], [5000.0])


def test_two_months_of_contacts_over_one_month_of_customers_is_no_rate(tmp_path: Path) -> None:
    months = [date(2024, 2, 1), date(2024, 3, 1), date(2025, 2, 1), MAR]
    demand = [{"month": month, "contacts": 100} for month in months]
    active = [{"month": month, "customers": 10} for month in months if month != date(2025, 2, 1)]
    reader = reader_of(tmp_path, {"first_full_month": "2024-02-01"}, demand_reason_channel=demand, active=active)
    looked_at = Selection(date(2025, 2, 1), MAR)
    assert "active_customers" in change_split(reader, looked_at).why
    assert not len(reason_changes(reader, looked_at))


def test_a_split_without_customers_says_why(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, {"first_full_month": "2024-03-01"}, demand_reason_channel=[{"contacts": 1}])
    assert "active_customers" in change_split(reader, Selection(MAR, MAR)).why


def test_a_customer_with_two_segments_counts_once() -> None:
    reader = MemoryReader(
        model([contact("01 10:00", 1, segment="a"), contact("02 10:00", 1, segment="b"),
               contact("03 10:00", 2, segment="b", reason="returns"), contact("04 10:00", None)])
    )  # fmt: skip
    by_reason, total = customers_by_reason(reader, Selection(MAR, MAR))
    assert (by_reason, total) == ({"billing": 1, "returns": 1}, 2)
    assert customers_by_reason(reader, Selection(MAR, MAR, segments=("b",)))[1] == 2
    assert customers_by_reason(reader, Selection(FEB, FEB))[1] == 0


def test_a_customer_is_first_seen_in_the_first_month_of_the_period() -> None:
    times = ("2025-01-10 10:00", "2025-02-10 10:00", "2025-03-10 10:00")
    rows = [contact(times[month], customer) for customer, month in ((1, 0), (1, 1), (2, 1), (3, 2), (3, 0))]
    reader = MemoryReader(model(rows))
    found = first_seen(reader, Selection(FEB, MAR))
    assert dict(zip(found["month_number"].tolist(), found["customers"].tolist(), strict=True)) == {1: 2, 2: 1}


def test_different_customers_over_a_gap_of_years_count_once() -> None:
    rows = [contact(time, customer) for time, customer in (
        ("2019-01-05 10:00", 1), ("2024-05-05 10:00", 1), ("2024-06-05 10:00", 1), ("2024-06-05 10:00", 2),
    )]  # fmt: skip
    reader = MemoryReader(model(rows))
    periods = ((date(2019, 1, 1), date(2024, 6, 1)), (date(2024, 5, 1), date(2024, 6, 1)),
               (date(2024, 6, 1), date(2024, 6, 1)), (date(2019, 2, 1), date(2024, 4, 1)))  # fmt: skip
    customers = [customers_by_reason(reader, Selection(first, last))[1] for first, last in periods]
    assert customers == [2, 2, 2, 0]


@pytest.mark.parametrize("seed", range(3))
def test_different_customers_equal_a_plain_count(seed: int) -> None:
    random = np.random.default_rng(seed)
    drawn = [(int(month), int(customer), str(reason)) for month, customer, reason in zip(
        random.integers(1, 13, 80), random.integers(1, 15, 80), random.choice(["billing", "returns"], 80), strict=True
    )]  # fmt: skip
    reader = MemoryReader(
        model([contact(f"2024-{month:02d}-10 10:00", customer, reason=reason) for month, customer, reason in drawn])
    )
    for first, last in ((1, 12), (4, 6), (9, 9)):
        inside = [row for row in drawn if first <= row[0] <= last]
        by_reason, total = customers_by_reason(reader, Selection(date(2024, first, 1), date(2024, last, 1)))
        assert total == len({customer for _, customer, _ in inside})
        assert by_reason == {
            name: len({customer for _, customer, reason in inside if reason == name})
            for name in {reason for *_, reason in inside}
        }


def test_windows_are_running_sums_of_changes(tmp_path: Path) -> None:
    rows = [{"month": JAN, "window_days": 1, "d_mature": 10}, {"month": JAN, "window_days": 3, "d_has_repeat": 4},
            {"month": FEB, "window_days": 5, "d_mature": -2, "d_has_repeat": -1}]  # fmt: skip
    found = windows_of(windows_by_reason(reader_of(tmp_path, windows_reason=rows), QUARTER), "reason")
    assert found.counts("mature")[:5].tolist() == [10, 10, 10, 10, 8]
    assert found.counts("has_repeat", 0)[:5].tolist() == [0, 0, 4, 4, 3]
    assert found.at("has_repeat", 30).tolist() == [3]


def test_templates_are_per_thousand_observed_and_need_a_holdout_for_an_effect(tmp_path: Path) -> None:
    sent: dict[str, Any] = {"template": "bill", "kind": "bill", "month": JAN, "sent": 1200, "observed": 1000,
                            "contacted_14d": 110, "contacts_14d": 150, "same_reason_14d": 40}  # fmt: skip
    held = {**sent, "holdout": True, "sent": 1000, "contacted_14d": 140}
    alone = {**sent, "template": "letter"}
    bill, letter = templates(reader_of(tmp_path, outreach_after=[sent, held, alone]), QUARTER)
    assert bill.contacts_per_1000 == 150
    assert bill.same_reason_per_1000 == 40
    assert bill.net_per_1000.value == pytest.approx(-30)
    assert (letter.net_per_1000.state, letter.sent) == ("cannot", 1200)


def test_a_policy_listed_twice_does_not_count_twice(tmp_path: Path) -> None:
    band = {"policy": "refund", "month": JAN, "amount_band": 20, "contacts": 8, "blocked": 4,
            "authorisation_wait_seconds": 240, "amount": 400.0}  # fmt: skip
    listed = [{"policy": "refund", "owner": "finance"}, {"policy": "refund", "owner": "finance"}]
    (found,) = policy_table(reader_of(tmp_path, policies_cube=[band], policies=listed), QUARTER)
    assert (found.contacts, found.blocked, found.waiting_minutes) == (32, 16, 16), "a year of a quarter"
    assert found.repeat_rate is None


def test_contacts_per_customer_are_per_active_year(tmp_path: Path) -> None:
    won = {"segment": "a", "customers": 64, "contacts": 128}
    measures = ("customers", "contacts", "months_active")
    rows = [
        *in_groups({**won, "acquisition_channel": "door", "months_active": 512}, measures),
        *in_groups({**won, "acquisition_channel": "web", "months_active": 1024}, measures),
    ]
    found = contacts_per_customer(reader_of(tmp_path, acquisition=rows), QUARTER)
    assert found["contacts_per_year"].tolist() == [3.0, 1.5]
    assert found["against_all"].tolist() == pytest.approx([1.5, 0.75])
    assert found["low"].tolist() == pytest.approx([3.0, 1.5]), "groups that agree leave no doubt"
    assert found["differs"].tolist() == [True, True]


def test_ways_of_winning_customers_differ_only_where_their_groups_agree(tmp_path: Path) -> None:
    rows = [
        {"acquisition_channel": name, "segment": "a", "replicate_group": group, "customers": 4,
         "contacts": 4 + ((group * step) % 7), "months_active": 48}
        for name, step in (("door", 3), ("web", 5)) for group in range(32)
    ]  # fmt: skip
    found = contacts_per_customer(reader_of(tmp_path, acquisition=rows), QUARTER)
    assert not found["differs"].any()
    assert (found["low"] < found["contacts_per_year"]).all()
    assert (found["contacts_per_year"] < found["high"]).all()


def test_events_that_touch_the_days_are_listed(tmp_path: Path) -> None:
    events = [{"at": date(2025, 1, 30), "until": date(2025, 2, 2), "name": "outage", "kind": "outage"},
              {"at": date(2025, 1, 1), "name": "before"}, {"at": date(2025, 3, 1), "name": "after"}]  # fmt: skip
    found = event_list(reader_of(tmp_path, events=events), date(2025, 2, 1), date(2025, 2, 28))
    assert found["name"].tolist() == ["outage"]


def test_days_count_what_customers_made(tmp_path: Path) -> None:
    """An outbound campaign of 50 calls on a day is work, and no demand that could follow an event."""
    days = [{"day": JAN, "contacts": 59, "made_by_customers": 9}, {"day": date(2025, 1, 2), "contacts": 8}]
    assert demand_days(reader_of(tmp_path, daily=days), QUARTER, JAN, FEB)["contacts"].tolist() == [9, 8]


def test_days_and_months_keep_every_contact(tmp_path: Path) -> None:
    days = [{"day": date(2025, 1, day), "segment": "all", "product": "all", "contacts": day, "reason": reason}
            for day, reason in ((1, "billing"), (2, "returns"), (2, "billing"))]  # fmt: skip
    months = [{"month": JAN, "contacts": 3, "cause": "defect"}, {"month": JAN, "contacts": 2, "reason": "returns"},
              {"month": JAN, "contacts": 1, "cause": "defect", "reason": "returns"}]  # fmt: skip
    reader = reader_of(tmp_path, daily=days, demand_reason_cause=months)
    assert demand_days(reader, QUARTER, JAN, FEB)["contacts"].tolist() == [1, 4]
    assert demand_days(reader, QUARTER, JAN, FEB, ("returns",))["contacts"].tolist() == [2]
    found = trend(reader, QUARTER, Taxonomy(), "cause")
    by_key = found.rows.pivot(index="key", columns="month", values="contacts")
    assert by_key.loc["defect"].tolist() == [4, 0, 0], "a month without contacts is a zero, not a missing month"
    assert by_key.loc["none"].tolist() == [2, 0, 0]
    assert found.rows["contacts_per_1000"].isna().all()


def test_the_period_is_what_the_import_wrote(tmp_path: Path) -> None:
    demand = [{"month": MAR, "contacts": 1, "segment": "b"}, {"month": JAN, "contacts": 5, "segment": "a"}]
    reader = reader_of(tmp_path, demand_reason_channel=demand)
    found = data_period(reader)
    assert (found.first_month, found.last_full_month, found.default) == (JAN, MAR, QUARTER)
    assert (found.last_at, found.window_days) == (datetime(2025, 3, 31, 23), 7)
    assert filter_choices(reader).segments == ("a", "b")
    assert filter_choices(reader).months == (JAN, MAR)


def test_files_and_problems_are_shown_as_counted(tmp_path: Path) -> None:
    file = {"table_name": "contacts", "file": "a.csv", "rows_read": 5, "rows_loaded": 3, "rows_rejected": 1,
            "rows_superseded": 1}  # fmt: skip
    problem = {"table_name": "contacts", "file": "a.csv", "column_name": "wait_seconds", "outcome": "emptied"}
    reader = reader_of(tmp_path, files=[file], emptied_counts=[{**problem, "row_count": 2}] * 2)
    row = import_files(reader).iloc[0]
    parts = ("rows_loaded", "rows_rejected", "rows_superseded", "rows_excluded")
    assert sum(int(row[part]) for part in parts) == row["rows_read"]
    assert import_problems(reader)["row_count"].tolist() == [4]
