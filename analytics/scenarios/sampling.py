"""Draws: one Latin-hypercube stream per parameter, keyed by seed and name (METHODS h).

Common random numbers follow from the keys: two scenarios that share a parameter share its draws, and differ only
where they differ. Correlation of the levers' success is a Gaussian copula.
"""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analytics.scenarios.ledger import Ledger
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]
FORECAST = "forecast.error"
"""Key of the one shared draw of forecast error, in standard deviations."""
_RISK = "programme risk"


@lru_cache(maxsize=2048)
def stream(seed: int, name: str, draws: int) -> Floats:
    """Return `draws` probabilities, one in each of `draws` equal strata, in an order keyed by seed and name."""
    digest = blake2b(f"{seed}\x1f{name}".encode(), digest_size=16).digest()
    random = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
    values = (random.permutation(draws) + random.random(draws)) / draws
    values.setflags(write=False)
    return values


def uncertain(ledger: Ledger, scenario: Scenario) -> dict[str, Range]:
    """Return every input of the evaluation by key: “lever.parameter”, “loyalty.…” and the forecast error."""
    ranges = {f"{item.key}.{name}": r for item in scenario.active for name, r in item.ranges().items()}
    if ledger.loyalty is not None:
        ranges |= {f"loyalty.{name}": r for name, r in ledger.loyalty.ranges().items()}
    unsure = ledger.volume_spread.size and ledger.volume_spread.any()
    wide = Range(-1.2815515655446004, 0.0, 1.2815515655446004, shape="normal")
    return ranges | {FORECAST: wide if unsure else Range.constant(0.0)}


@lru_cache(maxsize=4096)
def _column(seed: int, name: str, draws: int, value: Range, risk: float) -> Floats:
    u = stream(seed, name, draws)
    if risk > 0 and name.endswith(".success"):
        shared = ndtri(stream(seed, _RISK, draws))
        u = ndtr(np.sqrt(risk) * shared + np.sqrt(1 - risk) * ndtri(u))
    drawn = np.array(value.quantile(u))
    drawn.setflags(write=False)
    return drawn


def sample(ledger: Ledger, scenario: Scenario, draws: int, seed: int | None = None) -> dict[str, Floats]:
    """Return draws of every input by key, each (draws,); `seed` overrides the scenario's for comparisons."""
    key, risk = (scenario.seed if seed is None else seed), scenario.settings.programme_risk
    return {name: _column(key, name, draws, r, risk) for name, r in uncertain(ledger, scenario).items()}


def likely_values(ledger: Ledger, scenario: Scenario) -> dict[str, Floats]:
    """Return the likely value of every input, each of shape (1,)."""
    return {name: np.array([r.likely]) for name, r in uncertain(ledger, scenario).items()}


def at_quantiles(ranges: Mapping[str, Range], u: float = 0.5) -> dict[str, float]:
    """Return every input at the same probability; medians by default."""
    return {name: float(r.quantile(u)) for name, r in ranges.items()}
