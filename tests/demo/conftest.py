"""Two demo companies made once for all tests of this folder."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.demo import write_demo


@dataclass(frozen=True)
class Company:
    folder: Path

    @property
    def truth(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "truth.toml").read_text(encoding="utf-8"))

    @property
    def mapping(self) -> dict[str, Any]:
        return tomllib.loads((self.folder / "workspace.toml").read_text(encoding="utf-8"))

    def table(self, name: str) -> pd.DataFrame:
        paths = sorted(self.folder.glob(f"{name}.parquet"))
        return pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The default company: about 300,000 contacts, seed 1."""
    folder = tmp_path_factory.mktemp("tidewater")
    write_demo(folder)
    return Company(folder)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """A small company of another seed."""
    folder = tmp_path_factory.mktemp("small")
    write_demo(folder, contacts=20_000, seed=7)
    return Company(folder)
