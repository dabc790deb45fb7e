"""Money goes to exactly one bucket; unknown causes are never counted in; locked reasons keep all."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.questions.costs import allocate, price, reconcile
from analytics.questions.next_steps import next_steps
from analytics.questions.rates import ChannelRate, Rates
from analytics.questions.removable import divided_cells, pillars, removable, removable_months
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import ReasonClass, Taxonomy
from tests.questions.cubes import MAR, in_groups, reader_of

RATES = Rates((ChannelRate("phone", 1.0), ChannelRate("chat", 0.5, fee=1.0)))
HOUR = 3600
CELLS = [
    {"month": MAR, "cause": "defect", "contacts": 320, "handle_seconds": 8 * HOUR, "handle_known": 320},
    {"month": MAR, "cause": "none", "contacts": 320, "handle_seconds": 4 * HOUR, "handle_known": 320},
    {"month": MAR, "cause": "none", "is_repeat": True, "contacts": 64, "handle_seconds": 2 * HOUR, "handle_known": 64},
    {"month": MAR, "cause": "unknown", "contacts": 96, "handle_seconds": 6 * HOUR, "handle_known": 96},
]  # 480, 240, 120 and 360 minutes at 1 each: 1,200 in all
BILLING = ReasonClass("billing", "remove", "finance", "medium", False, 0.5, rest_class="redistribute", cause="defect",
                      excess_share=0.25)  # fmt: skip
ONE = Selection(MAR, MAR)


def small(tmp_path: Path, cells: list[dict[str, object]] = CELLS):
    grouped = [{name: row[name] for name in ("month", "cause", "contacts", "handle_seconds")} for row in cells]
    by_group = [row for cell in grouped for row in in_groups(cell, ("contacts", "handle_seconds"))]
    plain = [{k: v for k, v in row.items() if k not in ("cause", "is_repeat")} for row in cells]
    return reader_of(tmp_path, demand=cells, groups_cause=by_group, demand_reason_channel=plain)


def test_removable_cost_is_known_causes_and_excess_repeats(tmp_path: Path) -> None:
    found = removable(small(tmp_path), ONE, RATES, Taxonomy((BILLING,)))
    assert found.cost_per_year.value == pytest.approx((480 + 0.25 * 120) * 12)
    assert found.share.value == pytest.approx(510 / 1200)
    assert found.unknown_share.value == pytest.approx(360 / 1200)
    assert dict(zip(found.owners["owner"], found.owners["cost"].round(6), strict=True)) == {
        "finance": 480,
        "service": 30,
    }
    assert found.states["share"].sum() == pytest.approx(1.0)


def test_a_locked_reason_has_nothing_to_remove(tmp_path: Path) -> None:
    locked = ReasonClass("billing", "restructure", "risk", "high", True, 0.5, rest_class="restructure", cause="defect")
    found = removable(small(tmp_path), ONE, RATES, Taxonomy((locked,)))
    assert found.share.value == 0
    assert float(found.states.set_index("cause_state").loc["locked", "cost"]) == pytest.approx(480)


def test_pillars_add_up_and_show_where_the_cause_is_unknown(tmp_path: Path) -> None:
    table = pillars(divided_cells(small(tmp_path), ONE, RATES, Taxonomy((BILLING,))))
    assert table["cost"].sum() == pytest.approx(1200)
    assert table.loc[~table["cause_known"], "cost"].sum() == pytest.approx(360)
    assert list(table["bucket"].unique()) == ["remove", "redistribute"]


def test_months_agree_with_the_period(tmp_path: Path) -> None:
    reader, taxonomy = small(tmp_path), Taxonomy((BILLING,))
    months = removable_months(reader, ONE, RATES, taxonomy)
    assert months["removable_share"].tolist() == [pytest.approx(510 / 1200)]


def test_next_steps_name_owner_and_worth(tmp_path: Path) -> None:
    cells = divided_cells(small(tmp_path), ONE, RATES, Taxonomy((BILLING,)))
    steps = next_steps(cells, Taxonomy((BILLING,)), "EUR")
    assert [(step.cause, step.owner) for step in steps] == [("defect", "finance")], "16 excess repeats are too few"
    assert steps[0].worth.value == pytest.approx(480 * 12)
    assert steps[0].evidence_grade == "C"


def test_repeats_without_any_coded_cause_stand_in_for_causes(tmp_path: Path) -> None:
    cells = [{**row, "cause": "unknown"} for row in CELLS]
    uncoded = ReasonClass("billing", "undecided", "service", "low", False, 0.1, excess_share=0.25, causes_coded=False)
    found = removable(small(tmp_path, cells), ONE, RATES, Taxonomy((uncoded,)))
    assert found.share.value == pytest.approx(30 / 1200)


def test_price_takes_given_cost_fee_and_default_minutes() -> None:
    cells = pd.DataFrame(
        {"channel": ["chat", "phone"], "contacts": [10, 4], "handle_seconds": [600, 0], "handle_known": [10, 0],
         "not_handled": [0, 0], "given_cost": [0.0, 3.0]}
    )  # fmt: skip
    rates = Rates((ChannelRate("chat", 0.5, 1.0), ChannelRate("phone", 2.0, 0.0, 5.0, modelled_share=0.5)))
    priced = price(cells, rates)
    assert priced["cost"].tolist() == [10 * 0.5 + 10, 3.0 + 0.5 * 4 * 5 * 2]
    assert priced["assumed_cost"].tolist() == [0.0, 20.0]


def test_contacts_given_up_before_an_answer_take_no_handle_time() -> None:
    """10 contacts: 6 took 2 minutes, 3 were given up, the time of 1 is missing: 12 minutes and one default of 5."""
    cells = pd.DataFrame({"channel": ["phone"], "contacts": [10], "handle_seconds": [720], "handle_known": [6],
                          "not_handled": [3], "given_cost": [0.0]})  # fmt: skip
    assert price(cells, Rates((ChannelRate("phone", 1.0, 0.0, 5.0),)))["minutes"].tolist() == [17.0]


def test_the_payroll_line_scales_labour_and_shows_the_factor(tmp_path: Path) -> None:
    rates = Rates(RATES.channels, payroll_line=28800.0)
    found = reconcile(small(tmp_path), rates)
    assert found.modelled_labour == pytest.approx(1200 * 12 / 3), "one of three months has contacts"
    assert found.factor == pytest.approx(6.0)
    assert found.rates.factor == found.factor


def test_allocation_keeps_every_measure() -> None:
    cells = pd.DataFrame(
        [("billing", "none", "none", "phone", True, 100.0, 9.0)],
        columns=["reason", "cause", "root_cause", "channel", "is_repeat", "contacts", "cost"],
    )
    divided = allocate(cells, Taxonomy((BILLING,)))
    assert divided["contacts"].sum() == 100
    assert dict(zip(divided["bucket"], divided["contacts"], strict=True)) == {"remove": 25.0, "redistribute": 75.0}


def test_what_rests_on_repeats_without_any_cause_is_a_proxy(tmp_path: Path) -> None:
    blank = [{**row, "cause": "unknown"} for row in CELLS[:1]] + [{**CELLS[2], "cause": "unknown"}]
    bare = ReasonClass("billing", "remove", "finance", "low", False, 0.0, excess_share=0.5, causes_coded=False)
    assert removable(small(tmp_path, blank), ONE, RATES, Taxonomy((bare,))).proxy_share == pytest.approx(1.0)


def test_known_causes_are_no_proxy_and_a_month_is_a_month(tmp_path: Path) -> None:
    found = removable(small(tmp_path), ONE, RATES, Taxonomy((BILLING,)))
    assert (found.proxy_share, found.months) == (0.0, 1)
    assert found.owners["clear"].tolist() == [True, True]


def test_costs_the_file_gives_whole_are_not_called_reconciled(tmp_path: Path) -> None:
    given = [{"month": MAR, "channel": "phone", "contacts": 10, "given_cost": 100.0, "cost_known": 10}]
    found = reconcile(reader_of(tmp_path, demand_reason_channel=given), Rates(payroll_line=5_000.0))
    assert (found.factor, found.rates.is_reconciled) == (1.0, False)


def test_nobody_can_end_what_only_stands_in_for_a_cause(tmp_path: Path) -> None:
    blank = [{**row, "cause": "unknown", "contacts": 640, "handle_known": 640} for row in CELLS[2:3]]
    bare = ReasonClass("billing", "remove", "finance", "low", False, 0.0, excess_share=0.5, causes_coded=False)
    (step,) = next_steps(divided_cells(small(tmp_path, blank), ONE, RATES, Taxonomy((bare,))), Taxonomy((bare,)), "EUR")
    assert (step.evidence_grade, step.ask) == ("D", "service to check first")
    assert "can end" not in step.sentence
