"""When in the day customers come: half-hour profiles, and moving later contacts into waking hours."""

from typing import Final

import numpy as np

from analytics.demo.frame import Array, Flags, Floats

KEPT_WEEKEND: Final = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.43, 0.31])
"""Share of later contacts that do not wait for the next week, by weekday."""
_HOURS: Final = np.arange(48) / 2 + 0.25


def _profile(peaks: tuple[tuple[float, float, float], ...]) -> Floats:
    day = ((_HOURS >= 6) & (_HOURS < 23)) * 0.12
    weights = day + sum(height * np.exp(-(((_HOURS - hour) / width) ** 2) / 2) for hour, width, height in peaks)
    return np.asarray(np.cumsum(weights * (_HOURS > 5)) / np.sum(weights * (_HOURS > 5)))


BUSINESS: Final = _profile(((10.0, 1.4, 1.0), (15.0, 1.6, 0.9)))
HOME: Final = _profile(((10.0, 1.6, 0.9), (15.0, 1.9, 0.8), (19.0, 1.4, 0.7)))


def time_of_day(rng: np.random.Generator, b2b: Flags) -> Floats:
    """Return fractions of a day: peaks at 10 and 15, for homes also at 19."""
    u = rng.random(len(b2b))
    slot = np.where(b2b, np.searchsorted(BUSINESS, u), np.searchsorted(HOME, u))
    return np.asarray((slot + rng.random(len(b2b))) / 48)


def to_open_hours(rng: np.random.Generator, first_weekday: int, before: Floats, wished: Floats, b2b: Flags) -> Floats:
    """Move wished times into waking hours, most weekends to Monday or Tuesday, but never before `before`."""
    weekday = weekdays(first_weekday, wished)
    waits = rng.random(len(wished)) > KEPT_WEEKEND[weekday]
    day = np.floor(wished) + np.where(waits, 7 - weekday + (rng.random(len(wished)) < 0.4), 0)
    moved = day + time_of_day(rng, b2b)
    return np.asarray(np.where(moved > before + 0.01, moved, np.maximum(wished, before + 0.01)))


def weekdays(first_weekday: int, t: Floats) -> Array:
    """Return 0 for Monday to 6 for Sunday."""
    return np.asarray((first_weekday + np.floor(t).astype(np.int64)) % 7)
