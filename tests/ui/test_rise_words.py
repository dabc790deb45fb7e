"""What the title of a rise may claim."""

import pandas as pd
import pytest

from analytics.questions.rises import COLUMNS, WHOLE, Rises
from analytics.ui.remove_rise import title


@pytest.mark.parametrize(("weeks", "doubted"), [(52, True), (103, False)])
def test_less_than_two_years_cannot_tell_a_season_from_a_rise(weeks: int, doubted: bool) -> None:
    mondays = pd.date_range("2024-01-01", periods=weeks, freq="W-MON")
    row = (WHOLE, mondays[30], mondays[28], mondays[33], 80.0, 110.0, 0.01, True, "")
    frame = pd.DataFrame({"week": mondays, "contacts": 90.0, "rate": 90.0, "level": 90.0})
    said = title(Rises(frame, pd.DataFrame([row], columns=COLUMNS), False), "Lights")
    assert said.startswith("“Lights” comes more often since the week of 29 Jul 2024")
    assert ("season" in said) == doubted
