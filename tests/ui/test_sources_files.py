"""Problems go together by kind, the gravest first; sizes and times are for people."""

import pandas as pd
import pytest

from analytics.ui.sources_files import by_reason, kind
from analytics.ui.sources_import import duration, progress_words
from analytics.ui.uploads import size


def test_problems_go_together_by_kind() -> None:
    rows = pd.DataFrame(
        [("flagged", "at", "“1:30” exists twice", "1:30", 1), ("emptied", "n", "“x” is not a number", "x", 1),
         ("rejected", "at", "“soon” is not a date", "soon", 1),
         ("rejected", "at", "“later” is not a date", "later", 1)],
        columns=["outcome", "column_name", "reason", "value", "row_count"],
    )  # fmt: skip
    groups = by_reason(rows)
    assert list(groups["outcome"]) == ["rejected", "emptied", "flagged"]
    assert groups.loc[0].to_dict() == {
        "outcome": "rejected", "column_name": "at", "reason": "the value is not a date", "row_count": 2,
        "example": "soon",
    }  # fmt: skip


def test_the_line_named_in_a_reason_does_not_part_its_kind() -> None:
    assert kind("the id of line 12 again, with other values") == kind("the id of line 3,417 again, with other values")


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 KB"), (874_505, "875 KB"), (999_900, "1.0 MB"),
     (4_419_097, "4.4 MB"), (2_000_000_000, "2.0 GB")],
)  # fmt: skip
def test_sizes_are_for_people(count: int, shown: str) -> None:
    assert size(count) == shown


def test_progress_has_rows_rate_and_time_left() -> None:
    told = {"stage": "reading calls.csv", "rows": 12_000, "rows_per_second": 4_000.0, "seconds_left": 200.0}
    assert progress_words(told) == "reading calls.csv · 12,000 rows · 4,000 a second · about 3 min left"
    assert progress_words({}) == "Starting"
    assert duration(0.2) == "1 s"


def test_a_limit_stays_readable() -> None:
    assert kind("“1900,0” is longer than 24 hours; the value is left empty").startswith(
        "the value is longer than 24 hours"
    )
