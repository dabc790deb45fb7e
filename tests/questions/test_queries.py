"""Every question has one `.sql` of its name, and every `.sql` one question."""

import ast
from pathlib import Path

from analytics import questions
from analytics.engine import QUERIES

MODULES = sorted(Path(questions.__path__[0]).glob("*.py"))


def asked() -> list[tuple[str, str]]:
    """Function and the query it runs, for each call of `frame` in the layer."""
    found = []
    for module in MODULES:
        for function in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                found += [(function.name, name) for name in _queries(function)]
    return found


def _queries(function: ast.FunctionDef) -> list[str]:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return [
        str(call.args[0].value).removeprefix("questions/")
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "frame" and isinstance(call.args[0], ast.Constant)
    ]


def test_a_function_runs_the_query_of_its_own_name() -> None:
    assert [pair for pair in asked() if pair[0] != pair[1]] == []


def test_the_two_sets_are_equal() -> None:
    assert {name for _, name in asked()} == {path.stem for path in (QUERIES / "questions").glob("*.sql")}
