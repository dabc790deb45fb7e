"""How all cost divides is said as what is known of it: causes that were coded, repeats alone, or nothing."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from analytics.statistics.estimate import Estimate
from analytics.ui.remove_avoidable import title


def held(share: float, proxy: float, unknown: float) -> Any:
    states = pd.DataFrame({"cause_state": ["negative", "unknown"], "share": [share, unknown]})
    ends = (None, None) if not share else (share - 0.02, share + 0.02)
    return SimpleNamespace(share=Estimate(share, *ends, 900, "test"), proxy_share=proxy, states=states)


@pytest.mark.parametrize(
    ("share", "proxy", "unknown", "said"),
    [
        (0.39, 0.0, 0.02, "39 % of the cost has a known avoidable cause (37.0 to 41.0 %)"),
        (0.097, 1.0, 0.9,
         "9.7 % of the cost lies in repeats beyond natural recurrence (7.7 to 11.7 %); hardly any cause is coded"),
        (0.0, 0.0, 1.0, "What is avoidable cannot be told: the cause of most cost is not known"),
        (0.0, 0.0, 0.1, "0.0 % of the cost has a known avoidable cause"),
    ],
)  # fmt: skip
def test_only_causes_that_were_coded_are_called_known(share: float, proxy: float, unknown: float, said: str) -> None:
    assert title(held(share, proxy, unknown)) == said
