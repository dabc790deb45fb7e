"""Where demand of a channel goes and who has no other way: rows in, rows out, countable on fingers."""

from datetime import date, datetime

import pytest

from analytics.errors import CannotTellError
from analytics.questions import channels
from analytics.questions.channels import channel_exit, channel_loyals, channel_moves, completed_shares
from analytics.questions.policies import policy_reasons
from analytics.questions.selection import Selection
from tests.models.rows import contact, model
from tests.questions.cubes import FEB, JAN, MAR, reader_of
from tests.questions.world import MemoryReader

MARCH = Selection(date(2025, 3, 1), date(2025, 3, 1))


def rows() -> list[dict]:
    """Customer 1 chats, then phones; 2 chats twice; 3 chats once; 4 phones only; one chat without a customer."""
    b2b, b2c = {"segment": "B2B"}, {"segment": "B2C"}
    return [
        contact("01 09:00", 1, channel="chat", **b2b), contact("02 09:00", 1, **b2b),
        contact("03 09:00", 1, **b2b), contact("01 09:00", 2, channel="chat", **b2c),
        contact("02 09:00", 2, channel="chat", **b2c), contact("01 09:00", 3, channel="chat", **b2c),
        contact("01 09:00", 4, **b2c), contact("05 09:00", None, channel="chat"),
    ]  # fmt: skip


def test_only_moves_to_another_channel_are_routes() -> None:
    found = channel_moves(MemoryReader(model(rows())), MARCH)
    assert found.values.tolist() == [["chat", "phone", 1]]


def test_who_used_no_other_channel_is_counted_once_and_by_segment() -> None:
    found = channel_loyals(MemoryReader(model(rows())), "chat")
    assert found.values.tolist() == [["B2B", 1, 0, 0], ["B2C", 2, 2, 1]]


def test_another_period_holds_nobody() -> None:
    april = Selection(date(2025, 4, 1), date(2025, 4, 1))
    reader = MemoryReader(model(rows()))
    assert channel_moves(reader, april).empty


def test_an_exit_is_its_routes_and_its_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = MemoryReader(model(rows()))
    with pytest.raises(CannotTellError, match="Only 1 issues went from chat to another channel; 30 are needed"):
        channel_exit(reader, MARCH, "chat")
    monkeypatch.setattr(channels, "GREY_BELOW", 1)
    found = channel_exit(reader, MARCH, "chat")
    assert found.routes == {"phone": 1}
    assert (found.customers, found.only_here, found.only_here_often) == (3, 2, 1)
    assert found.by_segment == (("B2C", 2, 2), ("B2B", 1, 0))


def test_reasons_a_policy_holds_up(tmp_path) -> None:
    cells = [{"policy": "refund", "reason": reason, "month": month, "blocked": held} for reason, month, held in
             (("bill", JAN, 2), ("bill", FEB, 3), ("other", JAN, 0), ("late", date(2024, 1, 1), 9))]  # fmt: skip
    found = policy_reasons(reader_of(tmp_path, policies_cube=cells), Selection(JAN, MAR))
    assert found.values.tolist() == [["refund", "bill", 5]]


def test_what_self_service_completes_by_reason_needs_a_known_outcome_and_thirty_sessions() -> None:
    at, held = datetime(2025, 2, 28, 23), []
    for reason, done, other in (("bill", 24, 8), ("rare", 3, 2)):
        held += [{"reason": reason, "outcome": "completed", "local_at": at}] * done
        held += [{"reason": reason, "outcome": "abandoned", "local_at": at}] * other
    held += [{"reason": "bill", "outcome": None, "local_at": at}] * 50
    held += [{"reason": "bill", "outcome": "escalated", "local_at": datetime(2024, 2, 1)}] * 50
    rows = [{**one, "started_at": one["local_at"]} for one in held]
    found = completed_shares(MemoryReader(model([], self_service=rows)), Selection(JAN, MAR))
    assert found == {"bill": 0.75}
