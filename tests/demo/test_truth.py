"""What is planted: measured again from the files by other means, and wrong in life's direction when read naively."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.demo import write_demo
from analytics.demo.plan import PARTIAL_DAYS
from tests.demo.conftest import Company


@pytest.fixture(scope="module")
def joined(company: Company) -> pd.DataFrame:
    """Contacts of the contact system once each, with their true labels."""
    contacts = company.table("contacts_*").drop_duplicates("ref")
    labels = pd.read_parquet(company.folder / "truth" / "contacts_001.parquet")
    return contacts.merge(labels, on="ref", validate="one_to_one")


def whole(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["opened"] < "2026-11-01"]


def test_time_has_the_planned_shape(company: Company) -> None:
    opened = company.table("contacts_*")["opened"]
    by_weekday = opened.dt.day_of_week.value_counts()
    assert 3 < by_weekday[0] / by_weekday[6] < 5
    assert opened.min() >= pd.Timestamp("2024-11-01")
    assert opened.max() < pd.Timestamp("2026-11-21")
    by_month = opened.dt.to_period("M").value_counts().sort_index()
    assert len(by_month) == 25
    assert by_month.iloc[-1] / by_month.iloc[-2] == pytest.approx(PARTIAL_DAYS / 31, rel=0.25)
    hours = opened.dt.hour.value_counts()
    assert hours[10] > hours[13] > hours[22]
    assert hours[15] > hours[13]


def test_autumn_is_higher_than_spring(company: Company) -> None:
    months = company.table("contacts_*")["opened"].dt.month
    assert months.isin([9, 10, 12]).sum() > 1.08 * months.isin([3, 4, 5]).sum()


def test_process_rates_are_near_their_plan(company: Company) -> None:
    demo = company.truth["demo"]
    assert demo["resolved"] == pytest.approx(0.74, abs=0.015)
    assert demo["value_enhanced"] == pytest.approx(0.21, abs=0.015)
    assert demo["surveys_answered"] == pytest.approx(0.115, abs=0.01)
    assert 0.20 < demo["leaving_per_year"] < 0.27
    active = company.table("active_customers").groupby("month")["customers"].sum()
    assert active.between(0.85 * active.iloc[0], 1.1 * active.iloc[0]).all()


def test_channel_contrast_is_planted_and_the_naive_one_has_the_wrong_sign(company: Company) -> None:
    effort = company.truth["effort"]
    assert effort["phone_minus_chat"] == pytest.approx(-0.37, abs=0.02)
    assert effort["phone_minus_chat_naive"] > 0
    assert effort["mean_of_answers"] > effort["mean"] + 0.05


def test_naive_effort_can_be_read_from_the_files(company: Company, joined: pd.DataFrame) -> None:
    rows = company.table("surveys_*").merge(joined[["ref", "via", "effort"]], on="ref")
    assert (8 - rows["made_it_easy"] == rows["effort"]).all()
    means = rows.groupby("via", observed=True)["effort"].mean()
    naive = company.truth["effort"]["phone_minus_chat_naive"]
    assert means["Telephone"] - means["Live chat"] == pytest.approx(naive, abs=0.01)


def test_staying_is_planted_and_naive_figures_overstate_it(company: Company) -> None:
    staying = company.truth["staying"]
    assert 0.025 < staying["difference"] < 0.055
    assert staying["naive_from_index"] > staying["difference"] + 0.02
    assert staying["naive_ever_enhanced"] > staying["naive_from_index"] + 0.02


def test_self_service_reports_more_than_it_solves(company: Company) -> None:
    service = company.truth["self_service"]
    assert service["solved"] == pytest.approx(0.714, abs=0.015)
    assert service["reported_completed"] == pytest.approx(0.797, abs=0.015)
    assert service["completed_and_quiet_7_days"] < service["solved"] + 0.01 < service["quiet_7_days"]
    assert service["net_avoided_per_session"] == pytest.approx(service["solved"] - 0.30, abs=0.01)
    reported = (company.table("sessions_*")["ended"] == "completed").mean()
    assert reported == pytest.approx(service["reported_completed"], abs=1e-6)


def test_cause_shares_equal_the_true_labels(company: Company, joined: pd.DataFrame) -> None:
    shares = whole(joined)["true_cause"].value_counts(normalize=True)
    for cause, share in company.truth["causes"]["contacts"].items():
        assert shares.get(cause, 0) == pytest.approx(share, abs=0.002), cause
    avoidable = company.truth["avoidable"]
    assert 1 - shares["none"] == pytest.approx(avoidable["share_contacts"], abs=0.002)


def test_codes_are_wrong_for_eight_per_cent_but_shares_stay(company: Company, joined: pd.DataFrame) -> None:
    words = company.mapping["contacts"][0]["columns"]["cause"]["values"]
    known = joined.dropna(subset="root")
    coded, true = known["root"].map(words).astype(str), known["true_cause"].astype(str)
    assert (coded != true).mean() == pytest.approx(0.08, abs=0.005)
    assert (coded == "none").mean() == pytest.approx((true == "none").mean(), abs=0.003)
    assert company.truth["avoidable"]["coded_missing"] == pytest.approx(0.02, abs=0.002)


def test_weights_by_minutes_are_those_of_the_files(company: Company, joined: pd.DataFrame) -> None:
    rows = whole(joined)
    minutes = rows["work_seconds"].fillna(0)
    share = minutes[rows["true_cause"] != "none"].sum() / minutes.sum()
    assert share == pytest.approx(company.truth["avoidable"]["share_minutes"], abs=0.003)


def repeats_by_loop(rows: pd.DataFrame, days: int) -> float:
    window, end = days * 86_400, pd.Timestamp("2026-11-21").timestamp()
    last_whole = pd.Timestamp("2026-11-01").timestamp()
    following: dict[tuple[int, str], float] = {}
    again, mature = 0, 0
    seconds = rows["opened"].astype("datetime64[s]").astype("int64")
    for when, who, why in sorted(zip(seconds, rows["customer_no"], rows["topic"], strict=True), reverse=True):
        if when < last_whole and when + window <= end:
            mature += 1
            again += following.get((who, why), float("inf")) - when <= window
        following[(who, why)] = when
    return again / mature


@pytest.mark.parametrize("window", [7, 30])
def test_repeat_rates_equal_a_loop_over_the_files(company: Company, joined: pd.DataFrame, window: int) -> None:
    rows = joined[joined["customer_no"].notna() & ~joined["planned"] & ~joined["is_later_leg"]]
    expected = company.truth["repeats"]["recorded"]["repeat_rate"][str(window)]
    assert repeats_by_loop(rows, window) == pytest.approx(expected, abs=0.002)


def yearly_change(joined: pd.DataFrame, reason: str) -> float:
    rows = joined[joined["topic"] == reason]
    later = rows["opened"].between("2026-02-01", "2026-08-01", inclusive="left").sum()
    before = rows["opened"].between("2025-02-01", "2025-08-01", inclusive="left").sum()
    return later / before - 1


def test_initiative_a_works_and_b_only_looks_so(company: Company, joined: pd.DataFrame) -> None:
    a, b = company.truth["initiatives"]["a"], company.truth["initiatives"]["b"]
    sizes = joined["topic"].value_counts()
    assert (list(sizes.index[:4]).count(a["reason"]), b["effect"]) == (1, 0.0)
    assert a["effect_first_twelve_months"] == pytest.approx(-0.275)
    assert yearly_change(joined, a["reason"]) == pytest.approx(a["effect"], abs=0.12)
    assert abs(yearly_change(joined, b["reason"])) < 0.15
    months = joined[joined["topic"] == b["reason"]]["opened"].dt.to_period("M").value_counts()
    others = joined[joined["topic"] != b["reason"]]["opened"].dt.to_period("M").value_counts()
    share = months / others
    assert share["2025-09":"2025-10"].mean() > 1.1 * share["2025-11":"2026-01"].mean()


def test_messages_prevent_more_than_they_induce(company: Company) -> None:
    outreach = company.truth["outreach"]
    assert outreach["messages"] == pytest.approx(40_000, rel=0.05)
    assert outreach["contacted_if_held"] == pytest.approx(0.11, abs=0.015)
    assert outreach["prevented"] == pytest.approx(-0.030, abs=0.004)
    assert outreach["induced"] == pytest.approx(0.012, abs=0.002)
    assert outreach["holdout"] == pytest.approx(0.20, abs=0.01)


def test_customers_won_at_the_door_make_more_contact(company: Company) -> None:
    won = company.truth["acquisition"]
    assert won["ratio"] == pytest.approx(won["issue_ratio_planned"], rel=0.06)


def test_the_approval_limit_has_an_inner_best(company: Company, joined: pd.DataFrame) -> None:
    policy = company.truth["policy"]
    held = joined[(joined["rule"] == policy["policy"]) & joined["approval_wait_seconds"].notna()]
    assert (held["amount"] > policy["approval_limit"]).all()
    assert held["approval_wait_seconds"].mean() == pytest.approx(policy["wait_seconds_mean"], rel=0.05)
    limits = np.geomspace(50, 2_000, 60)
    net = [
        held["approval_wait_seconds"][held["amount"] <= limit].sum() / 60 * policy["cost_per_minute"]
        - policy["loss_probability"] * held["amount"][held["amount"] <= limit].sum()
        for limit in limits
    ]
    assert policy["best_limit"] / 1.5 < limits[int(np.argmax(net))] < policy["best_limit"] * 1.5


def test_sensitive_reasons_are_marked(company: Company) -> None:
    reasons = company.table("reasons").set_index("reason")
    assert len(reasons) == 40
    assert reasons["sensitive"].sum() == 6
    assert {row["reason"] for row in company.truth["reasons"] if row["sensitive"]} == set(
        reasons.index[reasons["sensitive"]]
    )


@pytest.mark.parametrize(
    ("preset", "section", "key", "low", "high"),
    [
        ("no-value-effect", "staying", "difference", 0.0, 0.0),
        ("no-value-effect", "staying", "naive_from_index", 0.02, 0.12),
        ("effort-nonresponse", "effort", "mean_of_answers", 3.68, 4.0),
        ("hidden-difficulty", "effort", "phone_minus_chat", -0.40, -0.33),
    ],
)
def test_presets_change_what_they_say(
    preset: str, section: str, key: str, low: float, high: float, tmp_path: Path
) -> None:
    write_demo(tmp_path, contacts=60_000, seed=1, preset=preset)
    assert low <= Company(tmp_path).truth[section][key] <= high


def test_an_initiative_may_start_later_in_a_longer_history(tmp_path: Path) -> None:
    write_demo(tmp_path, contacts=30_000, months=36, start_a=25, start_b=30)
    initiatives = Company(tmp_path).truth["initiatives"]
    assert str(initiatives["a"]["launch"]) == "2025-11-01"
    assert initiatives["b"]["spike_months"] == [28, 29]
