"""Whatever is in a file: the four outcomes add up, and the order of its rows changes nothing."""

import random
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import AnalyticsError
from analytics.intake.report import ImportReport
from tests.intake.workspaces import HEADER, load, query, workspace

_IDS = st.sampled_from(["1", "2", "3", "", "é"])
_TIMES = st.sampled_from(["2024-03-01 10:00", "2024-03-31", "2999-01-01", "", "soon", "2024-02-30", "31/12/2024"])
_CHANNELS = st.sampled_from(["phone", "chat", "fax", "", "null", '"ph""one"', "PHANTOM"])
_SECONDS = st.sampled_from(["60", "-1", "1e9", "", "1:05", "nan", "x", "0:61"])
_ROWS = st.tuples(_IDS, _TIMES, _CHANNELS, st.sampled_from(["Bill", "Move", ""]), _SECONDS).map(",".join)
_DIRTY = st.one_of(
    _ROWS,
    _ROWS,
    _ROWS,
    st.sampled_from(["", "a,b", ",,,,,,", '7,2024-03-01,"phone', "\x00,,,,", "5,2024-03-01,phone,Bill,1"]),
)
_OPTIONS = 'exclude = [{column = "channel", values = ["PHANTOM"], why = "artefact"}]'


def _import(rows: list[str]) -> tuple[ImportReport | str, list[tuple[object, ...]]]:
    with tempfile.TemporaryDirectory() as folder:
        made = workspace(Path(folder), HEADER + "\n".join(rows) + "\n", options=_OPTIONS)
        try:
            report = load(made)
        except AnalyticsError as error:
            return type(error).__name__, []
        columns = "contact_id, started_at, channel::varchar, reason::varchar, handle_seconds"
        return report, query(made, f"select {columns} from contacts order by all")


@settings(max_examples=25)
@given(st.lists(_DIRTY, min_size=1, max_size=12))
def test_outcomes_add_up_on_dirty_files(rows: list[str]) -> None:
    report, _ = _import(rows)  # `load` checks the sum in report and result
    if isinstance(report, ImportReport):
        assert report.rows("read") <= len(rows)
        assert report.rows("read") >= sum(bool(row.strip()) for row in rows) - 1


@settings(max_examples=20)
@given(
    st.lists(_ROWS.filter(lambda row: not row.startswith(",")), min_size=1, max_size=10),
    st.randoms(use_true_random=False),
)
def test_shuffling_the_rows_changes_nothing(rows: list[str], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    first, kept = _import(rows)
    second, kept_shuffled = _import(shuffled)
    assert kept == kept_shuffled
    if isinstance(first, ImportReport) and isinstance(second, ImportReport):
        for what in ("read", "loaded", "rejected", "superseded", "excluded"):
            assert first.rows(what) == second.rows(what)
        assert (first.emptied, first.flagged) == (second.emptied, second.flagged)


@settings(max_examples=15)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12)), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_latest_row_per_key_whatever_the_order(updates: list[tuple[str, int]], chance: random.Random) -> None:
    rows = [f"{key},2024-03-01 10:00,phone,Bill {version},{version}" for key, version in updates]
    chance.shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        options = 'key = ["id"]\nlatest_by = "seconds"'
        made = workspace(Path(folder), HEADER + "\n".join(rows) + "\n", options=options, columns='contact_id = "id"')
        report = load(made)
        found = dict(query(made, "select contact_id, reason::varchar from contacts"))
    latest = {key: f"Bill {max(version for k, version in updates if k == key)}" for key, _ in updates}
    assert found == latest
    assert report.rows("superseded") == len(updates) - len(latest)
