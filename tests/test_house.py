"""The rules of the house as tests: what a reader relies on everywhere, no review has to look for."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest

from analytics.contract import TABLES

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
SCREENS = [ROOT / "streamlit_app.py", *PAGES]
QUERIES = ROOT / "analytics" / "queries"
SQL_FILES = sorted(QUERIES.rglob("*.sql"))
QUESTION_FILES = sorted((QUERIES / "questions").glob("*.sql"))
PAGE_LINES = 80
BINARY = {".png", ".parquet", ".gz", ".xlsx", ".woff2", ".ico"}
ELSEWHERE = re.compile(
    r"(?<![\w.~])/(?:work|home|root|Users)/\w"  # a path on somebody's machine
    r"|\b(?:pypi|files\.pythonhosted|registry\.npmjs|deb\.debian)\.org\b|--(?:extra-)?index-url",
)


LATER = re.compile(r"\b(?:TODO|FIXME|XXX)\b|coming soon|not implemented|NotImplementedError", re.I)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path) -> set[str]:
    """Top-level names of the packages a file imports."""
    nodes = list(ast.walk(tree(path)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return {name.split(".")[0] for name in plain | {str(n.module) for n in nodes if isinstance(n, ast.ImportFrom)}}


def calls(path: Path) -> list[str]:
    """Calls of a file in the order they are written, as source text of what is called."""
    found = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [ast.unparse(node.func) for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))]


def function_lengths(path: Path) -> list[int]:
    """Lines of each function's body, without its docstring."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, kinds)]
    bodies = [node.body[ast.get_docstring(node) is not None :] for node in functions]
    return [int(body[-1].end_lineno or 0) - body[0].lineno + 1 for body in bodies if body]


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("path", SCREENS, ids=names(SCREENS))
def test_a_page_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= PAGE_LINES


@pytest.mark.parametrize("path", SCREENS, ids=names(SCREENS))
def test_a_page_begins_with_the_frame(path: Path) -> None:
    assert calls(path)[0] in {"frame.open_page", "open_page"}


def test_pages_are_flat() -> None:
    assert names(sorted((ROOT / "pages").rglob("*.py"))) == names(PAGES)


def test_streamlit_stays_on_the_screens() -> None:
    allowed = {*SCREENS, *(ROOT / "analytics" / "ui").rglob("*.py")}
    others = [path for path in (ROOT / "analytics").rglob("*.py") if path not in allowed]
    assert [name for name, path in zip(names(others), others, strict=True) if "streamlit" in imported(path)] == []


def test_no_page_is_hidden_from_the_frame_by_navigation() -> None:
    sources = [*SCREENS, *(ROOT / "analytics").rglob("*.py")]
    assert [name for name, path in zip(names(sources), sources, strict=True) if "st.navigation" in calls(path)] == []


@pytest.mark.parametrize("path", SQL_FILES, ids=names(SQL_FILES))
def test_sql_begins_with_its_grain_in_words(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("-- ")
    assert len(first.split()) >= 4


@pytest.mark.parametrize("path", QUESTION_FILES, ids=names(QUESTION_FILES))
def test_a_question_has_a_function_of_its_name(path: Path) -> None:
    functions = {
        node.name
        for module in (ROOT / "analytics" / "questions").rglob("*.py")
        for node in tree(module).body
        if isinstance(node, ast.FunctionDef)
    }
    assert path.stem in functions


def test_sql_lives_in_sql_files() -> None:
    pattern = re.compile(r"^\s*(select\b.+\bfrom\b|insert into|create (or replace )?(table|view))", re.I | re.S)
    sources = list((ROOT / "analytics" / "questions").rglob("*.py")) + list((ROOT / "analytics" / "ui").rglob("*.py"))
    strings = [
        (path, node.value) for path in sources for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)
    ]
    assert [(path.name, text) for path, text in strings if isinstance(text, str) and pattern.match(text)] == []


def test_readme_begins_with_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^(make [a-z]+)", text, re.M)
    assert commands[:2] == ["make run", "make test"]
    assert text.index("make run") < text.index("\n## ")


def test_readme_knows_every_make_target() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(target for target in targets if f"make {target}" not in text) == []


def test_readme_names_every_setting_and_no_other() -> None:
    settings = (ROOT / "analytics" / "settings.py").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`(EBB_[A-Z_]+)`", readme)) == set(re.findall(r"EBB_[A-Z_]+", settings))


def test_readme_names_every_layer() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    packages = [path.parent.name for path in (ROOT / "analytics").glob("*/__init__.py")]
    assert sorted(name for name in packages if f"`{name}`" not in readme) == []


def test_readme_links_lead_somewhere() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [target.split("#")[0] for target in re.findall(r"\]\((?!https?:)([^)#][^)]*)\)", text)]
    assert [target for target in links if not (ROOT / target).exists()] == []


def test_changelog_has_unreleased() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_data_readme_names_every_column_of_the_contract() -> None:
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    wanted = {name for table in TABLES.values() for name in (table.name, *table.names)}
    assert sorted(name for name in wanted if f"`{name}`" not in text) == []


def test_decisions_are_numbered_and_say_context_choice_and_cost() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in files] == [f"{number:04d}" for number in range(1, len(files) + 1)]
    for path in files:
        headings = re.findall(r"^## (\w+)", path.read_text(encoding="utf-8"), re.M)
        assert headings == ["Context", "Choice", "Cost"], path.name


def test_nothing_points_at_one_machine_or_registry() -> None:
    texts = [path for path in tracked() if path.suffix not in BINARY and path != Path(__file__)]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if ELSEWHERE.search(line)
    ]
    assert found == []


def test_nothing_is_promised_for_later() -> None:
    sources = [path for path in tracked() if path.suffix in {".py", ".sql", ".sh", ".toml"} and path != Path(__file__)]
    assert [name for name, path in zip(names(sources), sources, strict=True) if LATER.search(path.read_text())] == []


def test_functions_and_files_stay_small() -> None:
    sources = [*(ROOT / "analytics").rglob("*.py"), *SCREENS]
    lengths = sorted(length for path in sources for length in function_lengths(path))
    assert statistics.median(lengths) <= 8
    assert lengths[int(len(lengths) * 0.95)] <= 30
    files = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in sources)
    assert files[int(len(files) * 0.95)] <= 200


def test_requirements_are_pinned() -> None:
    lines = [
        line.split("#")[0].strip()
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
    ]
    loose = [
        line for line in lines if line and not line.startswith("-r ") and not re.fullmatch(r"[\w.\[\]-]+==[\w.]+", line)
    ]
    assert loose == []


def test_every_requirement_is_explained() -> None:
    text = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    packages = [re.split(r"[\[=]", line)[0] for line in lines if "==" in line and not line.startswith("#")]
    assert [package for package in packages if f"`{package}`" not in text] == []
