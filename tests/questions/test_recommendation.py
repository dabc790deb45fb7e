"""Who recommends by effort: what is counted, what is too little to show, what is said."""

from pathlib import Path
from typing import Any

import pytest

from analytics.questions.recommendation import recommended, recommended_finding
from analytics.questions.selection import Selection
from tests.questions.cubes import FEB, JAN, MAR, reader_of

QUARTER = Selection(JAN, MAR)


def answered(effort: int | None, nps: int | None, answers: int, **more: Any) -> dict[str, Any]:
    return {"month": FEB, "effort": effort, "nps": nps, "answers": answers} | more


EASY = [answered(1, 10, 40), answered(1, 9, 20), answered(1, 8, 20), answered(1, 6, 20)]
HARD = [answered(7, 9, 5), answered(7, 0, 45)]


def test_nine_and_ten_recommend_six_and_less_do_not(tmp_path: Path) -> None:
    unknown = [answered(None, 10, 99), answered(1, None, 99)]
    found = recommended(reader_of(tmp_path, survey_answers=[*EASY, *HARD, *unknown]), QUARTER)
    assert found["effort"].tolist() == [1, 7]
    assert found["answers"].tolist() == [100, 50]
    assert found["share"].tolist() == pytest.approx([0.6, 0.1])
    assert found["score"].tolist() == pytest.approx([40.0, -80.0])
    assert (found["low"] < found["share"]).all() and (found["share"] < found["high"]).all()
    assert recommended_finding(found) == "60 % recommend us where it was easiest, 10 % where it was hardest"


def test_period_segment_and_product_are_filters(tmp_path: Path) -> None:
    rows = [answered(1, 10, 20), answered(1, 0, 20, month=MAR), answered(1, 0, 20, segment="a"),
            answered(1, 0, 20, product="x")]  # fmt: skip
    reader = reader_of(tmp_path, survey_answers=rows)
    chosen = [QUARTER, Selection(JAN, FEB), Selection(JAN, MAR, segments=("a",)), Selection(JAN, MAR, products=("x",))]
    shares = [recommended(reader, one)["share"].tolist() for one in chosen]
    assert shares == [pytest.approx([0.25]), pytest.approx([1 / 3]), [0.0], [0.0]]


def test_fewer_than_ten_are_not_shown_and_fewer_than_thirty_do_not_speak(tmp_path: Path) -> None:
    few = [answered(4, 9, 30), answered(6, 0, 29), answered(7, 0, 9)]
    found = recommended(reader_of(tmp_path, survey_answers=[*EASY, *few]), QUARTER)
    assert found["effort"].tolist() == [1, 4, 6]
    assert found["greyed"].tolist() == [False, False, True]
    assert recommended_finding(found) == "60 % recommend us where it was easiest, 100 % where it was hard"
    assert recommended_finding(found[found["effort"] != 4]) == "Too few answers to set easy against hard"


def test_what_could_be_chance_is_not_claimed(tmp_path: Path) -> None:
    rows = [answered(1, 9, 20), answered(1, 5, 20), answered(7, 9, 18), answered(7, 5, 22)]
    found = recommended(reader_of(tmp_path, survey_answers=rows), QUARTER)
    assert recommended_finding(found) == "Whether it was easy or hard makes no clear difference to recommending"


def test_without_answers_there_are_no_rows(tmp_path: Path) -> None:
    assert recommended(reader_of(tmp_path), QUARTER).empty
