"""From today to the result: by pillar in the stated order, and by kind of money, with ranges.

Pillars act in the order remove, redistribute, restructure, value; each step is what its levers add to the ones
before. Steps add to the total in every draw, but their P10s do not add to the P10 of the total.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.frame import Frame, compile_frame
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import COMMON, GROUPS, KINDS
from analytics.scenarios.overlap import Measure, measured
from analytics.scenarios.paths import run_paths
from analytics.scenarios.sampling import likely_values
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import Band, Draws, band

Array = NDArray[np.floating]


def pillar_steps(ledger: Ledger, scenario: Scenario, measure: Measure = "net") -> dict[str, float]:
    """Return what each pillar adds at likely values, in order; the steps add to the total."""
    frame = compile_frame(ledger, scenario, detail=False)
    return {name: float(step[0]) for name, step in _steps(frame, likely_values(ledger, scenario), measure).items()}


def pillar_bands(draws: Draws, measure: Measure = "net") -> dict[str, Band]:
    """Return P10–P50–P90 of what each pillar adds, on the draws at hand."""
    frame = compile_frame(draws.ledger, draws.scenario, detail=False, dtype=np.float32)
    return {name: band(step) for name, step in _steps(frame, draws.values, measure).items()}


def money_bands(draws: Draws) -> dict[str, Band]:
    """Return P10–P50–P90 over the horizon by kind of money; costs are negative."""
    p = draws.paths
    parts = {
        "labour": p.labour_saving, "fees": p.other_saving, "replacement": p.replacement_saving,
        "retention": p.retention_margin, "running": -p.running, "one_off": -p.one_off,
    }  # fmt: skip
    return {name: band(values.sum(axis=1, dtype=float)) for name, values in parts.items()}


def _steps(frame: Frame, values: Mapping[str, Array], measure: Measure) -> dict[str, Array]:
    levels = [_upto(frame, values, measure, place) for place in range(len(GROUPS) + 1)]
    return {name: levels[i + 1] - levels[i] for i, name in enumerate(GROUPS)}


def _upto(frame: Frame, values: Mapping[str, Array], measure: Measure, place: int) -> Array:
    """Return the measure with only the first `place` pillars at work."""
    draws = next(iter(values.values())).size
    acting = GROUPS[:place]
    off = [item.key for item in frame.scenario.active if KINDS[item.kind].group not in acting]
    if len(off) == len(frame.scenario.active):
        return np.zeros(draws)
    silent = {f"{key}.{name}": np.zeros(draws) for key in off for name in COMMON}
    return measured(run_paths(frame, {**values, **silent}), measure, draws)
