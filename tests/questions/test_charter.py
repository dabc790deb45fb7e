"""Asks and the shared account: overdue only without an answer, credit that adds up, sign-offs that notice a change."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.errors import AnalyticsError
from analytics.questions.backlog import Proposed
from analytics.questions.charter import Ask, ask_words, pipeline, proposed_ask, read_ask
from analytics.questions.initiatives import STAGES, Initiative
from analytics.questions.scope import Scope
from analytics.questions.shared_cost import SignOff, read_sign_off, shared_account, shared_savings
from analytics.questions.taxonomy import Taxonomy

ONE = Initiative("a", "A", Scope(reasons=("billing",), causes=("defect",)), owner="Billing", person="Zoe")
DAY = date(2026, 3, 1)


def test_an_ask_is_overdue_after_the_agreed_time_and_never_with_an_answer() -> None:
    ask = proposed_ask(ONE, DAY, 14)
    assert (ask.answer, ask.responsible, ask.accountable) == ("waiting", "Zoe", "Billing")
    assert not ask.overdue(date(2026, 3, 15)), "the last day still counts"
    assert ask.overdue(date(2026, 3, 16))
    assert not replace(ask, answer="accepted").overdue(date(2026, 6, 1))
    assert proposed_ask(replace(ONE, start="2026-01"), DAY, 14).answer == "accepted"
    assert ask.age(date(2026, 2, 1)) == 0
    assert ask_words(ONE) == "End the cause: reason billing; cause product defect or poor design"


def test_what_people_wrote_is_read_back_and_refused_in_words() -> None:
    proposed = proposed_ask(ONE, DAY, 14)
    written = replace(proposed, answer="declined", consulted="=1+1", days=3)
    assert read_ask(proposed, written.body()) == written
    assert read_ask(proposed, {}) == proposed
    for body, words in (
        ({"days": 1000}, "cannot be agreed"), ({"asked": "soon"}, "cannot be read"), ({"answer": "maybe"}, "maybe"),
        ({"informed": "x" * 201}, "longer"),
    ):  # fmt: skip
        with pytest.raises(AnalyticsError, match=words):
            read_ask(proposed, body)


def test_the_pipeline_counts_by_function_and_stage() -> None:
    asks = pd.DataFrame([
        ("Billing", "idea", "waiting", True, 30, 10.0), ("Billing", "pilot", "accepted", False, 90, 5.0),
        ("Network", "scaled", "waiting", False, 3, float("nan")),
    ], columns=["owner", "stage", "answer", "is_overdue", "age_days", "promised"])  # fmt: skip
    found = pipeline(asks, {"Network": 2, "Sales": 1}).set_index("owner")
    assert found.index.tolist() == ["Billing", "Network", "Sales"]
    assert found.loc["Billing", [*STAGES, "waiting", "overdue", "oldest_days", "promised"]].tolist() == [
        1, 1, 0, 0, 1, 1, 30, 15.0,
    ]  # fmt: skip
    assert found["ideas"].tolist() == [0, 2, 1]


def test_credit_by_function_adds_up_to_what_all_bring_together() -> None:
    cells = pd.DataFrame({
        "reason": ["billing", "returns"], "cause": "defect", "channel": "phone", "segment": "a", "product": "b",
        "is_repeat": False, "contacts": [100.0, 100.0], "minutes": 0.0, "cost": [1000.0, 500.0],
    })  # fmt: skip
    both = [Proposed(key, key, Scope(reasons=("billing",)), 0.1, 0.2, 0.4) for key in "ab"]
    found = shared_savings(cells, both, {"a": "Billing", "b": ""}, Taxonomy(()))
    assert found["owner"].tolist() == ["Billing", "not said yet"]
    assert found["saving"].tolist() == pytest.approx([180.0, 180.0]), "1 − 0.8² = 36 % of 1,000, shared"
    assert found["saving_low"].sum() == pytest.approx(190.0)
    assert found["saving_high"].sum() == pytest.approx(640.0)
    caused = pd.DataFrame({"owner": ["Billing"], "cost": [900.0], "low": [800.0], "high": [1000.0],
                           "contacts": [9.0], "minutes": [90.0], "clear": [True]})  # fmt: skip
    rows = shared_account(caused, found).set_index("owner")
    assert rows["cost"].tolist() == [900.0, 0.0]
    assert rows.loc["Billing", "saving"] == pytest.approx(180.0)


def test_a_sign_off_keeps_the_figure_it_was_given_for() -> None:
    held = SignOff("Billing", "agreed", "fine", 1000.0, "2025")
    assert read_sign_off("Billing", held.body()) == held
    assert not held.moved(1040.0, "2025")
    assert held.moved(1060.0, "2025")
    assert held.moved(1000.0, "2026"), "another period is another figure"
    assert not SignOff("Billing").moved(5.0, "")
    with pytest.raises(AnalyticsError, match="maybe"):
        read_sign_off("Billing", {"status": "maybe"})
    with pytest.raises(AnalyticsError, match="longer"):
        read_sign_off("Billing", {"comment": "x" * 501})


def test_an_ask_knows_its_initiative() -> None:
    assert Ask("k", DAY, 1).body()["asked"] == "2026-03-01"
