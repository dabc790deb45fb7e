"""Every page through the frame: full, three columns only, filtered to nothing, hostile labels, no data at all."""

import pytest

from analytics.ui.menu import built
from tests.pages.companies import HOSTILE
from tests.pages.conftest import Open, shown

FILES = [entry.file for entry in built()]
NEEDS_DATA = [entry.file for entry in built() if not entry.opens_empty]
CALM = "This part could not be shown"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:streamlit.*")


@pytest.mark.parametrize("kind", ["full", "minimal", "hostile", "surveys"])
@pytest.mark.parametrize("path", FILES)
def test_it_opens_with_one_title_and_no_error(path: str, kind: str, open_page: Open) -> None:
    app = open_page(path, kind)
    assert not app.exception
    assert len(app.title) == 1
    assert CALM not in shown(app)


@pytest.mark.parametrize("path", FILES)
def test_filtered_to_nothing_it_says_so(path: str, open_page: Open) -> None:
    app = open_page(path, "full", **{"from": ["2023-01"], "to": ["2023-01"], "segment": ["B2B"], "product": ["phone"]})
    assert not app.exception
    assert len(app.title) == 1
    assert CALM not in shown(app)


@pytest.mark.parametrize("path", NEEDS_DATA)
def test_without_data_it_leads_to_sources(path: str, open_page: Open) -> None:
    app = open_page(path, "empty")
    assert not app.exception
    assert app.title[0].value == "There is no data yet"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("streamlit_app.py", "There are no contacts in this data"),
        ("pages/remove.py", "There are no contacts in this data"),
        ("pages/what_if.py", "This data cannot carry a what-if yet"),
        ("pages/taxonomy.py", "There are no reasons yet"),
    ],
)
def test_surveys_alone_are_not_called_a_filter_too_narrow(path: str, title: str, open_page: Open) -> None:
    app = open_page(path, "surveys")
    assert app.title[0].value == title
    assert "filters" not in shown(app).replace("filters apply to", "")


def test_surveys_alone_say_who_recommends(open_page: Open) -> None:
    app = open_page(kind="surveys")
    assert "100 % recommend us where it was easiest, 0 % where it was hardest" in shown(app)
    assert len(app.get("plotly_chart")) == 1


@pytest.mark.parametrize("path", FILES)
def test_invented_data_is_said(path: str, open_page: Open) -> None:
    assert "Invented data" in shown(open_page(path))


@pytest.mark.parametrize("path", FILES)
def test_a_second_run_changes_nothing(path: str, open_page: Open) -> None:
    app = open_page(path)
    before = shown(app)
    assert shown(app.run()) == before


@pytest.mark.parametrize("path", FILES)
def test_labels_from_data_are_text(path: str, open_page: Open) -> None:
    said = shown(open_page(path, "hostile"))
    assert not [label for label in HOSTILE[:1] + HOSTILE[2:3] + HOSTILE[4:] if label in said]


@pytest.mark.parametrize("path", FILES)
def test_tables_never_show_none_where_nothing_is_known(path: str, open_page: Open) -> None:
    tables = open_page(path).dataframe
    assert all(table.proto.HasField("placeholder") for table in tables)
    assert tables or path not in {"pages/taxonomy.py", "pages/assumptions.py", "pages/sources.py"}
