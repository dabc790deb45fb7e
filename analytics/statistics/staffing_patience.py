"""Erlang A (M/M/N+M): seats when people give up waiting.

Owns the birth–death solution and the exact waiting tail of Zeltyn and Mandelbaum (METHODS g). The service level
is over *offered* contacts: somebody who gave up within the limit was not served within it.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.special import gammaln, logsumexp

from analytics.errors import ScenarioError
from analytics.statistics.staffing import ServiceTarget


@dataclass(frozen=True, slots=True)
class PatienceState:
    """How a queue with abandonment runs; times in the unit of the rates given."""

    wait_probability: float
    abandoned: float
    """Share of offered contacts that give up."""
    mean_wait: float
    occupancy: float


@dataclass(frozen=True, slots=True)
class PatienceQueue:
    """Rates of an M/M/N+M queue in one time unit (say per second)."""

    seats: int
    arrivals: float
    """Contacts per unit of time, λ."""
    service: float
    """Contacts one seat ends per unit of time, μ = 1 ÷ handle time."""
    patience: float
    """Give-ups per waiting contact per unit of time, θ = 1 ÷ mean patience; above 0."""

    def __post_init__(self) -> None:
        if self.seats < 1 or min(self.arrivals, self.service, self.patience) <= 0:
            raise ScenarioError("Erlang A needs at least one seat and rates above zero.", do="Use Erlang C instead.")

    def state(self) -> PatienceState:
        """Return the steady state from log-domain birth–death, tail below 1e-12 cut."""
        p = self._probabilities()
        n = np.arange(p.size)
        queue = float((np.maximum(n - self.seats, 0) * p).sum())
        lost = self.patience * queue / self.arrivals
        busy = self.arrivals * (1 - lost) / (self.seats * self.service)
        return PatienceState(float(p[n >= self.seats].sum()), lost, queue / self.arrivals, busy)

    def _probabilities(self) -> NDArray[np.float64]:
        size = self.seats + 200
        while True:
            n = np.arange(1, size + 1)
            death = np.minimum(n, self.seats) * self.service + np.maximum(n - self.seats, 0) * self.patience
            log_p = np.concatenate([[0.0], np.cumsum(np.log(self.arrivals) - np.log(death))])
            p = np.asarray(np.exp(log_p - logsumexp(log_p)), float)
            if p[-1] < 1e-14 and death[-1] > self.arrivals:
                return p
            size *= 2

    def wait_beyond(self, t: float) -> float:
        """Return P(wait > t) of an offered contact, whether it is then served or gives up."""
        return float(np.exp(-self.patience * t)) * self._tail(t)

    def service_level(self, within: float) -> float:
        """Return the share of offered contacts served within `within` (METHODS g, SL over offered)."""
        inside = self._integral(0.0, within, extra=self.patience)
        return 1 - self._tail(0.0) + self.arrivals * inside / self._denominator()

    def wait_quantile(self, share: float) -> float:
        """Return t with P(wait > t) = 1 − share; 0 when fewer than that wait at all."""
        if self.wait_beyond(0.0) <= 1 - share:
            return 0.0
        return float(brentq(lambda t: self.wait_beyond(t) - (1 - share), 0.0, 60 / self.patience))

    def _tail(self, t: float) -> float:
        return self.arrivals * self._integral(t, self._far(), extra=0.0) / self._denominator()

    @property
    def _peak(self) -> float:
        ratio = self.arrivals / (self.seats * self.service)
        return max(0.0, float(np.log(ratio)) / self.patience)

    def _exponent(self, x: float) -> float:
        return float(self.arrivals * -np.expm1(-self.patience * x) / self.patience - self.seats * self.service * x)

    def _far(self) -> float:
        drain = self.seats * self.service
        return self._peak + 60 / float(np.sqrt(drain * self.patience)) + 60 / drain

    def _integral(self, low: float, high: float, *, extra: float) -> float:
        top = self._exponent(self._peak)

        def density(x: float) -> float:
            return float(np.exp(self._exponent(x) - top - extra * x))

        far = max(high, low)
        knots = [low, *(k for k in (self._peak,) if low < k < far), far]
        pieces = pairwise(knots)
        return float(sum(quad(density, a, b, limit=400, epsabs=0, epsrel=1e-11)[0] for a, b in pieces))

    def _denominator(self) -> float:
        j = np.arange(self.seats)
        log_terms = gammaln(self.seats) - gammaln(j + 1) + (self.seats - 1 - j) * np.log(self.service / self.arrivals)
        below = float(np.exp(logsumexp(log_terms) - self._exponent(self._peak)))
        return below + self.arrivals * self._integral(0.0, self._far(), extra=0.0)


def seats_with_patience(
    contacts: float, handle_seconds: float, patience_seconds: float, target: ServiceTarget | None = None
) -> int:
    """Return the fewest seats per half-hour under Erlang A that hold the offered service level and occupancy cap."""
    target = target or ServiceTarget()
    if contacts <= 0 or handle_seconds <= 0:
        return target.min_seats
    for seats in range(max(1, target.min_seats), 20_000):
        queue = PatienceQueue(seats, contacts / 1800, 1 / handle_seconds, 1 / patience_seconds)
        if queue.state().occupancy <= target.occupancy_cap and (
            queue.service_level(target.within_seconds) >= target.service_level
        ):
            return seats
    raise ScenarioError("More than 20,000 seats would be needed.", do="Check volume and handle time.")
