"""Settings of every test run: property tests that say the same each time, and tests that share a server together."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("ebb", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ebb")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one worker, and all browser tests in the same one: they share a server."""
    for item in items:
        in_browser = "browser" in item.path.parts
        if in_browser:
            item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser" if in_browser else str(item.path)))
