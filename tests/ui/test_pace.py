"""What a widget's callback makes ready may go wrong: the section that needs it says so."""

from analytics.errors import ScenarioError
from analytics.ui.pace import ready


def test_what_goes_wrong_ahead_is_left_to_the_section() -> None:
    made: list[int] = []

    def make(number: int, *, good: bool) -> None:
        if not good:
            raise ScenarioError("Not possible.")
        made.append(number)

    ready(make, 1, good=False)
    ready(make, 2, good=True)
    assert made == [2]
