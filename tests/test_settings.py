"""Settings come from the environment, with defaults that work."""

from pathlib import Path

from analytics.settings import read_settings


def test_defaults() -> None:
    settings = read_settings({})
    assert settings.workspace == Path("workspaces/demo").resolve()
    assert settings.store_url == f"sqlite:///{settings.workspace / 'store.sqlite'}"


def test_the_environment_wins() -> None:
    settings = read_settings({"EBB_WORKSPACE": "/data/x", "EBB_STORE_URL": "postgresql://h/d", "EBB_MEMORY_MB": "512"})
    assert (str(settings.workspace), settings.store_url, settings.memory_limit_mb) == (
        "/data/x", "postgresql://h/d", 512,
    )  # fmt: skip
