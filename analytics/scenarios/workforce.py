"""The people there are, who leaves, and which freed people become money.

Owns capacity released against cashable (METHODS g): released people are cash only where somebody leaves or a planned
hire is not made, per site and skill, after the hiring lead time. Nobody is assumed to be laid off.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ScenarioError

Floats = NDArray[np.float64]
Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Workforce:
    """The people there are, by site and skill."""

    names: tuple[str, ...]
    """Sites × skills."""
    people: tuple[float, ...]
    """Full-time people today, by name."""
    work_share: tuple[float, ...]
    """Share of the work each does; adds to 1."""
    monthly_attrition: tuple[float, ...]
    """Share leaving per month."""
    annual_cost: float
    """Loaded cost of a full-time person a year."""
    replacement_cost: float = 0.0
    """Recruiting and training per person replaced."""
    ramp_months: float = 0.0
    """Months until a new person does full work; on the way it is half on average."""
    lead_months: int = 2
    """Months for which hires are already committed."""
    planned_hires: Floats | None = None
    """Hires beyond replacement by name and month, (names, months); None = those the baseline's growth needs: people
    beyond today's and beyond every month before, since who was hired for one peak is there for the next."""

    def __post_init__(self) -> None:
        sizes = {len(x) for x in (self.names, self.people, self.work_share, self.monthly_attrition)}
        if len(sizes) > 1 or not np.isclose(sum(self.work_share), 1.0, atol=1e-6):
            raise ScenarioError("Every site needs people, a share of work and attrition; shares must add to 1.")
        money = (self.annual_cost, self.replacement_cost, self.ramp_months)
        if min(*self.people, *self.monthly_attrition, *money, 0) < 0:
            raise ScenarioError("People, attrition, months and costs cannot be negative.")

    @property
    def ramp_cost(self) -> float:
        """Pay for work a new person does not do yet: half of it, on average, over the months of learning."""
        return self.annual_cost / 12 * self.ramp_months / 2

    @property
    def cost_per_leaver(self) -> float:
        """Replacing one person who leaves, and the ramp of the new one (feature 19)."""
        return self.replacement_cost + self.ramp_cost

    def cashable(self, before: Array, after: Array, attrition_change: Array) -> Array:
        """Return people per month who are really not paid any more, shape (draws, months); never above released.

        Per site the staff there would be less the staff there is, at most those freed there, then summed (METHODS g):
        who leaves is replaced only where the work needs it, so that leavers of an overstaffed site free no money.
        `before` and `after` are people required; `attrition_change` is (draws, months) on the monthly rate.
        """
        shape = np.broadcast_shapes(before.shape, after.shape, attrition_change.shape)
        total = np.zeros(shape, dtype=after.dtype)
        for site in range(len(self.names)):
            share = after.dtype.type(self.work_share[site])
            freed = np.broadcast_to((before - after) * share, shape)
            gone = self._fewer_staff(site, np.broadcast_to(before * share, shape), freed, attrition_change)
            total += np.clip(gone, 0, np.maximum(freed, 0))
        return np.minimum(total, np.maximum(before - after, 0))

    def _fewer_staff(self, site: int, need: Array, freed: Array, attrition_change: Array) -> Array:
        """Return staff without the change less staff with it by month; hires of the lead months are made anyway.

        Staff of a month = max(people needed, those of the month before who stayed).
        """
        usual = self.monthly_attrition[site]
        rate = np.broadcast_to(np.clip(usual + attrition_change, 0, 1), need.shape)
        base = staff = np.full(need.shape[:-1], self.people[site], dtype=need.dtype)
        gone = np.zeros(need.shape, dtype=need.dtype)
        for month in range(need.shape[-1]):
            base, target = self._staff(site, month, base, need[..., month], usual)
            stayed = (1 - rate[..., month]) * staff
            staff = base if month < self.lead_months else np.maximum(target - freed[..., month], stayed)
            gone[..., month] = base - staff
        return gone

    def _staff(self, site: int, month: int, base: Array, need: Array, usual: float) -> tuple[Array, Array]:
        """Return staff without the change after this month, and the people the plan aims at."""
        if self.planned_hires is None:
            return np.maximum(need, (1 - usual) * base), need
        kept = np.maximum(np.minimum(need, base), (1 - usual) * base)
        made = kept + need.dtype.type(self.planned_hires[site, month])
        return made, made

    def without_hiring(self, months: int) -> Floats:
        """Return people at the end of each month if nobody who leaves were replaced, (months,)."""
        ages = np.arange(1, months + 1)
        sites = zip(self.people, self.monthly_attrition, strict=True)
        return np.asarray(sum(people * (1 - rate) ** ages for people, rate in sites), float)

    def replacement_saving(self, before: Array, attrition_change: Array) -> Array:
        """Return money per month saved on replacing leavers when attrition changes (a rise costs)."""
        saved = np.zeros(np.broadcast_shapes(before.shape, attrition_change.shape), dtype=before.dtype)
        for site in range(len(self.names)):
            rate = self.monthly_attrition[site]
            change = np.clip(rate + attrition_change, 0, 1) - rate
            saved -= before * before.dtype.type(self.work_share[site]) * change
        return np.asarray(saved * self.cost_per_leaver)

    def split(self, cashable: Array, before: Array) -> tuple[Array, Array]:
        """Return (below today, hires avoided): the part of cashable that falls on growth is hires not made."""
        growth = np.maximum(before - sum(self.people), 0)
        avoided = np.minimum(cashable, growth)
        return cashable - avoided, avoided
