"""Teams and agents of the demo company: who takes a contact, and how good each agent is at solving."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from analytics.demo.frame import Array, Floats, Ints
from analytics.demo.plan import DAYS_PER_MONTH, Plan

TEAMS: Final = ("Voice North", "Voice South", "Voice Coast", "Digital A", "Digital B", "Correspondence", "Stores")
_TEAM_BY_CHANNEL: Final = np.array(
    [
        [0.38, 0.34, 0.28, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.55, 0.45, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.1, 0.9, 0.0],
        [0.0, 0.0, 0.0, 0.5, 0.5, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.2, 0.8, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    ]
)
AGENT_SD: Final = 0.15
"""Standard deviation between agents, on the log-odds of solving."""
CONTACTS_PER_SEAT_MONTH: Final = 260
LEAVE_PER_MONTH: Final = 0.022


@dataclass(frozen=True, slots=True)
class Workforce:
    """Seats by team and who sits in them month by month."""

    seats: tuple[int, ...]
    """Number of seats by team."""
    agent: Ints
    """seat × month → agent."""
    effect: Floats
    """Agent → effect on the log-odds of solving."""
    seat_team: Ints
    month_starts: tuple[int, ...]

    def assign(self, rng: np.random.Generator, channel: Array, t: Floats) -> tuple[Array, Array, Floats]:
        """Return (team, agent, effect) for contacts in `channel` at day `t`."""
        edges = np.cumsum(_TEAM_BY_CHANNEL, axis=1)[channel]
        team = np.minimum((rng.random(len(channel))[:, None] > edges).sum(axis=1), len(TEAMS) - 1)
        offsets = np.concatenate([[0], np.cumsum(self.seats)])
        seat = offsets[team] + (rng.random(len(team)) * np.array(self.seats)[team]).astype(np.int64)
        month = np.searchsorted(self.month_starts, t, side="right") - 1
        agent = self.agent[seat, np.clip(month, 0, self.agent.shape[1] - 1)]
        return team, agent, self.effect[agent]


def make_workforce(plan: Plan) -> Workforce:
    """Draw seats, turnover and skill."""
    rng = plan.stream(0, 2)
    wanted = plan.contacts / plan.months / CONTACTS_PER_SEAT_MONTH
    shares = np.array([0.17, 0.15, 0.13, 0.18, 0.16, 0.16, 0.05])
    seats = np.maximum(3, np.rint(shares * wanted)).astype(np.int64)
    leaves = rng.random((int(seats.sum()), plan.months + 1)) < LEAVE_PER_MONTH
    leaves[:, 0] = False
    tours = np.cumsum(leaves, axis=1)
    base = np.concatenate([[0], np.cumsum(tours[:, -1] + 1)])
    return Workforce(
        seats=tuple(int(count) for count in seats),
        agent=(base[:-1, None] + tours).astype(np.int64),
        effect=rng.normal(0, AGENT_SD, int(base[-1])),
        seat_team=np.repeat(np.arange(len(seats)), seats),
        month_starts=plan.month_starts,
    )


def agent_table(plan: Plan, force: Workforce) -> list[dict[str, object]]:
    """Return the rows of the agents file."""
    rng = plan.stream(0, 3)
    rows: list[dict[str, object]] = []
    for seat, months in enumerate(force.agent):
        for agent in np.unique(months):
            rows.append(
                _agent_row(plan, rng, TEAMS[force.seat_team[seat]], int(agent), np.flatnonzero(months == agent))
            )
    return rows


def _agent_row(plan: Plan, rng: np.random.Generator, team: str, agent: int, months: Array) -> dict[str, object]:
    first, last = int(months[0]), int(months[-1])
    before = int(rng.exponential(20) * DAYS_PER_MONTH) if first == 0 else 0
    left = None if last == plan.months else plan.date_of(plan.month_starts[last + 1] - 1)
    return {
        "agent_id": f"A{agent:05d}",
        "team": team,
        "role": str(rng.choice(["adviser", "senior adviser", "specialist"], p=[0.7, 0.2, 0.1])),
        "skills": str(rng.choice(["general", "general, billing", "general, technical", "general, contracts"])),
        "started_at": plan.date_of(plan.month_starts[first]) - timedelta(days=before),
        "left_at": left,
        "cost": round(float(rng.normal(52_000, 4_000)), 0),
    }
