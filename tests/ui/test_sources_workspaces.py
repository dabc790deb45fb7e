"""Only folders under the allowed ones are opened, and each is refused or opened in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics import settings
from analytics.errors import WorkspaceError
from analytics.ui import workspaces


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder the configured workspace lies in; `data` beside it is allowed by the setting, `secret` is not."""
    for name in ("spaces/here", "data/calls", "secret/private"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setenv("EBB_WORKSPACE", str(tmp_path / "spaces" / "here"))
    monkeypatch.setenv("EBB_DATA_ROOTS", str(tmp_path / "data"))
    settings.settings.cache_clear()
    yield tmp_path
    settings.settings.cache_clear()


def test_a_new_workspace_lies_beside_the_configured_one(root: Path) -> None:
    folder = workspaces.create("Support 2025 / EU")
    assert folder == root / "spaces" / "Support-2025-EU"
    assert 'name = "Support 2025 / EU"' in (folder / "workspace.toml").read_text(encoding="utf-8")
    assert folder in workspaces.known()
    with pytest.raises(WorkspaceError, match="already"):
        workspaces.create("Support 2025 / EU")


@pytest.mark.parametrize("name", ["", "   ", "..", "../..", "/"])
def test_a_name_without_letters_is_refused(root: Path, name: str) -> None:
    with pytest.raises(WorkspaceError, match="needs a name"):
        workspaces.create(name)
    assert [folder.name for folder in (root / "spaces").iterdir()] == ["here"]


@pytest.mark.parametrize("typed", ["/etc", "/", "..", "../secret/private", "\x00", "~nobody-of-this-name/x"])
def test_a_folder_outside_is_refused(root: Path, typed: str) -> None:
    with pytest.raises(WorkspaceError):
        workspaces.open_folder(typed)
    assert not (root / "secret" / "private" / "workspace.toml").exists()


def test_a_link_that_leads_out_is_refused(root: Path) -> None:
    (root / "spaces" / "link").symlink_to(root / "secret" / "private")
    with pytest.raises(WorkspaceError, match="outside"):
        workspaces.open_folder("link")


def test_a_hidden_folder_is_refused(root: Path) -> None:
    (root / "spaces" / ".git").mkdir()
    with pytest.raises(WorkspaceError, match="outside"):
        workspaces.open_folder(".git")


def test_a_missing_folder_names_the_nearest(root: Path) -> None:
    with pytest.raises(WorkspaceError, match="no folder") as caught:
        workspaces.open_folder(str(root / "data" / "cals"))
    assert "calls" in str(caught.value)


def test_folders_of_two_roots_keep_their_own_address(root: Path) -> None:
    (root / "spaces" / "calls").mkdir()
    one, other = workspaces.open_folder("calls"), workspaces.open_folder(str(root / "data" / "calls"))
    assert workspaces.address(one) == "calls"
    assert workspaces.address(other) == "@1/calls"


@pytest.mark.parametrize("named", ["../secret/private", "@1/../secret/private", "@2/x", "@1", "/etc", "calls\x00"])
def test_an_address_opens_nothing_else(root: Path, named: str) -> None:
    (root / "secret" / "private" / "workspace.toml").write_text("", encoding="utf-8")
    assert workspaces._folder_at(named) is None
