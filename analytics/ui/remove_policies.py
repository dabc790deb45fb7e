"""Policies and approvals: what each holds up, and which amount could pass without one."""

from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from analytics.charts import policies as charts
from analytics.questions.drill import Bar, Behind, count_behind
from analytics.questions.policies import APPROVAL_MINUTES, Policy, policy_table, policy_thresholds
from analytics.questions.words import money, percent, thousands
from analytics.statistics.policy import Approval
from analytics.ui import cards, figure, messages, remove_drill
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.text import NOT_KNOWN, short

_COLUMNS: Final[dict[str, Any]] = {
    "policy": "Policy", "owner": "Owner",
    "last_review": st.column_config.DateColumn("Last reviewed", format="MMM YYYY"),
    "contacts_a_year": st.column_config.NumberColumn("Contacts a year", format="localized"),
    "held_a_year": st.column_config.NumberColumn("Held a year", format="localized"),
    "waiting_hours_a_year": st.column_config.NumberColumn("Hours waited", format="localized"),
    "repeat_percent": st.column_config.NumberColumn("Came back, %", format="%.1f"),
    "amount_a_year": st.column_config.NumberColumn("Amount at stake", format="localized"),
    "loss_percent": st.column_config.NumberColumn("Lost, %", format="%.1f"),
}  # fmt: skip
_DEFINITION: Final = (
    "Contacts that name the policy, scaled to a year. Held: an approval was waited for. Net = minutes saved × cost per "
    "minute − cases × probability of loss × amount. Waiting time of customers is shown beside, never turned into money."
)


def section(page: Page) -> None:
    """Draw the policies and the threshold of one."""
    found = page.ask(policy_table)
    if not found:
        messages.missing(
            "No contact names a policy.",
            "Map policy, authorisation_wait_seconds and amount on Sources to see what approvals hold up.",
        )
        return
    rows = policy_rows(found)
    cards.section(title(found), f"{len(found)} policies, a year's figures. Segments and products do not apply here.")
    st.dataframe(
        rows,
        hide_index=True,
        placeholder=NOT_KNOWN,
        key="policies",
        column_config=_COLUMNS,
        alt="Policies and what they hold up",
    )
    figure.drawer(rows, "policies", _DEFINITION, looked_at=page.looked_at, invented=page.info.invented)
    _threshold(page, [one for one in found if one.blocked > 0])
    page.show(behind, [one.policy for one in found])


def policy_rows(found: tuple[Policy, ...]) -> pd.DataFrame:
    """Return the policies as shown, most waiting first."""
    return pd.DataFrame(
        [
            {
                "policy": one.policy, "owner": one.owner, "last_review": one.last_review,
                "contacts_a_year": round(one.contacts), "held_a_year": round(one.blocked),
                "waiting_hours_a_year": round(one.waiting_minutes / 60.0),
                "repeat_percent": np.nan if one.repeat_rate is None else 100.0 * one.repeat_rate,
                "amount_a_year": round(one.amount),
                "loss_percent": np.nan if one.loss_probability is None else 100.0 * one.loss_probability,
            }
            for one in found
        ]
    )  # fmt: skip


def title(found: tuple[Policy, ...]) -> str:
    """Return which policy holds up most."""
    top = found[0]
    if top.waiting_minutes <= 0:
        most = max(found, key=lambda one: one.contacts)
        return (
            f"“{most.policy}” was named in {thousands(most.contacts)} contacts a year; no waiting for approvals is "
            "recorded"
        )
    return (
        f"“{top.policy}” made customers wait {thousands(top.waiting_minutes / 60.0)} hours a year in "
        f"{thousands(top.blocked)} approvals"
    )


@st.fragment
@messages.netted
def _threshold(page: Page, held: list[Policy]) -> None:
    if not held:
        return
    top = st.container()
    with st.container(horizontal=True):
        policy = st.selectbox("Policy", [one.policy for one in held], key="policy_choice", width=280,
                              format_func=lambda name: short(name, 60))  # fmt: skip
        minutes = st.number_input("Minutes per approval (assumed)", 0.5, 240.0, APPROVAL_MINUTES, 0.5,
                                  key="policy_minutes", width=240)  # fmt: skip
        known = next(one.loss_probability for one in held if one.policy == policy)
        risk = st.number_input(
            "Lost without approval, %" if known is not None else "Lost without approval, % (assumed)",
            0.0, 100.0, 100.0 * known if known is not None else None, 0.5, key=f"policy_risk_{policy}", width=240,
            placeholder="not in the data",
        )  # fmt: skip
    found = page.ask(
        policy_thresholds, page.rates, policy, approval_minutes=minutes,
        loss_probability=None if risk is None else risk / 100.0,
    )  # fmt: skip
    rows = threshold_rows(found)
    steps = rows["threshold"].round(2).tolist()
    nearest = steps[int(np.argmin(np.abs(rows["threshold"] - found.best)))]
    chosen = st.select_slider("Pass without approval up to", steps, nearest, key=f"policy_step_{policy}",
                              format_func=lambda amount: money(amount, page.info.currency))  # fmt: skip
    with top:
        cards.section(*threshold_words(policy, found, page.info.currency))
    _effect(page, rows, steps.index(chosen), found)


def threshold_rows(found: Approval) -> pd.DataFrame:
    """Return what each threshold would bring, a year."""
    return pd.DataFrame(
        {
            "threshold": found.threshold, "cases": found.cases, "minutes_saved": found.minutes_saved,
            "waiting_minutes_saved": found.waiting_minutes_saved, "labour_saved": found.labour_saved,
            "risk_loss": found.risk_loss, "net": found.net,
        }
    )  # fmt: skip


def threshold_words(policy: str, found: Approval, currency: str) -> tuple[str, str]:
    """Return the finding and how flat the net is around the best threshold."""
    if not found.worth_it:
        return (
            f"“{policy}”: no threshold brings more than it risks",
            "At every amount the expected loss exceeds the minutes saved; waiting time of customers is not in the sum.",
        )
    worth = f"{money(found.best_net, currency)} a year"
    return f"“{policy}”: letting cases up to {money(found.best, currency)} pass is best, {worth}", _flat(
        found, currency
    )


def _flat(found: Approval, currency: str) -> str:
    as_good = (found.threshold >= found.flat_low) & (found.threshold <= found.flat_high)
    if as_good.sum() < 2:
        return "The net is sharp around it: the next amounts measured lose more than 5 % of it."
    ends = f"{money(found.flat_low)} and {money(found.flat_high, currency)}"
    return f"Between {ends} the net stays within 5 % of the best (shaded): choose the lowest."


def _effect(page: Page, rows: pd.DataFrame, step: int, found: Approval) -> None:
    row, currency = rows.iloc[step], page.info.currency
    all_cases = float(rows["cases"].iloc[-1])
    share = row["cases"] / all_cases if all_cases else 0.0
    cards.tiles(
        [
            cards.Tile("Net a year", money(row["net"], currency), note="saved minus risk; assumed minutes",
                       help=_DEFINITION),
            cards.Tile("Minutes saved", thousands(row["minutes_saved"]),
                       note=f"worth {money(row['labour_saved'], currency)}"),
            cards.Tile("Risk of loss", money(row["risk_loss"], currency), note="probability × amount"),
            cards.Tile("Cases that pass", thousands(row["cases"]), note=f"{percent(share)} of {thousands(all_cases)}"),
            cards.Tile("Customer hours spared", thousands(row["waiting_minutes_saved"] / 60.0),
                       note="of waiting, not in the net"),
        ]
    )  # fmt: skip
    figure.show(
        charts.threshold_curve(rows, float(row["threshold"]), found.best, (found.flat_low, found.flat_high), currency,
                               is_dark()),
        rows, "policy_threshold", f"Lines over the threshold: saved, risk and net a year; best at {found.best:,.0f}.",
        _DEFINITION, looked_at=page.looked_at, invented=page.info.invented, height=320,
    )  # fmt: skip


def behind(page: Page, names: list[str]) -> None:
    """Offer the contacts of one policy."""
    chosen = remove_drill.pick("policy_bar", {name: name for name in names}, "Look at the contacts of one policy",
                               "Choose a policy")  # fmt: skip
    if chosen is None:
        return
    held = Behind(policies=(chosen,))
    count = page.ask(count_behind, held)
    remove_drill.contacts_of(page, "policies_list", chosen, Bar(held, count, float(count)))
