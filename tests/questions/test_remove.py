"""Remove on a company built by the real model: figures equal the contacts behind them."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analytics.errors import CannotTellError
from analytics.questions.assumptions import rates_from
from analytics.questions.audit import audit_result, draw_audit
from analytics.questions.backlog import Proposed, Scope, addressable, backlog, scope_cells_by_policy, yearly_cells
from analytics.questions.costs import reconcile
from analytics.questions.drill import Behind, behind_bar, contacts_behind, count_behind
from analytics.questions.generators import generators, top_finding
from analytics.questions.guard import guarded
from analytics.questions.outreach import templates
from analytics.questions.period import data_period
from analytics.questions.policies import policy_table, policy_thresholds
from analytics.questions.realised import realised_effect
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.removable import divided_cells
from analytics.questions.repeats import repeats, repeats_by, team_funnel
from analytics.questions.selection import Selection
from analytics.questions.trend import daily_trend, effects_of, event_effects, trend
from tests.questions.world import MemoryReader, world


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return world()


@pytest.fixture(scope="module")
def setting(reader: MemoryReader):
    period = data_period(reader)
    everything = Selection(period.first_month, period.last_full_month)
    return everything, reconcile(reader, rates_from()).rates, propose_taxonomy(reader)


def count(reader: MemoryReader, what: str) -> float:
    return float(reader._connection.cursor().execute(f"select {what} from contacts").fetchall()[0][0])


@pytest.mark.parametrize("measure", ["cost", "contacts", "minutes", "effort"])
@pytest.mark.parametrize("group", ["reason", "cause", "owner", "reason_cause"])
def test_generators_add_up_and_are_ordered(reader, setting, measure, group) -> None:
    found = generators(reader, *setting, measure=measure, group=group)
    assert found.rows["value"].is_monotonic_decreasing
    assert found.rows["value"].sum() == pytest.approx(found.total)
    assert found.rows["cumulative"].iloc[-1] == pytest.approx(1.0)
    assert (found.rows["removable"] <= found.rows["value"] + 1e-9).all()
    assert top_finding(found, "EUR")


def test_contacts_of_all_generators_are_the_contacts(reader, setting) -> None:
    assert generators(reader, *setting, measure="contacts").total == pytest.approx(count(reader, "count(*)"))


def test_customers_are_counted_once_in_the_total(reader, setting) -> None:
    found = generators(reader, *setting, measure="customers")
    assert found.total == count(reader, "count(distinct customer)")
    assert found.rows["value"].sum() > found.total
    assert found.rows.set_index("reason")["value"]["fraud alert"] == count(
        reader, "count(distinct case when reason = 'fraud alert' then customer end)"
    )


def test_customers_by_owner_are_refused_in_words(reader, setting) -> None:
    with pytest.raises(CannotTellError, match="kept by reason"):
        generators(reader, *setting, measure="customers", group="owner")


@pytest.mark.parametrize("group", ["reason", "cause", "owner"])
@pytest.mark.parametrize("part", ["all", "removable"])
def test_the_contacts_behind_a_bar_are_those_of_the_bar(reader, setting, group, part) -> None:
    cells = divided_cells(reader, *setting)
    found = generators(reader, *setting, measure="contacts", group=group, part=part)
    for row in found.rows.to_dict("records"):
        bar = behind_bar(cells, {group: row[group]}, part)
        assert bar.counted == pytest.approx(row["value"])
        assert count_behind(reader, setting[0], bar.behind) == bar.contacts
        assert bar.contacts >= round(bar.counted)
        assert bool(bar.note) == (bar.contacts > round(bar.counted))


def test_drill_pages_do_not_overlap_and_show_no_id(reader, setting) -> None:
    behind = Behind(reasons=("fraud alert",))
    whole = contacts_behind(reader, setting[0], behind, limit=1000)
    pages = [contacts_behind(reader, setting[0], behind, limit=40, offset=start) for start in range(0, 400, 40)]
    ids = [name for page in pages for name in page["contact_id"]]
    assert ids == whole["contact_id"].tolist()
    assert len(ids) == count_behind(reader, setting[0], behind)
    assert whole["started_at"].is_monotonic_decreasing
    assert whole["customer"].dropna().str.len().max() <= 6


@pytest.mark.parametrize(
    "behind",
    [
        Behind(),
        Behind(causes=("defect", "none"), channels=("phone",)),
        Behind(cells=(("billing error", "defect", True), ("other", "unknown", False)), repeats=(False,)),
        Behind(reasons=("nothing of the kind",)),
    ],
)
@pytest.mark.parametrize("narrowed", [{}, {"segments": ("B2C",)}, {"segments": ("B2B",), "products": ("none",)}])
def test_the_cube_counts_what_the_rows_count(reader, setting, behind, narrowed) -> None:
    selection = replace(setting[0], **narrowed)
    rows = reader.frame("questions/count_behind", selection.parameters() | behind.parameters())
    assert count_behind(reader, selection, behind) == rows["contacts"].sum()


def test_the_list_behind_is_newest_first_over_every_page(reader, setting) -> None:
    whole = contacts_behind(reader, setting[0], Behind(), limit=100_000)
    place = [f"{at} {name}" for at, name in zip(whole["started_at"], whole["contact_id"], strict=True)]
    rows = reader._connection.execute(
        "select local_at, contact_id from contacts where month between ? and ? "
        "order by local_at desc, file_no, source_line",
        [setting[0].first_month, setting[0].last_month],
    ).df()
    assert place == [f"{at} {name}" for at, name in rows.itertuples(index=False, name=None)]
    for start in (0, 30, len(whole) - 40, len(whole)):
        page = contacts_behind(reader, setting[0], Behind(), limit=40, offset=start)
        assert page["contact_id"].tolist() == whole["contact_id"].tolist()[start : start + 40]


@pytest.mark.parametrize("narrowed", [{}, {"segments": ("B2C",)}, {"segments": ("nobody",)}])
def test_cells_by_policy_are_those_of_the_rows(reader, setting, narrowed) -> None:
    selection = replace(setting[0], **narrowed)
    keys = "reason, root_cause, channel, is_repeat, segment, product, policy"
    rows = reader._connection.execute(
        f"select {keys}, count(*), sum(handle_seconds), count(handle_seconds), coalesce(sum(cost), 0), count(cost) "
        "from contacts where month between $first_month and $last_month "
        "and ($segment is null or segment = $segment) group by all",
        {
            "first_month": selection.first_month,
            "last_month": selection.last_month,
            "segment": (*selection.segments, None)[0],
        },
    ).fetchall()
    found = scope_cells_by_policy(reader, selection)
    columns = ["contacts", "handle_seconds", "handle_known", "given_cost", "cost_known"]
    held = found[["reason", "cause", "channel", "is_repeat", "segment", "product", "policy", *columns]]
    assert {row[:7]: row[7:] for row in held.itertuples(index=False, name=None)} == {row[:7]: row[7:] for row in rows}
    assert len(held) == len(rows)
    assert narrowed or found["policy"].nunique() > 1


def test_a_filter_with_quotes_is_a_value(reader, setting) -> None:
    assert count_behind(reader, setting[0], Behind(reasons=("x') or true --",))) == 0


def test_repeats_at_the_locked_window_equal_the_flags(reader, setting) -> None:
    found = repeats(reader, setting[0], setting[1], 7)
    mature = count(reader, "count(*) filter (where is_eligible and is_mature)")
    again = count(reader, "count(*) filter (where has_repeat and is_mature)")
    assert found.repeat_rate.value == pytest.approx(again / mature)
    assert found.repeats == count(reader, "count(*) filter (where is_repeat and days_from_start >= 7)")
    assert found.excess.value < found.repeat_rate.value
    assert 0 < found.excess_cost < found.cost
    assert len(found.curve) == 30
    rates = found.curve["repeat_rate"].to_numpy()
    assert all(earlier <= later + 0.01 for earlier, later in pairwise(rates))
    assert found.immature_from == date(2024, 12, 25)


def test_every_dimension_holds_the_same_contacts(reader, setting) -> None:
    mature = {name: repeats_by(reader, setting[0], name)["mature"].sum() for name in ("reason", "channel", "team")}
    assert len(set(mature.values())) == 1
    assert repeats_by(reader, setting[0], "team")["team"].is_monotonic_increasing


def test_teams_stand_in_a_funnel_by_name(reader, setting) -> None:
    found = team_funnel(reader, setting[0])
    assert found.rows["team"].tolist() == ["team 1", "team 2", "team 3", "team 4"]
    assert (found.rows["low998"] <= found.rows["low95"]).all()


def test_a_window_that_is_not_kept_is_refused(reader, setting) -> None:
    with pytest.raises(CannotTellError, match="Choose 1 to 30 days"):
        repeats(reader, setting[0], setting[1], 31)


def test_trend_holds_every_contact_and_the_events(reader, setting) -> None:
    for by in ("cause", "reason", "owner"):
        found = trend(reader, setting[0], setting[2], by)
        assert found.rows["contacts"].sum() == count(reader, "count(*)")
        assert found.events["name"].tolist() == ["Release 7"]


def test_days_that_are_not_mature_have_no_rate(reader, setting) -> None:
    days = daily_trend(reader, setting[0])
    assert days.loc[~days["is_mature"], "repeat_rate"].isna().all()
    assert (~days["is_mature"]).sum() == 7


def test_after_an_event_the_surplus_has_an_interval(reader, setting) -> None:
    (found,) = event_effects(reader, setting[0]).to_dict("records")
    assert found["above"] == pytest.approx(found["observed"] - found["expected"])
    assert found["low"] < found["above"] < found["high"]
    assert not found["clear"], "nothing was planted"


def test_an_event_the_data_does_not_hold_says_so(reader, setting) -> None:
    events = pd.DataFrame({"started_on": [pd.Timestamp("2020-01-01")], "kind": ["letter"], "name": ["before"]})
    (found,) = effects_of(reader, setting[0], events).to_dict("records")
    assert found["why"]
    assert np.isnan(found["observed"])
    assert not found["clear"]


def test_three_initiatives_of_a_fifth_remove_48_8_percent(reader, setting) -> None:
    selection, rates, taxonomy = setting
    cells = yearly_cells(reader, selection, rates)
    scope = Scope(reasons=("delivery status",))
    found = backlog(cells, [Proposed(str(i), f"I{i}", scope, 0.1, 0.2, 0.3) for i in range(3)], taxonomy)
    reached = addressable(cells, scope, taxonomy).cost
    assert found.together == pytest.approx(0.488 * reached)
    assert found.rows["shapley"].sum() == pytest.approx(found.together)
    assert found.rows["likely"].tolist() == pytest.approx([0.2 * reached] * 3)
    assert found.by_mode["nested"] <= found.together <= found.by_mode["disjoint"]


def test_locked_reasons_are_out_of_reach_and_named(reader, setting) -> None:
    selection, rates, taxonomy = setting
    cells = yearly_cells(reader, selection, rates)
    found = addressable(cells, Scope(causes=("process",)), taxonomy)
    assert found.contacts == 0
    assert found.guarded[0][0] == "fraud alert"
    assert guarded(taxonomy)["reason"].tolist() == ["fraud alert"]
    assert Scope(reasons=("a", "b"), repeats=True).words() == "reason a or b; repeats only"


def test_an_empty_backlog_is_no_error(reader, setting) -> None:
    cells = yearly_cells(reader, setting[0], setting[1])
    assert backlog(cells, [], setting[2]).together == 0.0


def test_policies_and_their_threshold(reader, setting) -> None:
    (policy,) = policy_table(reader, setting[0])
    assert (policy.policy, policy.owner, policy.loss_probability) == ("refund", "finance", 0.05)
    assert policy.blocked * 2 == pytest.approx(count(reader, "count(*) filter (where authorisation_wait_seconds > 0)"))
    found = policy_thresholds(reader, setting[0], setting[1], "refund")
    assert found.net[0] == 0
    assert found.flat_low <= found.best <= found.flat_high
    with pytest.raises(CannotTellError, match="No approval"):
        policy_thresholds(reader, setting[0], setting[1], "none such")


def test_an_initiative_without_enough_controls_cannot_be_told(reader, setting) -> None:
    found = realised_effect(reader, setting[0], "delivery status", date(2024, 6, 1), promised=-0.3)
    assert found.effect.n > 0
    with pytest.raises(CannotTellError, match="There are no contacts about"):
        realised_effect(reader, setting[0], "delivery stat", date(2024, 6, 1))


def test_no_outreach_is_an_empty_list(reader, setting) -> None:
    assert templates(reader, setting[0]) == ()


def test_the_audit_draws_both_sides_and_refuses_few_labels(reader, setting) -> None:
    sample = draw_audit(reader, setting[2], seed=3)
    assert sample.rows["predicted"].sum() == 25
    assert len(sample.rows) == 50
    labels = {
        name: (bool(flag), True) for name, flag in zip(sample.rows["contact_id"], sample.rows["predicted"], strict=True)
    }
    found = audit_result(divided_cells(reader, *setting), labels)
    assert found.corrected.state == "cannot"
    assert "200 labels" in found.corrected.why
    assert np.isfinite(found.assigned_share)
