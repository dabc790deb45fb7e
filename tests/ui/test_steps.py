"""Hand-offs on screen: a planted difference between teams is named, and becomes an initiative."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics import settings
from analytics.store import Store
from tests.pages import companies
from tests.pages.conftest import HOME, shown

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


def handed_on(folder: Path) -> Path:
    """Four teams on two reasons: on one two teams hand on a tenth, two a half; on the other all a tenth."""
    rows = []
    for number in range(2400):
        team, reason = number % 4, ("moved", "same")[number // 4 % 2]
        every = 2 if reason == "moved" and team > 1 else 10
        rows.append({
            "contact_id": f"c{number}", "started_at": datetime(2024, 1, 1, 8) + timedelta(hours=3 * number),
            "channel": "phone", "reason": reason, "customer_id": f"k{number}", "team": f"team {team}",
            "transfers": int(number // 8 % every == 0),
        })  # fmt: skip
    return companies.build(folder, rows)


@pytest.fixture
def open_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], AppTest]]:
    monkeypatch.setenv("EBB_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setenv("EBB_WORKSPACE", str(handed_on(tmp_path / "teams")))
    settings.settings.cache_clear()

    def make() -> AppTest:
        app = AppTest.from_file(HOME, default_timeout=30)
        app.query_params["tab"] = ["Policies"]
        return app.run().switch_page("pages/remove.py").run()

    yield make
    settings.settings.cache_clear()


def test_a_planted_difference_is_named_and_starts_an_initiative(open_steps: Callable[[], AppTest]) -> None:
    app = open_steps()
    assert not app.exception
    assert "moved: 30 % are handed on; at the best quarter of teams" in shown(app).replace("\\", "")
    rows = next(one.value for one in app.dataframe if "touches" in one.value).set_index("label")
    assert rows["clear"].to_dict() == {"moved": True, "same": False}
    app.text_input(key="author_name").set_value("Ada").run()
    app.button(key="steps_start").click().run()
    assert not app.exception
    (kept,) = Store(os.environ["EBB_STORE_URL"]).list("teams", "initiative")
    assert (kept.body["lever"], kept.body["scope"], kept.author.name) == ("steps", {"reasons": ["moved"]}, "Ada")
