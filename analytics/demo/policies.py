"""Three rules that hold contacts up; one of them asks for approvals above an amount."""

from datetime import date
from typing import Final

import numpy as np

from analytics.demo.frame import Array, Frame, size
from analytics.demo.reasons import CAUSE_CODES, INDEX

CREDIT, IDENTITY, IN_STORE = 0, 1, 2
POLICIES: Final = ("Credit approval", "Identity check by letter", "Contract change in store only")
APPROVAL_LIMIT: Final = 50.0
LOSS_PROBABILITY: Final = 0.04
APPROVAL_WAIT_MEAN: Final = 900.0
"""Seconds a customer and an agent wait for one approval, on average."""
AMOUNT_MEDIAN, AMOUNT_SIGMA = 60.0, 1.0
ROWS: Final[tuple[dict[str, object], ...]] = (
    {
        "policy": POLICIES[CREDIT],
        "owner": "Billing",
        "last_review": date(2019, 3, 1),
        "approval_limit": APPROVAL_LIMIT,
        "loss_probability": LOSS_PROBABILITY,
    },
    {
        "policy": POLICIES[IDENTITY],
        "owner": "Risk",
        "last_review": date(2024, 9, 1),
        "approval_limit": None,
        "loss_probability": None,
    },
    {
        "policy": POLICIES[IN_STORE],
        "owner": "Sales",
        "last_review": date(2017, 5, 1),
        "approval_limit": None,
        "loss_probability": None,
    },
)


def _table() -> Array:
    chance = np.zeros((len(POLICIES), len(INDEX)))
    for name, share in (("Credit or compensation", 0.45), ("Refund status", 0.15), ("Billing error", 0.08)):
        chance[CREDIT, INDEX[name]] = share
    for name, share in (("Fraud or account takeover", 0.5), ("Number transfer", 0.25), ("Address change", 0.05)):
        chance[IDENTITY, INDEX[name]] = share
    for name, share in (("Cancel contract", 0.25), ("Move home", 0.10)):
        chance[IN_STORE, INDEX[name]] = share
    return chance


_CHANCE: Final = _table()


def best_limit(cost_per_minute: float) -> float:
    """Return the approval limit with the best net: where waiting saved equals the loss risked."""
    return APPROVAL_WAIT_MEAN / 60 * cost_per_minute / LOSS_PROBABILITY


def add_policy(rng: np.random.Generator, rows: Frame) -> Frame:
    """Return rows with policy (-1 none), amount, and the wait for an approval in seconds (0 none)."""
    count = size(rows)
    named = _CHANCE[:, rows["reason"]]
    named = np.where((named > 0) & (rows["cause"] == CAUSE_CODES.index("policy")), 0.9, named)
    policy = np.where(rng.random(count) < named.max(axis=0), named.argmax(axis=0), -1)
    policy = np.where(rows["abandoned"] | (rows["extra"] > 0), -1, policy)
    amount = np.round(np.exp(rng.normal(np.log(AMOUNT_MEDIAN), AMOUNT_SIGMA, count)), 2)
    asks = ((policy == CREDIT) & (amount > APPROVAL_LIMIT)) | (policy == IDENTITY)
    spread = 0.7
    wait = np.exp(rng.normal(np.log(APPROVAL_WAIT_MEAN) - spread**2 / 2, spread, count))
    return {**rows, "policy": policy, "amount": amount, "approval_wait": np.rint(wait * asks)}
