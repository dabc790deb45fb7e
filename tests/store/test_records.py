"""Versions, conflicts, history and undo, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from analytics.errors import ConflictError, StoreError
from analytics.store import Author, Store

ADA = Author("Ada", verified=True)
BOB = Author("Bob")


def test_what_is_put_comes_back(store: Store, workspace: str) -> None:
    body = {"class_": "remove", "note": "<b>=1+1</b> 🎉 שלום", "n": 3, "share": 0.25, "locked": None}
    written = store.put(workspace, "taxonomy", "billing · late", body, ADA, None)
    read = store.get(workspace, "taxonomy", "billing · late")
    assert read == written
    assert (written.version, written.body, written.author, written.deleted) == (1, body, ADA, False)


def test_when_a_thing_was_first_written_outlives_its_changes(store: Store, workspace: str) -> None:
    first = store.put(workspace, "idea", "a", {}, ADA, None)
    store.put(workspace, "idea", "a", {"text": "later"}, ADA, first.version)
    store.put(workspace, "label", "b", {}, ADA, None)
    assert store.first_written(workspace, "idea") == {"a": first.at}


def test_nothing_is_there_at_first(store: Store, workspace: str) -> None:
    assert store.get(workspace, "taxonomy", "x") is None
    assert store.list(workspace, "taxonomy") == []
    assert store.history(workspace, "taxonomy", "x") == []
    assert store.revision(workspace) == 0


def test_list_holds_one_kind_of_one_workspace_by_key(store: Store, workspace: str) -> None:
    for place, kind, key in [(workspace, "event", "b"), (workspace, "event", "a"), (workspace, "idea", "c")]:
        store.put(place, kind, key, {}, ADA, None)
    store.put(f"{workspace} 2", "event", "d", {}, ADA, None)
    assert [record.key for record in store.list(workspace, "event")] == ["a", "b"]


def test_the_second_is_told_who_was_first_and_when(store: Store, workspace: str) -> None:
    store.put(workspace, "assumption", "rates", {"phone": 1}, ADA, None)
    first = store.put(workspace, "assumption", "rates", {"phone": 2}, BOB, 1)
    with pytest.raises(ConflictError, match=r"Bob \(unverified\) changed this at ") as told:
        store.put(workspace, "assumption", "rates", {"phone": 3}, ADA, 1)
    assert first.at[:16].replace("T", " ") in str(told.value)
    assert store.get(workspace, "assumption", "rates") == first


def test_two_who_create_the_same_thing_conflict(store: Store, workspace: str) -> None:
    store.put(workspace, "scenario", "s", {"by": "Ada"}, ADA, None)
    with pytest.raises(ConflictError, match="Ada changed this"):
        store.put(workspace, "scenario", "s", {"by": "Bob"}, BOB, None)


def test_changing_what_never_was_is_a_conflict(store: Store, workspace: str) -> None:
    with pytest.raises(ConflictError, match="no longer in the store"):
        store.put(workspace, "scenario", "ghost", {}, ADA, 4)


def test_delete_is_undone_from_history(store: Store, workspace: str) -> None:
    store.put(workspace, "idea", "i", {"text": "one"}, ADA, None)
    gone = store.delete(workspace, "idea", "i", BOB, 1)
    assert store.get(workspace, "idea", "i") is None
    back = store.restore(workspace, "idea", "i", 1, ADA, gone.version)
    assert (back.version, back.body, back.deleted) == (3, {"text": "one"}, False)
    assert [(past.version, past.deleted, past.author.name) for past in store.history(workspace, "idea", "i")] == [
        (3, False, "Ada"),
        (2, True, "Bob"),
        (1, False, "Ada"),
    ]


def test_a_deleted_thing_can_be_made_anew(store: Store, workspace: str) -> None:
    store.put(workspace, "idea", "i", {"text": "one"}, ADA, None)
    store.delete(workspace, "idea", "i", ADA, 1)
    assert store.put(workspace, "idea", "i", {"text": "two"}, BOB, None).version == 3


def test_restoring_what_never_was_says_so(store: Store, workspace: str) -> None:
    store.put(workspace, "idea", "i", {}, ADA, None)
    with pytest.raises(StoreError, match="no version 7"):
        store.restore(workspace, "idea", "i", 7, ADA, 1)


def test_revision_grows_with_every_change(store: Store, workspace: str) -> None:
    seen = [store.revision(workspace)]
    store.put(workspace, "idea", "i", {}, ADA, None)
    seen.append(store.revision(workspace))
    store.put(workspace, "idea", "i", {"a": 1}, ADA, 1)
    seen.append(store.revision(workspace))
    store.delete(workspace, "idea", "i", ADA, 2)
    seen.append(store.revision(workspace))
    assert seen == sorted(set(seen))


def test_a_change_without_a_name_is_refused(store: Store, workspace: str) -> None:
    with pytest.raises(StoreError, match="Type your name"):
        store.put(workspace, "idea", "i", {}, Author("  "), None)


def test_of_twenty_at_once_one_wins(open_store: Callable[[], Store], workspace: str) -> None:
    open_store().put(workspace, "idea", "i", {"who": -1}, ADA, None)

    def change(who: int) -> bool:
        try:
            open_store().put(workspace, "idea", "i", {"who": who}, Author(f"P{who}"), 1)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(change, range(20)))
    final = open_store().get(workspace, "idea", "i")
    assert sum(won) == 1
    assert final is not None
    assert final.body == {"who": won.index(True)}


def test_edits_outlive_the_process(open_store: Callable[[], Store], workspace: str) -> None:
    open_store().put(workspace, "target", "contacts_per_1000", {"value": 180}, ADA, None)
    found = open_store().get(workspace, "target", "contacts_per_1000")
    assert found is not None
    assert found.body == {"value": 180}
