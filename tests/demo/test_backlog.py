"""The invented backlog: readable by the app, true to what was planted, never overwriting what people wrote."""

from pathlib import Path

import pytest

from analytics.demo import write_backlog
from analytics.demo.backlog import AUTHOR, KIND, STORE_FILE
from analytics.demo.reasons import INDEX, INITIATIVE_A, INITIATIVE_B, REASONS
from analytics.questions.initiatives import Initiative, read_initiative
from analytics.store import Author, Store


def backlog(folder: Path, contacts: int = 300_000) -> list[Initiative]:
    write_backlog(folder, contacts, 7)
    store = Store(f"sqlite:///{folder / STORE_FILE}")
    return [read_initiative(record.key, record.body) for record in store.list(folder.name, KIND)]


def test_the_app_reads_every_initiative(tmp_path: Path) -> None:
    made = backlog(tmp_path)
    assert len(made) >= 8
    assert all(one.scope.reasons[0] in INDEX and one.owner and not one.person for one in made)
    assert all(one.one_off > 0 for one in made)
    assert not any(REASONS[INDEX[one.scope.reasons[0]]].sensitive for one in made)


def test_what_has_begun_is_what_was_planted(tmp_path: Path) -> None:
    begun = {one.scope.reasons[0]: one for one in backlog(tmp_path) if one.started}
    assert set(begun) == {REASONS[INITIATIVE_A].name, REASONS[INITIATIVE_B].name}
    assert {one.start for one in begun.values()} == {"2025-11"}


def test_costs_follow_the_size_of_the_company(tmp_path: Path) -> None:
    large, small = (sum(one.one_off for one in backlog(tmp_path / str(size), size)) for size in (3_000_000, 300_000))
    assert large == pytest.approx(10 * small, rel=0.05)


def test_edits_of_people_stay(tmp_path: Path) -> None:
    first = backlog(tmp_path)[0]
    store = Store(f"sqlite:///{tmp_path / STORE_FILE}")
    store.put(tmp_path.name, KIND, first.key, first.body() | {"name": "Mine"}, Author("Ann"), 1)
    assert next(one for one in backlog(tmp_path) if one.key == first.key).name == "Mine"
    assert {record.author for record in store.list(tmp_path.name, KIND)} == {AUTHOR, Author("Ann")}
