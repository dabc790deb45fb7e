"""What moves the result, and what to measure first: tornado, rank correlation, value of information (METHODS h)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from analytics.scenarios.frame import compile_frame
from analytics.scenarios.levers import KINDS
from analytics.scenarios.paths import run_paths
from analytics.scenarios.ranges import Range
from analytics.scenarios.sampling import FORECAST, at_quantiles
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.uncertainty import Draws

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Swing:
    """One input's pull on net value: alone at its P10 and P90, and over all draws."""

    key: str
    words: str
    at_p10: float
    at_p90: float
    rank_correlation: float
    """Spearman, over all draws; disagreement with the swing signals interaction."""

    @property
    def size(self) -> float:
        """Width of the bar."""
        return abs(self.at_p90 - self.at_p10)


def tornado(draws: Draws) -> tuple[Swing, ...]:
    """Return every uncertain input, widest swing first; the others stay at their medians."""
    open_ = [key for key, r in draws.ranges.items() if not r.is_constant]
    if not open_:
        return ()
    middle = at_quantiles(draws.ranges)
    values = {key: np.full(2 * len(open_), v) for key, v in middle.items()}
    for i, key in enumerate(open_):
        values[key][2 * i : 2 * i + 2] = draws.ranges[key].quantile(np.array([0.1, 0.9]))
    frame = compile_frame(draws.ledger, draws.scenario, detail=False)
    net = run_paths(frame, values).net.sum(axis=1)
    rank = rank_correlations(draws.net, {key: draws.values[key] for key in open_})
    bars = [
        Swing(key, input_words(draws.scenario, key), float(net[2 * i]), float(net[2 * i + 1]), rank[key])
        for i, key in enumerate(open_)
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.size))


_LOYALTY = {
    "effort_difference": "Retention lost with high effort",
    "value_difference": "Retention gained with value",
    "causal_share": "Share of the association that is cause",
}


def input_words(scenario: Scenario, key: str) -> str:
    """Return an input in words: “Delivery notices: share …”."""
    if key == FORECAST:
        return "Demand without any change (forecast error)"
    owner, _, name = key.rpartition(".")
    if owner == "loyalty":
        return _LOYALTY[name]
    item = scenario.lever(owner)
    fixed = {"success": "how well it works", "one_off": "one-off cost", "running": "running cost"}
    spec = KINDS[item.kind].parameters.get(name)
    return f"{item.name}: {fixed[name] if spec is None else spec.words}"


def rank_correlations(result: ArrayLike, inputs: Mapping[str, ArrayLike]) -> dict[str, float]:
    """Return Spearman's rank correlation of each input with the result; 0 where either is constant."""
    y = rankdata(np.asarray(result, float))
    y -= y.mean()
    found = {}
    for key, values in inputs.items():
        x = rankdata(np.asarray(values, float))
        x -= x.mean()
        size = float(np.sqrt((x @ x) * (y @ y)))
        found[key] = float(x @ y) / size if size > 0 else 0.0
    return found


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing one input before deciding is worth."""

    key: str
    words: str
    value: float
    """Expected gain in net value from deciding after measuring it perfectly; an upper limit of what to spend."""
    flips: float
    """Chance that the measurement changes the decision."""


def measure_first(draws: Draws, alternatives: Mapping[str, ArrayLike] | None = None) -> tuple[Worth, ...]:
    """Return inputs by the value of knowing them, highest first (expected value of partial perfect information).

    The decision is this scenario against doing nothing, or against `alternatives` (name → net per draw, common
    draws). E[net | input] is a cubic in the input's rank, so sampling noise does not pose as information.
    """
    others = [np.asarray(v, float) for v in (alternatives or {}).values()]
    options = np.stack([draws.net, np.zeros_like(draws.net), *others], axis=1)
    found = []
    for key, r in draws.ranges.items():
        if not r.is_constant:
            value, flips = partial_information(draws.values[key], options)
            found.append(Worth(key, input_words(draws.scenario, key), value, flips))
    return tuple(sorted(found, key=lambda w: (-w.value, -w.flips)))


def partial_information(values: ArrayLike, options: Floats) -> tuple[float, float]:
    """Return (value, chance of another decision) of knowing one input; `options` is net, (draws, options)."""
    rank = rankdata(np.asarray(values, float)) / options.shape[0] - 0.5
    basis = np.polynomial.legendre.legvander(2 * rank, 3)
    solution, *_ = np.linalg.lstsq(basis, options, rcond=None)
    expected = basis @ solution
    best_now = int(options.mean(axis=0).argmax())
    gain = float(expected.max(axis=1).mean() - expected[:, best_now].mean())
    return max(gain, 0.0), float((expected.argmax(axis=1) != best_now).mean())


def perfect_information(options: Floats) -> float:
    """Return the value of knowing everything before deciding: the limit of all `measure_first` values."""
    return float(options.max(axis=1).mean() - options.mean(axis=0).max())


def range_from_answers(values: ArrayLike) -> Range:
    """Return the P10–median–P90 range of values people gave in a meeting."""
    low, likely, high = (float(x) for x in np.quantile(np.asarray(values, float), (0.1, 0.5, 0.9)))
    return Range(low, likely, high)
