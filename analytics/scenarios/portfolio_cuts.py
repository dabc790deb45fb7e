"""The best set of many initiatives, or of initiatives in phases, by outer approximation (METHODS h).

Removed value of a set is Σ V_k (1 − Π(1 − r_ik)). Its complement is convex in x, so tangent cuts on a
mixed-integer program reach the global optimum. Phasing repeats the cuts by period. Up to 22 initiatives of one period
are tried set by set in `portfolio_sets` instead.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.scenarios.initiatives import Ask, Found, Portfolio, remaining_horizon, true_value

Floats = NDArray[np.float64]
_GAP: Final = 1e-6
_ROUNDS: Final = 200


def by_cuts(plan: Portfolio, ask: Ask, without: frozenset[str] | None = None) -> Found | None:
    """Return the best set other than `without`, proven to 1e-6 of all value; None when nothing allowed fits."""
    program = _Program(plan, ask, without)
    incumbent, value, bound = None, -np.inf, np.inf
    for _ in range(_ROUNDS):
        solved = program.solve()
        if solved is None:
            break
        x, bound = solved
        true = true_value(plan, x)
        incumbent, value = (x, true) if true > value else (incumbent, value)
        if bound - value <= _GAP * plan.scale:
            break
        program.cut(x)
    return None if incumbent is None else Found(incumbent, value, max(bound - value, 0.0))


class _Program:
    """The mixed-integer program: x (initiatives × periods) binary, t (periods × causes) = share of value left."""

    def __init__(self, plan: Portfolio, ask: Ask, without: frozenset[str] | None) -> None:
        self._plan, self._ask = plan, ask
        self._m, self._periods, self._causes = len(plan.initiatives), *plan.values.shape
        self._keys = [item.key for item in plan.initiatives]
        self._size = self._m * self._periods
        self._logs = np.log1p(-plan.shares)
        self._rows: list[tuple[Floats, float]] = []
        self._limits()
        self._logic()
        if without is not None:
            inside = np.array([1.0 if key in without else -1.0 for key in self._keys])
            self._add(np.repeat(inside, self._periods), len(without) - 1)
        self.cut(np.zeros((self._m, self._periods)))
        for i in range(self._m):
            self.cut(np.outer(np.eye(self._m)[i], np.eye(self._periods)[0]))

    def _add(self, x_part: Floats, most: float, t_part: Floats | None = None) -> None:
        """Add the row x_part·x + t_part·t ≤ most."""
        tail = np.zeros(self._periods * self._causes) if t_part is None else t_part
        self._rows.append((np.concatenate([x_part, tail]), most))

    def _by_period(self, amounts: Floats, periods: NDArray[np.bool_]) -> Floats:
        return np.asarray(np.outer(amounts, periods.astype(float)).ravel(), float)

    def _limits(self) -> None:
        cost = np.array([item.cost for item in self._plan.initiatives])
        team = np.array([item.team for item in self._plan.initiatives])
        order = np.arange(self._periods)
        for p in order:
            spent = order <= p if self._ask.carry_over else order == p
            self._add(self._by_period(cost, spent), float(np.asarray(self._ask.budget)[spent].sum()))
            if self._ask.team:
                self._add(self._by_period(team, order == p), self._ask.team[p])
        for i, key in enumerate(self._keys):
            one = self._by_period(np.eye(self._m)[i], order >= 0)
            self._add(one, 0.0 if key in self._ask.never else 1.0)
            if key in self._ask.must:
                self._add(-one, -1.0)

    def _logic(self) -> None:
        order = np.arange(self._periods)
        for i, item in enumerate(self._plan.initiatives):
            for other in item.excludes:
                both = np.eye(self._m)[i] + np.eye(self._m)[self._keys.index(other)]
                self._add(self._by_period(both, order >= 0), 1.0)
            for other in item.needs:
                for p in order:
                    ready = self._by_period(np.eye(self._m)[self._keys.index(other)], order <= p)
                    self._add(self._by_period(np.eye(self._m)[i], order == p) - ready, 0.0)

    def cut(self, x: Floats) -> None:
        """Add tangents t ≥ e^{y₀}(1 + y − y₀) at a point, y = Σ x·log(1 − r), for each period and cause."""
        y0 = np.cumsum(x, axis=1).T @ self._logs
        order = np.arange(self._periods)
        for p in order:
            for k in range(self._causes):
                slope = float(np.exp(y0[p, k]))
                t = np.zeros((self._periods, self._causes))
                t[p, k] = -1.0
                self._add(slope * self._by_period(self._logs[:, k], order <= p), slope * (y0[p, k] - 1), t.ravel())

    def solve(self) -> tuple[Floats, float] | None:
        """Return the best x of the relaxed program and its bound; None when nothing is allowed."""
        values = self._plan.values
        worth = np.outer([item.worth for item in self._plan.initiatives], remaining_horizon(self._plan)).ravel()
        matrix = np.array([row for row, _ in self._rows])
        upper = np.array([most for _, most in self._rows])
        n = self._size + values.size
        whole = np.r_[np.ones(self._size), np.zeros(values.size)]
        found = milp(
            np.r_[-worth, values.ravel()], integrality=whole, bounds=Bounds(np.zeros(n), np.ones(n)),
            constraints=LinearConstraint(matrix, -np.inf, upper), options={"mip_rel_gap": 1e-9},
        )  # fmt: skip
        if found.x is None:
            return None
        x = np.round(found.x[: self._size]).reshape(self._m, self._periods)
        floor = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
        return x, float(values.sum() - floor)
