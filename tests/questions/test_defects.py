"""Contacts per unit and per defect from the cubes: what counts, what is left out, and what the demo planted."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.demo.build import write_demo
from analytics.demo.plan import Plan
from analytics.demo.reasons import INDEX
from analytics.demo.world import Event, World, make_world
from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.intake.run import run_import
from analytics.questions.defects import contacts_per_defect, contacts_per_unit, defect_days, defect_months
from analytics.questions.period import data_period
from analytics.questions.selection import Selection, add_months
from analytics.questions.trend import event_list
from analytics.workspace import Workspace
from tests.questions.cubes import FEB, JAN, MAR, reader_of

FIRST = date(2023, 1, 1)
YEARS = Selection(FIRST, date(2024, 12, 1))
FACTS = {"first_month": "2023-01-01", "first_full_month": "2023-01-01", "last_month": "2024-12-01",
         "last_full_month": "2024-12-01"}  # fmt: skip


def months(product: str, count: int, customers: int) -> tuple[list[dict], list[dict]]:
    """Return 24 months of defects and customers of one product, a little uneven."""
    each = [add_months(FIRST, step) for step in range(24)]
    cells = [{"month": month, "product": product, "cause": "defect", "contacts": count + place % 3}
             for place, month in enumerate(each)]  # fmt: skip
    return cells, [{"month": month, "product": product, "customers": customers} for month in each]


def events(*rows: tuple[date, int, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame([
        {"started_on": pd.Timestamp(day), "ended_on": pd.Timestamp(day) + timedelta(days=length - 1), "kind": kind,
         "name": name, "product": product}
        for day, length, kind, name, product in rows
    ])  # fmt: skip


def test_only_defects_that_customers_brought_count(tmp_path: Path) -> None:
    cells = [
        {"month": JAN, "product": "hub", "cause": "defect", "contacts": 9, "made_by_customers": 7},
        {"month": JAN, "product": "hub", "cause": "policy", "contacts": 40},
        {"month": FEB, "product": "hub", "cause": "defect", "contacts": 2, "segment": "b"},
    ]
    active = [{"month": month, "product": "hub", "customers": 50} for month in (JAN, FEB, MAR)]
    days = [{"day": JAN, "product": "hub", "defects": 3}, {"day": JAN, "product": "hub", "defects": 1, "reason": "b"},
            {"day": FEB, "product": "hub", "contacts": 5}]  # fmt: skip
    reader = reader_of(tmp_path, demand_reason_cause=cells, active=active, daily=days)
    everything = Selection(JAN, MAR)
    assert defect_months(reader, everything)[["contacts", "customers"]].to_numpy().tolist() == [
        [7, 50],
        [2, 50],
        [0, 50],
    ]
    assert defect_months(reader, Selection(JAN, MAR, ("b",))).to_numpy().tolist() == [["hub", pd.Timestamp(FEB), 2, 0]]
    assert defect_days(reader, everything, JAN, MAR)[["product", "contacts"]].to_numpy().tolist() == [["hub", 4]]


def test_contacts_per_unit_are_a_months_per_thousand(tmp_path: Path) -> None:
    hub, line = months("hub", 200, 1000), months("line", 100, 1000)
    nobody = months("lamp", 50, 0)
    reader = reader_of(tmp_path, FACTS, demand_reason_cause=[*hub[0], *line[0], *nobody[0]], active=[*hub[1], *line[1]])
    found = contacts_per_unit(reader, YEARS)
    assert found.rows["product"].tolist() == ["hub", "line"]
    assert found.rows["per_1000"].tolist() == pytest.approx([201, 101])
    assert found.rows["contacts_a_year"].tolist() == pytest.approx([12 * 201, 12 * 101])
    assert found.every_1000 == pytest.approx(151)
    assert found.rows["against_all"].tolist() == pytest.approx([201 / 151, 101 / 151], rel=1e-3)
    assert found.rows["clear"].all()
    assert found.left_out == sum(row["contacts"] for row in nobody[0])
    inside = found.rows["low"].lt(found.rows["per_1000"]) & found.rows["per_1000"].lt(found.rows["high"])
    assert inside.all()


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    hub = months("hub", 200, 1000)
    for name, tables, why in (
        ("cause", {"active": hub[1]}, "defect as its cause"),
        ("units", {"demand_reason_cause": hub[0]}, "customers have each product"),
    ):
        (tmp_path / name).mkdir()
        with pytest.raises(CannotTellError, match=why):
            contacts_per_unit(reader_of(tmp_path / name, FACTS, **tables), YEARS)
    (tmp_path / "days").mkdir()
    with pytest.raises(CannotTellError, match="defect as its cause"):
        contacts_per_defect(reader_of(tmp_path / "days", FACTS), YEARS, events())


def test_a_release_is_held_against_its_own_product(tmp_path: Path) -> None:
    every = [FIRST + timedelta(days=step) for step in range(731)]
    release, outage = every[400], every[200]
    hub = [{"day": day, "product": "hub", "defects": 80 if release <= day < release + timedelta(days=7) else 40}
           for day in every]  # fmt: skip
    line = [{"day": day, "product": "line", "defects": 60} for day in every]
    units = months("hub", 1, 4000)[1]
    reader = reader_of(tmp_path, FACTS, daily=[*hub, *line], active=units)
    known = events(
        (release, 3, "release", "Hub 2", "hub"), (outage, 2, "outage", "Line down", ""),
        (every[300], 30, "price", "Dearer", ""), (date(2025, 6, 1), 1, "release", "Later", "hub"),
    )  # fmt: skip
    found = contacts_per_defect(reader, YEARS, known).set_index("name")
    assert set(found.index) == {"Hub 2", "Line down", "Later"}
    assert found.loc["Hub 2", "ratio"] == pytest.approx(2.0, rel=1e-3)
    assert found.loc["Hub 2", "extra"] == pytest.approx(280, rel=1e-2)
    assert found.loc["Hub 2", "per_1000"] == pytest.approx(70, rel=1e-2)
    assert found.loc["Hub 2", "clear"]
    assert found.loc["Line down", "product"] == "all products"
    assert not found.loc["Line down", "clear"]
    assert found.loc["Line down", "per_1000"] == pytest.approx(found.loc["Line down", "extra"] / 4)
    assert "not hold these days" in found.loc["Later", "why"]
    only = contacts_per_defect(reader, Selection(FIRST, YEARS.last_month, (), ("line",)), known)
    assert only["name"].tolist() == ["Line down"]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reader, Selection, Plan]:
    folder: Path = tmp_path_factory.mktemp("demo")
    write_demo(folder, 60_000, seed=1)
    run_import(Workspace(folder))
    reader = Reader(folder / "result.duckdb")
    period = data_period(reader)
    return reader, Selection(period.first_month, period.last_full_month), Plan(60_000, 1, 24, 13, 13, "default")


def test_products_that_differ_by_chance_only_are_not_told_apart(company: tuple[Reader, Selection, Plan]) -> None:
    """The invented company plants causes by reason, never by product: the true ratio of each product to all is 1."""
    reader, everything, _ = company
    found = contacts_per_unit(reader, everything)
    assert len(found.rows) == 5
    assert not found.rows["clear"].any()
    assert (found.rows["against_low"].lt(1) & found.rows["against_high"].gt(1)).sum() >= 4


def test_planted_releases_and_outages_lie_in_their_intervals(company: tuple[Reader, Selection, Plan]) -> None:
    reader, everything, plan = company
    known = event_list(reader, everything.first_month, add_months(everything.last_month, 1))
    found = contacts_per_defect(reader, everything, known).dropna(subset=["ratio"]).set_index("name")
    world = make_world(plan)
    truth = {event.name: planted_ratio(world, event, int(found.loc[event.name, "days"]))
             for event in world.events if event.name in found.index}  # fmt: skip
    assert len(truth) >= 3, "of a small company some events have too few contacts"
    held = [found.loc[name, "low"] <= ratio <= found.loc[name, "high"] for name, ratio in truth.items()]
    assert all(held), truth
    assert truth["Core switch failure"] > 1.2, "an outage is no small thing"


def planted_ratio(world: World, event: Event, days: int) -> float:
    """Return issues because of defects in the days of an event over those without it, as the demo draws them."""
    defect = world.causes[:, 0]
    span = slice(event.day, event.day + days)
    without = world.intensity[:, span].copy()
    fade = 1 + (event.factor - 1) * np.clip(1 - np.arange(without.shape[1]) / event.days, 0, None)
    without[[INDEX[name] for name in event.reasons]] /= fade
    return float((defect @ world.intensity[:, span]).sum() / (defect @ without).sum())
