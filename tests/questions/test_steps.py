"""Hand-offs against the best quarter of teams, and the gate before value enhancement."""

from pathlib import Path

import numpy as np
import pytest

from analytics.errors import CannotTellError
from analytics.questions.gate import effort_outcomes, sequencing
from analytics.questions.selection import Selection
from analytics.questions.steps import hand_offs, reason_outcomes, team_hand_offs
from analytics.questions.taxonomy import ReasonClass, Taxonomy
from tests.questions.cubes import FEB, JAN, MAR, in_groups, reader_of

QUARTER = Selection(JAN, MAR)
MEASURES = ("contacts", "eligible_mature", "issues", "single_issues", "transferred", "transfers_known")
ROW = {"month": JAN, "reason": "billing", "contacts": 6400, "eligible_mature": 6400, "issues": 3200,
       "single_issues": 1600, "transferred": 1280, "transfers_known": 6400}  # fmt: skip


def test_months_and_segments_add_up_by_group_and_team(tmp_path: Path) -> None:
    cells = [{**ROW, "month": month, "segment": segment, "replicate_group": 3}
             for month in (JAN, FEB) for segment in ("a", "b")]  # fmt: skip
    teams = [{"month": month, "team": "north", "transferred": 2, "transfers_known": 9} for month in (JAN, FEB)]
    answers = [{"month": JAN, "effort": score, "answers": 4, "replicate_group": 1} for score in (4, 5)]
    reader = reader_of(tmp_path, groups_reason=cells, teams=teams, effort=answers)
    assert reason_outcomes(reader, QUARTER).iloc[0, 2:].tolist() == [4 * ROW[name] for name in MEASURES]
    assert team_hand_offs(reader, QUARTER).iloc[0, 2:].tolist() == [4, 18]
    assert effort_outcomes(reader, QUARTER).iloc[0, 2:].tolist() == [8, 4]


def test_what_the_best_quarter_would_save_is_a_years(tmp_path: Path) -> None:
    teams = [{"month": JAN, "team": f"t{place}", "transferred": share * 16, "transfers_known": 1600}
             for place, share in enumerate((10, 10, 30, 30))]  # fmt: skip
    reader = reader_of(tmp_path, groups_reason=in_groups(ROW, MEASURES), teams=teams)
    (found,) = hand_offs(reader, QUARTER, Taxonomy()).to_dict("records")
    assert found["touches"] == pytest.approx(2.0)
    assert found["share"] == pytest.approx(0.2)
    assert found["gap"] == pytest.approx(0.1, abs=0.003)
    assert found["avoidable"] == pytest.approx(found["gap"] * 6400 * 4)
    assert found["avoidable_low"] < found["avoidable"] < found["avoidable_high"]
    assert found["clear"]


def test_without_teams_or_hand_offs_that_is_said(tmp_path: Path) -> None:
    reader = reader_of(tmp_path, groups_reason=in_groups(ROW, MEASURES))
    (found,) = hand_offs(reader, QUARTER, Taxonomy()).to_dict("records")
    assert np.isnan(found["gap"])
    assert "teams" in found["why"]
    assert not found["clear"]
    (tmp_path / "none").mkdir()
    with pytest.raises(CannotTellError, match="handed on"):
        hand_offs(reader_of(tmp_path / "none"), QUARTER, Taxonomy())


def test_a_reason_passes_the_gate_only_with_both_intervals(tmp_path: Path) -> None:
    solved = {"good": 2880, "returns": 1600, "hard": 2880, "silent": 2880, "defect": 1600}
    cells = [one for name, single in solved.items()
             for one in in_groups({**ROW, "reason": name, "single_issues": single}, MEASURES)]  # fmt: skip
    high = {"good": 320, "returns": 320, "hard": 1600, "defect": 320}
    answers = [
        one for name, count in high.items() for effort, asked in ((6, count), (1, 3200 - count))
        for one in in_groups({"month": JAN, "reason": name, "effort": effort, "answers": asked}, ("answers",))
    ]  # fmt: skip
    reader = reader_of(tmp_path, groups_reason=cells, effort=answers)
    taxonomy = Taxonomy((ReasonClass("defect", "remove", "quality", "high", False, 1.0),))
    found = sequencing(reader, QUARTER, taxonomy, 0.7, 0.35).set_index("reason")
    assert found["stage"].to_dict() == {
        "good": "value", "returns": "effort", "hard": "effort", "silent": "cannot", "defect": "remove",
    }  # fmt: skip
    assert np.isnan(found.loc["silent", "effort"])
    assert sequencing(reader, QUARTER, taxonomy, 0.4, 0.6).set_index("reason")["stage"]["hard"] == "value"
    (tmp_path / "none").mkdir()
    assert sequencing(reader_of(tmp_path / "none"), QUARTER, taxonomy, 0.7, 0.35).empty
