"""The address bar is the truth about the filters."""

from datetime import date

import pytest

from analytics.questions.period import Choices, DataPeriod
from analytics.questions.selection import Selection
from analytics.ui.filters import as_query, parse

PERIOD = DataPeriod("Test", date(2023, 1, 1), date(2024, 12, 1), None, "", 7, "EUR", "UTC", False)
CHOICES = Choices(("B2B", "B2C"), ("router", "phone"), (), (), ())
DEFAULT = Selection(date(2024, 1, 1), date(2024, 12, 1))


def test_an_empty_address_is_the_last_year() -> None:
    found = parse({}, PERIOD, CHOICES)
    assert (found.selection, found.query, found.refused) == (DEFAULT, {}, ())


@pytest.mark.parametrize(
    "selection",
    [
        DEFAULT,
        Selection(date(2023, 3, 1), date(2023, 5, 1)),
        Selection(date(2024, 1, 1), date(2024, 12, 1), ("B2B",), ("phone", "router")),
    ],
)
def test_a_link_reproduces_the_selection(selection: Selection) -> None:
    asked = {key: value if isinstance(value, list) else [value] for key, value in as_query(selection, DEFAULT).items()}
    assert parse(asked, PERIOD, CHOICES).selection == selection


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"from": ["2021-01"], "to": ["2023-02"]}, "outside the data"),
        ({"from": ["2024-05"], "to": ["2024-01"]}, "outside the data"),
        ({"segment": ["<b>"]}, "segment this data does not have"),
        ({"product": ["none such"]}, "product this data does not have"),
    ],
)
def test_what_the_data_does_not_have_is_said(asked: dict[str, list[str]], said: str) -> None:
    assert said in parse(asked, PERIOD, CHOICES).refused[0]


def test_nonsense_is_the_default() -> None:
    assert parse({"from": ["soon"], "to": ["2024-99"]}, PERIOD, CHOICES).selection == DEFAULT
