"""Issues, repeats and maturity: the worked case of METHODS a and every edge that changes a flag."""

from tests.models.rows import contact, dicts, model, one

WORKED_CASE = [
    contact("01 09:00", 1), contact("04 09:00", 1), contact("10 09:00", 1),
    contact("05 10:00", 1, reason="delivery"),
    contact("02 09:00", 2, channel="portal"), contact("02 11:00", 2), contact("20 09:00", 2),
    contact("10 09:00", 3, reason="returns"), contact("12 09:00", 3, reason="returns", planned_follow_up=True),
    contact("28 09:00", 4), contact("24 09:00", 5), contact("31 09:00", 5),
    contact("15 09:00", None),
]  # fmt: skip
"""A, B, C, D, E as customers 1 to 5; data end 2025-04-01 00:00, the midnight after the last contact."""


def test_worked_case_shares_a1_a2_a3() -> None:
    result = one(
        model(WORKED_CASE),
        """select count(*) filter (where is_eligible) as eligible, sum(is_repeat::int) as repeats,
            count(*) filter (where is_eligible and is_mature) as mature,
            count(*) filter (where has_repeat and is_mature) as mature_has_repeat,
            count(*) filter (where starts_issue) as issues,
            count(*) filter (where starts_issue and is_mature) as mature_issues,
            count(*) filter (where starts_issue and is_mature and not has_repeat) as single_issues
        from contacts""",
    )
    assert result == {
        "eligible": 11, "repeats": 4, "mature": 9, "mature_has_repeat": 4,
        "issues": 7, "mature_issues": 6, "single_issues": 3,
    }  # fmt: skip


def test_worked_case_naive_rate_with_immature_contacts_is_another_number() -> None:
    result = one(model(WORKED_CASE), "select sum(has_repeat::int) as n from contacts where is_eligible")
    assert result["n"] == 4  # of 11, not of the 9 mature ones


def test_planned_follow_up_transfer_leg_company_and_unknown_customer_are_no_part_of_an_issue() -> None:
    rows = [
        contact("01 09:00"),
        contact("02 09:00", planned_follow_up=True),
        contact("03 09:00", is_transfer_leg=True),
        contact("04 09:00", initiated_by="company"),
        contact("05 09:00", None),
        contact("06 09:00"),
    ]
    flags = dicts(
        model(rows), "select is_eligible, is_repeat, gap_prev_days, gap_next_days from contacts order by started_at"
    )
    assert [row["is_eligible"] for row in flags] == [True, False, False, False, False, True]
    assert [row["gap_prev_days"] for row in flags] == [None, None, None, None, None, 5]
    assert [row["gap_next_days"] for row in flags] == [5, None, None, None, None, None]


def test_gap_of_exactly_n_days_is_a_repeat_and_one_second_more_is_not() -> None:
    exact = dicts(
        model([contact("2025-03-01 09:00:00"), contact("2025-03-08 09:00:00")]),
        "select * from contacts order by started_at",
    )
    late = dicts(
        model([contact("2025-03-01 09:00:00"), contact("2025-03-08 09:00:01")]),
        "select * from contacts order by started_at",
    )
    assert (exact[1]["is_repeat"], exact[0]["has_repeat"], exact[1]["gap_prev_days"]) == (True, True, 7)
    assert (late[1]["is_repeat"], late[0]["has_repeat"], late[1]["gap_prev_days"]) == (False, False, 8)


def test_contact_exactly_n_days_before_the_end_is_mature() -> None:
    rows = [contact("2025-03-25 00:00:00"), contact("2025-03-25 00:00:01", 2), contact("2025-03-31 12:00", 3)]
    assert [row["is_mature"] for row in dicts(model(rows), "select is_mature from contacts order by started_at")] == [
        True,
        False,
        False,
    ]


def test_window_rolls_so_a_long_chain_is_one_issue() -> None:
    rows = [contact(f"{day:02d} 09:00") for day in (1, 7, 13, 19)]
    assert [
        row["starts_issue"] for row in dicts(model(rows), "select starts_issue from contacts order by started_at")
    ] == [True, False, False, False]


def test_repeat_inherits_the_cause_of_the_first_contact_of_its_issue() -> None:
    rows = [
        contact("01 09:00", cause="defect"), contact("03 09:00", cause="process"), contact("05 09:00"),
        contact("20 09:00", cause="policy"), contact("21 09:00", cause="none"),
    ]  # fmt: skip
    causes = dicts(model(rows), "select cause, root_cause from contacts order by started_at")
    assert [row["root_cause"] for row in causes] == ["defect", "defect", "defect", "policy", "policy"]
    assert [row["cause"] for row in causes] == ["defect", "process", "unknown", "policy", "none"]


def test_equal_times_are_ordered_by_id() -> None:
    rows = [
        contact("01 09:00", contact_id="b", channel="chat", cause="none"),
        contact("01 09:00", contact_id="a", channel="phone", cause="defect"),
    ]
    for order in (rows, rows[::-1]):
        causes = {row["contact_id"]: row for row in dicts(model(order), "select * from contacts")}
        assert (causes["a"]["starts_issue"], causes["b"]["is_repeat"]) == (True, True)
        assert causes["b"]["root_cause"] == "defect"
        assert causes["b"]["gap_prev_days"] == 1  # at least one day


def test_second_submission_within_two_minutes_on_the_same_channel_is_merged_into_the_first() -> None:
    rows = [
        contact("2025-03-01 09:00:00", channel="webform"),
        contact("2025-03-01 09:01:59", channel="webform"),
        contact("2025-03-01 09:03:59", channel="webform"),
        contact("2025-03-01 09:04:10", channel="phone"),
    ]
    flags = dicts(
        model(rows),
        "select is_duplicate_submission as d, is_eligible as e, is_repeat as r from contacts order by started_at",
    )
    assert [row["d"] for row in flags] == [False, True, False, False]
    assert [row["e"] for row in flags] == [True, False, True, True]
    assert [row["r"] for row in flags] == [False, False, True, True]


def test_gap_is_measured_between_the_kept_contacts_around_a_duplicate() -> None:
    rows = [contact("2025-03-01 09:00:00"), contact("2025-03-01 09:01:00"), contact("2025-03-08 09:00:30")]
    flags = dicts(model(rows), "select is_eligible, is_repeat, has_repeat from contacts order by started_at")
    assert [row["has_repeat"] for row in flags] == [False, False, False]
    assert [row["is_repeat"] for row in flags] == [False, False, False]


def test_minimal_three_columns_build_everything() -> None:
    rows = [
        {
            "started_at": contact("01 09:00")["started_at"],
            "local_at": contact("01 09:00")["started_at"],
            "channel": "phone",
            "reason": "billing",
        }
    ]
    connection = model(rows)
    row = one(connection, "select * from contacts")
    assert (row["segment"], row["product"], row["team"], row["cause"], row["initiated_by"]) == (
        "not given",
        "not given",
        "not given",
        "unknown",
        "customer",
    )
    assert row["is_eligible"] is False
    assert one(connection, "select sum(contacts) as n, sum(identified) as known from demand") == {"n": 1, "known": 0}
