"""No question may slip past the measurement."""

import inspect

import pytest

from benchmarks.questions_speed import _given, asked

KNOWN = set(inspect.getsource(_given).split('"')[1::2])


@pytest.mark.parametrize("name", sorted(asked()))
def test_everything_a_question_asks_for_is_given(name: str) -> None:
    parameters = inspect.signature(asked()[name]).parameters.values()
    assert {parameter.name for parameter in parameters if parameter.default is parameter.empty} <= KNOWN
