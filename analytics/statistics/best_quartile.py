"""How far a share lies above what the best quarter of teams reach, without taking luck for skill.

Owns the benchmark: shares are first drawn towards the common one by how much of their spread is noise (beta-binomial
moments), so that teams which merely had few hand-offs by chance set no target.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import AnalyticsError
from analytics.statistics.estimate import GREY_BELOW, Estimate, cannot

Floats = NDArray[np.float64]
LEAST_TEAMS = 4
DRAWS = 400
METHOD = "share less the best quarter of teams, shares shrunk towards the common one; parametric bootstrap"


def gap(events: ArrayLike, n: ArrayLike, seed: int = 0) -> Estimate:
    """Return the common share less the lower quartile of the shrunk shares; `events` and `n` have shape (T,).

    Low is better. Teams below 30 observations do not count; refuses below 4 teams. 0 where teams differ by chance only.
    """
    hits, counts = np.asarray(events, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if hits.shape != counts.shape or hits.ndim != 1 or np.any((hits < 0) | (hits > counts)):
        raise AnalyticsError("Each team needs its events and its contacts, no more events than contacts.")
    held = counts >= GREY_BELOW
    hits, counts = hits[held], counts[held]
    total = int(counts.sum())
    if len(counts) < LEAST_TEAMS:
        return cannot(total, METHOD, f"Only {len(counts)} teams with {GREY_BELOW} contacts; {LEAST_TEAMS} are needed.")
    shrunk = _shrunk(hits[None], counts)[0]
    drawn = np.random.default_rng(seed).binomial(counts.astype(int), shrunk, size=(DRAWS, len(counts)))
    value, again = _gap(hits[None], counts)[0], _gap(drawn.astype(np.float64), counts)
    low, high = np.quantile(again, [0.025, 0.975])
    return Estimate(float(value), float(min(low, value)), float(max(high, value)), total, METHOD)


def _gap(hits: Floats, counts: Floats) -> Floats:
    common = hits.sum(axis=1) / counts.sum()
    return np.asarray(np.maximum(common - np.quantile(_shrunk(hits, counts), 0.25, axis=1), 0.0))


def _shrunk(hits: Floats, counts: Floats) -> Floats:
    """Return shares (B, T) drawn towards the common share of each row."""
    shares, common = hits / counts, (hits.sum(axis=1) / counts.sum())[:, None]
    noise = common * (1 - common) / counts
    freedom = len(counts) - 1
    excess = ((shares - common) ** 2 / np.maximum(noise, 1e-12)).sum(axis=1, keepdims=True) - freedom
    scale = (1 / np.maximum(noise, 1e-12)).sum(axis=1, keepdims=True)
    between = np.maximum(excess, 0.0) / (scale * freedom / len(counts))
    return np.asarray(common + between / (between + noise + 1e-15) * (shares - common))
