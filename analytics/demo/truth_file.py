"""Turns the sums of all blocks into `truth.toml`: what was planted, for tests and for readers who want to check."""

from datetime import date

import numpy as np

from analytics.demo.channels import CHANNELS
from analytics.demo.customers import acquisition_ratio
from analytics.demo.issues import INDUCED_SHARE
from analytics.demo.plan import Plan, add_months
from analytics.demo.policies import APPROVAL_LIMIT, APPROVAL_WAIT_MEAN, LOSS_PROBABILITY, POLICIES, best_limit
from analytics.demo.reasons import INITIATIVE_A, INITIATIVE_B, REASONS
from analytics.demo.tally import Tally
from analytics.demo.truth_demand import COST_PER_MINUTE
from analytics.demo.truth_sections import Section, avoidable, causes, reasons, repeats, root_causes
from analytics.demo.world import EFFECT_A, RAMP_A, SPIKE_B, World, initiative_path


def truth(plan: Plan, world: World, sums: Tally) -> dict[str, object]:
    """Return the document as nested tables; rates are rounded to six digits."""
    return {
        "demo": _demo(plan, sums),
        "initiatives": {"a": _initiative_a(plan), "b": _initiative_b(plan)},
        "effort": _effort(sums),
        "repeated_information": _repetition(sums),
        "staying": _staying(sums),
        "self_service": _self_service(sums),
        "avoidable": avoidable(sums),
        "causes": causes(sums),
        "root_causes": root_causes(sums),
        "repeats": {name: repeats(sums, name) for name in ("recorded", "complete")},
        "outreach": _outreach(sums),
        "acquisition": _acquisition(sums),
        "policy": _policy(),
        "reasons": reasons(world, sums),
    }


def _gap(sums: Tally, first: str, second: str) -> float | None:
    one, two = sums.mean(first), sums.mean(second)
    return None if one is None or two is None else round(one - two, 6)


def _demo(plan: Plan, sums: Tally) -> Section:
    return {
        "seed": plan.seed,
        "contacts_requested": plan.contacts,
        "contacts_in_whole_months": int(sums["weight.contacts"]),
        "months": plan.months,
        "first_month": plan.first_day,
        "last_full_month": plan.last_month,
        "last_day": plan.date_of(plan.days - 1),
        "preset": plan.preset_name,
        "resolved": sums.mean("resolved"),
        "value_enhanced": sums.mean("enhanced"),
        "surveys_answered": sums.mean("answered"),
        "leaving_per_year": sums.mean("leave"),
        "agent_sd": 0.15,
    }


def _launch(plan: Plan, start: int) -> date:
    return add_months(plan.first_day, start - 1)


def _initiative_a(plan: Plan) -> Section:
    path = initiative_path(plan)[plan.start_a - 1 : min(plan.months, plan.start_a + 11)]
    return {
        "reason": REASONS[INITIATIVE_A].name,
        "start_month": plan.start_a,
        "launch": _launch(plan, plan.start_a),
        "ramp_months": RAMP_A,
        "effect": EFFECT_A,
        "effect_first_twelve_months": round(float(np.mean(path)) - 1, 6) if len(path) else None,
    }


def _initiative_b(plan: Plan) -> Section:
    return {
        "reason": REASONS[INITIATIVE_B].name,
        "start_month": plan.start_b,
        "launch": _launch(plan, plan.start_b),
        "effect": 0.0,
        "spike": SPIKE_B,
        "spike_months": [month for month in (plan.start_b - 2, plan.start_b - 1) if month >= 1],
    }


def _effort(sums: Tally) -> Section:
    return {
        "mean": sums.mean("effort.all"),
        "mean_of_answers": sums.mean("effort.answered"),
        "phone_minus_chat": _gap(sums, "effort.forced.phone", "effort.forced.chat"),
        "phone_minus_chat_naive": _gap(sums, "effort.naive.phone", "effort.naive.chat"),
        "resolved_phone_minus_chat": _gap(sums, "resolved.forced.phone", "resolved.forced.chat"),
        "forced": {channel: sums.mean(f"effort.forced.{channel}") for channel in CHANNELS},
        "resolved_forced": {channel: sums.mean(f"resolved.forced.{channel}") for channel in CHANNELS},
    }


def _repetition(sums: Tally) -> Section:
    points = {name: _gap(sums, f"repetition.on.{name}", f"repetition.off.{name}") for name in CHANNELS}
    without = {name: sums.mean(f"repetition.off.{name}") for name in CHANNELS}
    return {"added_points": points, "effort_without": without}


def _staying(sums: Tally) -> Section:
    return {
        "index_customers": int(sums["stay.on.n"]),
        "stay_if_enhanced": sums.mean("stay.on"),
        "stay_if_not": sums.mean("stay.off"),
        "difference": _gap(sums, "stay.on", "stay.off"),
        "naive_from_index": _gap(sums, "stay.index.yes", "stay.index.no"),
        "naive_ever_enhanced": _gap(sums, "stay.ever.yes", "stay.ever.no"),
        "stay_observed": sums.mean("stay.real"),
    }


def _self_service(sums: Tally) -> Section:
    solved = sums.mean("session.solved") or 0.0
    return {
        "solved": solved,
        "reported_completed": sums.mean("session.completed"),
        "completed_and_quiet_7_days": sums.mean("session.verified"),
        "quiet_7_days": sums.mean("session.quiet"),
        "leaked": sums.mean("session.leaked"),
        "identified": sums.mean("session.identified"),
        "induced_share": sums.mean("session.induced"),
        "induced_share_planned": INDUCED_SHARE,
        "net_avoided_per_session": round(solved - (sums.mean("session.induced") or 0.0), 6),
        "sessions": int(sums["session.solved.n"]),
    }


def _outreach(sums: Tally) -> Section:
    return {
        "messages": int(sums["outreach.holdout.n"]),
        "holdout": sums.mean("outreach.holdout"),
        "contacted_if_held": sums.mean("outreach.held"),
        "contacted_if_sent": sums.mean("outreach.sent"),
        "prevented": _gap(sums, "outreach.kept", "outreach.held"),
        "induced": _gap(sums, "outreach.sent", "outreach.kept"),
        "net": _gap(sums, "outreach.sent", "outreach.held"),
    }


def _acquisition(sums: Tally) -> Section:
    door, other = sums.mean("won.door"), sums.mean("won.other")
    return {
        "channel": "Door-to-door sales",
        "contacts_per_customer_year": door,
        "contacts_per_customer_year_others": other,
        "ratio": round(door / other, 6) if door and other else None,
        "issue_ratio_planned": round(acquisition_ratio(), 6),
    }


def _policy() -> Section:
    rate = COST_PER_MINUTE["phone"]
    return {
        "policy": POLICIES[0],
        "approval_limit": APPROVAL_LIMIT,
        "loss_probability": LOSS_PROBABILITY,
        "wait_seconds_mean": APPROVAL_WAIT_MEAN,
        "cost_per_minute": rate,
        "best_limit": round(best_limit(rate), 2),
    }
