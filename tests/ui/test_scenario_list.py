"""Saved scenarios: a delete in the version that was seen can be undone, a copy is not saved until somebody saves it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.scenarios.levers import lever
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.serialise import to_plain
from analytics.store import Author, Store
from analytics.ui import scenario_list, what_if_state
from analytics.ui.what_if_basis import Basis
from analytics.ui.what_if_state import State, Work

FIX = Scenario("Fix", (lever("remove", "r", likely=0.2),))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(what_if_state.st, "session_state", kept)
    store = Store(f"sqlite:///{tmp_path / 's.sqlite'}")
    what_if_state.keep(Work("w", (State(Scenario("Baseline"), Basis()),)))
    yield SimpleNamespace(store=store, workspace_id="w", author=Author("Ana"))
    store.close()


def saved(page: Any) -> Any:
    return page.store.put("w", "scenario", "fix", {"scenario": to_plain(FIX)}, Author("Ana"), None)


def test_opening_keeps_what_was_there_one_undo_away(page: Any) -> None:
    scenario_list.open_saved(page, saved(page))
    work = what_if_state.working()
    assert work.scenario == FIX
    assert not work.is_changed
    assert what_if_state.undone(work).scenario == Scenario("Baseline")


def test_a_copy_has_its_own_name_and_no_record(page: Any) -> None:
    scenario_list.copy(page, saved(page))
    work = what_if_state.working()
    assert (work.scenario.name, work.record, work.is_changed) == ("Fix (copy)", None, True)
    assert work.scenario.levers == FIX.levers


def test_a_deleted_scenario_can_be_brought_back(page: Any) -> None:
    record = saved(page)
    scenario_list.open_saved(page, record)
    scenario_list.delete(page, record)
    assert scenario_list.saved(page) == []
    assert what_if_state.working().scenario == FIX, "what is on the screen stays"
    scenario_list.bring_back(page)
    assert [one.body for one in scenario_list.saved(page)] == [record.body]


def test_deleting_what_somebody_changed_is_told_and_keeps_it(page: Any) -> None:
    record = saved(page)
    page.store.put("w", "scenario", "fix", {"scenario": to_plain(FIX)}, Author("Ben"), 1)
    scenario_list.delete(page, record)
    assert "Ben" in what_if_state.working().said[0]
    assert len(scenario_list.saved(page)) == 1
