"""The what-if's range against what came, over forty companies; and the record of it against the documentation."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.demo import write_demo
from analytics.demo.reasons import INITIATIVE_A, REASONS
from analytics.engine import Reader
from analytics.intake.run import run_import
from analytics.questions.assumptions import rates_from
from analytics.questions.ledger import ledger
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.workspace import Workspace
from tests.studies.back_test import CONTACTS, KNOWN, MONTHS, SEEDS, back_test, counted, outcomes, plan_of, study
from tests.studies.record import covered, figures, recorded, shown

LEAST = 0.70
RESULTS = Path(__file__).parents[2] / "test-results"


def test_the_record_covers_what_came() -> None:
    table = recorded()
    assert tuple(table["seed"]) == SEEDS
    assert covered(table) >= LEAST


def test_the_documentation_shows_the_record() -> None:
    assert shown() == figures(recorded())


def test_the_initiative_is_in_the_months_to_come_only() -> None:
    cells = counted(plan_of(1))
    by_month = cells[cells["reason"] == INITIATIVE_A].groupby("month")["contacts"].sum()
    others = cells[cells["reason"] != INITIATIVE_A].groupby("month")["contacts"].sum()
    before, after = (by_month[span].sum() / others[span].sum() for span in (slice(15, 23), slice(27, 35)))
    assert after / before == pytest.approx(0.70, abs=0.12)


def test_one_company_is_as_recorded() -> None:
    row = recorded().iloc[0]
    again = back_test(int(row["seed"]))
    assert again.actual == row["actual"]
    assert again.p50 == pytest.approx(row["p50"], rel=0.01)


@pytest.mark.slow
def test_the_band_holds_the_twelve_months_in_seven_of_ten_companies() -> None:
    table = study()
    RESULTS.mkdir(exist_ok=True)
    table.to_csv(RESULTS / "back_test.csv", index=False)
    (RESULTS / "back_test.md").write_text(figures(table) + "\n", encoding="utf-8")
    assert covered(table) >= LEAST
    assert [found.inside for found in outcomes(table)] == [found.inside for found in outcomes(recorded())]
    assert table["p50"].to_numpy() == pytest.approx(recorded()["p50"].to_numpy(), rel=0.01)


@pytest.mark.slow
def test_the_company_without_files_is_the_one_that_is_imported(tmp_path: Path) -> None:
    write_demo(tmp_path, CONTACTS, SEEDS[0], MONTHS, start_a=KNOWN + 1)
    run_import(Workspace(tmp_path))
    reader = Reader(tmp_path / "result.duckdb")
    columns = ledger(reader, rates_from(), propose_taxonomy(reader), months=MONTHS, rolled_forward=False)
    cells = pd.DataFrame({"reason": columns.reason, "month": columns.month, "contacts": columns.contacts})
    app = cells.groupby("month")["contacts"].sum().to_numpy()
    mine = counted(plan_of(SEEDS[0])).groupby("month")["contacts"].sum().to_numpy()
    assert app.size == mine.size == MONTHS
    assert np.abs(app / mine - 1).max() < 0.01
    named = cells.groupby("reason")["contacts"].sum()
    own = counted(plan_of(SEEDS[0])).groupby("reason")["contacts"].sum()
    assert named[REASONS[INITIATIVE_A].name] == pytest.approx(own[INITIATIVE_A], rel=0.01)
