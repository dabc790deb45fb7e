"""The four real sets: every row accounted for, and the facts their PROVENANCE.md states found again."""

from contextlib import closing
from datetime import date

import pytest

from analytics.engine import Reader
from analytics.questions.rates import Rates
from analytics.questions.recommendation import recommended
from analytics.questions.repeats import repeats
from analytics.questions.selection import Selection
from tests.real.imported import counts, imported, query


@pytest.mark.parametrize("name", ["boston", "servicenow", "bank", "sfo"])
def test_outcomes_add_up(name: str) -> None:
    workspace, report = imported(name)
    found = counts(report)
    assert found["read"] == found["loaded"] + found["rejected"] + found["superseded"] + found["excluded"]
    files = "select sum(rows_read), sum(rows_loaded + rows_rejected + rows_superseded + rows_excluded) from files"
    assert query(workspace, files) == [(found["read"], found["read"])]
    assert (workspace.folder / "result.duckdb").exists()
    assert list(workspace.folder.glob("*building*")) == []


def test_boston_counts() -> None:
    _, report = imported("boston")
    assert counts(report) == {"read": 121_145, "loaded": 121_145, "rejected": 0, "superseded": 0, "excluded": 0}


def test_boston_keeps_the_citys_own_cases_as_company() -> None:
    workspace, _ = imported("boston")
    found = dict(query(workspace, "select initiated_by::varchar, count(*) from contacts group by all"))
    assert found == {"company": 14_675 + 12_783 + 198, "customer": 62_285 + 18_838 + 12_305 + 61}


def test_boston_channels_and_states() -> None:
    workspace, _ = imported("boston")
    assert dict(query(workspace, "select channel::varchar, count(*) from contacts group by all"))["phone"] == 62_285
    assert query(
        workspace, "select count(*) filter (where resolved), count(*) filter (where not resolved) from contacts"
    )[0] == (101_272, 19_873)
    assert query(workspace, "select count(distinct reason), count(distinct product) from contacts") == [(158, 16)]


def test_boston_cases_that_close_before_they_open_are_listed() -> None:
    workspace, report = imported("boston")
    assert report.emptied == 197
    assert query(
        workspace, "select column_name, outcome, count(*) from rejects where outcome = 'emptied' group by all"
    ) == [("CLOSED_DT", "emptied", 197)]
    assert query(workspace, "select distinct reason from rejects where reason like '%start%' limit 1")[0][0].endswith(
        "lies before the start; the value is left empty"
    )


def test_boston_times_are_stored_in_utc() -> None:
    workspace, _ = imported("boston")
    shift = "select distinct datediff('hour', local_at, started_at) from contacts order by 1"
    assert query(workspace, shift) == [(4,), (5,)]


def test_servicenow_counts() -> None:
    workspace, report = imported("servicenow")
    assert counts(report) == {
        "read": 141_712, "loaded": 24_918, "rejected": 0, "superseded": 116_794, "excluded": 0,
    }  # fmt: skip
    # 5,245 callers, one of which is the word for “missing”.
    assert query(workspace, "select count(distinct contact_id), count(distinct customer) from contacts") == [
        (24_918, 5_244)
    ]


def test_servicenow_reassigned() -> None:
    workspace, _ = imported("servicenow")
    share, mean = query(workspace, "select avg((transfers > 0)::int), avg(transfers) from contacts")[0]
    assert round(share, 3) == 0.456
    assert round(mean, 2) == 0.94


def test_servicenow_dates_are_day_first() -> None:
    workspace, _ = imported("servicenow")
    assert query(workspace, "select min(local_at)::date::varchar, max(local_at)::date::varchar from contacts") == [
        ("2016-02-29", "2017-02-16")
    ]
    spring = "select count(*) from contacts where local_at >= '2016-03-01' and local_at < '2016-06-01'"
    assert query(workspace, spring)[0][0] / 24_918 > 0.98


def test_bank_counts() -> None:
    workspace, report = imported("bank")
    assert counts(report) == {"read": 33_344, "loaded": 33_066, "rejected": 0, "superseded": 0, "excluded": 278}
    assert query(workspace, "select row_count, reason from rejects where outcome = 'excluded'") == [
        (278, "278 rows left out: an artefact of the voice menu, to be ignored")
    ]


def test_bank_abandonment_without_artefacts() -> None:
    workspace, _ = imported("bank")
    abandoned, share = query(workspace, "select count(*) filter (where abandoned), avg(abandoned::int) from contacts")[
        0
    ]
    assert abandoned == 5_904
    assert round(share, 3) == 0.179


def test_bank_talk_and_queue_of_served_calls() -> None:
    workspace, _ = imported("bank")
    median, ninetieth = query(
        workspace, "select median(handle_seconds), quantile_disc(handle_seconds, 0.9) from contacts where not abandoned"
    )[0]
    assert (median, ninetieth) == (107, 408)


def test_bank_negative_menu_times_are_emptied_and_listed() -> None:
    workspace, report = imported("bank")
    # 25 calls have a negative time in the menu; two of them are artefacts and excluded.
    assert report.emptied == 23
    listed = query(workspace, "select count(*), count(line), count(*) filter (where value like '-%') from rejects "
                              "where outcome = 'emptied'")  # fmt: skip
    assert listed == [(23, 23, 23)]


def test_bank_unknown_customers_are_not_one_customer() -> None:
    workspace, _ = imported("bank")
    unknown, most = query(workspace, "select count(*) filter (where customer is null), (select max(n) from (select "
                                     "count(*) as n from contacts where customer is not null group by customer)) "
                                     "from contacts")[0]  # fmt: skip
    # 19,558 calls carry customer 0, some of them artefacts; the most frequent callers have 170 calls.
    assert 19_558 - 278 <= unknown <= 19_558
    assert most <= 170


def test_sfo_counts_without_contacts() -> None:
    workspace, report = imported("sfo")
    assert [file.rows_loaded for file in report.files] == [2_831, 2_809]
    assert query(workspace, "select count(*) from contacts") == [(0,)]


@pytest.mark.parametrize(
    ("year", "published"),
    [
        (2017, {5: (62.0, 1552), 4: (19.0, 706), 3: (-7.9, 329), 2: (-15.4, 39), 1: (-42.9, 14)}),
        (2018, {5: (55.5, 1479), 4: (16.5, 667), 3: (-29.7, 303), 2: (-44.9, 49), 1: (-66.7, 24)}),
    ],
)
def test_sfo_recommendation_by_ease(year: int, published: dict[int, tuple[float, int]]) -> None:
    workspace, _ = imported("sfo")
    found = query(
        workspace,
        f"""
        select
            5 - round((effort - 1) * 4 / 6)::int as ease,
            round(100.0 * avg(case when nps >= 9 then 1 when nps <= 6 then -1 else 0 end), 1) as score,
            count(*) as answers
        from surveys
        where year(local_at) = {year} and effort is not null and nps is not null
        group by all""",
    )
    assert {ease: (score, answers) for ease, score, answers in found} == published


def test_bank_repeats_are_refused_because_most_callers_are_not_known() -> None:
    workspace, _ = imported("bank")
    with closing(Reader(workspace.result_path)) as reader:
        found = repeats(reader, Selection(date(1999, 2, 1), date(1999, 2, 1)), Rates())
    assert found.repeat_rate.value is None
    assert found.repeat_rate.why == "59 % of contacts have no customer: identify them before reading repeats."


def test_sfo_recommendation_by_ease_as_the_app_says_it() -> None:
    workspace, _ = imported("sfo")
    with closing(Reader(workspace.result_path)) as reader:
        found = recommended(reader, Selection(date(2018, 5, 1), date(2018, 5, 1)))
    assert found["answers"].tolist() == [1479, 667, 303, 49, 24]
    assert found["score"].round(1).tolist() == [55.5, 16.5, -29.7, -44.9, -66.7]


def test_sfo_missing_recommendations() -> None:
    workspace, _ = imported("sfo")
    missing = "select year(local_at), count(*) filter (where nps is null) from surveys group by all order by all"
    assert query(workspace, missing) == [(2017, 85), (2018, 159)]


def test_sfo_scales_are_ours() -> None:
    workspace, _ = imported("sfo")
    assert query(workspace, "select min(effort), max(effort), min(csat), max(csat), max(nps), max(csat_scale) "
                            "from surveys") == [(1, 7, 1, 5, 10, 5)]  # fmt: skip
