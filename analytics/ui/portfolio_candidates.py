"""What can be funded: the initiatives waiting in the backlog and, while there are few, proposals from the data."""

from dataclasses import dataclass, replace

from analytics.questions.initiatives import STAGES
from analytics.scenarios.levers import Lever
from analytics.scenarios.scenario import Scenario
from analytics.ui import backlog_data, backlog_lever
from analytics.ui.filters import Filters
from analytics.ui.page import Page
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_panel import first_proposal, offers

FEWEST = 2
"""With fewer initiatives in the backlog there is no choice to make, so proposals are put beside them."""
PROPOSAL = "proposal, not in the backlog yet"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that could be funded, as the lever that the what-if knows."""

    lever: Lever
    origin: str
    """Stage in the backlog, or that it is only a proposal."""
    cost: float | None
    """One-off cost; None until somebody enters it."""
    people: float | None = None
    """People of the change team; None where nobody has said."""
    work: int | None = None
    """Months of work; None where nobody has said."""

    @property
    def key(self) -> str:
        """Key of the lever."""
        return self.lever.key

    @property
    def is_proposal(self) -> bool:
        """Whether nobody has put it into the backlog."""
        return self.origin == PROPOSAL


@dataclass(frozen=True, slots=True)
class Candidates:
    """All of them, and what could not be read."""

    all: tuple[Candidate, ...]
    refused: tuple[str, ...]
    begun: int
    """Initiatives that run already: the data holds their effect."""

    @property
    def in_backlog(self) -> int:
        """How many people wrote."""
        return sum(not one.is_proposal for one in self.all)


def unfiltered(page: Page) -> Page:
    """Return the page with the default period and no other filter: initiatives share the queues of everybody."""
    if page.data is None:
        return page
    default = page.data.filters.default
    return replace(page, data=replace(page.data, filters=Filters(default, default)))


def candidates(page: Page, base: Baseline) -> Candidates:
    """Return what can be funded; proposals only while the backlog holds fewer than two."""
    held = backlog_data.written(page)
    waiting = held.waiting(page.period.last_full_month).initiatives
    whole = unfiltered(page)
    own = [Candidate(backlog_lever.lever_of(whole, one), STAGES[one.stage], one.one_off, one.people, one.work_months)
           for one in waiting]  # fmt: skip
    proposed = _proposals(page, base) if len(own) < FEWEST else []
    return Candidates((*own, *proposed), held.refused, len(held.initiatives) - len(waiting))


def _proposals(page: Page, base: Baseline) -> list[Candidate]:
    found = first_proposal(offers(base.ledger, page.taxonomy, Scenario()))
    return [Candidate(item, PROPOSAL, None) for item in found.levers]
