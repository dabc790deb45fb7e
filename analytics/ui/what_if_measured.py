"""Levers that rest on figures of the data: a channel closed or limited, an approval lifted up to an amount."""

from typing import Any

import numpy as np
import streamlit as st

from analytics.errors import AnalyticsError, CannotTellError
from analytics.questions.channels import Exit, channel_exit
from analytics.questions.policies import APPROVAL_MINUTES, Policy, policy_reasons, policy_table, policy_thresholds
from analytics.questions.words import money, percent, thousands
from analytics.scenarios.channels import close_channel, lift_approval
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever
from analytics.scenarios.ranges import Range
from analytics.statistics.policy import Approval
from analytics.ui import messages
from analytics.ui.look import emphasis
from analytics.ui.page import Page
from analytics.ui.text import md, short
from analytics.ui.what_if_basis import Baseline


def close_form(page: Page, base: Baseline) -> Lever | None:
    """Draw which channel and how far; return the lever once somebody adds it."""
    ledger = base.ledger
    channel = st.selectbox("Channel", ledger.channels, key="what_if_close_channel")
    try:
        found = page.ask_for(page.period.default, channel_exit, channel)
    except AnalyticsError as error:
        messages.problem(error)
        return None
    share = st.slider("It no longer takes, % of its demand", 5, 100, 100, 5, key="what_if_close_share")
    locked = _locked(ledger, channel)
    keeps = bool(locked) and st.toggle(
        "Keep the door open for reasons on the do-not-remove list", value=True, key="what_if_close_keep",
        help=md(", ".join(locked)),
    )  # fmt: skip
    for words in exit_words(found, channel):
        st.markdown(f"- {md(words)}")
    if not st.button("Add", type=emphasis(), key="what_if_close_add"):
        return None
    routes = {name: float(count) for name, count in found.routes.items() if name in ledger.channels}
    reasons = tuple(name for name in ledger.reasons if name not in locked) if keeps else ()
    alone = found.only_here / found.customers if found.customers else None
    try:
        return close_channel(ledger, channel, routes, share=share / 100, reasons=reasons, only_here=alone)
    except AnalyticsError as error:
        messages.problem(error)
        return None


def _locked(ledger: Ledger, channel: str) -> tuple[str, ...]:
    place = ledger.channels.index(channel)
    return tuple(
        name for k, name in enumerate(ledger.reasons)
        if ledger.reason_class[k] == "locked" and ledger.contacts[k, :, place].any()
    )  # fmt: skip


def exit_words(found: Exit, channel: str) -> tuple[str, ...]:
    """Return where demand goes and who has no observed other way, in sentences."""
    whole = sum(found.routes.values())
    parts = ", ".join(f"{percent(count / whole)} {name}" for name, count in found.routes.items())
    said = [f"Where {channel} was followed by another channel ({thousands(whole)} issues): {parts}."]
    if not found.customers:
        return (*said, "Who has no other way cannot be told: contacts have no customer.")
    said.append(
        f"{thousands(found.only_here)} of its {thousands(found.customers)} customers "
        f"({percent(found.only_here / found.customers)}) used no other channel; {thousands(found.only_here_often)} of "
        "them came more than once."
    )
    if len(found.by_segment) > 1:
        shares = "; ".join(f"{name} {percent(alone / all_)}" for name, all_, alone in found.by_segment)
        said.append(f"Without another channel by segment: {shares}.")
    return (*said, "Language, age and disability are not in these data: check who cannot use another channel.")


def approval_form(page: Page, base: Baseline) -> Lever | None:
    """Draw policy, assumptions and amount; return the lever once somebody adds it."""
    period = page.period.default
    held = [one for one in page.ask_for(period, policy_table) if one.blocked > 0 and one.amount > 0]
    if not held:
        messages.missing(
            "No contact waited for an approval of an amount.", "Map policy, amount and authorisation_wait_seconds."
        )
        return None
    name = st.selectbox("Policy", [one.policy for one in held], key="what_if_approval_policy",
                        format_func=lambda policy: short(policy, 60))  # fmt: skip
    policy = next(one for one in held if one.policy == name)
    minutes, loss = _approval_inputs(policy)
    try:
        found = page.ask_for(period, policy_thresholds, page.rates, name, approval_minutes=minutes,
                             loss_probability=loss)  # fmt: skip
    except CannotTellError as error:
        messages.problem(error)
        return None
    loss = loss if loss is not None else policy.loss_probability or 0.0
    place = _threshold(found, page.info.currency)
    st.markdown(f"- {md(threshold_words(found, place, page.info.currency))}")
    if not st.button("Add", type=emphasis(), key="what_if_approval_add", disabled=not found.cases[place]):
        return None
    at_stake = page.ask_for(period, policy_thresholds, page.rates, name, loss_probability=1.0).risk_loss[place]
    cases = float(found.cases[place])
    return lift_approval(
        base.ledger, name, cases=cases, amount=float(at_stake) / cases, limit=float(found.threshold[place]),
        reasons=_reasons(page, base.ledger, name), minutes=Range(0.5 * minutes, minutes, 2 * minutes),
        loss=Range(0.5 * loss, loss, min(2 * loss, 1.0)),
    )  # fmt: skip


def _approval_inputs(policy: Policy) -> tuple[float, float | None]:
    minutes = st.number_input("Handled minutes per approval (assumed)", 0.5, 240.0, APPROVAL_MINUTES, 0.5,
                              key="what_if_approval_minutes")  # fmt: skip
    known = policy.loss_probability
    loss = st.number_input(
        "Lost without approval, %" if known is not None else "Lost without approval, % (assumed)", 0.0, 100.0,
        None if known is None else 100 * known, 0.5, key=f"what_if_approval_loss_{policy.policy}",
        placeholder="not in the data", format="%g",
    )  # fmt: skip
    return minutes, None if loss is None else loss / 100


def _threshold(found: Approval, currency: str) -> int:
    steps = list(range(len(found.threshold)))
    best = int(np.argmin(np.abs(found.threshold - found.best)))
    chosen: Any = st.select_slider(
        "Pass without approval up to", steps, best, key=f"what_if_approval_limit_{best}_{len(steps)}",
        format_func=lambda place: money(float(found.threshold[place]), currency),
    )  # fmt: skip
    return int(chosen)


def threshold_words(found: Approval, place: int, currency: str) -> str:
    """Return what a limit saves and risks a year, and which limit would be best."""
    best = f"Best is {money(found.best, currency)}" if found.worth_it else "No limit saves more than it risks"
    if not found.cases[place]:
        return f"Every case waits for approval, as today. {best}."
    return (
        f"{thousands(found.cases[place])} cases a year pass: {thousands(found.minutes_saved[place])} handled minutes "
        f"({money(found.labour_saved[place], currency)}) saved, {money(found.risk_loss[place], currency)} lost on "
        f"average; net {money(found.net[place], currency)}. {best}."
    )


def _reasons(page: Page, ledger: Ledger, policy: str) -> tuple[str, ...]:
    rows = page.ask_for(page.period.default, policy_reasons)
    held = rows.loc[rows["policy"] == policy, "reason"].astype(str)
    return tuple(name for name in held if name in ledger.reasons)
