"""Channels closed and approvals lifted: where demand goes, what it costs there, what is risked, what is refused."""

from dataclasses import replace

import pytest

from analytics.errors import ScenarioError
from analytics.scenarios.channels import close_channel, lift_approval
from analytics.scenarios.check import problems
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.levers import Scope, lever
from analytics.scenarios.links import decode, encode
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, Settings
from analytics.scenarios.serialise import from_plain, to_plain
from analytics.scenarios.uncertainty import simulate
from analytics.scenarios.words import lever_words
from analytics.ui.what_if_quick import quick
from tests.scenarios.build import flat

TENTH = Range.constant(0.1)
CELLS = {
    ("x", "none", "chat"): (1_000.0, 8.0), ("x", "none", "phone"): (500.0, 6.0), ("x", "none", "email"): (100.0, 12.0),
}  # fmt: skip
EFFORT = [("x", "chat", 3.0, 0.2), ("x", "phone", 2.0, 0.1), ("x", "email", 4.0, 0.4)]


def ledger(**more):
    return flat(CELLS, 1, effort=EFFORT, **more)


def closed(share: float = 1.0, routes=None, **more):
    return close_channel(ledger(), "chat", routes or {"phone": 3.0, "email": 1.0}, share=share, lost=TENTH, **more)


def test_a_closed_channel_sends_its_demand_where_customers_switch_and_who_is_lost_saves_nothing():
    found = evaluate(ledger(), Scenario("", (closed(),)))
    # of 1,000 a tenth gives up and stays on the bill; of the 900, three in four phone, one in four writes
    by_channel = found.paths.contacts_after
    assert by_channel.sum() == pytest.approx(1_600)
    assert found.after.minutes == pytest.approx(100 * 8 + (500 + 675) * 6 + (100 + 225) * 12)
    assert found.contact_buckets["redistributed"].sum() == pytest.approx(900)
    known = 100 * 3.0 + (500 + 675) * 2.0 + (100 + 225) * 4.0
    assert found.after.effort_mean == pytest.approx(known / 1_600)
    assert found.after.high_effort_share == pytest.approx((100 * 0.2 + 1_175 * 0.1 + 325 * 0.4) / 1_600)


def test_half_closed_moves_half():
    whole, half = (evaluate(ledger(), Scenario("", (closed(share),))) for share in (1.0, 0.5))
    before = half.before.minutes
    assert half.after.minutes - before == pytest.approx((whole.after.minutes - before) / 2)


def test_handle_time_there_is_that_of_the_reasons_that_move():
    """Phone looks slow only because hard issues come by phone: easy ones take 4 minutes there as in chat."""
    held = flat({("easy", "none", "chat"): (900.0, 4.0), ("hard", "none", "chat"): (100.0, 20.0),
                 ("easy", "none", "phone"): (100.0, 4.0), ("hard", "none", "phone"): (900.0, 20.0)}, 1)  # fmt: skip
    item = close_channel(held, "chat", {"phone": 1.0}, lost=Range.constant(0.0))
    found = evaluate(held, Scenario("", (item,)))
    assert found.after.minutes == pytest.approx(found.before.minutes)


def test_closing_every_channel_is_refused_and_so_is_a_route_into_a_closed_one():
    items = [close_channel(ledger(), name, dict.fromkeys({"chat", "phone", "email"} - {name}, 1.0))
             for name in ("chat", "phone", "email")]  # fmt: skip
    with pytest.raises(ScenarioError, match="every channel closed nobody could reach a person"):
        evaluate(ledger(), Scenario("", tuple(items)))
    with pytest.raises(ScenarioError, match="sends demand to phone, which “Close phone” closes"):
        evaluate(ledger(), Scenario("", tuple(items[:2])))
    assert evaluate(ledger(), Scenario("", (items[0], replace(items[1], on=False)))).net


@pytest.mark.parametrize(
    ("channel", "routes", "part"),
    [("chatt", {"phone": 1.0}, "Did you mean “chat”"), ("chat", {}, "reach a person"),
     ("chat", {"chat": 0.2}, "cannot go"), ("chat", {"portal": 1.0}, "cannot go")],
)  # fmt: skip
def test_impossible_closings_are_said(channel, routes, part):
    with pytest.raises(ScenarioError, match=part):
        close_channel(ledger(), channel, routes)


def test_people_without_another_way_and_locked_reasons_are_named():
    held = ledger(reason_class={"x": "locked"})
    item = closed(only_here=0.4)
    said = " ".join(p.words for p in problems(held, Scenario("", (item,))))
    assert "40 % of the customers of chat used no other channel" in said
    assert "Language, age and disability are not in these data" in said
    assert "closes the door for x too" in said
    assert not [p for p in problems(held, Scenario("", (item,))) if p.blocking]


def test_a_link_that_names_no_way_out_is_refused_not_guessed():
    bare = replace(closed(), facts=(("to fax", 1.0),))
    with pytest.raises(ScenarioError, match="nobody could reach a person"):
        evaluate(ledger(), Scenario("", (bare,)))
    with pytest.raises(ScenarioError, match="must name one channel"):
        evaluate(ledger(), Scenario("", (replace(closed(), scope=Scope()),)))


def test_measured_figures_survive_a_link_and_a_store_and_are_said():
    plan = Scenario("", (closed(0.5, only_here=0.3), approval()))
    assert decode(encode(plan)).scenario == plan
    assert from_plain(to_plain(plan)) == decode(encode(plan))
    assert "where customers switch today: 75 % phone, 25 % email" in lever_words(plan.levers[0])
    assert "600 cases a year up to 50" in lever_words(plan.levers[1])
    broken = to_plain(plan)
    broken["levers"][0]["facts"] = [["to phone", -1], "x", ["to email", 1.0]]
    read = from_plain(broken)
    assert read.scenario.levers[0].facts == (("to email", 1.0),)
    assert "could not be read and are left out" in read.problems[0]


def approval(**more):
    figures = {"cases": 600.0, "amount": 20.0, "limit": 50.0, "minutes": Range.constant(5.0),
               "loss": Range.constant(0.02), "reasons": ("x",)} | more  # fmt: skip
    return lift_approval(year(), "refund", **figures)


def year():
    return flat({("x", "none", "phone"): (500.0, 6.0), ("y", "none", "phone"): (500.0, 6.0)})


def test_the_bridge_says_that_its_last_step_holds_expected_losses():
    words = {one.step: one.words for one in quick(year(), Scenario("", (approval(),))).steps}
    assert words["programme"] == "Running and one-off cost, expected losses"


def test_a_lifted_approval_saves_handled_minutes_and_risks_amounts():
    found = evaluate(year(), Scenario("", (approval(),), Settings(money="capacity")))
    # 600 cases a year × 5 minutes; lost: 600 × 2 % × 20
    assert found.before.minutes - found.after.minutes == pytest.approx(3_000)
    assert found.after.contacts == pytest.approx(found.before.contacts)
    assert found.bridge["running"] == pytest.approx(-240)
    assert found.net == pytest.approx(3_000 * 0.7 - 240)
    assert found.minute_buckets["automated"].sum() == pytest.approx(3_000)


def test_it_never_saves_more_than_there_is_and_follows_the_demand():
    found = evaluate(year(), Scenario("", (approval(minutes=Range.constant(600.0)),)))
    assert found.reason_minutes[0].sum() == pytest.approx(0.0, abs=1e-6)
    both = evaluate(year(), Scenario("", (approval(), lever("remove", "r", likely=0.5, scope=Scope(("x",))))))
    assert both.before.minutes - both.after.minutes == pytest.approx(0.5 * 36_000 + 0.5 * 3_000)


def test_more_loss_is_less_net_in_every_draw():
    low, high = (simulate(year(), Scenario("", (approval(loss=Range.constant(p)),)), 64).net for p in (0.01, 0.3))
    assert (low > high).all()


def test_negative_cases_are_refused():
    with pytest.raises(ScenarioError, match="cannot be negative"):
        approval(cases=-1.0)


def test_containment_is_capped_at_what_self_service_completes_and_the_gap_is_named():
    item = lever("redistribute", "m", "Move x", to_channel="portal", likely=0.4, containment=0.9, induced=0.0,
                 leak_uplift=0.0, scope=Scope(("x",)))  # fmt: skip
    weak, sound, unknown = (ledger(session_fee={"portal": 0.1}, **more) for more in
                            ({"completed": {"x": 0.3}}, {"completed": {"x": 0.95}}, {}))  # fmt: skip
    plan = Scenario("", (item,))
    assert evaluate(weak, plan).after.contacts == pytest.approx(1_600 * (1 - 0.4 * 0.3))
    assert evaluate(sound, plan).after.contacts == pytest.approx(1_600 * (1 - 0.4 * 0.9))
    assert evaluate(unknown, plan).after.contacts == pytest.approx(1_600 * (1 - 0.4 * 0.9))
    said = [" ".join(p.words for p in problems(held, plan)) for held in (weak, sound, unknown)]
    assert "completes 30 % of its sessions about this today. Its answers are not sound yet" in said[0]
    assert said[1] == ""
    assert "is not in the data, nor how many articles cover it" in said[2]
