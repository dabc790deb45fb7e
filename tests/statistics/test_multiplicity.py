"""Many looks at once."""

from analytics.statistics.estimate import Estimate
from analytics.statistics.multiplicity import clear_differences


def found(value: float | None, half_width: float = 1.0) -> Estimate:
    held = (None, None) if value is None else (value - half_width, value + half_width)
    return Estimate(value, *held, n=1000, method="", state="ok" if value is not None else "cannot", why="")


def test_one_interval_of_six_that_just_misses_zero_is_no_finding():
    assert clear_differences([found(-1.1), *(found(0.1) for _ in range(5))]) == (False,) * 6
    assert clear_differences([found(-1.1)]) == (True,)


def test_a_strong_difference_stands_whatever_else_was_looked_at():
    assert clear_differences([found(None), found(3.0), found(0.2), found(None)]) == (False, True, False, False)
