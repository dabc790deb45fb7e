"""The demand map: every contact in one cell, sums that are the whole, small cells hidden, intervals from groups."""

from pathlib import Path

import numpy as np
import pytest

from analytics.questions.assumptions import rates_from
from analytics.questions.costs import price, reconcile
from analytics.questions.customers import customers_by_reason
from analytics.questions.demand import demand_groups
from analytics.questions.demand_map import demand_map, map_cells, map_groups
from analytics.questions.period import data_period
from analytics.questions.reason_evidence import propose_taxonomy
from analytics.questions.removable import demand_cells
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import Taxonomy
from analytics.statistics.groups import total
from tests.questions.cubes import FEB, JAN, MAR, reader_of
from tests.questions.world import MemoryReader, world

QUARTER = Selection(JAN, MAR)


@pytest.fixture(scope="module")
def reader() -> MemoryReader:
    return world(3000)


@pytest.mark.parametrize("row", ["reason", "owner"])
@pytest.mark.parametrize("measure", ["cost", "contacts", "minutes"])
def test_cells_add_up_to_the_whole(reader: MemoryReader, row: str, measure: str) -> None:
    selection, rates = data_period(reader).default, reconcile(reader, rates_from()).rates
    taxonomy = propose_taxonomy(reader)
    found = demand_map(reader, selection, rates, taxonomy, row, measure)
    whole = price(demand_cells(reader, selection), rates)[measure].sum()
    assert found["value"].sum() == pytest.approx(whole), "no cell is small here"
    assert found["share"].sum() == pytest.approx(1)
    inside = (found["low"] < found["value"]) & (found["value"] < found["high"])
    assert inside.all()
    if row == "owner":
        assert set(found["key"]) <= {taxonomy.owner(one.reason, cause) for one in taxonomy.classes
                                     for cause in ("none", "unknown", "defect", "process", "communication", "policy",
                                                   "fit", "repeat")}  # fmt: skip


def test_the_interval_of_a_cell_is_that_of_its_groups(reader: MemoryReader) -> None:
    selection, rates = data_period(reader).default, reconcile(reader, rates_from()).rates
    found = demand_map(reader, selection, rates, propose_taxonomy(reader), "reason", "contacts").iloc[0]
    rows = map_groups(reader, selection, by_cause=False)
    mine = rows[(rows["reason"] == found["key"]) & (rows["product"] == found["product"])]
    sums = mine.groupby("replicate_group")["contacts"].sum().reindex(range(32), fill_value=0)
    whole = total(sums)
    assert (found["value"], found["low"], found["high"]) == pytest.approx((whole.value, whole.low, whole.high))
    assert rows["contacts"].sum() == demand_groups(reader, selection)["contacts"].sum()


def test_customers_are_counted_anew_in_each_cell(reader: MemoryReader) -> None:
    selection = data_period(reader).default
    found = demand_map(reader, selection, rates_from(), propose_taxonomy(reader), "reason", "customers")
    for cell in found.to_dict("records"):
        narrowed = Selection(selection.first_month, selection.last_month, (), (cell["product"],))
        assert cell["value"] == customers_by_reason(reader, narrowed)[0][cell["key"]]
    assert found[["low", "high", "share"]].isna().all().all()


def test_cells_and_groups_are_told_by_cause_only_where_it_counts(tmp_path: Path) -> None:
    """Given: line lamps in two causes and two channels, a hub outside the period; expect: causes apart or as one."""
    line = {"month": JAN, "reason": "billing", "product": "line", "contacts": 3, "handle_seconds": 60}
    cells = [{**line, "cause": "defect", "channel": "phone"}, {**line, "cause": "policy", "channel": "phone"},
             {**line, "cause": "policy", "channel": "chat", "contacts": 5}]  # fmt: skip
    groups = [{**line, "cause": cause, "replicate_group": group} for cause in ("defect", "policy") for group in (0, 7)]
    reader = reader_of(tmp_path, demand=[*cells, {**line, "product": "hub", "month": MAR}], groups_cause=groups)
    asked = Selection(JAN, FEB)
    together, apart = (map_cells(reader, asked, by_cause=by_cause) for by_cause in (False, True))
    columns = ["product", "reason", "channel", "contacts", "handle_seconds"]
    assert sorted(together[columns].itertuples(index=False, name=None)) == [
        ("line", "billing", "chat", 5, 60), ("line", "billing", "phone", 6, 120)]  # fmt: skip
    assert together["cause"].isna().all()
    assert sorted(apart[["cause", "channel", "contacts"]].itertuples(index=False, name=None)) == [
        ("defect", "phone", 3), ("policy", "chat", 5), ("policy", "phone", 3)]  # fmt: skip
    whole, split = (map_groups(reader, asked, by_cause=by_cause) for by_cause in (False, True))
    assert whole["contacts"].tolist() == [6, 6]
    assert split["contacts"].tolist() == [3, 3, 3, 3]


def test_small_cells_are_hidden_with_partners_and_order_is_by_size(tmp_path: Path) -> None:
    """Six contacts stay hidden, and so do a partner in their row, one in their column, and the one where these meet."""
    counts = {"billing": (200, 100, 50), "returns": (40, 3, 30), "warranty": (25, 20, 15)}
    cells = [{"month": month, "reason": reason, "product": product, "contacts": count}
             for month in (JAN, FEB) for reason, held in counts.items()
             for product, count in zip(("hub", "line", "lamp"), held, strict=True)]  # fmt: skip
    groups = [{"month": FEB, "reason": "billing", "product": "hub", "cause": "none", "replicate_group": group,
               "contacts": 10 + group % 3} for group in range(32)]  # fmt: skip
    reader = reader_of(tmp_path, demand=cells, groups_cause=groups)
    found = demand_map(reader, QUARTER, rates_from(), Taxonomy(), "reason", "contacts")
    wide = found.pivot(index="key", columns="product", values="value")
    assert wide.loc["billing"].to_dict() == {"hub": 400, "lamp": 100, "line": 200}
    assert (wide.loc["returns", "hub"], wide.loc["warranty", "hub"]) == (80, 50)
    assert wide.loc[["returns", "warranty"], ["line", "lamp"]].isna().all(axis=None)
    assert list(dict.fromkeys(found["key"])) == ["billing", "returns", "warranty"]
    assert list(dict.fromkeys(found["product"])) == ["hub", "line", "lamp"]
    assert found["low"].iloc[0] < 400 < found["high"].iloc[0]
    assert np.isnan(found["low"].iloc[1]), "no group is known of this cell"
