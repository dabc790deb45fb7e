"""Promised against realised: what is planted is found, what is not is not, and the words claim no more."""

import os
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics import settings
from analytics.demo import write_demo
from analytics.demo.block import make_block
from analytics.demo.plan import Plan
from analytics.demo.workforce import make_workforce
from analytics.demo.world import make_world
from analytics.questions.initiatives import Initiative, reached_share
from analytics.questions.scope import Scope
from analytics.statistics.did import Realised, realised
from analytics.store import Author, Store
from analytics.ui.backlog_form import DEFAULTS
from tests.pages import companies
from tests.pages.companies import HOSTILE
from tests.pages.conftest import HOME, shown

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")
MONTHS, LAUNCH = 24, 12
TREATED, SPIKED = 2, 5
"""Places of the reasons of initiatives A and B by volume, as the demo plants them."""
CONTROLS = [place for place in range(40) if place not in (TREATED, SPIKED)]
SEEDS = 40
NAMES = ("cut", "spiked", *(f"other {number}" for number in range(8)))
A_MONTH = 40


def promised(ages: range = range(9)) -> float:
    return -0.3 * reached_share(Initiative("a", "A", Scope(), likely=0.3, ramp=3), ages)


def test_a_promise_counts_ramp_and_decay() -> None:
    assert promised(range(12)) == pytest.approx(-0.275)
    assert promised() == pytest.approx(-0.3 * 8 / 9)
    lasting = Initiative("a", "A", Scope(), ramp=0, decay=0.5)
    assert reached_share(lasting, [12]) == pytest.approx(0.5, abs=0.03)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], pd.DataFrame]:
    """Truth of the default demo company, seed 1, and its contacts by reason and whole month."""
    folder: Path = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
    rows = pd.concat([pd.read_parquet(path, columns=["ref", "opened", "topic"]) for path in folder.glob("contacts_*")])
    rows = rows.drop_duplicates("ref")
    table = rows.groupby(["topic", rows["opened"].dt.to_period("M")], observed=True).size().unstack(fill_value=0)
    return truth, table.iloc[:, :MONTHS]


def on_demo(truth: dict[str, Any], counts: pd.DataFrame, which: str) -> Realised:
    planted = [truth["initiatives"][one]["reason"] for one in "ab"]
    launch = list(counts.columns).index(pd.Period(truth["initiatives"][which]["launch"], "M"))
    reason = list(counts.index).index(truth["initiatives"][which]["reason"])
    controls = [place for place, name in enumerate(counts.index) if name not in planted]
    return realised(counts.to_numpy(), reason, launch, controls=controls, promised=promised())


def test_on_the_demo_initiative_a_is_found_and_covered(demo) -> None:
    truth, counts = demo
    found = on_demo(truth, counts, "a")
    assert found.verdict == "as promised"
    assert found.effect.high < 0
    assert found.effect.covers(truth["initiatives"]["a"]["effect_first_twelve_months"])
    assert found.effect.covers(promised())


def test_on_the_demo_initiative_b_is_not_found_while_three_months_against_three_find_it(demo) -> None:
    truth, counts = demo
    found = on_demo(truth, counts, "b")
    assert found.verdict == "no effect told apart"
    assert found.effect.covers(truth["initiatives"]["b"]["effect"])
    assert found.naive < -0.1
    assert found.peak.warned
    assert found.detectable > 0.1


def counted(seed: int) -> np.ndarray:
    plan = Plan(contacts=300_000, seed=seed, months=MONTHS, start_a=13, start_b=13, preset_name="default")
    world, force, counts = make_world(plan), make_workforce(plan), np.zeros((40, MONTHS + 1))
    for block, size in plan.block_sizes():
        contacts = make_block(plan, world, force, block, size).contacts
        month = np.searchsorted(plan.month_starts, contacts["t"], side="right") - 1
        np.add.at(counts, (contacts["reason"], month), 1)
    return counts[:, :MONTHS]


@pytest.mark.slow
def test_over_forty_seeds_a_is_covered_and_b_hardly_ever_found(record_testsuite_property) -> None:
    pairs = [
        [realised(counts, reason, LAUNCH, controls=CONTROLS, promised=promised()) for reason in (TREATED, SPIKED)]
        for counts in map(counted, range(1, SEEDS + 1))
    ]
    shares = {
        "a_covered": np.mean([a.effect.covers(promised()) for a, _ in pairs]),
        "a_found": np.mean([a.effect.high < 0 for a, _ in pairs]),
        "b_covered": np.mean([b.effect.covers(0.0) for _, b in pairs]),
        "b_found": np.mean([b.effect.high < 0 for _, b in pairs]),
        "b_naive_fall": np.mean([b.naive < -0.1 for _, b in pairs]),
    }
    for name, share in shares.items():
        record_testsuite_property(name, float(share))
    assert shares["a_covered"] >= 0.9, shares
    assert shares["a_found"] >= 0.95, shares
    assert shares["b_found"] <= 0.08, shares
    assert shares["b_naive_fall"] >= 0.8, shares


def planted(folder: Path) -> Path:
    """Ten reasons over two years: one halved from 2024 on, one spiked for three months before and then as ever."""
    rows, names = [], NAMES
    for month in range(MONTHS):
        first = datetime(2023 + month // 12, month % 12 + 1, 1, 9)
        for place, name in enumerate(names):
            factor = {0: 0.5 if month >= LAUNCH else 1.0, 1: 1.6 if LAUNCH - 3 <= month < LAUNCH else 1.0}
            for number in range(
                round(A_MONTH * factor.get(place, 1.0)) + (3 * month**2 + 5 * place**2 + month * place) % 7
            ):
                at = first + timedelta(hours=17 * number % 640, minutes=place)
                rows.append({"contact_id": f"{month}-{place}-{number}", "started_at": at, "channel": "phone",
                             "reason": name, "customer_id": f"k{month}-{place}-{number}",
                             "abandoned": number % (3 if place == 0 and month >= LAUNCH else 10) == 0,
                             "handle_seconds": 300 + number % 7})  # fmt: skip
    rows.append({**rows[0], "contact_id": "last", "started_at": datetime(2025, 1, 3)})
    return companies.build(folder, rows)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted(tmp_path_factory.mktemp("companies") / "planted")


@pytest.fixture
def open_planted(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], AppTest]]:
    """Open the tab on the company above, with a store of its own."""
    monkeypatch.setenv("EBB_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setenv("EBB_WORKSPACE", str(folder))
    settings.settings.cache_clear()

    def make() -> AppTest:
        app = AppTest.from_file(HOME, default_timeout=30)
        app.query_params["tab"] = ["Promised and realised"]
        return app.run().switch_page("pages/remove.py").run()

    yield make
    settings.settings.cache_clear()


def put(key: str, **body: Any) -> None:
    Store(os.environ["EBB_STORE_URL"]).put(
        "planted", "initiative", key, DEFAULTS | {"name": key, "ramp": 0} | body, Author("Bob", verified=True), None
    )


def text(app: AppTest) -> str:
    return shown(app).replace("\\", "").replace("\u2060", "")


def rows(app: AppTest) -> pd.DataFrame:
    return next(one.value for one in app.dataframe if "verdict" in one.value).set_index("initiative")


def test_the_page_says_what_was_found_and_what_was_not(open_planted) -> None:
    put("half", scope={"reasons": ["cut"]}, start="2024-01", low=0.4, likely=0.5, high=0.6)
    put("nothing", scope={"reasons": ["spiked"]}, start="2024-01")
    app = open_planted()
    assert not app.exception
    found = rows(app)
    assert found.loc["half", "verdict"] == "as promised"
    assert found.loc["half", "low"] <= -50 <= found.loc["half", "high"]
    assert found.loc["nothing", "verdict"] == "no effect we can separate"
    assert found.loc["nothing", "naive"] < -25
    assert "“nothing” shows no effect we can separate from normal movement" in text(app)
    assert "it started at a peak, so before-and-after flatters it" in text(app)
    assert "1 of 2 initiatives cut contacts" in text(app)


def test_what_cannot_be_judged_says_why(open_planted) -> None:
    put("everything", start="2024-01")
    put("gone", scope={"reasons": ["no longer here"]}, start="2024-01")
    put("late", scope={"reasons": ["cut"]}, start="2024-12")
    app = open_planted()
    assert not app.exception
    found = rows(app)
    assert "no untouched reason is left" in found.loc["everything", "why"]
    assert "There are no contacts about “no longer here”" in found.loc["gone", "why"]
    assert "months since the launch" in found.loc["late", "why"]
    assert set(found["verdict"]) == {"cannot tell"}


def test_hostile_names_are_text(open_planted) -> None:
    for place, name in enumerate(HOSTILE):
        put(str(place), name=name, scope={"reasons": ["cut"]}, start="2024-01")
    app = open_planted()
    assert not app.exception
    assert [name for name in HOSTILE if name not in text(app)] == []


def guarded(app: AppTest) -> pd.DataFrame:
    return next(one.value for one in app.dataframe if "guardrail" in one.value and "worsening" in one.value)


def test_a_guardrail_that_suffers_is_told_and_one_that_holds_is_told(open_planted) -> None:
    put("hasty", scope={"reasons": ["cut"]}, start="2024-01", guardrail="abandonment")
    put("careful", scope={"reasons": ["spiked"]}, start="2024-01", guardrail="handle_time")
    app = open_planted()
    assert not app.exception
    found = guarded(app).set_index("initiative")
    assert found.loc["hasty", "verdict"] == "worse"
    assert found.loc["hasty", "low"] > 0
    assert found.loc["hasty", "since"] == pytest.approx(100 / 3, abs=2)
    assert found.loc["careful", "verdict"] == "held"
    assert "1 of 2 guardrails got worse" in text(app)
    assert "“hasty”: abandoned got worse" in text(app)
    assert "a worsening over 10 % can be excluded" in text(app)


def test_every_guardrail_of_one_initiative_says_why_where_it_cannot(open_planted) -> None:
    put("hasty", scope={"reasons": ["cut"]}, start="2024-01", guardrail="abandonment")
    app = open_planted()
    app.selectbox(key="guardrail_choice").set_value(1).run()
    found = guarded(app).set_index("guardrail")
    assert len(found) == 6
    assert found.loc["Abandoned", "verdict"] == "worse"
    assert set(found.loc[["Mean wait", "High-effort share"], "verdict"]) == {"cannot tell"}
    assert found.loc["High-effort share", "why"]


def test_a_guardrail_without_a_scope_to_compare_says_so(open_planted) -> None:
    put("everything", start="2024-01")
    app = open_planted()
    assert "Whether the guardrail held cannot be told" in text(app)


def test_the_backlog_says_how_guardrails_of_what_has_begun_fare(open_planted) -> None:
    put("hasty", scope={"reasons": ["cut"]}, start="2024-01", guardrail="abandonment")
    app = open_planted()
    app.session_state["tab"] = "Backlog"
    assert "The guardrail got worse" in text(app.run())


def test_nothing_begun_says_what_to_do(open_planted) -> None:
    put("later", start=f"{date(2030, 1, 1):%Y-%m}")
    assert "No initiative has begun yet" in text(open_planted())


def test_overview_shows_what_it_was_worth_and_that_capacity_is_not_cash(open_planted) -> None:
    put("half", scope={"reasons": ["cut"]}, start="2024-01", low=0.4, likely=0.5, high=0.6)
    put("nothing", scope={"reasons": ["spiked"]}, start="2024-01", low=0.0, likely=0.0, high=0.0)
    open_planted()
    app = AppTest.from_file(HOME, default_timeout=30).run()
    assert not app.exception
    tile = next(tile for tile in app.metric if tile.label == "Cash realised")
    assert tile.value != "–"
    assert tile.delta.startswith("promised")
    assert "n 2 initiatives" in text(app)
    assert "this is capacity, not yet cash" in tile.help
