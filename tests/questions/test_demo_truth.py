"""The questions find again what the invented company planted, and the naive figure misses it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from analytics.demo.build import write_demo
from analytics.engine import Reader
from analytics.intake.run import run_import
from analytics.questions.assumptions import rates_from
from analytics.questions.costs import reconcile
from analytics.questions.loyalty import retention_gap
from analytics.questions.period import data_period
from analytics.questions.realised import realised_effect
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.removable import divided_cells
from analytics.questions.repeats import repeats
from analytics.questions.selection import Selection
from analytics.workspace import SALT_FILE, Workspace

CONTACTS = 60_000
SALT = "1" * 32
"""Decides who falls into which random group, and so the width of each interval; fixed, so that every run sees the same.

Of 24 salts tried, one made the interval of the loyalty gap wide enough to hold the naive figure, too.
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reader, dict[str, Any], Selection]:
    folder: Path = tmp_path_factory.mktemp("demo")
    write_demo(folder, CONTACTS, seed=1)
    (folder / SALT_FILE).write_text(SALT, encoding="ascii")
    run_import(Workspace(folder))
    reader = Reader(folder / "result.duckdb")
    period = data_period(reader)
    truth = tomllib.loads((folder / "truth.toml").read_text(encoding="utf-8"))
    return reader, truth, Selection(period.first_month, period.last_full_month)


@pytest.mark.parametrize("window", [1, 3, 7, 14, 30])
def test_repeats_at_every_window(company, window) -> None:
    reader, truth, everything = company
    found = repeats(reader, everything, rates_from(), window)
    recorded = truth["repeats"]["recorded"]
    assert found.repeat_rate.covers(recorded["repeat_rate"][str(window)])
    assert found.repeat_share.value == pytest.approx(recorded["repeat_share"][str(window)], abs=0.004)


def test_natural_recurrence_is_small_beside_failure(company) -> None:
    reader, truth, everything = company
    found = repeats(reader, everything, rates_from(), 7)
    planted = truth["repeats"]["recorded"]["natural_recurrence_per_day"]
    assert planted < found.natural.value < 2 * planted, "late failures in days 8 to 21 raise it"
    assert found.excess.value > 0.8 * found.repeat_rate.value


def test_shares_by_root_cause(company) -> None:
    reader, truth, everything = company
    taxonomy = propose_taxonomy(reader)
    cells = divided_cells(reader, everything, reconcile(reader, rates_from()).rates, taxonomy).allocated
    shares = cells.groupby("root_cause")["contacts"].sum() / cells["contacts"].sum()
    recorded = truth["root_causes"]["recorded"]
    for cause in ("defect", "policy", "process", "communication", "fit", "unknown"):
        assert shares[cause] == pytest.approx(recorded[cause], abs=0.005), cause
    avoidable = cells.loc[cells["bucket"] == "remove", "contacts"].sum() / cells["contacts"].sum()
    assert avoidable < truth["avoidable"]["share_contacts_as_coded"], "sensitive reasons keep their door"


def test_an_initiative_is_found_and_one_without_effect_is_not(company) -> None:
    reader, truth, everything = company
    planned = truth["initiatives"]
    both = (planned["a"]["reason"], planned["b"]["reason"])
    works, does_not = (
        realised_effect(reader, everything, planned[key]["reason"], planned[key]["launch"], touched=both)
        for key in ("a", "b")
    )
    assert works.effect.covers(planned["a"]["effect_first_twelve_months"])
    assert does_not.effect.covers(0.0)
    assert does_not.naive < -0.1, "before and after finds a fall after a peak"
    assert does_not.peak.excess > 0.05, "the planted spike before the launch"


def test_staying_after_value_enhancement_is_not_the_raw_gap(company) -> None:
    """Whether the interval holds the truth is asked of forty companies in tests/studies: one of twenty may miss it."""
    reader, truth, everything = company
    found, planted = retention_gap(reader, everything), truth["staying"]
    assert found.raw > 1.5 * planted["difference"], "the raw gap is mostly who they are"
    assert found.gap.low < found.gap.value < found.raw
    assert not found.gap.covers(planted["naive_ever_enhanced"])
    assert found.compared > 0.9
