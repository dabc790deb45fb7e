"""Each cube from rows one can count on fingers."""

import math
from datetime import date
from typing import Any

import duckdb
import pytest

from analytics.contract import RESULT_FORMAT
from tests.models.rows import at, contact, model, one

MARCH = date(2025, 3, 1)


def values(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of `query` as tuples."""
    return connection.execute(query).fetchall()


def test_demand_sums_what_is_known_and_counts_how_much_is() -> None:
    rows = [
        contact("01 09:00", 1, handle_seconds=10.0, wait_seconds=5.0, abandoned=False, resolved=True, transfers=2),
        contact("01 10:00", 2, handle_seconds=20.0, abandoned=True, resolved=False, transfers=0, cost=1.5),
        contact("01 11:00", None, educated=False, anticipated_need=True, repeated_information=True),
    ]
    assert one(model(rows), "select * exclude (segment, product, channel, initiated_by) from demand") == {
        "month": MARCH, "reason": "billing", "cause": "unknown", "is_repeat": False,
        "contacts": 3, "made_by_customers": 3, "identified": 2, "handle_seconds": 30, "handle_seconds_squared": 500,
        "handle_known": 2, "not_handled": 0,
        "wait_seconds": 5, "wait_known": 1, "abandoned": 1, "abandoned_known": 2, "resolved": 1, "resolved_known": 2,
        "transfers": 2, "transfers_known": 2, "transferred": 1, "repeated_information": 1, "repeated_known": 1,
        "value_enhanced": 1, "value_known": 1, "given_cost": 1.5, "cost_known": 1,
    }  # fmt: skip


def test_a_call_given_up_before_an_answer_has_no_handle_time_known_or_missing() -> None:
    """Answered 60 s; answered without a time; given up with 0 s, with no time, and after 20 s with an agent."""
    given = [(60.0, False), (None, False), (0.0, True), (None, True), (20.0, True), (0.0, None)]
    rows = [contact(f"01 {hour:02d}:00", hour, handle_seconds=time, abandoned=gone)
            for hour, (time, gone) in enumerate(given, 1)]  # fmt: skip
    assert values(model(rows), "select contacts, handle_known, not_handled, handle_seconds from demand") == [
        (6, 3, 2, 80)
    ]


@pytest.mark.parametrize("cube", ["demand", "demand_reason_cause", "demand_reason_channel", "groups_cause",
                                  "groups_channel", "groups_reason", "groups_total", "daily"])  # fmt: skip
def test_what_the_company_starts_and_transfer_legs_are_not_made_by_customers(cube: str) -> None:
    rows = [contact("01 09:00"), contact("01 10:00", initiated_by="company"), contact("01 11:00", is_transfer_leg=True),
            contact("02 09:00", initiated_by="customer", planned_follow_up=True)]  # fmt: skip
    assert values(model(rows), f"select sum(contacts), sum(made_by_customers) from {cube}") == [(4, 2)]


def test_demand_keeps_the_root_cause_and_counts_repeats_apart() -> None:
    rows = [contact("01 09:00", cause="defect"), contact("03 09:00", cause="none")]
    assert values(model(rows), "select cause, is_repeat, contacts from demand order by is_repeat") == [
        ("defect", False, 1),
        ("defect", True, 1),
    ]


def test_roll_ups_of_demand_lose_nothing() -> None:
    rows = [contact("01 09:00", channel="chat", cause="defect"), contact("03 09:00", handle_seconds=7.0)]
    connection = model(rows)
    assert values(
        connection, "select channel, contacts, handle_seconds from demand_reason_channel order by channel"
    ) == [
        ("chat", 1, 0),
        ("phone", 1, 7),
    ]
    assert values(connection, "select cause, contacts, handle_seconds from demand_reason_cause") == [("defect", 2, 7)]


def test_months_follow_the_wall_clock_not_utc() -> None:
    rows = [contact("2025-04-01 02:30", local_at=at("2025-03-31 22:30"))]
    connection = model(rows, timezone="America/New_York")
    assert values(connection, "select month from demand") == [(MARCH,)]
    assert values(connection, "select day from daily") == [(date(2025, 3, 31),)]
    assert values(connection, "select half_hour from arrivals") == [(45,)]  # Monday 22:30
    assert values(connection, "select value from meta where key = 'data_end'") == [("2025-04-01 04:00:00",)]


def test_groups_count_only_mature_contacts_and_issues() -> None:
    rows = [contact("01 09:00"), contact("04 09:00"), contact("20 09:00", 33), contact("30 09:00", 33)]
    assert values(
        model(rows),
        """select replicate_group, contacts, eligible_mature, has_repeat, eligible_observed, is_repeat,
            issues, single_issues
        from groups_total order by replicate_group""",
    ) == [(1, 4, 3, 1, 2, 0, 2, 1)]


def test_groups_by_channel_and_cause_hold_the_same_contacts() -> None:
    connection = model([contact("01 09:00", 1, cause="policy"), contact("01 10:00", 2, channel="chat")])
    assert values(connection, "select channel, replicate_group, contacts from groups_channel order by channel") == [
        ("chat", 2, 1),
        ("phone", 1, 1),
    ]
    assert values(connection, "select cause, contacts from groups_cause order by replicate_group") == [
        ("policy", 1),
        ("unknown", 1),
    ]
    assert values(connection, "select reason, sum(contacts) from groups_reason group by all") == [("billing", 2)]


def test_reasons_below_the_top_60_are_other_in_large_cubes_and_themselves_in_demand() -> None:
    rows = [contact("01 09:00", number, reason=f"r{number:02d}") for number in range(62)]
    rows += [contact("02 09:00", 99, reason="r61"), contact("02 10:00", 98, reason="r60")]
    connection = model(rows)
    assert one(connection, "select count(distinct reason) as reasons from demand") == {"reasons": 62}
    assert values(connection, "select contacts from groups_reason where reason = 'other' order by all") == [(1,), (1,)]
    assert one(connection, "select sum(contacts) as n from arrivals where reason = 'other'") == {"n": 2}


def test_windows_of_two_contacts_three_days_apart() -> None:
    rows = [contact("11 09:00"), contact("14 09:00", handle_seconds=60.0), contact("20 09:00", 2)]
    cube = values(
        model(rows),
        """select window_days, d_mature, d_observed, d_has_repeat, d_is_repeat, d_repeat_seconds, d_issues, d_single
        from windows_reason order by window_days""",
    )
    # data 11 to 20 March: 9, 6 and 0 days to the end; 0, 3 and 9 days since the start
    assert cube == [
        (1, 2, 2, 0, 0, 0, 2, 2),
        (3, 0, 0, 1, 1, 60, -1, -2),
        (4, 0, -1, 0, -1, -60, 0, 0),
        (7, -1, 0, 0, 0, 0, 0, 0),
        (10, -1, -1, -1, 0, 0, -1, 0),
    ]


def test_daily_and_arrivals_count_each_contact_once() -> None:
    rows = [contact("03 00:00"), contact("03 00:29", 2), contact("09 23:59", 3)]  # Monday, Monday, Sunday
    connection = model(rows)
    assert values(connection, "select day, contacts from daily order by day") == [
        (date(2025, 3, 3), 2),
        (date(2025, 3, 9), 1),
    ]
    assert values(connection, "select half_hour, contacts from arrivals order by half_hour") == [(0, 2), (335, 1)]
    assert values(connection, "select weekday, weeks from arrival_weeks") == [(day, 1) for day in range(1, 8)]


def test_days_know_defects_of_customers_and_their_repeats() -> None:
    """A repeat counts to the cause of its first contact; a call the company makes about it does not."""
    rows = [
        contact("03 09:00", cause="defect"), contact("04 09:00", cause="none"), contact("04 10:00", 2, cause="none"),
        contact("05 09:00", cause="defect", initiated_by="company"),
    ]  # fmt: skip
    assert values(model(rows), "select contacts, made_by_customers, defects from daily order by day") == [
        (1, 1, 1), (2, 2, 1), (1, 0, 0),
    ]  # fmt: skip


def test_arrivals_hold_what_people_handle_whoever_started_it() -> None:
    rows = [contact("03 09:00"), contact("03 09:10", 2, initiated_by="company")]
    assert values(model(rows), "select half_hour, contacts from arrivals") == [(18, 2)]


def test_customer_reasons_set_one_bit_a_month() -> None:
    rows = [
        contact("2025-01-05 09:00", 5), contact("2025-03-05 09:00", 5), contact("2025-03-06 09:00", 5),
        contact("2025-02-05 09:00", 4, reason="delivery"), contact("2025-02-05 09:00", None),
    ]  # fmt: skip
    found = values(
        model(rows), "select customer, customer_number, reason, block, months from customer_reasons order by 1"
    )
    assert found == [(4, 0, "delivery", 0, 0b10), (5, 1, "billing", 0, 0b101)]


def test_customer_months_beyond_64_months_open_a_new_block() -> None:
    rows = [contact("2019-01-05 09:00"), contact("2024-05-05 09:00")]
    assert values(model(rows), "select block, months from customer_months order by block") == [(0, 1), (1, 1)]


def test_a_survey_never_meets_two_contacts_and_a_contact_counts_once_however_many_surveys() -> None:
    contacts = [contact("01 09:00", contact_id="x"), contact("02 09:00", 2, contact_id="x", channel="chat")]
    surveys = [
        {"contact_id": "x", "answered_at": at("03 09:00"), "effort": 3.4},
        {"contact_id": "x", "answered_at": at("04 09:00"), "effort": 3.0},
        {"contact_id": "unknown", "answered_at": at("04 09:00"), "effort": 7.0, "nps": 9.0},
    ]
    connection = model(contacts, surveys=surveys)
    assert values(connection, "select channel, effort, answers from effort") == [("phone", 3, 2)]
    assert values(connection, "select channel, effort, nps, answers from survey_answers order by effort") == [
        ("phone", 3, None, 2),
        ("not given", 7, 9, 1),
    ]
    assert one(connection, "select sum(contacts) as n from demand") == {"n": 2}


def test_customers_are_followed_for_a_year_from_their_first_answered_contact() -> None:
    def met(day: str, customer: int, name: str, **more: object) -> dict[str, object]:
        return contact(f"{day} 09:00", customer, contact_id=name, educated=True, resolved=True, **more)

    contacts = [
        met("2024-01-10", 1, "a"), met("2024-01-20", 1, "a2"),  # the first answered one counts, once
        met("2024-01-10", 2, "b"),  # left on day 365: gone; a day later: stayed
        met("2024-01-10", 3, "c"),
        met("2024-01-10", 4, "d"),  # gone before the contact: no customer then
        met("2025-01-05", 5, "e"),  # not yet followed for a year
        met("2024-01-10", 6, "f"),  # gave no answer about effort
        contact("2024-01-10 09:00", 7, contact_id="g"),  # whether value was added is not known
        met("2025-02-10", 8, "last"),
    ]  # fmt: skip
    surveys = [{"contact_id": name, "answered_at": at("2024-02-01 09:00"), "effort": 3.0} for name in "abcdeg"]
    surveys += [{"contact_id": "a2", "answered_at": at("2024-02-01 09:00"), "effort": 7.0}]
    joined, leaving = date(2023, 12, 1), {2: date(2025, 1, 9), 3: date(2025, 1, 10), 4: date(2024, 1, 9)}
    people = [{"customer": number, "joined_at": joined, "left_at": leaving.get(number)} for number in range(1, 9)]
    connection = model(contacts, surveys=surveys, customers=people)
    assert values(
        connection,
        "select effort, tenure_band, resolved, value_enhanced, sum(customers), sum(stayed) "
        "from loyalty_index inner join loyalty_cells using (cell) group by all",
    ) == [(3, 0, True, True, 3, 2)]


def test_surveys_alone_build_a_result() -> None:
    surveys = [{"answered_at": at("2017-05-01 00:00"), "nps": 9.0}, {"answered_at": at("2017-05-01 00:00"), "nps": 9.0}]
    connection = model([], surveys=surveys)
    assert values(connection, "select month, nps, answers from survey_answers") == [(date(2017, 5, 1), 9, 2)]
    assert one(connection, "select count(*) as n from demand") == {"n": 0}
    assert values(connection, "select value from meta where key = 'last_full_month'") == [("2017-05-01",)]


def test_active_customers_as_given_win_over_counted_ones() -> None:
    given = [{"month": date(2025, 3, 9), "segment": "consumer", "count": 40}, {"month": date(2025, 3, 1), "count": 2}]
    customers = [{"customer": 1, "joined_at": date(2025, 1, 1)}]
    connection = model([contact("01 09:00")], active_customers=given, customers=customers)
    assert values(connection, "select segment, customers from active order by customers") == [
        ("not given", 2),
        ("consumer", 40),
    ]


def test_active_customers_are_counted_from_first_and_last_day() -> None:
    customers = [
        {"customer": 1, "joined_at": date(2025, 3, 31)}, {"customer": 2, "joined_at": date(2025, 4, 1)},
        {"customer": 3, "left_at": date(2025, 3, 1)}, {"customer": 4, "left_at": date(2025, 2, 28)},
    ]  # fmt: skip
    connection = model([contact("01 09:00"), contact("2025-04-02 09:00")], customers=customers)
    assert values(connection, "select month, customers from active") == [(MARCH, 2), (date(2025, 4, 1), 2)]


def test_contacts_after_a_message_within_14_days_and_only_when_they_could_be_seen() -> None:
    contacts = [
        contact("02 09:00", 1), contact("16 09:00", 1, reason="delivery"), contact("16 09:01", 1, reason="returns"),
        contact("31 09:00", 9), contact("03 09:00", 1, initiated_by="company"),
    ]  # fmt: skip
    outreach = [
        {"sent_at": at("02 09:00"), "customer": 1, "template": "t", "kind": "bill", "reason": "delivery"},
        {"sent_at": at("02 09:00"), "customer": 2, "template": "t", "kind": "bill", "opted_out": True},
        {"sent_at": at("25 09:00"), "customer": 9, "template": "t", "kind": "bill"},
        {"sent_at": at("02 09:00"), "template": "t", "kind": "bill"},
    ]
    assert one(model(contacts, outreach=outreach), "select * exclude (holdout, month) from outreach_after") == {
        "template": "t", "kind": "bill", "sent": 4, "observed": 2,
        "contacted_14d": 1, "contacts_14d": 1, "same_reason_14d": 1, "opted_out": 1,
    }  # fmt: skip


def test_policies_count_holds_waiting_and_repeats_by_amount() -> None:
    rows = [
        contact("01 09:00", policy="refund", amount=16.0, authorisation_wait_seconds=600.0),
        contact("02 09:00", policy="refund", amount=16.0, authorisation_wait_seconds=0.0),
        contact("31 09:00", 2),
    ]
    assert values(
        model(rows),
        "select policy, amount_band, contacts, blocked, authorisation_wait_seconds, repeats, amount from policies_cube",
    ) == [("refund", 16, 2, 1, 600, 1, 32.0)]


def test_teams_leave_out_contacts_without_a_team() -> None:
    rows = [contact("01 09:00", team="north", resolved=True, transfers=1), contact("02 09:00", 2)]
    assert values(model(rows), "select team, contacts, resolved, transferred from teams") == [("north", 1, 1, 1)]


@pytest.mark.parametrize(("seconds", "bucket"), [(0.0, 0), (1.0, 0), (16.0, 16), (255.0, 31), (256.0, 32)])
def test_handle_time_buckets_are_quarters_of_a_doubling(seconds: float, bucket: int) -> None:
    connection = model([contact("01 09:00", handle_seconds=seconds), contact("01 10:00", 2)])
    assert values(connection, "select bucket, contacts from handle_hist") == [(bucket, 1)]


def test_switches_follow_the_issue_from_contact_to_contact() -> None:
    rows = [
        contact("01 09:00", channel="chat"), contact("02 09:00"), contact("03 09:00", channel="chat"),
        contact("04 09:00"), contact("05 09:00"), contact("20 09:00", channel="chat"),
    ]  # fmt: skip
    found = values(model(rows), "select from_channel, to_channel, issues, moves from switches order by 1, 2")
    assert found == [("chat", "phone", 1, 2), ("phone", "chat", 1, 1), ("phone", "phone", 1, 1)]


def test_audit_pool_keeps_200_of_each_reason_whatever_the_order() -> None:
    rows = [contact("01 09:00", number, contact_id=f"c{number}") for number in range(450)]
    rows += [contact("01 09:00", 1, reason="rare", contact_id="rare", text="=1+1")]
    picked = [values(model(order), "select contact_id from audit_pool") for order in (rows, rows[::-1])]
    assert picked[0] == picked[1]
    assert len(picked[0]) == 201


def test_acquisition_counts_contacts_per_customer_once() -> None:
    customers = [
        {"customer": 1, "segment": "consumer", "acquisition_channel": "fair", "joined_at": date(2025, 2, 1)},
        {"customer": 2, "segment": "consumer", "acquisition_channel": "fair", "left_at": date(2025, 3, 15)},
    ]
    rows = [contact("2025-01-05 09:00", 1), contact("01 09:00", 1), contact("2025-04-05 09:00", 7)]
    connection = model(rows, customers=customers)
    assert values(connection, "select * from acquisition") == [
        ("fair", "consumer", 1, 1, 2, 3), ("fair", "consumer", 2, 1, 0, 3),
    ]  # fmt: skip


def test_acquisition_leaves_out_what_the_company_started() -> None:
    customers = [{"customer": 1, "acquisition_channel": "fair"}]
    rows = [contact("01 09:00", 1), contact("02 09:00", 1, initiated_by="company"),
            contact("03 09:00", 1, is_transfer_leg=True)]  # fmt: skip
    assert values(model(rows, customers=customers), "select contacts from acquisition") == [(1,)]


def test_handle_repeats_sum_logs_of_mature_contacts_with_a_handle_time() -> None:
    rows = [
        contact("01 09:00", handle_seconds=100.0),
        contact("03 09:00", handle_seconds=300.0),
        contact("20 09:00"),
        contact("20 10:00", 2, handle_seconds=50.0),
        contact("2025-04-30 09:00", 9),
    ]
    found = values(model(rows), "select contacts, has_repeat, handle_seconds, log_sum, log_squares, log_repeats "
                   "from handle_repeats order by replicate_group")  # fmt: skip
    logs = [math.log(100), math.log(300)]
    assert found[0] == pytest.approx((2, 1, 400, sum(logs), sum(one**2 for one in logs), logs[0]))
    assert found[1][:3] == (1, 0, 50)


def test_coverage_counts_what_the_files_say_not_what_stands_in() -> None:
    rows = [contact("01 09:00", segment="consumer", cause="defect"), contact("02 09:00", None)]
    found = dict(values(model(rows), "select column_name, filled from coverage where table_name = 'contacts'"))
    named = {
        name: found[name] for name in ("channel", "segment", "product", "cause", "customer_id", "planned_follow_up")
    }
    assert named == {"channel": 2, "segment": 1, "product": 0, "cause": 1, "customer_id": 1, "planned_follow_up": 0}


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        ("2025-01-01", "2025-03-31", ("2025-01-01", "2025-03-01")),
        ("2025-01-01", "2025-03-30", ("2025-01-01", "2025-02-01")),
        ("2025-01-02", "2025-03-31", ("2025-02-01", "2025-03-01")),
        ("2025-01-02", "2025-01-30", (None, None)),
    ],
)
def test_only_whole_months_are_full(first: str, last: str, whole: tuple[str | None, str | None]) -> None:
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    start = date.fromisoformat(first).toordinal()
    rows = [contact(f"{date.fromordinal(start + day)} 09:00") for day in range(days + 1)]
    facts = dict(values(model(rows), "select key, value from meta"))
    assert (facts["first_full_month"], facts["last_full_month"]) == whole


def test_a_month_that_ends_on_a_closed_weekend_is_whole() -> None:
    start = date(2025, 7, 1).toordinal()
    days = [date.fromordinal(start + day) for day in range(61)]  # July and August 2025; 31 August is a Sunday
    rows = [contact(f"{day} 09:00") for day in days if day.isoweekday() <= 5]
    assert dict(values(model(rows), "select key, value from meta"))["last_full_month"] == "2025-08-01"


def test_generation_names_the_build_and_its_format() -> None:
    from analytics.engine import sql

    assert values(model([]), sql("models/generation")) == [("g", str(RESULT_FORMAT))]


def test_nothing_at_all_builds_empty_tables() -> None:
    from analytics.intake.build import STEPS

    connection = model([])
    filled = [
        step.name for step in STEPS if step.kept and values(connection, f"select count(*) from {step.name}") != [(0,)]
    ]
    assert filled == ["meta"]


def test_users_of_a_channel_are_counted_once_over_twelve_whole_months() -> None:
    """Customer 1 left B2B for B2C and uses two channels; 2 chats twice; 3 chatted too long ago; 4 has no name."""
    rows = [
        contact("2024-03-01 09:00", 9), contact("2024-03-30 09:00", 3, channel="chat", segment="B2C"),
        contact("2024-04-01 09:00", 1, segment="B2B"), contact("2025-03-10 09:00", 1, channel="chat", segment="B2C"),
        contact("2024-05-01 09:00", 2, channel="chat", segment="B2B"),
        contact("2024-06-01 09:00", 2, channel="chat", segment="B2B"),
        contact("2024-06-01 10:00", None, channel="chat"), contact("2025-03-31 23:00", 5, segment="B2B"),
    ]  # fmt: skip
    assert values(model(rows), "from channel_users order by channel, segment") == [
        ("chat", "B2B", 1, 1, 1),
        ("chat", "B2C", 1, 0, 0),
        ("phone", "B2B", 1, 1, 0),
        ("phone", "B2C", 1, 0, 0),
    ]


def test_at_equal_times_the_segment_of_a_user_does_not_depend_on_the_order_of_rows() -> None:
    rows = [contact("01 09:00", 1, segment="B2B"), contact("01 09:00", 1, channel="chat", segment="B2C")]
    for given in (rows, rows[::-1]):
        assert values(model(given), "from channel_users order by channel") == [
            ("chat", "B2C", 1, 0, 0),
            ("phone", "B2C", 1, 0, 0),
        ]


def test_users_of_more_channels_than_a_number_has_bits_are_counted_the_same() -> None:
    """Sixty-seven customers of one channel each; the last one also uses the first channel."""
    names = [f"kiosk {number:02}" for number in range(67)]
    rows = [contact("02 09:00", number, channel=name) for number, name in enumerate(names)]
    rows.append(contact("02 10:00", 66, channel=names[0]))
    expected = [(name, 1, 1, 0) for name in names]
    expected[0], expected[66] = (names[0], 2, 1, 0), (names[66], 1, 0, 0)
    query = "select channel, customers, only_here, only_here_often from channel_users order by channel"
    assert values(model(rows), query) == expected


def test_cells_by_policy_hold_what_demand_holds_of_contacts_with_one() -> None:
    rows = [
        contact("01 09:00", 1, policy="refund", handle_seconds=60.0, cost=2.0),
        contact("02 09:00", 1, policy="refund", abandoned=True),
        contact("02 10:00", 2, policy="credit", handle_seconds=30.0), contact("02 11:00", 3, handle_seconds=9.0),
    ]  # fmt: skip
    found = values(
        model(rows),
        "select policy, is_repeat, contacts, handle_seconds, handle_known, not_handled, given_cost, cost_known "
        "from policy_cells order by policy, is_repeat",
    )
    assert found == [
        ("credit", False, 1, 30, 1, 0, 0.0, 0),
        ("refund", False, 1, 60, 1, 0, 2.0, 1),
        ("refund", True, 1, 0, 0, 1, 0.0, 0),
    ]


def test_segments_of_customers_that_no_contact_has_are_kept() -> None:
    surveys = [{"answered_at": at("02 09:00"), "customer": 7, "effort": 2.0}]
    customers = [{"customer": 7, "segment": "Only in the register"}]
    connection = model([contact("01 09:00", segment="B2B")], surveys=surveys, customers=customers)
    assert values(connection, "select segment, answers from survey_answers") == [("Only in the register", 1)]


def test_answers_rolled_up_lose_nothing() -> None:
    rows = [contact("01 09:00", 1), contact("01 10:00", 1, channel="chat"), contact("01 11:00", 1, reason="other")]
    surveys = [{"answered_at": at("02 09:00"), "contact_id": f"c{n:06d}", "effort": 6.0} for n in range(3)]
    connection = model(rows, surveys=surveys)
    assert values(connection, "select count(*), sum(answers) from effort") == [(3, 3)]
    assert values(connection, "select effort, answers from effort_total") == [(6, 3)]
