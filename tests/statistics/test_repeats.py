"""Repeats: the worked case (A1–A4), flags against a second loop (A5), windows from differences, excess repeats."""

import math
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.statistics import repeats
from analytics.statistics.estimate import Estimate
from analytics.statistics.issues import Contact, reference_counts, reference_flags
from analytics.statistics.survival import day_grid, kaplan_meier

START, END = datetime(2025, 2, 1), datetime(2025, 4, 1)
WORKED = [
    ("A", "billing", "03-01 09:00"), ("A", "billing", "03-04 09:00"), ("A", "billing", "03-10 09:00"),
    ("A", "delivery", "03-05 10:00"),
    ("B", "billing", "03-02 09:00"), ("B", "billing", "03-02 11:00"), ("B", "billing", "03-20 09:00"),
    ("C", "returns", "03-10 09:00"),
    ("D", "billing", "03-28 09:00"),
    ("E", "billing", "03-24 09:00"), ("E", "billing", "03-31 09:00"),
]  # fmt: skip
CONTACTS = [
    Contact(str(i), customer, reason, datetime.strptime(f"2025-{at}", "%Y-%m-%d %H:%M"))
    for i, (customer, reason, at) in enumerate(WORKED)
]
RANDOM = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from("xy"), st.integers(0, 28 * 24)), min_size=1, max_size=14
)


@pytest.fixture(scope="module")
def worked():
    return reference_flags(CONTACTS, 7, START, END)


def test_repeat_share_of_volume_a1(worked):
    counts = reference_counts(worked)
    assert (counts.repeats, counts.contacts) == (4, 11)


def test_repeat_rate_counts_mature_contacts_only_a2(worked):
    counts = reference_counts(worked)
    assert (counts.mature_with_repeat, counts.mature) == (4, 9)
    assert sum(one.has_repeat for one in worked.values()) / len(worked) == pytest.approx(4 / 11)


def test_first_contact_resolution_asks_for_the_first_contact_a3(worked):
    counts = reference_counts(worked)
    assert sum(one.opens_issue for one in worked.values()) == 7
    assert (counts.mature_single_issues, counts.mature_issues) == (3, 6)
    # conditioning on the last contact drops the issue that repeated near the end: 3 of 5, too good
    assert counts.mature_single_issues / counts.mature_issues != pytest.approx(3 / 5)


def test_kaplan_meier_of_the_worked_case_a4():
    gaps, seen = [], []
    for one in CONTACTS:
        later = [c.started_at for c in CONTACTS if (c.customer, c.reason) == (one.customer, one.reason)]
        following = [at for at in later if at > one.started_at]
        gap = ((min(following) if following else END) - one.started_at) / timedelta(days=1)
        gaps.append(min(gap, 7.0))
        seen.append(bool(following) and gap <= 7)
    by_hand = 1 - (10 / 11) * (8 / 9) * (6 / 7) * (5 / 6)
    assert by_hand == pytest.approx(0.422799, abs=1e-6)
    assert 1 - kaplan_meier(gaps, seen).at(7)[0] == pytest.approx(by_hand, abs=1e-12)
    assert 1 - kaplan_meier(day_grid(gaps), seen).at(7)[0] == pytest.approx(by_hand, abs=1e-12)
    censored_down = np.where(seen, np.ceil(gaps), np.floor(gaps))
    assert 1 - kaplan_meier(censored_down, seen).at(7)[0] == pytest.approx(0.4286, abs=1e-4)


def random_contacts(rows):
    return [Contact(f"{i:04}", c, r, START + timedelta(hours=h)) for i, (c, r, h) in enumerate(rows)]


@settings(deadline=None, max_examples=60)
@given(RANDOM, st.integers(1, 30), st.randoms())
def test_flags_do_not_depend_on_the_order_of_rows(rows, window, shuffler):
    contacts = random_contacts(rows)
    expected = reference_flags(contacts, window, START, END)
    shuffled = list(contacts)
    shuffler.shuffle(shuffled)
    assert reference_flags(shuffled, window, START, END) == expected


def sorted_scan(contacts, windows=30):
    """Gaps as the cubes compute them: sort once, look one row back and one ahead, turn into window intervals."""
    ordered = sorted(contacts, key=lambda c: (c.customer, c.reason, c.started_at, c.contact_id))
    same = [(a.customer, a.reason) == (b.customer, b.reason) for a, b in pairwise(ordered)]
    day = timedelta(days=1)
    at = [c.started_at for c in ordered]
    gap = np.array([max(-((a - b) // day), 1) for a, b in pairwise(at)], dtype=float)
    gap = np.where(np.array(same, dtype=bool), gap, 999) if len(gap) else gap
    behind, ahead = np.concatenate([[999], gap]), np.concatenate([gap, [999]])
    since = np.array([(when - START) // day for when in at])
    left = np.array([(END - when) // day for when in at])
    interval = lambda first, last: repeats.differences_of_intervals(first, last, windows=windows)  # noqa: E731
    one = np.ones(len(ordered))
    return {
        "mature": interval(one, left),
        "has_repeat": interval(ahead, left),
        "observed": interval(one, since),
        "is_repeat": interval(behind, since),
        "issues": interval(one, np.minimum(behind - 1, left)),
        "single_contact_issues": interval(one, np.minimum(np.minimum(behind, ahead) - 1, left)),
    }


def assert_equal_for_all_windows(contacts):
    sums = {name: repeats.by_window(differences) for name, differences in sorted_scan(contacts).items()}
    for window in range(1, 31):
        counts = reference_counts(reference_flags(contacts, window, START, END))
        fast = {name: totals[window - 1] for name, totals in sums.items()}
        assert fast == {
            "mature": counts.mature, "has_repeat": counts.mature_with_repeat, "observed": counts.contacts,
            "is_repeat": counts.repeats, "issues": counts.mature_issues,
            "single_contact_issues": counts.mature_single_issues,
        }  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(RANDOM)
def test_difference_arrays_equal_the_loop_for_all_thirty_windows_a5(rows):
    assert_equal_for_all_windows(random_contacts(rows))


def test_four_thousand_random_contacts_equal_the_loop_a5():
    generator = np.random.default_rng(1)
    rows = [
        (f"c{generator.integers(300)}", f"r{generator.integers(4)}", int(generator.integers(0, 59 * 24)))
        for _ in range(4000)
    ]
    assert_equal_for_all_windows(random_contacts(rows))


def test_difference_arrays_equal_the_loop_on_the_worked_case():
    assert_equal_for_all_windows(CONTACTS)


def test_curve_over_windows_has_rates_with_intervals():
    scale = {name: 100 * differences for name, differences in sorted_scan(CONTACTS).items()}
    found = repeats.window_rates(**scale)
    assert found.repeat_rate[6].value == pytest.approx(4 / 9)
    assert found.repeat_share[6].value == pytest.approx(4 / 11)
    assert found.first_contact_resolution[6].value == pytest.approx(3 / 6)
    wider = repeats.window_rates(**scale, design_effect=2.0)
    assert wider.repeat_rate[6].half_width > found.repeat_rate[6].half_width


def test_weights_carry_minutes_of_repeats():
    seconds = repeats.by_window(repeats.differences_of_intervals([2, 5], [30, 30], [60.0, 120.0]))
    assert (seconds[0], seconds[1], seconds[4], seconds[29]) == (0, 60, 180, 180)


def test_excess_is_not_the_difference():
    rate = 1 - (1 - 0.20) * math.exp(-0.02 * 7)
    assert repeats.excess_share(rate, 0.02, 7) == pytest.approx(0.20, abs=1e-12)
    assert rate - (1 - math.exp(-0.02 * 7)) == pytest.approx(0.174, abs=5e-4)


def test_excess_carries_both_uncertainties():
    rate = Estimate(0.3045, 0.28, 0.33, 900, "m")
    found = repeats.excess_repeat(rate, repeats.natural_recurrence(100, 5000.0), 7)
    sure = repeats.excess_repeat(rate, Estimate(0.02, 0.02, 0.02, 100, "m"), 7)
    assert found.value == pytest.approx(0.20, abs=1e-3)
    assert found.half_width > sure.half_width > 0.025


def test_excess_is_never_below_zero_and_never_from_nothing():
    low = Estimate(0.01, 0.0, 0.02, 900, "m")
    assert repeats.excess_repeat(low, Estimate(0.02, 0.01, 0.03, 9, "m"), 7).value == 0
    nothing = repeats.excess_repeat(low, repeats.natural_recurrence(0, 0), 7)
    assert (nothing.state, nothing.value) == ("cannot", None)


def test_no_recurrence_has_an_upper_limit():
    found = repeats.natural_recurrence(0, 1000.0)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(3.689 / 1000, abs=1e-5)


def test_contacts_per_issue():
    assert repeats.contacts_per_issue(11, 7) == pytest.approx(11 / 7)
    assert repeats.contacts_per_issue(0, 0) is None
    with pytest.raises(AnalyticsError, match="more issues"):
        repeats.contacts_per_issue(1, 2)


def test_one_contact_and_duplicate_ids():
    flags = reference_flags(CONTACTS[:1], 7, START, END)
    assert flags["0"].is_single and flags["0"].is_mature
    with pytest.raises(AnalyticsError, match="occurs twice"):
        reference_flags([CONTACTS[0], CONTACTS[0]], 7, START, END)


@pytest.mark.parametrize(("identified", "other", "words"), [(69, 0, "31 %"), (100, 41, "41 %"), (70, 40, "")])
def test_too_many_unknown_customers_or_reasons_refuse_repeat_rates(identified, other, words):
    found = repeats.refusal(100, identified, other)
    assert (words in found) if words else found == ""


def test_repeats_of_nothing_are_refused():
    assert "no contacts" in repeats.refusal(0, 0, 0)
