"""Repeats for every window of 1 to 30 days, from difference arrays (METHODS a): read once, prefix-summed once."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.engine import Reader
from analytics.questions.selection import Selection
from analytics.statistics.estimate import Estimate
from analytics.statistics.proportions import proportion
from analytics.statistics.repeats import WINDOWS, by_window, excess_repeat, natural_recurrence

Floats = NDArray[np.float64]
BACKGROUND_FROM = 7
MEASURES = (
    "mature", "observed", "has_repeat", "is_repeat", "repeat_seconds", "repeat_missing", "repeat_cost", "issues",
    "single",
)  # fmt: skip
"""Counts by window; what only a price needs (missing handle times, given cost) is kept by channel alone."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Changes per window by label, shape (labels, 30) for each measure."""

    labels: tuple[str, ...]
    changes: dict[str, Floats]

    def counts(self, measure: str, row: int | None = None) -> Floats:
        """Return the counts at windows of 1 to 30 days, of one label or (None) of all together."""
        found = self.changes[measure]
        return by_window(found.sum(axis=0) if row is None else found[row])

    def at(self, measure: str, window_days: int) -> Floats:
        """Return the count of each label at one window."""
        return np.asarray(by_window(self.changes[measure])[:, window_days - 1], dtype=np.float64)


def windows_by_reason(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return the window changes by reason."""
    return reader.frame("questions/windows_by_reason", selection.parameters())


def windows_by_channel(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return the window changes by channel."""
    return reader.frame("questions/windows_by_channel", selection.parameters())


def windows_by_team(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return the window changes by team."""
    return reader.frame("questions/windows_by_team", selection.parameters())


def windows_of(rows: pd.DataFrame, dimension: str) -> Windows:
    """Arrange rows of (dimension, window_days) into arrays."""
    labels = tuple(dict.fromkeys(rows[dimension]))
    place = rows[dimension].map({label: row for row, label in enumerate(labels)}).to_numpy(dtype=np.intp)
    window = rows["window_days"].to_numpy(dtype=np.intp) - 1
    changes = {name: np.zeros((len(labels), WINDOWS)) for name in MEASURES if f"d_{name}" in rows}
    for name, held in changes.items():
        np.add.at(held, (place, window), rows[f"d_{name}"].to_numpy(dtype=np.float64))
    return Windows(labels, changes)


def recurrence(mature: Floats, has_repeat: Floats, window_days: int) -> Estimate:
    """Return natural recurrence a day, from what comes in days B+1 to 3B among those still quiet (METHODS a).

    B is the window, but at least 7 days (the days right after a shorter window still hold failures) and at most 10
    (gaps are kept up to 30 days).
    """
    base = min(max(window_days, BACKGROUND_FROM), WINDOWS // 3)
    followed, last = float(mature[3 * base - 1]), 3 * base - 1
    if followed <= 0:
        return natural_recurrence(0, 0.0)
    rates = has_repeat / np.where(mature > 0, mature, np.nan)
    events = max(rates[last] - rates[base - 1], 0.0) * followed
    quiet_days = float(np.nansum(1.0 - rates[base - 1 : last]) * followed)
    return natural_recurrence(round(events), quiet_days)


def excess(mature: Floats, has_repeat: Floats, window_days: int) -> Estimate:
    """Return the repeat rate beyond natural recurrence at one window, from counts of all 30 windows."""
    n, events = round(mature[window_days - 1]), round(has_repeat[window_days - 1])
    return excess_repeat(proportion(events, n), recurrence(mature, has_repeat, window_days), window_days)


def excess_part(mature: Floats, has_repeat: Floats, window_days: int) -> float | None:
    """Return the share of repeats that natural recurrence does not explain, 0–1; None when it cannot be told."""
    rate = has_repeat[window_days - 1] / mature[window_days - 1] if mature[window_days - 1] > 0 else 0.0
    beyond = excess(mature, has_repeat, window_days).value
    return None if beyond is None or rate <= 0 else min(beyond / float(rate), 1.0)
