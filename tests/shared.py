"""Where the shared real data and published tables live; tests that need them say so when they are absent."""

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_path(relative: str) -> Path:
    """Return a path below `shared/` beside the project, or skip the test and say which file is missing."""
    path = _SHARED / relative
    if not path.exists():
        pytest.skip(f"needs shared/{relative} beside the project, which is absent here")
    return path
